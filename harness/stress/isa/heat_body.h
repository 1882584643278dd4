/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The work of heat.h in compiler vector extensions. The including leaf defines
 *
 *	HEAT_IMPL	name of the struct heat_impl
 *	VEC_BYTES	bytes of a vector
 *	VEC_REGISTERS	how many the machine has: 16 or 32
 *	VEC_FMA_f64(a, b, c), VEC_FNMA_f64(a, b, c)	c + a b, c - a b, rounded once; or neither
 *	HEAT_FUSED_X(n), HEAT_FUSED_Y(n)	these for x##n and y##n, where a compiler must be told
 *
 * So many points at once that no unit waits for another, and so few that all of them stay in
 * registers: the factor is read from memory where nothing else is left. No include guard.
 */
#include "harness/stress/heat.h"

typedef double heat_vec __attribute__((vector_size(VEC_BYTES), may_alias));

#define HEAT_8(each)  each(0) each(1) each(2) each(3) each(4) each(5) each(6) each(7)
#define HEAT_12(each) HEAT_8(each) each(8) each(9) each(10) each(11)
#if VEC_REGISTERS == 32
#define HEAT_FUSED HEAT_12
enum { FUSED_PAIRS = 12 };
#else
#define HEAT_FUSED HEAT_8
enum { FUSED_PAIRS = 8 };
#endif
#define HEAT_14(each) HEAT_12(each) each(12) each(13)
enum { ROW_NUMBERS = 14 };
_Static_assert(HEAT_BYTES % (VEC_BYTES * FUSED_PAIRS) == 0, "whole rows of registers");
_Static_assert(HEAT_ROW * 8 % (VEC_BYTES * ROW_NUMBERS) == 0, "whole rows of registers");

#define HEAT_ALL(value)	   ((value) - (heat_vec){ 0 })
#define HEAT_LOAD(n)	   heat_vec x##n = x[n], y##n = y[n];
#define HEAT_STORE(n)	   x[n] = x##n, y[n] = y##n;
#define HEAT_ROW_LOAD(n)   heat_vec x##n = x[n];
#define HEAT_ROW_STEP(n)   x##n = x##n * (t - x##n);
#define HEAT_ROW_STORE(n)  x[n] = x##n;

static void heat_split(struct heat_row *row, size_t steps)
{
	heat_vec *x = (heat_vec *)row->x, *end = (heat_vec *)(row->x + HEAT_ROW);
	const heat_vec t = HEAT_ALL(row->t);
	size_t i;

	for (; x < end; x += ROW_NUMBERS) {
		HEAT_14(HEAT_ROW_LOAD)
		for (i = 0; i < steps; i++) {
			HEAT_14(HEAT_ROW_STEP)
		}
		HEAT_14(HEAT_ROW_STORE)
	}
}

#ifdef VEC_FMA_f64
#ifndef HEAT_FUSED_X
#define HEAT_FUSED_X(n) x##n = VEC_FMA_f64(y##n, t, x##n);
#define HEAT_FUSED_Y(n) y##n = VEC_FNMA_f64(x##n, t, y##n);
#endif

static void heat_fused(struct heat_state *state, size_t steps)
{
	heat_vec *x = (heat_vec *)state->x, *y = (heat_vec *)state->y;
	heat_vec *end = (heat_vec *)(state->x + HEAT_LANES);
	const heat_vec t = HEAT_ALL(state->t);
	size_t i;

	for (; x < end; x += FUSED_PAIRS, y += FUSED_PAIRS) {
		HEAT_FUSED(HEAT_LOAD)
		for (i = 0; i < steps; i++) {
			HEAT_FUSED(HEAT_FUSED_X)
			HEAT_FUSED(HEAT_FUSED_Y)
		}
		HEAT_FUSED(HEAT_STORE)
	}
}
#define HEAT_PEAK_STEP(n) x##n = VEC_FMA_f64(x##n, a, b);
#else
#define heat_fused NULL
#define HEAT_PEAK_STEP(n) x##n = x##n * a + b;
#endif

#define HEAT_PEAK_LOAD(n) heat_vec x##n = HEAT_ALL(state->x[n]);
#define HEAT_PEAK_KEEP(n) sum += x##n;

static size_t heat_peak(struct heat_state *state, size_t rounds)
{
	const heat_vec a = HEAT_ALL(0.5), b = HEAT_ALL(state->t);
	heat_vec sum = HEAT_ALL(0.0);
	size_t i;

	HEAT_12(HEAT_PEAK_LOAD)
	for (i = 0; i < rounds; i++) {
		HEAT_12(HEAT_PEAK_STEP)
	}
	HEAT_12(HEAT_PEAK_KEEP)
	*(heat_vec *)state->x = sum;
	return VEC_BYTES / sizeof(double);
}

extern const struct heat_impl HEAT_IMPL;
const struct heat_impl HEAT_IMPL = {
	.fused = heat_fused,
	.split = heat_split,
	.peak = heat_peak,
};
