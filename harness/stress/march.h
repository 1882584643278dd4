/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_MARCH_H
#define STRESS_MARCH_H
/*
 * The march of mem.march over a slice of memory (march.c; what it does and why stands in
 * mem_march.c), and its elements as each instruction set has them: line after line, read, check,
 * overwrite.
 *
 * A line is 64 bytes, what memory is moved in: a line is read and checked as a whole before any of
 * it is overwritten, and the next line is not touched before that, so the order of the march holds
 * for all that the memory itself can see.
 *
 * A pattern is eight words and a step. The first line visited is compared with the words as they
 * are; for each line after it, `step` is added to every word. Step 0 is a constant pattern; an
 * address pattern has 64 going up and -64 going down.
 */
#include "harness/stress/worker.h"

#include <stddef.h>
#include <stdint.h>

enum { MARCH_LINE = 64, MARCH_WORDS = 8 };

struct march_pattern {
	_Alignas(64) uint64_t word[MARCH_WORDS];
	uint64_t step;
};

/*
 * The code for one instruction set. `memory` is aligned to a line. up, down and check return how
 * many lines were right before the first wrong one, which is not overwritten; what was read there
 * is in ret_seen. down visits memory[lines - 1] first.
 */
struct march_impl {
	void (*fill)(void *memory, size_t lines, const struct march_pattern *put);
	size_t (*up)(void *memory, size_t lines, const struct march_pattern *want,
		     const struct march_pattern *put, uint64_t ret_seen[MARCH_WORDS]);
	size_t (*down)(void *memory, size_t lines, const struct march_pattern *want,
		       const struct march_pattern *put, uint64_t ret_seen[MARCH_WORDS]);
	size_t (*check)(const void *memory, size_t lines, const struct march_pattern *want,
			uint64_t ret_seen[MARCH_WORDS]);
};

/* The caller fills the first six and zeroes the rest. */
struct march {
	const struct march_impl *impl;
	struct worker *worker;
	unsigned char *memory;
	size_t size;		/* whole lines */
	size_t chunk;		/* between two looks at the clock; whole lines */
	uint64_t hold_seconds;	/* between filling and the first read of each pattern */
	size_t covered;		/* bytes from the start that were checked at least once */
	uint64_t checked;	/* bytes not yet given to worker_go */
	size_t written;		/* of the sweep that runs, from its start */
};

/* Marches until worker_go says that it is time to end. */
void march_run(struct march *march);

#endif
