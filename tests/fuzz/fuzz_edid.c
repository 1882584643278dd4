/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/edid.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Any bytes as an EDID: texts end, and of what is not good nothing is told. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct edid nothing;
	struct edid edid;
	enum edid_state state = edid_parse(data, size, &edid);

	if (state != EDID_GOOD && memcmp(&edid, &nothing, sizeof(edid)) != 0)
		abort();
	if (strlen(edid.name) >= EDID_TEXT_SIZE || strlen(edid.serial_text) >= EDID_TEXT_SIZE ||
	    strlen(edid.text) >= EDID_TEXT_SIZE || strlen(edid.maker) > 3)
		abort();
	return 0;
}
