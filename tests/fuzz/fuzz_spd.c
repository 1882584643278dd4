/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as the EEPROM of a memory module. Damage would keep nearly every input away from the
 * decoding, so its checksum is put right first where there is room for one.
 */
#include "harness/base/crc16.h"
#include "harness/base/le.h"
#include "probes/spd.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *bytes = malloc(size ? size : 1);
	struct spd spd;

	memcpy(bytes, data, size);
	spd_read(bytes, size, &spd);
	if (size >= 512 && bytes[2] == 0x12)
		le_put16(bytes + 510, crc16(bytes, 510));
	else if (size >= 128)
		le_put16(bytes + 126, crc16(bytes, bytes[2] == 0x0b && bytes[0] & 0x80 ? 117 : 126));
	if (spd_read(bytes, size, &spd) == SPD_DAMAGED || strlen(spd.part) >= SPD_PART_SIZE ||
	    spd.week > 53)
		abort();
	free(bytes);
	return 0;
}
