/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/buf.h"
#include "harness/sensor/kmsg.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* However many lines there are, none counts twice among the named kinds. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf text = BUF_INIT;
	struct kmsg_tally tally = { .next_report = 0 };
	int64_t named = 0, lines = 1;
	size_t i;

	buf_add(&text, data, size);
	for (i = 0; i < size; i++)
		lines += data[i] == '\n';
	kmsg_count(text.data, &tally);
	for (i = 0; i < KMSG_ERROR; i++)
		named += tally.count[i];
	if (named > lines || tally.count[KMSG_ERROR] > lines || tally.count[KMSG_LOST])
		abort();
	buf_release(&text);
	return 0;
}
