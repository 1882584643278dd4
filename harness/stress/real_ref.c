/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/real.h"
#include "harness/stress/soft.h"

typedef uint64_t real64, real32;

#define OP_FROM(bits)	  (bits)
#define OP_BITS64(a)	  (a)
#define OP_BITS32(a)	  (a)
#define OP_ADD(a, b)	  soft_add(SOFT_64, (a), (b))
#define OP_SUB(a, b)	  soft_sub(SOFT_64, (a), (b))
#define OP_MUL(a, b)	  soft_mul(SOFT_64, (a), (b))
#define OP_DIV(a, b)	  soft_div(SOFT_64, (a), (b))
#define OP_FMA(a, b, c)	  soft_fma(SOFT_64, (a), (b), (c))
#define OP_SQRT(a)	  soft_sqrt(SOFT_64, (a))
#define OP_ABS(a)	  ((a) & ~(1ULL << 63))
#define OP_NEG(a)	  ((a) ^ 1ULL << 63)
#define OP_LESS(a, b)	  soft_less(SOFT_64, (a), (b))
#define OP_ADD32(a, b)	  soft_add(SOFT_32, (a), (b))
#define OP_MUL32(a, b)	  soft_mul(SOFT_32, (a), (b))
#define OP_DIV32(a, b)	  soft_div(SOFT_32, (a), (b))
#define OP_FMA32(a, b, c) soft_fma(SOFT_32, (a), (b), (c))
#define OP_SQRT32(a)	  soft_sqrt(SOFT_32, (a))
#define OP_ABS32(a)	  ((a) & ~(1ULL << 31))
#define OP_NARROW(a)	  soft_convert(SOFT_64, SOFT_32, (a))
#define OP_WIDEN(a)	  soft_convert(SOFT_32, SOFT_64, (a))
#define OP_TO_INT(a)	  soft_to_int(SOFT_64, (a))
#define OP_FROM_INT(a)	  soft_from_int(SOFT_64, (a))
#include "harness/stress/isa/real_steps.h"

void real_mix_ref(uint64_t seed, unsigned int steps, uint64_t state[REAL_CHAINS])
{
	real_mix(seed, steps, state);
}
