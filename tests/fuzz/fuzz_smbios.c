/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as an SMBIOS table: every accessor stays inside, and the walk ends. */
#include "probes/smbios.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static volatile size_t sink;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct smbios_walk walk = { .data = data, .size = size };
	struct smbios_entry entry = { .major = 3 };
	struct smbios_structure s;
	size_t structures = 0;

	smbios_entry_point(data, size, &entry);
	while (smbios_next(&walk, &s)) {
		char uuid[SMBIOS_UUID_SIZE];
		const char *text;
		size_t offset, length, i;
		uint64_t bytes;
		uint32_t number;

		for (offset = 0; offset < 0x60; offset++) {
			if (smbios_string(&s, offset, &text, &length) != SMBIOS_TEXT_FOUND)
				continue;
			for (i = 0; i < length; i++)
				sink += (unsigned char)text[i];
		}
		smbios_memory_bytes(&s, &bytes);
		smbios_memory_speed(&s, true, &number);
		smbios_uuid(&s, &entry, uuid);
		if (++structures > size)
			abort();
	}
	return 0;
}
