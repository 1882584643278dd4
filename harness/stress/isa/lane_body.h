/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lane kernels in compiler vector extensions. The including leaf defines
 *
 *	LANE_IMPL	name of the struct lane_impl
 *	VEC_BYTES	bytes of a vector: never more than the machine has
 *	VEC_REGISTERS	how many the machine has: 16 or 32
 *	VEC_SQRT_f64, VEC_SQRT_f32	square roots
 *	VEC_FMA_f64, VEC_FMA_f32	a b + c rounded once; without them the C library does it
 *	VEC_GATHER_u32, VEC_GATHER_u64	(table, places); without them a load for each lane
 *
 * Both halves of four (of 16 registers) or eight chains stay in registers through all steps. No
 * include guard: once per leaf.
 */
#include "harness/stress/isa/lane_ops.h"
#include "harness/stress/lane.h"

#include <math.h>

#if VEC_REGISTERS == 32
#define LANE_EACH(each) each(0) each(1) each(2) each(3) each(4) each(5) each(6) each(7)
enum { LANE_CHAINS = 8 };
#else
#define LANE_EACH(each) each(0) each(1) each(2) each(3)
enum { LANE_CHAINS = 4 };
#endif
_Static_assert(LANE_BYTES % (VEC_BYTES * LANE_CHAINS) == 0, "whole rows of registers");

typedef u8 v_u8 __attribute__((vector_size(VEC_BYTES), may_alias));
typedef u16 v_u16 __attribute__((vector_size(VEC_BYTES), may_alias));
typedef u32 v_u32 __attribute__((vector_size(VEC_BYTES), may_alias));
typedef u64 v_u64 __attribute__((vector_size(VEC_BYTES), may_alias));
typedef int8_t v_s_u8 __attribute__((vector_size(VEC_BYTES), may_alias));
typedef int16_t v_s_u16 __attribute__((vector_size(VEC_BYTES), may_alias));
typedef int32_t v_s_u32 __attribute__((vector_size(VEC_BYTES), may_alias));
typedef int64_t v_s_u64 __attribute__((vector_size(VEC_BYTES), may_alias));
typedef f32 v_f32 __attribute__((vector_size(VEC_BYTES), may_alias));
typedef f64 v_f64 __attribute__((vector_size(VEC_BYTES), may_alias));
typedef v_u32 v_bits_f32;
typedef v_u64 v_bits_f64;
#define LANE_WHOLE_f32 v_s_u32
#define LANE_WHOLE_f64 v_s_u64

/* A list of the vector's lanes, each by `each`. */
#define LIST_2(each, T, i)  each(T, i), each(T, (i) + 1)
#define LIST_4(each, T, i)  LIST_2(each, T, i), LIST_2(each, T, (i) + 2)
#define LIST_8(each, T, i)  LIST_4(each, T, i), LIST_4(each, T, (i) + 4)
#define LIST_16(each, T, i) LIST_8(each, T, i), LIST_8(each, T, (i) + 8)
#define LIST_32(each, T, i) LIST_16(each, T, i), LIST_16(each, T, (i) + 16)
#define LIST_64(each, T, i) LIST_32(each, T, i), LIST_32(each, T, (i) + 32)
#if VEC_BYTES == 64
#define LIST_u8	 LIST_64
#define LIST_u16 LIST_32
#define LIST_u32 LIST_16
#define LIST_u64 LIST_8
#elif VEC_BYTES == 32
#define LIST_u8	 LIST_32
#define LIST_u16 LIST_16
#define LIST_u32 LIST_8
#define LIST_u64 LIST_4
#else
#define LIST_u8	 LIST_16
#define LIST_u16 LIST_8
#define LIST_u32 LIST_4
#define LIST_u64 LIST_2
#endif

/* Compilers differ in how they say it; the second register's lanes count on from the first's. */
#ifdef __clang__
#define SHUFFLE(T, x, y, each) __builtin_shufflevector((x), (y), LIST_##T(each, T, 0))
#else
#define SHUFFLE(T, x, y, each) __builtin_shuffle((x), (y), (v_##T){ LIST_##T(each, T, 0) })
#endif
#define COUNT_IN(T)	(VEC_BYTES / (LANE_BITS_##T / 8))
#define PLACE_ZIPLO(T, i) (LANE_ZIP_PLACE(T, i) + ((i) & 1) * COUNT_IN(T))
#define PLACE_ZIPHI(T, i) (PLACE_ZIPLO(T, i) + LANE_IN_16(T) / 2)
#define PERM(T, x)	SHUFFLE(T, (x), (x), LANE_PLACE)
#define ZIPLO(T, x, y)	SHUFFLE(T, (x), (y), PLACE_ZIPLO)
#define ZIPHI(T, x, y)	SHUFFLE(T, (x), (y), PLACE_ZIPHI)

#define COUNT_OF(T, n)	((n) & (T)(LANE_BITS_##T - 1))
#define ADD(T, x, y)	((x) + (y))
#define SUB(T, x, y)	((x) - (y))
#define MUL(T, x, y)	((x) * (y))
#define WMUL(T, x, y)	(((x) & (u64)0xffffffffU) * ((y) & (u64)0xffffffffU))
#define SHL(T, x, n)	((x) << COUNT_OF(T, n))
#define SHR(T, x, n)	((x) >> COUNT_OF(T, n))
#define SAR(T, x, n)	((v_##T)((v_s_##T)(x) >> (v_s_##T)COUNT_OF(T, n)))
#define ROT(T, x, n)	((x) << (n) | (x) >> (LANE_BITS_##T - (n)))
#define LTU(T, x, y)	((v_##T)((x) < (y)))
#define LTS(T, x, y)	((v_##T)((v_s_##T)(x) < (v_s_##T)(y)))
#define EQ(T, x, y)	((v_##T)((x) == (y)))
#define SEL(T, m, x, y) (((x) & (m)) | ((y) & ~(m)))

#define FADD(f, x, y)	((v_bits_##f)((v_##f)(x) + (v_##f)(y)))
#define FSUB(f, x, y)	((v_bits_##f)((v_##f)(x) - (v_##f)(y)))
#define FMUL(f, x, y)	((v_bits_##f)((v_##f)(x) * (v_##f)(y)))
#define FDIV(f, x, y)	((v_bits_##f)((v_##f)(x) / (v_##f)(y)))
#define FLT(f, x, y)	((v_bits_##f)((v_##f)(x) < (v_##f)(y)))
#define FSQRT(f, x)	((v_bits_##f)VEC_SQRT_##f((v_##f)LANE_ABS_##f(x)))
#define FFMA(f, x, y, z) ((v_bits_##f)VEC_FMA_##f((v_##f)(x), (v_##f)(y), (v_##f)(z)))

#ifndef VEC_FMA_f64
#define VEC_FMA_f64 lane_fma_f64
#define VEC_FMA_f32 lane_fma_f32

static inline v_f64 lane_fma_f64(v_f64 x, v_f64 y, v_f64 z)
{
	size_t i;

	for (i = 0; i < VEC_BYTES / sizeof(f64); i++)
		z[i] = fma(x[i], y[i], z[i]);
	return z;
}

static inline v_f32 lane_fma_f32(v_f32 x, v_f32 y, v_f32 z)
{
	size_t i;

	for (i = 0; i < VEC_BYTES / sizeof(f32); i++)
		z[i] = fmaf(x[i], y[i], z[i]);
	return z;
}
#endif

#define GATHER(T, j) lane_gather_##T(state, (j))
#ifdef VEC_GATHER_u32
#define lane_gather_u32(state, j) VEC_GATHER_u32((state)->table32, (j))
#else
static inline v_u32 lane_gather_u32(const struct lane_state *state, v_u32 place)
{
	size_t i;

	for (i = 0; i < VEC_BYTES / sizeof(u32); i++)
		place[i] = state->table32[place[i]];
	return place;
}
#endif
#ifdef VEC_GATHER_u64
#define lane_gather_u64(state, j) VEC_GATHER_u64((state)->table64, (j))
#else
static inline v_u64 lane_gather_u64(const struct lane_state *state, v_u64 place)
{
	size_t i;

	for (i = 0; i < VEC_BYTES / sizeof(u64); i++)
		place[i] = state->table64[place[i]];
	return place;
}
#endif

/* Conversions; of compilers that cannot say them of vectors, gcc 8 is the last. */
#if defined(__clang__) || __GNUC__ >= 9
#define LANE_CONVERT(to, x) __builtin_convertvector((x), to)
typedef f32 v_half_f32 __attribute__((vector_size(VEC_BYTES / 2), may_alias));
#define FCUT(x)                                                                                    \
	((v_u64)LANE_CONVERT(v_f64, LANE_CONVERT(v_half_f32, (v_f64)(x))))
#define FROM(f, x)	  ((v_bits_##f)LANE_CONVERT(v_##f, (LANE_WHOLE_##f)(x)))
#define TO(f, x)	  ((v_bits_##f)LANE_CONVERT(LANE_WHOLE_##f, (v_##f)(x)))
#else
#define LANE_EACH_ONE(name, from, to, expression)                                                  \
	static inline to name(from x)                                                              \
	{                                                                                          \
		to y;                                                                              \
		size_t i;                                                                          \
                                                                                                   \
		for (i = 0; i < sizeof(y) / sizeof(y[0]); i++)                                     \
			y[i] = (expression);                                                       \
		return y;                                                                          \
	}
LANE_EACH_ONE(lane_cut, v_f64, v_f64, (f64)(f32)x[i])
LANE_EACH_ONE(lane_from_f32, v_s_u32, v_f32, (f32)x[i])
LANE_EACH_ONE(lane_from_f64, v_s_u64, v_f64, (f64)x[i])
LANE_EACH_ONE(lane_to_f32, v_f32, v_s_u32, (int32_t)x[i])
LANE_EACH_ONE(lane_to_f64, v_f64, v_s_u64, (int64_t)x[i])
#define FCUT(x)	     ((v_u64)lane_cut((v_f64)(x)))
#define FROM(f, x)   ((v_bits_##f)lane_from_##f((LANE_WHOLE_##f)(x)))
#define TO(f, x)     ((v_bits_##f)lane_to_##f((v_##f)(x)))
#endif

#define LANE_LOAD(n)	 a##n = half_a[n]; b##n = half_b[n];
#define LANE_STORE(n)	 half_a[n] = a##n; half_b[n] = b##n;
#define LANE_NAMES_4(p)	 p##0, p##1, p##2, p##3
#if VEC_REGISTERS == 32
#define LANE_NAMES(p)	 LANE_NAMES_4(p), p##4, p##5, p##6, p##7
#define LANE_APPLY(f, to, from)                                                                    \
	to##0 ^= f(from##0, k, state); to##1 ^= f(from##1, k, state);                              \
	to##2 ^= f(from##2, k, state); to##3 ^= f(from##3, k, state);                              \
	to##4 ^= f(from##4, k, state); to##5 ^= f(from##5, k, state);                              \
	to##6 ^= f(from##6, k, state); to##7 ^= f(from##7, k, state);
#else
#define LANE_NAMES(p)	 LANE_NAMES_4(p)
#define LANE_APPLY(f, to, from)                                                                    \
	to##0 ^= f(from##0, k, state); to##1 ^= f(from##1, k, state);                              \
	to##2 ^= f(from##2, k, state); to##3 ^= f(from##3, k, state);
#endif

#define LANE(id, T, digest, text, F)                                                               \
	static inline __attribute__((always_inline)) v_##T id##_of(v_##T a, v_##T k,               \
								   const struct lane_state *state) \
	{                                                                                          \
		(void)a;                                                                           \
		(void)k;                                                                           \
		(void)state;                                                                       \
		return (F);                                                                        \
	}                                                                                          \
                                                                                                   \
	static void id##_run(struct lane_state *state, size_t steps)                               \
	{                                                                                          \
		v_##T *half_a = (v_##T *)state->a, *half_b = (v_##T *)state->b;                    \
		v_##T *end = (v_##T *)(state->a + LANE_BYTES);                                     \
		size_t half;                                                                       \
                                                                                                   \
		for (; half_a < end; half_a += LANE_CHAINS, half_b += LANE_CHAINS) {               \
			v_##T LANE_NAMES(a), LANE_NAMES(b), k;                                     \
                                                                                                   \
			LANE_EACH(LANE_LOAD)                                                       \
			for (half = 0; half < 2 * steps; half += 2) {                              \
				k = *(const v_##T *)state->key[half % LANE_KEYS];                  \
				LANE_APPLY(id##_of, b, a)                                          \
				k = *(const v_##T *)state->key[half % LANE_KEYS + 1];              \
				LANE_APPLY(id##_of, a, b)                                          \
			}                                                                          \
			LANE_EACH(LANE_STORE)                                                      \
		}                                                                                  \
	}
#include "harness/stress/lane_steps.h"
#undef LANE

extern const struct lane_impl LANE_IMPL;
const struct lane_impl LANE_IMPL = { {
#define LANE(id, ...) [LANE_##id] = id##_run,
#include "harness/stress/lane_steps.h"
#undef LANE
} };
