/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The operations of real_steps.h as C has them. The including leaf defines REAL_IMPL; what the
 * compiler makes of fma() depends on the flags of the leaf: an instruction, or the C library's way.
 * No include guard: once per leaf.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

typedef double real64;
typedef float real32;

static inline double real_from_bits(uint64_t bits)
{
	double value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

static inline uint64_t real_bits64(double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	return bits;
}

static inline uint64_t real_bits32(float value)
{
	uint32_t bits;

	memcpy(&bits, &value, sizeof(bits));
	return bits;
}

#define OP_FROM(bits)	    real_from_bits(bits)
#define OP_BITS64(a)	    real_bits64(a)
#define OP_BITS32(a)	    real_bits32(a)
#define OP_ADD(a, b)	    ((a) + (b))
#define OP_SUB(a, b)	    ((a) - (b))
#define OP_MUL(a, b)	    ((a) * (b))
#define OP_DIV(a, b)	    ((a) / (b))
#define OP_FMA(a, b, c)	    fma((a), (b), (c))
#define OP_SQRT(a)	    sqrt(a)
#define OP_ABS(a)	    fabs(a)
#define OP_NEG(a)	    (-(a))
#define OP_LESS(a, b)	    ((a) < (b))
#define OP_ADD32(a, b)	    ((a) + (b))
#define OP_MUL32(a, b)	    ((a) * (b))
#define OP_DIV32(a, b)	    ((a) / (b))
#define OP_FMA32(a, b, c)   fmaf((a), (b), (c))
#define OP_SQRT32(a)	    sqrtf(a)
#define OP_ABS32(a)	    fabsf(a)
#define OP_NARROW(a)	    ((float)(a))
#define OP_WIDEN(a)	    ((double)(a))
#define OP_TO_INT(a)	    ((int64_t)(a))
#define OP_FROM_INT(a)	    ((double)(a))
#include "harness/stress/isa/real_steps.h"

extern const struct real_impl REAL_IMPL;
const struct real_impl REAL_IMPL = { .mix = real_mix };
