/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lane kernels by what their operations mean: slow.h and soft.h. */
#include "harness/stress/lane.h"
#include "harness/stress/isa/lane_ops.h"
#include "harness/stress/slow.h"
#include "harness/stress/soft.h"

#define SIGN_OF(T)	(1ULL << (LANE_BITS_##T - 1))
#define COUNT_OF(T, n)	((n) & (LANE_BITS_##T - 1))
#define MASK_OF(T, c)	((T)((c) ? -1 : 0))
/* The sign comes in from above as often as the value is moved. */
#define SIGNS(T, x, n)	((x) & SIGN_OF(T) ? (T) ~slow_shift_right((T)-1, COUNT_OF(T, n)) : 0)
#define KIND_f32	SOFT_32
#define KIND_f64	SOFT_64

#define ADD(T, x, y)	((T)slow_add((x), (y)))
#define SUB(T, x, y)	((T)slow_sub((x), (y)))
#define MUL(T, x, y)	((T)slow_multiply((x), (y), false))
#define WMUL(T, x, y)	slow_multiply((x) & 0xffffffffULL, (y) & 0xffffffffULL, false)
#define SHL(T, x, n)	((T)slow_shift_left((x), COUNT_OF(T, n)))
#define SHR(T, x, n)	((T)slow_shift_right((x), COUNT_OF(T, n)))
#define SAR(T, x, n)	((T)(SHR(T, x, n) | SIGNS(T, x, n)))
#define ROT(T, x, n)                                                                               \
	((T)(slow_shift_left((x), (n)) | slow_shift_right((x), LANE_BITS_##T - (n))))
#define LTU(T, x, y)	MASK_OF(T, slow_less((x), (y)))
#define LTS(T, x, y)	MASK_OF(T, slow_less((x) ^ SIGN_OF(T), (y) ^ SIGN_OF(T)))
#define EQ(T, x, y)	MASK_OF(T, !((x) ^ (y)))
#define SEL(T, m, x, y) ((T)((m) ? (x) : (y)))
#define AT_a(j)		in[j]
#define AT_k(j)		key[j]
#define PERM(T, x)	((T)(in[LANE_PLACE(T, i)] ^ key[LANE_PLACE(T, i)]))
#define ZIPLO(T, x, y)	((i & 1) ? AT_##y(LANE_ZIP_PLACE(T, i)) : AT_##x(LANE_ZIP_PLACE(T, i)))
#define ZIPHI(T, x, y)                                                                             \
	((i & 1) ? AT_##y(LANE_ZIP_PLACE(T, i) + LANE_IN_16(T) / 2) :                              \
		   AT_##x(LANE_ZIP_PLACE(T, i) + LANE_IN_16(T) / 2))
#define TABLE_u32	state->table32
#define TABLE_u64	state->table64
#define GATHER(T, j)	TABLE_##T[j]
#define BITS_f32	u32
#define BITS_f64	u64
#define FADD(f, x, y)	((BITS_##f)soft_add(KIND_##f, (x), (y)))
#define FSUB(f, x, y)	((BITS_##f)soft_sub(KIND_##f, (x), (y)))
#define FMUL(f, x, y)	((BITS_##f)soft_mul(KIND_##f, (x), (y)))
#define FDIV(f, x, y)	((BITS_##f)soft_div(KIND_##f, (x), (y)))
#define FFMA(f, x, y, z) ((BITS_##f)soft_fma(KIND_##f, (x), (y), (z)))
#define FSQRT(f, x)	((BITS_##f)soft_sqrt(KIND_##f, LANE_ABS_##f(x)))
#define FLT(f, x, y)	MASK_OF(BITS_##f, soft_less(KIND_##f, (x), (y)))
#define FCUT(x)		soft_convert(SOFT_32, SOFT_64, soft_convert(SOFT_64, SOFT_32, (x)))
#define WHOLE_f32(x)	((int64_t)slow_sub((x) ^ (1ULL << 31), 1ULL << 31))
#define WHOLE_f64(x)	((int64_t)(x))
#define FROM(f, x)	((BITS_##f)soft_from_int(KIND_##f, WHOLE_##f(x)))
#define TO(f, x)	((BITS_##f)soft_to_int(KIND_##f, (x)))

#define LANE_IMPL lane_ref
#include "harness/stress/isa/lane_loop_body.h"
