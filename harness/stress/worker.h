/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_WORKER_H
#define STRESS_WORKER_H
/*
 * What a stress kernel sees of the harness, and the shared memory behind it.
 *
 *	while (worker_go(worker, units_done_since_last_call)) {
 *		worker_block(worker, seed_of_block, phase);	before each block: a crash names it
 *		produce(data);
 *		worker_checkpoint(worker, at, data, size);	the self-test flips one bit here
 *		if (got != want)
 *			worker_mismatch(worker, at, want, got);
 *	}
 *
 * While *hold is set, worker_go waits: another worker saw wrong data, which is tried again in peace.
 * When *throttle is set, worker_go waits as long as the block before it took: half the heat. With
 * load_ns and idle_ns it waits through every idle time, which all workers have at the same moment.
 *
 * Only work that was checked is counted. worker_mismatch is the only way to report wrong data and
 * cannot be undone; a kernel's return value speaks of the harness, never of the machine.
 *
 * struct worker_line is one worker's part of the shared memory, written by that worker alone and
 * read by the runner and the watcher at any time, also after the worker died. One worker's line
 * never shares a cache line with another's.
 */
#include "harness/stress/request_times.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum worker_state {
	WORKER_IDLE = 0,
	WORKER_RUNNING,
	WORKER_ENDED,		/* run() returned 0 */
	WORKER_FAILED,		/* run() returned an error: the harness could not work */
	WORKER_CRASHED,		/* caught a signal; `signal` says which */
};

#define WORKER_MISMATCHES 16	/* kept in detail; all are counted */

struct worker_mismatch_detail {
	uint64_t at;		/* byte offset inside the object under test */
	uint64_t address;	/* virtual address, or 0 */
	uint64_t physical;	/* address, or 0: not known */
	int64_t node;		/* NUMA node it lies on, or -1: not known */
	uint64_t want, got;
	uint64_t seed, phase;
	uint32_t kernel, isa;	/* of the line, at that moment */
	int64_t time_ns;	/* clock_boot_ns when it was seen */
};

#define WORKER_PAGES 32	/* kept of those with wrong data */

/* What all mismatches of one worker have in common, memory under test only. */
struct worker_faults {
	_Atomic uint64_t bits;		/* of a word, that were wrong at least once */
	/* Of the words: physical addresses when `pages` is not 0, else virtual ones. */
	_Atomic uint64_t address_and, address_or;
	_Atomic uint64_t pages;		/* distinct ones; more than WORKER_PAGES: there are others */
	_Atomic uint64_t page[WORKER_PAGES];
};

struct worker_line {
	_Alignas(128) _Atomic uint32_t state;	/* enum worker_state */
	_Atomic uint32_t cpu;
	_Atomic uint32_t signal;
	_Atomic uint32_t isa;			/* enum isa of stressor.h */
	_Atomic uint32_t held;			/* it waits as it was told to */
	_Atomic uint32_t kernel;		/* that it runs now, of those of the step */
	_Atomic uint32_t kernels;		/* of them, that it did work of */
	_Atomic uint32_t turn;			/* of the step, from 0 */
	_Atomic uint64_t begin_ns;		/* clock_boot_ns when its turn began; 0 before */
	_Atomic uint64_t seed;
	_Atomic uint64_t phase;
	_Atomic uint64_t work;			/* units counted so far */
	_Atomic uint64_t distinct_bytes;
	_Atomic uint64_t beat_ns;		/* clock_boot_ns of the last worker_go */
	_Atomic uint64_t cpu_ns;		/* cpu time of the worker, ten times a second, */
	_Atomic uint64_t cpu_work;		/* and `work` at that moment */
	_Atomic uint64_t mismatches;		/* all of them */
	_Atomic uint64_t details;		/* complete entries in detail[] */
	struct worker_mismatch_detail detail[WORKER_MISMATCHES];
	struct worker_faults faults;
	char error[160];			/* for WORKER_FAILED: plain text of the error */
};

/* What a self-test plants: at the given checkpoint (counted from 0) one bit of the data. */
struct worker_flip {
	bool armed;
	uint64_t checkpoint;
	uint64_t bit;		/* taken modulo the size of the data in bits */
	uint64_t done_at;	/* out: byte offset of the changed word in the object under test */
	uint64_t done_mask;	/* out: the bit, in that 64-bit word */
	uint64_t data_bits;	/* out: size of the data at that checkpoint */
	bool done;		/* out */
};

/* What worker_block said of one block. */
struct worker_block {
	uint64_t seed, phase;
};

/* Planted faults (run/inject.h): changes data between producing and checking. */
struct worker;
typedef void worker_tamper(struct worker *worker, uint64_t at, void *data, size_t size);

struct worker {
	struct worker_line *line;
	const _Atomic uint32_t *stop;	/* non-zero: end soon (shared by all workers) */
	const _Atomic uint32_t *throttle; /* non-zero: pause half of the time; NULL: never */
	const _Atomic uint32_t *hold;	/* non-zero: wait, do nothing; NULL: never */
	const struct worker_block *only; /* that block again and no other, with work_limit 1; or NULL */
	int64_t end_ns;			/* clock_boot_ns at which time is up */
	int64_t load_ns, idle_ns;	/* load so long, idle so long, again and again; 0: steady */
	int64_t edges_ns;		/* clock_boot_ns when the first load began */
	int64_t slice_end_ns;		/* likewise, but not before a block was done; 0: none */
	uint64_t slice;			/* of this kernel, when several take turns: from 0 */
	uint64_t work_limit;		/* stop after that many units; 0: none (self-test) */
	uint64_t seed;			/* of this worker */
	unsigned int index;		/* 0 .. count - 1 */
	unsigned int count;
	uint64_t checkpoints;		/* passed so far */
	struct worker_flip *flip;	/* NULL but in self-tests */
	worker_tamper *tamper;		/* NULL but where faults are planted */
	void *tampers;			/* its own */
	struct request_times *times;	/* of requests to a device; NULL: nobody wants to know */
	const void *memory;		/* base of the object under test, for `address`, or NULL */
	int64_t block_start_ns;		/* of the block that runs; worker_go keeps it */
	uint64_t fault_page;		/* virtual and physical address of the page of the last */
	uint64_t fault_physical;	/* mismatch; worker_mismatch keeps them */
	int64_t cpu_looked_ns;		/* when cpu_ns was written last; worker_go keeps it */
};

/* Count `work` units as done and checked; false when time is up or the step was told to stop. */
bool worker_go(struct worker *worker, uint64_t work);
/* Is there a reason to end inside a long block? Cheap; counts nothing. */
bool worker_stopping(const struct worker *worker);
void worker_block(struct worker *worker, uint64_t seed, uint64_t phase);
/* `data` (a whole number of 64-bit words) lies at byte offset `at` of the object under test. */
void worker_checkpoint(struct worker *worker, uint64_t at, void *data, size_t size);
void worker_mismatch(struct worker *worker, uint64_t at, uint64_t want, uint64_t got);
/* Report every 64-bit word of `got` that differs from `want`; `at` is the offset of the first. */
void worker_compare(struct worker *worker, uint64_t at, const uint64_t *want, const uint64_t *got,
		    size_t words);
/* Memory and disk: that many more bytes, from the start of the object on, were verified at least once. */
void worker_distinct(struct worker *worker, uint64_t bytes);

#endif
