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
	    (smart.power_on_hours != SMART_NONE || smart.temperature_milli_c != SMART_NONE ||
	     smart.percentage_used != SMART_NONE))
		abort();
	return 0;
}
