/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The work of heat.h one lane at a time; fma() is an instruction or the C library's way. */
#include "harness/stress/heat.h"

#include <math.h>

static void scalar_fused(struct heat_state *state, size_t steps)
{
	size_t step, i;

	for (step = 0; step < steps; step++) {
		for (i = 0; i < HEAT_LANES; i++)
			state->x[i] = fma(state->y[i], state->t, state->x[i]);
		for (i = 0; i < HEAT_LANES; i++)
			state->y[i] = fma(-state->x[i], state->t, state->y[i]);
	}
}

#define EACH(each)                                                                                 \
	each(0) each(1) each(2) each(3) each(4) each(5) each(6) each(7) each(8) each(9) each(10)   \
		each(11)

static void scalar_split(struct heat_row *row, size_t steps)
{
	size_t step, i;

	for (step = 0; step < steps; step++) {
		for (i = 0; i < HEAT_ROW; i++)
			row->x[i] = row->x[i] * (row->t - row->x[i]);
	}
}

#define LOAD(n) double x##n = state->x[n];
#define STEP(n) x##n = x##n * 0.5 + b;
#define KEEP(n) sum += x##n;

static size_t scalar_peak(struct heat_state *state, size_t rounds)
{
	double b = state->t, sum = 0;
	size_t i;

	EACH(LOAD)
	for (i = 0; i < rounds; i++) {
		EACH(STEP)
	}
	EACH(KEEP)
	state->x[0] = sum;
	return 1;
}

extern const struct heat_impl heat_scalar;
const struct heat_impl heat_scalar = {
	.fused = scalar_fused,
	.split = scalar_split,
	.peak = scalar_peak,
};
