/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Holding registers (stress/hold.h) of any length. By hand, because arrays of them are not allowed. The kernel may
 * forget all but the lower 128 bits in a system call, so they are held without one: not all that
 * takes a core away is one.
 */
#include "harness/stress/hold.h"

#include <arm_sve.h>

#define EACH_7(each, a, b, c, d, e, f, g) each(a) each(b) each(c) each(d) each(e) each(f) each(g)
#define EACH(each)                                                                                 \
	EACH_7(each, 0, 1, 2, 3, 4, 5, 6)                                                          \
	EACH_7(each, 7, 8, 9, 10, 11, 12, 13)                                                      \
	EACH_7(each, 14, 15, 16, 17, 18, 19, 20)                                                   \
	EACH_7(each, 21, 22, 23, 24, 25, 26, 27)

#define LOAD(n)	 svuint64_t x##n = svld1(all, state->vector[n]);
#define ADD(n)	 x##n = svadd_x(all, x##n, step);
#define STORE(n) svst1(all, state->vector[n], x##n);
#define X(n)	 "+w"(x##n)
#define KEEP(a, b, c, d, e, f, g)                                                                  \
	__asm__ volatile("" : X(a), X(b), X(c), X(d), X(e), X(f), X(g));

static uint64_t hold(struct hold_state *state, const _Atomic uint32_t *until, uint64_t times)
{
	const svbool_t all = svptrue_b64();
	const svuint64_t step = svdup_u64(HOLD_STEP);
	uint64_t n;

	EACH(LOAD)
	for (n = 0; until ? !atomic_load_explicit(until, memory_order_relaxed) : n < times; n++) {
		EACH(ADD)
		KEEP(0, 1, 2, 3, 4, 5, 6)
		KEEP(7, 8, 9, 10, 11, 12, 13)
		KEEP(14, 15, 16, 17, 18, 19, 20)
		KEEP(21, 22, 23, 24, 25, 26, 27)
	}
	EACH(STORE)
	return n;
}

static size_t bytes(void)
{
	return svcntb();
}

extern const struct hold_impl hold_sve;
const struct hold_impl hold_sve = { .vectors = HOLD_VECTORS, .bytes = bytes, .hold = hold };
