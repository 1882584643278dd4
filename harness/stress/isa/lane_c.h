/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_ISA_LANE_C_H
#define STRESS_ISA_LANE_C_H
/*
 * The operations of lane_steps.h on one lane, as C has them, for isa/lane_loop_body.h.
 *
 * LANE_UNIT(operation, lane, value, operand) is the value; who wants to know which unit was asked,
 * and to give a wrong answer for it, defines another one before.
 */
#include "harness/stress/isa/lane_ops.h"
#include "harness/stress/lane.h"

#include <math.h>
#include <string.h>

#ifndef LANE_UNIT
#define LANE_UNIT(operation, T, value, operand) (value)
#endif

typedef int8_t lane_s_u8;
typedef int16_t lane_s_u16;
typedef int32_t lane_s_u32;
typedef int64_t lane_s_u64;

union lane_pun32 {
	u32 bits;
	f32 value;
};

union lane_pun64 {
	u64 bits;
	f64 value;
};

#define LANE_VALUE_f32(x)	(((union lane_pun32){ .bits = (x) }).value)
#define LANE_VALUE_f64(x)	(((union lane_pun64){ .bits = (x) }).value)
#define LANE_FLOAT_BITS_f32(x)	(((union lane_pun32){ .value = (x) }).bits)
#define LANE_FLOAT_BITS_f64(x)	(((union lane_pun64){ .value = (x) }).bits)
#define LANE_COUNT_OF(T, n)	((unsigned int)(n) & (LANE_BITS_##T - 1))
#define LANE_FMA_f32(x, y, z)	fmaf((x), (y), (z))
#define LANE_FMA_f64(x, y, z)	fma((x), (y), (z))
#define LANE_ROOT_f32(x)	sqrtf(x)
#define LANE_ROOT_f64(x)	sqrt(x)

#define ADD(T, x, y)	LANE_UNIT(ADD, T, (T)((x) + (y)), (x))
#define SUB(T, x, y)	LANE_UNIT(SUB, T, (T)((x) - (y)), (x))
#define MUL(T, x, y)	LANE_UNIT(MUL, T, (T)((u64)(x) * (y)), (x))
#define WMUL(T, x, y)	LANE_UNIT(WMUL, T, (u64)(u32)(x) * (u32)(y), (x))
#define SHL(T, x, n)	LANE_UNIT(SHL, T, (T)((u64)(x) << LANE_COUNT_OF(T, n)), (x))
#define SHR(T, x, n)	LANE_UNIT(SHR, T, (T)((x) >> LANE_COUNT_OF(T, n)), (x))
#define SAR(T, x, n)	LANE_UNIT(SAR, T, (T)((lane_s_##T)(x) >> LANE_COUNT_OF(T, n)), (x))
#define ROT(T, x, n)                                                                               \
	LANE_UNIT(ROT, T, (T)((u64)(T)(x) << (n) | (T)(x) >> (LANE_BITS_##T - (n))), (x))
#define LTU(T, x, y)	LANE_UNIT(LTU, T, (T)((x) < (y) ? -1 : 0), (x))
#define LTS(T, x, y)	LANE_UNIT(LTS, T, (T)((lane_s_##T)(x) < (lane_s_##T)(y) ? -1 : 0), (x))
#define EQ(T, x, y)	LANE_UNIT(EQ, T, (T)((x) == (y) ? -1 : 0), (x))
#define SEL(T, m, x, y) LANE_UNIT(SEL, T, (T)(((x) & (m)) | ((y) & ~(m))), (x))
/* What crosses lanes sees them all: a is then in[i], k is key[i]. */
#define LANE_a_AT(j)	in[j]
#define LANE_k_AT(j)	key[j]
#define PERM(T, x)                                                                                 \
	LANE_UNIT(PERM, T, (T)(in[LANE_PLACE(T, i)] ^ key[LANE_PLACE(T, i)]), (x))
#define ZIPLO(T, x, y)                                                                             \
	LANE_UNIT(ZIPLO, T,                                                                        \
		  (i & 1) ? LANE_##y##_AT(LANE_ZIP_PLACE(T, i)) :                                  \
			    LANE_##x##_AT(LANE_ZIP_PLACE(T, i)),                                   \
		  (x))
#define ZIPHI(T, x, y)                                                                             \
	LANE_UNIT(ZIPHI, T,                                                                        \
		  (i & 1) ? LANE_##y##_AT(LANE_ZIP_PLACE(T, i) + LANE_IN_16(T) / 2) :              \
			    LANE_##x##_AT(LANE_ZIP_PLACE(T, i) + LANE_IN_16(T) / 2),               \
		  (x))
#define LANE_TABLE_OF_u32 state->table32
#define LANE_TABLE_OF_u64 state->table64
#define GATHER(T, j)	LANE_UNIT(GATHER, T, LANE_TABLE_OF_##T[j], a)

#define LANE_BINARY(name, f, x, y, sign)                                                           \
	LANE_UNIT(name, f, LANE_FLOAT_BITS_##f(LANE_VALUE_##f(x) sign LANE_VALUE_##f(y)), (x))
#define FADD(f, x, y)	LANE_BINARY(FADD, f, x, y, +)
#define FSUB(f, x, y)	LANE_BINARY(FSUB, f, x, y, -)
#define FMUL(f, x, y)	LANE_BINARY(FMUL, f, x, y, *)
#define FDIV(f, x, y)	LANE_BINARY(FDIV, f, x, y, /)
#define FFMA(f, x, y, z)                                                                           \
	LANE_UNIT(FFMA, f,                                                                         \
		  LANE_FLOAT_BITS_##f(LANE_FMA_##f(LANE_VALUE_##f(x), LANE_VALUE_##f(y),           \
						   LANE_VALUE_##f(z))),                            \
		  (x))
#define FSQRT(f, x)                                                                                \
	LANE_UNIT(FSQRT, f, LANE_FLOAT_BITS_##f(LANE_ROOT_##f(LANE_VALUE_##f(LANE_ABS_##f(x)))), (x))
#define FLT(f, x, y)                                                                               \
	LANE_UNIT(FLT, f, LANE_FLT_MASK_##f(LANE_VALUE_##f(x) < LANE_VALUE_##f(y)), (x))
#define LANE_FLT_MASK_f32(c)	((c) ? (u32)-1 : 0)
#define LANE_FLT_MASK_f64(c)	((c) ? (u64)-1 : 0)
#define FCUT(x)		LANE_UNIT(FCUT, f64, LANE_FLOAT_BITS_f64((f32)LANE_VALUE_f64(x)), (x))
#define LANE_FROM_f32(x) ((f32)(int32_t)(x))
#define LANE_FROM_f64(x) ((f64)(int64_t)(x))
#define LANE_TO_f32(x)	((u32)(int32_t)(x))
#define LANE_TO_f64(x)	((u64)(int64_t)(x))
#define FROM(f, x)	LANE_UNIT(FROM, f, LANE_FLOAT_BITS_##f(LANE_FROM_##f(x)), (x))
#define TO(f, x)	LANE_UNIT(TO, f, LANE_TO_##f(LANE_VALUE_##f(x)), (x))

#endif
