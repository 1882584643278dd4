/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A journal from bytes. A first byte of 0: the rest is a file, checksums and all. Anything else: the
 * rest is frames of kind (1 byte), size (3 bytes, little endian) and content, put behind a scan that
 * never saw a checksum, so that the assembler meets contents no writer made.
 */
#include "harness/base/memory.h"
#include "harness/cmd/kernels.h"
#include "harness/run/finish.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void assemble(const struct journal_scan *scan)
{
	struct finish finish = FINISH_INIT;
	struct arena arena = ARENA_INIT;
	struct kernel_table kernels = kernels_table(&arena);

	finish_record(scan, &kernels, &finish, NULL);
	finish_release(&finish);
	arena_release(&arena);
}

static void take_frames(const uint8_t *data, size_t size, struct journal_scan *scan)
{
	size_t at = 0;

	while (size - at >= 4) {
		size_t length = data[at + 1] | data[at + 2] << 8 | (size_t)data[at + 3] << 16;

		if (length > size - at - 4)
			length = size - at - 4;
		scan->frame = mem_grow(scan->frame, &scan->capacity, scan->count + 1,
				       sizeof(*scan->frame));
		scan->frame[scan->count] = (struct frame){ .kind = data[at],
							   .sequence = scan->count,
							   .time_ns = (int64_t)scan->count << 30,
							   .content = data + at + 4,
							   .size = length };
		scan->count++;
		at += 4 + length;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct journal_scan scan = { .state = JOURNAL_CLEAN };

	if (!size)
		return 0;
	if (data[0])
		take_frames(data + 1, size - 1, &scan);
	else if (journal_scan(data + 1, size - 1, &scan, NULL) < 0)
		abort();
	assemble(&scan);
	journal_scan_release(&scan);
	return 0;
}
