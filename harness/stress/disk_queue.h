/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_DISK_QUEUE_H
#define STRESS_DISK_QUEUE_H
/*
 * A range of a disk_file moved in pieces, out of order, several under way at the same time, as programs
 * that use a disk well do: by the kernel's asynchronous requests (io_submit(2)), one by one where it
 * has none to give.
 *
 *	struct disk_queue_ask ask = { .write = true, .data = data, .size = 1 << 20, .at = 0,
 *				      .piece = 4096, .depth = 32, .seed = seed };
 *	code = disk_queue_move(&file, &ask, times, &err);
 *	disk_queue_end(&file);			before it is closed
 *
 * Returns as disk_file_read and disk_file_write do; when it returns nothing is under way. Each request is
 * noted in `times` (or NULL).
 */
#include "harness/stress/disk_file.h"
#include "harness/stress/request_times.h"

enum { DISK_QUEUE_DEPTH = 32 };

struct disk_queue_ask {
	bool write;
	void *data;		/* aligned to file->block */
	size_t size;
	uint64_t at;
	size_t piece;		/* a whole number of them is `size`, a power of two */
	unsigned int depth;	/* 1 .. DISK_QUEUE_DEPTH */
	uint64_t seed;		/* of the order */
};

int disk_queue_move(struct disk_file *file, const struct disk_queue_ask *ask,
		    struct request_times *times, struct err *err);
void disk_queue_end(struct disk_file *file);

#endif
