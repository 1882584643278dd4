/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_CROSS_H
#define STRESS_CROSS_H
/*
 * What kernels have in common that hold cores against each other (cpu.vote, cpu.relay): one operation
 * of the vector units after the other (lane_steps.h), on operands that are new with each block, and a
 * seat for each worker at the board.
 *
 * Blocks have numbers, the same for all: who comes late goes on with the newest. Nobody waits longer than
 * CROSS_PATIENCE_NS for another, and not at all for one that was missed CROSS_MISSES times in a row: it
 * crashed, or it is another's turn. Who is alone, as each worker is in a slice, is held against answers
 * made before by what the operations mean. Nobody leaves, for a second at most, while somebody is there who
 * may still judge the last block.
 *
 * Phase: number of the block << 16 | worker that judged it; lane kernel: number modulo their count.
 */
#include "harness/stress/board.h"
#include "harness/stress/stressor.h"

#define CROSS_PATIENCE_NS INT64_C(50000000)

enum { CROSS_MISSES = 3, CROSS_PHASE_BITS = 16, CROSS_SEATS = 65536 };

struct cross_seat {
	struct board_note made[2], checked[2];	/* of the last two blocks */
	struct board_charge charge;
	uint64_t last;			/* block of this worker */
};

struct cross {
	const struct lane_impl *impl;
	uint64_t seed;
	size_t rows;			/* of lane_steps.h that are used: all, but in self-tests */
	uint64_t *golden;		/* LANE_ANSWER words a row */
	_Atomic uint64_t newest;	/* block */
	_Atomic uint32_t seated, left;	/* workers that began, and of these that judge no more */
	struct cross_seat *seat;	/* one a worker */
};

/* A worker at its seat. */
struct cross_at {
	struct cross *cross;
	struct worker *worker;
	struct cross_seat *mine;
	unsigned int *missed;	/* how often in a row, by worker */
	uint64_t n, seed;	/* of the block that runs */
	enum lane_kernel row;
};

int cross_prepare(struct stress_state *state, const struct kernel_spec *spec, struct err *err);
void cross_finish(struct stress_state *state);
/* Block after block by `block`, which returns the work it did, or `alone` where nobody else is. */
int cross_run(struct stress_state *state, struct worker *worker,
	      uint64_t (*block)(struct cross_at *at), void (*alone)(struct cross_at *at));

/* The next block, with the seed that all have of it. */
void cross_begin(struct cross_at *at);
/* The same of a block that nobody else does: one of those whose answer was made before. */
void cross_begin_alone(struct cross_at *at);
uint64_t cross_phase(const struct cross_at *at);
/* The right answer: made before, or now. */
void cross_reference(const struct cross_at *at, uint64_t *answer);
/* Wait for the note of another worker to be about this block. */
bool cross_await(struct cross_at *at, size_t other, const struct board_note *note);

#endif
