/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_HOLD_H
#define STRESS_HOLD_H
/*
 * Registers that are alive while something else happens to the core: a thread with other values takes it, or
 * the thread goes on on another core. Whoever saves and restores them (the core, its microcode, the
 * kernel) must give back all of them, and as they were last.
 *
 *	hold_fill(seed, &state);
 *	n = hold_run(impl, &state, number, &until, 0);	until somebody sets `until`
 *	n = hold_run(impl, &state, number, NULL, 1000);	or with so many calls of sched_yield
 *	hold_check(impl, worker, seed, number, n, &state);
 *
 * Meanwhile each 64-bit lane of each vector register, and each integer register, is added to n times, so
 * that a register which comes back as it was earlier is wrong as well. The mode of rounding is another one for
 * each `number`, and must be the same afterwards.
 *
 * `at` of what is wrong: HOLD_STRIDE * register + byte of a vector register; from HOLD_INTEGER_AT on eight
 * bytes an integer register; HOLD_ROUNDING_AT.
 */
#include "harness/stress/worker.h"

enum {
	HOLD_VECTORS = 28,	/* held at most; the others are the compiler's */
	HOLD_INTEGERS = 14,
	HOLD_STRIDE = 256,	/* bytes of the longest register there is (SVE of 2048 bits) */
	HOLD_INTEGER_AT = HOLD_VECTORS * HOLD_STRIDE,
	HOLD_ROUNDING_AT = HOLD_INTEGER_AT + 8 * HOLD_INTEGERS,
};

#define HOLD_STEP 0x9e3779b97f4a7c15ULL

struct hold_state {
	_Alignas(64) uint64_t vector[HOLD_VECTORS][HOLD_STRIDE / 8];
	uint64_t integer[HOLD_INTEGERS];
	uint64_t rounding;	/* number of the mode that was set afterwards */
};

/* The code for one instruction set (isa/hold_body.h). */
struct hold_impl {
	unsigned int vectors, integers;	/* registers it holds */
	bool yields;			/* its registers stay alive over a call of the kernel */
	size_t (*bytes)(void);		/* of a vector register */
	/* Adds HOLD_STEP to all until *until is not 0; or `times`, yielding, when it is NULL. */
	uint64_t (*hold)(struct hold_state *state, const _Atomic uint32_t *until, uint64_t times);
};

void hold_fill(uint64_t seed, struct hold_state *state);
uint64_t hold_run(const struct hold_impl *impl, struct hold_state *state, unsigned int number,
		  const _Atomic uint32_t *until, uint64_t times);
void hold_check(const struct hold_impl *impl, struct worker *worker, uint64_t seed,
		unsigned int number, uint64_t n, struct hold_state *state);

#endif
