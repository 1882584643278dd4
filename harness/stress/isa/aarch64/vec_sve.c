/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The arithmetic of vector.h for vectors whose length is known only when the program runs: any
 * multiple of 16 bytes up to 256. By hand, because vector extensions need a size. Twenty-four
 * chains, each a variable of its own, for arrays of them are not allowed.
 * Lanes beyond the end of the state do nothing: their predicate is false.
 */
#include "harness/stress/vector.h"

#include <arm_sve.h>

#define EACH_8(each, a, b, c, d, e, f, g, h)                                                       \
	each(a) each(b) each(c) each(d) each(e) each(f) each(g) each(h)
#define EACH(each)                                                                                 \
	EACH_8(each, 0, 1, 2, 3, 4, 5, 6, 7)                                                       \
	EACH_8(each, 8, 9, 10, 11, 12, 13, 14, 15)                                                 \
	EACH_8(each, 16, 17, 18, 19, 20, 21, 22, 23)
enum { CHAINS = 24 };

#define FIRST(k)   ((uint64_t)(lane + (k) * lanes))
#define MASK_64(k) svwhilelt_b64(FIRST(k), (uint64_t)VECTOR_F64)
#define MASK_32(k) svwhilelt_b32(FIRST(k), (uint64_t)VECTOR_F32)

#define LOAD_F64(k)  svfloat64_t x##k = svld1(MASK_64(k), state->f64 + FIRST(k));
#define STORE_F64(k) svst1(MASK_64(k), state->f64 + FIRST(k), x##k);
#define STEP_F64(k)                                                                                \
	{                                                                                          \
		svfloat64_t y = svmad_x(all, x##k, a, b);                                          \
		svfloat64_t q = svsub_x(all, svmad_x(all, y, inverse, magic), magic);              \
		sum = svadd_m(MASK_64(k), sum, svreinterpret_u64(q));                              \
		x##k = svmls_x(all, y, q, prime);                                                  \
	}

static void sve_f64(struct vector_state *state, const struct vector_factors *by, size_t steps)
{
	const svbool_t all = svptrue_b64();
	const svfloat64_t a = svdup_f64(by->a64), b = svdup_f64(by->b64);
	const svfloat64_t inverse = svdup_f64(1.0 / VECTOR_P64), magic = svdup_f64(VECTOR_MAGIC64);
	const svfloat64_t prime = svdup_f64(VECTOR_P64);
	const size_t lanes = svcntd();
	svuint64_t sum = svdup_u64(0);
	uint64_t sums[256 / sizeof(uint64_t)];
	size_t lane, i;

	for (lane = 0; lane < VECTOR_F64; lane += CHAINS * lanes) {
		EACH(LOAD_F64)
		for (i = 0; i < steps; i++) {
			EACH(STEP_F64)
		}
		EACH(STORE_F64)
	}
	svst1(all, sums, sum);
	for (i = 0; i < lanes; i++)
		state->sum64[i % VECTOR_SUMS64] += sums[i];
}

#define LOAD_F32(k)  svfloat32_t x##k = svld1(MASK_32(k), state->f32 + FIRST(k));
#define STORE_F32(k) svst1(MASK_32(k), state->f32 + FIRST(k), x##k);
#define STEP_F32(k)                                                                                \
	{                                                                                          \
		svfloat32_t y = svmad_x(all, x##k, a, b);                                          \
		svfloat32_t q = svsub_x(all, svmad_x(all, y, inverse, magic), magic);              \
		sum = svadd_m(MASK_32(k), sum, svreinterpret_u32(q));                              \
		x##k = svmls_x(all, y, q, prime);                                                  \
	}

static void sve_f32(struct vector_state *state, const struct vector_factors *by, size_t steps)
{
	const svbool_t all = svptrue_b32();
	const svfloat32_t a = svdup_f32(by->a32), b = svdup_f32(by->b32);
	const svfloat32_t inverse = svdup_f32(1.0f / VECTOR_P32), magic = svdup_f32(VECTOR_MAGIC32);
	const svfloat32_t prime = svdup_f32(VECTOR_P32);
	const size_t lanes = svcntw();
	svuint32_t sum = svdup_u32(0);
	uint32_t sums[256 / sizeof(uint32_t)];
	size_t lane, i;

	for (lane = 0; lane < VECTOR_F32; lane += CHAINS * lanes) {
		EACH(LOAD_F32)
		for (i = 0; i < steps; i++) {
			EACH(STEP_F32)
		}
		EACH(STORE_F32)
	}
	svst1(all, sums, sum);
	for (i = 0; i < lanes; i++)
		state->sum32[i % VECTOR_SUMS32] += sums[i];
}

#define LOAD_U32(k)  svuint32_t x##k = svld1(MASK_32(k), state->u32 + FIRST(k));
#define STORE_U32(k) svst1(MASK_32(k), state->u32 + FIRST(k), x##k);
#define STEP_U32(k)                                                                                \
	x##k = svmad_x(all, x##k, a, b);                                                           \
	x##k = sveor_x(all, x##k, svlsr_x(all, x##k, 15));                                         \
	x##k = sveor_m(svcmplt(all, svreinterpret_s32(x##k), 0), x##k, VECTOR_FLIP);

static void sve_u32(struct vector_state *state, const struct vector_factors *by, size_t steps)
{
	const svbool_t all = svptrue_b32();
	const svuint32_t a = svdup_u32(by->a), b = svdup_u32(by->b);
	const size_t lanes = svcntw();
	size_t lane, i;

	for (lane = 0; lane < VECTOR_U32; lane += CHAINS * lanes) {
		EACH(LOAD_U32)
		for (i = 0; i < steps; i++) {
			EACH(STEP_U32)
		}
		EACH(STORE_U32)
	}
}

extern const struct vec_impl vec_sve;
const struct vec_impl vec_sve = { .f64 = sve_f64, .f32 = sve_f32, .u32 = sve_u32 };
