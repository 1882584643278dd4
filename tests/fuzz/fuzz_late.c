/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/buf.h"
#include "harness/run/late.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A thread's stat in the first line, /proc/stat in the others: what is known cannot be negative. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct late_look look = { .known = false };
	struct buf text = BUF_INIT;
	char *machine;

	buf_add(&text, data, size);
	machine = strchr(text.data, '\n');
	if (machine) {
		*machine++ = '\0';
		if (late_parse(text.data, machine, &look) &&
		    (look.cpu < 0 || look.ran_ns < 0 || look.cpu_ns < 0))
			abort();
	}
	buf_release(&text);
	return 0;
}
