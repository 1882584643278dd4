/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A capture that is accepted is written again as the same bytes, and its links end somewhere. */
#include "harness/base/auto.h"
#include "harness/sys/sysroot_parts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sysroot root = { .door = &sysroot_capture_door, .name = (char *)"fuzz", .fd = -1 };
	AUTO(buf_release) struct buf again = BUF_INIT;
	size_t i;

	if (capture_read(&root.capture, (const char *)data, size, "fuzz", NULL) == 0) {
		capture_write(&root.capture, &again);
		if (again.size != size || memcmp(again.data, data, size) != 0)
			abort();
		for (i = 0; i < root.capture.entry_count; i++) {
			AUTO(buf_release) struct buf out = BUF_INIT;

			sysroot_read(&root, root.capture.entry[i].path, &out, NULL);
			sysroot_exists(&root, root.capture.entry[i].path);
		}
	}
	capture_release(&root.capture);
	return 0;
}
