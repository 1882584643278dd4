/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/smart.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever smartctl says: an answer that was not understood has no numbers. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct smart smart;

	smart_parse((const char *)data, size, &smart);
	if ((smart.state == SMART_DAMAGED || smart.state == SMART_TOO_OLD) &&
	    (smart.number[SMART_POWER_ON_HOURS] != SMART_NONE || smart.number[SMART_TEMPERATURE_MILLI_C] != SMART_NONE ||
	     smart.number[SMART_PERCENTAGE_USED] != SMART_NONE))
		abort();
	return 0;
}
