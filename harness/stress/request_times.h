/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_REQUEST_TIMES_H
#define STRESS_REQUEST_TIMES_H
/*
 * A histogram of how long requests to a device took, in memory that the runner shares with the child
 * that makes them: it is read also after the child died.
 *
 *	start_ns = clock_boot_ns();
 *	...	the request
 *	request_times_note(worker->times, REQUEST_READ, clock_boot_ns() - start_ns, at);
 *
 *	count = request_times_rows(times, row);		room for REQUEST_KINDS
 *
 * Eight buckets to each power of two, from a microsecond to two hours; what is outside counts in the
 * first or the last one. Written by one thread, without locks.
 */
#include "harness/model/latency.h"

#include <stdatomic.h>
#include <stdint.h>

enum request_kind {		/* in ascending order of their names */
	REQUEST_DISCARD = 0,	/* like sync */
	REQUEST_READ,
	REQUEST_SYNC,		/* or a forced write: waits for all that was written, so it never stalls */
	REQUEST_WRITE,
	REQUEST_KINDS,
};

enum {
	REQUEST_FIRST_POWER = 10,	/* of two, nanoseconds */
	REQUEST_LAST_POWER = 43,
	REQUEST_PARTS = 8,
	REQUEST_BUCKETS = (REQUEST_LAST_POWER - REQUEST_FIRST_POWER) * REQUEST_PARTS,
};

struct request_times {
	struct request_histogram {
		_Atomic uint64_t count, stalls, max_ns, max_at;
		_Atomic uint64_t bucket[REQUEST_BUCKETS];
	} kind[REQUEST_KINDS];
};

/* `times` NULL: nobody wants to know. */
void request_times_note(struct request_times *times, enum request_kind kind, int64_t took_ns,
			uint64_t at);
void request_times_clear(struct request_times *times);
/* A row for each kind that was seen; how many. Borrows nothing. */
size_t request_times_rows(const struct request_times *times, struct latency_row *row);

#endif
