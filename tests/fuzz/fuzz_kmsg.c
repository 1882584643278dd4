/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/buf.h"
#include "harness/sensor/kmsg.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* However many lines there are, none counts twice among the named kinds. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf text = BUF_INIT;
	int64_t count[KMSG_KINDS] = { 0 }, named = 0, lines = 1;
	size_t i;

	buf_add(&text, data, size);
	for (i = 0; i < size; i++)
		lines += data[i] == '\n';
	kmsg_count(text.data, count);
	for (i = 0; i < KMSG_NAMED; i++)
		named += count[i];
	if (named > lines || count[KMSG_ERROR] > lines || count[KMSG_LOST])
		abort();
	buf_release(&text);
	return 0;
}
