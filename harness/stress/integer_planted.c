/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mixed work of cpu.integer with every result passed through plant.h. */
#include "harness/stress/integer.h"
#include "harness/stress/plant.h"

typedef unsigned __int128 wide;

#define PASS(unit, value, operand) plant_pass_here(PLANT_INT_##unit##_u64, 0, (value), (operand))
#define OP_ADC(sum, a, b, carry)                                                                   \
	do {                                                                                       \
		uint64_t first_ = (a);                                                             \
		wide wide_ = (wide)first_ + (b) + (carry);                                         \
		(sum) = PASS(ADC, (uint64_t)wide_, first_);                                        \
		(carry) = (uint64_t)(wide_ >> 64);                                                 \
	} while (0)
#define OP_MULLO(a, b) PASS(MUL, (a) * (b), (a))
#define OP_MULHI(a, b) PASS(MULHI, (uint64_t)((wide)(a) * (b) >> 64), (a))
#define OP_DIV(a, b)   PASS(DIV, (a) / (b), (a))
#define OP_REM(a, b)   PASS(REM, (a) % (b), (a))
#define OP_ROTL(a, n)  PASS(ROT, (a) << (n) | (a) >> (-(n)&63), (a))
#define OP_POP(a)      PASS(ONES, (uint64_t)__builtin_popcountll(a), (a))
#define OP_CLZ(a)      (PASS(ZEROS, (uint64_t)__builtin_clzll(a), (a)) & 63)
#define OP_SWAP(a)     PASS(SWAP, __builtin_bswap64(a), (a))
#include "harness/stress/integer_body.h"

void integer_mix_planted(uint64_t seed, unsigned int steps, uint64_t state[INTEGER_STATE])
{
	integer_body(seed, steps, state);
}
