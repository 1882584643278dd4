/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The work of heat.h for vectors of any length; lanes beyond the end do nothing. */
#include "harness/stress/heat.h"

#include <arm_sve.h>

#define EACH(each)                                                                                 \
	each(0) each(1) each(2) each(3) each(4) each(5) each(6) each(7) each(8) each(9) each(10)   \
		each(11)
enum { PAIRS = 12 };

#define FIRST(n)    ((uint64_t)(lane + (n) * lanes))
#define MASK(n)	    svwhilelt_b64(FIRST(n), (uint64_t)HEAT_LANES)
#define LOAD(n)                                                                                    \
	svfloat64_t x##n = svld1(MASK(n), state->x + FIRST(n));                                    \
	svfloat64_t y##n = svld1(MASK(n), state->y + FIRST(n));
#define STORE(n)                                                                                   \
	svst1(MASK(n), state->x + FIRST(n), x##n);                                                 \
	svst1(MASK(n), state->y + FIRST(n), y##n);
#define FUSED_X(n)  x##n = svmla_x(all, x##n, y##n, t);
#define FUSED_Y(n)  y##n = svmls_x(all, y##n, x##n, t);

static void sve_fused(struct heat_state *state, size_t steps)
{
	const svbool_t all = svptrue_b64();
	const svfloat64_t t = svdup_f64(state->t);
	const size_t lanes = svcntd();
	size_t lane, i;

	for (lane = 0; lane < HEAT_LANES; lane += PAIRS * lanes) {
		EACH(LOAD)
		for (i = 0; i < steps; i++) {
			EACH(FUSED_X)
			EACH(FUSED_Y)
		}
		EACH(STORE)
	}
}

#define EACH_OF_ROW(each) EACH(each) each(12) each(13)
enum { ROW_NUMBERS = 14 };

#define ROW_MASK(n)  svwhilelt_b64(FIRST(n), (uint64_t)HEAT_ROW)
#define ROW_LOAD(n)  svfloat64_t x##n = svld1(ROW_MASK(n), row->x + FIRST(n));
#define ROW_STORE(n) svst1(ROW_MASK(n), row->x + FIRST(n), x##n);
#define ROW_STEP(n)  x##n = svmul_x(all, x##n, svsub_x(all, t, x##n));

static void sve_split(struct heat_row *row, size_t steps)
{
	const svbool_t all = svptrue_b64();
	const svfloat64_t t = svdup_f64(row->t);
	const size_t lanes = svcntd();
	size_t lane, i;

	for (lane = 0; lane < HEAT_ROW; lane += ROW_NUMBERS * lanes) {
		EACH_OF_ROW(ROW_LOAD)
		for (i = 0; i < steps; i++) {
			EACH_OF_ROW(ROW_STEP)
		}
		EACH_OF_ROW(ROW_STORE)
	}
}

#define PEAK_LOAD(n) svfloat64_t x##n = svdup_f64(state->x[n]);
#define PEAK_STEP(n) x##n = svmad_x(all, x##n, a, b);
#define PEAK_KEEP(n) sum = svadd_x(all, sum, x##n);

static size_t sve_peak(struct heat_state *state, size_t rounds)
{
	const svbool_t all = svptrue_b64();
	const svfloat64_t a = svdup_f64(0.5), b = svdup_f64(state->t);
	svfloat64_t sum = svdup_f64(0);
	size_t i;

	EACH(PEAK_LOAD)
	for (i = 0; i < rounds; i++) {
		EACH(PEAK_STEP)
	}
	EACH(PEAK_KEEP)
	svst1(svptrue_pat_b64(SV_VL1), state->x, sum);
	return svcntd();
}

extern const struct heat_impl heat_sve;
const struct heat_impl heat_sve = { .fused = sve_fused, .split = sve_split, .peak = sve_peak };
