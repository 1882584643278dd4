/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_DISK_MANNER_H
#define STRESS_DISK_MANNER_H
/*
 * In which order the parts of a disk are visited, and how each of them is moved.
 *
 *	manner = &disk_manner[number % DISK_MANNERS];
 *	place = disk_order_place(manner->order, n, count);	each place once, n = 0 .. count - 1
 *	struct disk_move move = { .write = true, .way = manner->write, .data = data, ... };
 *	code = disk_move(&file, &move, times, &err);
 *
 * disk_move returns as disk_file_write and disk_file_read do; each request to the disk is noted in `times`
 * (or NULL), forced writes and what makes cached ones durable as REQUEST_SYNC. A way that a range does not allow (pieces, of a size that is no power of two) is one request.
 */
#include "harness/stress/disk_file.h"
#include "harness/stress/request_times.h"

enum disk_order {
	DISK_FORWARD = 0,
	DISK_BACKWARD,
	DISK_BUTTERFLY,		/* the first, the last, the second, the last but one, ... */
	DISK_JUMP,		/* by a stride that has no divisor in common with the count */
};

enum disk_way {
	DISK_ONE = 0,		/* one request */
	DISK_PIECES,		/* of one size, a power of two, out of order, up to 32 under way */
	DISK_SECTORS,		/* of any number of the smallest sectors, out of order: they begin and
				   end inside of the blocks of the medium */
	DISK_CACHED,		/* through the page cache, in pieces of any number of bytes; written,
				   they are on the medium when disk_move returns */
	DISK_DURABLE,		/* every request comes back when its data are on the medium (FUA) */
};

struct disk_manner {
	enum disk_order order;
	enum disk_way write, read;
	bool is_large;		/* several megabytes a time */
	bool overwrites;	/* some blocks are written again at once */
};

enum { DISK_MANNERS = 8 };
extern const struct disk_manner disk_manner[DISK_MANNERS];

uint64_t disk_order_place(enum disk_order order, uint64_t n, uint64_t count);

struct disk_move {
	bool write;
	enum disk_way way;
	void *data;		/* aligned to file->block, as `size` and `at` are */
	size_t size;
	uint64_t at;
	uint64_t seed;		/* of pieces and order */
};

int disk_move(struct disk_file *file, const struct disk_move *move, struct request_times *times,
	      struct err *err);

#endif
