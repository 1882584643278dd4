/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The arithmetic of vector.h in compiler vector extensions. The including leaf defines
 *
 *	VEC_IMPL	name of the struct vec_impl
 *	VEC_BYTES	bytes of a vector: never more than the machine has
 *	VEC_REGISTERS	how many the machine has: 16 or 32
 *	VEC_FMA_F64, VEC_FMA_F32	a b + c as one operation; without them multiply, then add
 *
 * A row of registers is worked on at a time, each a chain of its own, so that the units need not
 * wait. Two of the constants are volatile, that is in memory, for otherwise compilers put there
 * what makes a chain longer. The order is given by macros because not every compiler unrolls when
 * asked. No include guard: once per leaf.
 */
#include "harness/stress/vector.h"

#ifndef VEC_FMA_F64
#define VEC_FMA_F64(a, b, c) ((a) * (b) + (c))
#define VEC_FMA_F32(a, b, c) ((a) * (b) + (c))
#endif

#define VEC_TIMES_8(each, k)                                                                       \
	each(k) each(k + 1) each(k + 2) each(k + 3) each(k + 4) each(k + 5) each(k + 6) each(k + 7)
#if VEC_REGISTERS == 32
#define VEC_TIMES(each) VEC_TIMES_8(each, 0) VEC_TIMES_8(each, 8) VEC_TIMES_8(each, 16)
enum { VEC_CHAINS = 24 };
#else
#define VEC_TIMES(each) VEC_TIMES_8(each, 0)
enum { VEC_CHAINS = 8 };
#endif

enum { VEC_ROWS = VECTOR_BYTES / (VEC_BYTES * VEC_CHAINS) };
_Static_assert(VECTOR_BYTES % (VEC_BYTES * VEC_CHAINS) == 0, "whole rows of registers");

typedef double vec_f64 __attribute__((vector_size(VEC_BYTES), may_alias));
typedef float vec_f32 __attribute__((vector_size(VEC_BYTES), may_alias));
typedef uint64_t vec_u64 __attribute__((vector_size(VEC_BYTES), may_alias));
typedef uint32_t vec_u32 __attribute__((vector_size(VEC_BYTES), may_alias));
typedef int32_t vec_i32 __attribute__((vector_size(VEC_BYTES), may_alias));

#define VEC_ALL(type, value) ((value) - (type){ 0 })	/* in every lane; nothing is subtracted */
#define VEC_LOAD(k)	     x[k] = row[k];
#define VEC_STORE(k)	     row[k] = x[k];

#define VEC_STEP_F64(k)                                                                            \
	{                                                                                          \
		vec_f64 y = VEC_FMA_F64(x[k], a, b);                                               \
		vec_f64 q = VEC_FMA_F64(y, inverse, magic) - magic;                                \
		sum += (vec_u64)q;                                                                 \
		x[k] = VEC_FMA_F64(q, prime, y);                                                   \
	}

static void vec_run_f64(struct vector_state *state, const struct vector_factors *by, size_t steps)
{
	const vec_f64 a = VEC_ALL(vec_f64, by->a64);
	const volatile vec_f64 b = VEC_ALL(vec_f64, by->b64);
	const vec_f64 inverse = VEC_ALL(vec_f64, 1.0 / VECTOR_P64);
	const vec_f64 magic = VEC_ALL(vec_f64, VECTOR_MAGIC64);
	const volatile vec_f64 prime = VEC_ALL(vec_f64, -(double)VECTOR_P64);
	vec_f64 *row = (vec_f64 *)state->f64, *end = row + VEC_ROWS * VEC_CHAINS;
	vec_u64 sum = { 0 };
	size_t i;

	for (; row < end; row += VEC_CHAINS) {
		vec_f64 x[VEC_CHAINS];

		VEC_TIMES(VEC_LOAD)
		for (i = 0; i < steps; i++) {
			VEC_TIMES(VEC_STEP_F64)
		}
		VEC_TIMES(VEC_STORE)
	}
	for (i = 0; i < VEC_BYTES / sizeof(uint64_t); i++)
		state->sum64[i % VECTOR_SUMS64] += sum[i];
}

#define VEC_STEP_F32(k)                                                                            \
	{                                                                                          \
		vec_f32 y = VEC_FMA_F32(x[k], a, b);                                               \
		vec_f32 q = VEC_FMA_F32(y, inverse, magic) - magic;                                \
		sum += (vec_u32)q;                                                                 \
		x[k] = VEC_FMA_F32(q, prime, y);                                                   \
	}

static void vec_run_f32(struct vector_state *state, const struct vector_factors *by, size_t steps)
{
	const vec_f32 a = VEC_ALL(vec_f32, by->a32);
	const volatile vec_f32 b = VEC_ALL(vec_f32, by->b32);
	const vec_f32 inverse = VEC_ALL(vec_f32, 1.0f / VECTOR_P32);
	const vec_f32 magic = VEC_ALL(vec_f32, VECTOR_MAGIC32);
	const volatile vec_f32 prime = VEC_ALL(vec_f32, -(float)VECTOR_P32);
	vec_f32 *row = (vec_f32 *)state->f32, *end = row + VEC_ROWS * VEC_CHAINS;
	vec_u32 sum = { 0 };
	size_t i;

	for (; row < end; row += VEC_CHAINS) {
		vec_f32 x[VEC_CHAINS];

		VEC_TIMES(VEC_LOAD)
		for (i = 0; i < steps; i++) {
			VEC_TIMES(VEC_STEP_F32)
		}
		VEC_TIMES(VEC_STORE)
	}
	for (i = 0; i < VEC_BYTES / sizeof(uint32_t); i++)
		state->sum32[i % VECTOR_SUMS32] += sum[i];
}

#define VEC_STEP_U32(k)                                                                            \
	x[k] = a * x[k] + b;                                                                       \
	x[k] ^= x[k] >> 15;                                                                        \
	x[k] ^= (vec_u32)((vec_i32)x[k] < 0) & flip;

static void vec_run_u32(struct vector_state *state, const struct vector_factors *by, size_t steps)
{
	const vec_u32 a = VEC_ALL(vec_u32, by->a), b = VEC_ALL(vec_u32, by->b);
	const vec_u32 flip = VEC_ALL(vec_u32, VECTOR_FLIP);
	vec_u32 *row = (vec_u32 *)state->u32, *end = row + VEC_ROWS * VEC_CHAINS;
	size_t i;

	for (; row < end; row += VEC_CHAINS) {
		vec_u32 x[VEC_CHAINS];

		VEC_TIMES(VEC_LOAD)
		for (i = 0; i < steps; i++) {
			VEC_TIMES(VEC_STEP_U32)
		}
		VEC_TIMES(VEC_STORE)
	}
}

extern const struct vec_impl VEC_IMPL;
const struct vec_impl VEC_IMPL = { .f64 = vec_run_f64, .f32 = vec_run_f32, .u32 = vec_run_u32 };
