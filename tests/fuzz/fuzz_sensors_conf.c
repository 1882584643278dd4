/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/buf.h"
#include "harness/sensor/lmsensors_config.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever was written before: the last chip line and its statement are understood. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf config = BUF_INIT;
	size_t i;

	for (i = 0; i < size; i++)
		buf_addc(&config, data[i] ? (char)data[i] : ' ');
	lmsensors_config_computes(config.data, "nct6779", "in0");
	buf_adds(&config, "\nchip \"nct6779-*\"\ncompute in0 @*2, @/2\n");
	if (!lmsensors_config_computes(config.data, "nct6779", "in0"))
		abort();
	buf_release(&config);
	return 0;
}
