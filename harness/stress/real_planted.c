/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The work of cpu.float with every result passed through plant.h. */
#include "harness/stress/plant.h"
#include "harness/stress/real.h"
#include "harness/stress/soft.h"

typedef uint64_t real64, real32;

#define PASS(unit, T, value, operand) plant_pass_here(PLANT_REAL_##unit##_##T, 0, (value), (operand))
#define OP_FROM(bits)	  (bits)
#define OP_BITS64(a)	  (a)
#define OP_BITS32(a)	  (a)
#define OP_ADD(a, b)	  PASS(ADD, f64, soft_add(SOFT_64, (a), (b)), (a))
#define OP_SUB(a, b)	  PASS(SUB, f64, soft_sub(SOFT_64, (a), (b)), (a))
#define OP_MUL(a, b)	  PASS(MUL, f64, soft_mul(SOFT_64, (a), (b)), (a))
#define OP_DIV(a, b)	  PASS(DIV, f64, soft_div(SOFT_64, (a), (b)), (a))
#define OP_FMA(a, b, c)	  PASS(FMA, f64, soft_fma(SOFT_64, (a), (b), (c)), (a))
#define OP_SQRT(a)	  PASS(SQRT, f64, soft_sqrt(SOFT_64, (a)), (a))
#define OP_ABS(a)	  ((a) & ~(1ULL << 63))
#define OP_NEG(a)	  ((a) ^ 1ULL << 63)
#define OP_LESS(a, b)	  (PASS(LT, f64, (uint64_t)soft_less(SOFT_64, (a), (b)), (a)) & 1)
#define OP_ADD32(a, b)	  PASS(ADD, f32, soft_add(SOFT_32, (a), (b)), (a))
#define OP_MUL32(a, b)	  PASS(MUL, f32, soft_mul(SOFT_32, (a), (b)), (a))
#define OP_DIV32(a, b)	  PASS(DIV, f32, soft_div(SOFT_32, (a), (b)), (a))
#define OP_FMA32(a, b, c) PASS(FMA, f32, soft_fma(SOFT_32, (a), (b), (c)), (a))
#define OP_SQRT32(a)	  PASS(SQRT, f32, soft_sqrt(SOFT_32, (a)), (a))
#define OP_ABS32(a)	  ((a) & ~(1ULL << 31))
#define OP_NARROW(a)	  PASS(NARROW, f32, soft_convert(SOFT_64, SOFT_32, (a)), (a))
#define OP_WIDEN(a)	  PASS(WIDEN, f64, soft_convert(SOFT_32, SOFT_64, (a)), (a))
#define OP_TO_INT(a)	  PASS(TO, u64, (uint64_t)soft_to_int(SOFT_64, (a)), (a))
#define OP_FROM_INT(a)	  PASS(FROM, f64, soft_from_int(SOFT_64, (a)), (uint64_t)(a))
#include "harness/stress/isa/real_steps.h"

void real_mix_planted(uint64_t seed, unsigned int steps, uint64_t state[REAL_CHAINS])
{
	real_mix(seed, steps, state);
}
