/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mixed integer work of cpu.integer, written once over a few operations that the includer
 * defines: the machine's own (integer_alu.c) and their slow meaning (integer_ref.c).
 *
 *	OP_ADC(sum, a, b, carry)	sum = a + b + carry; carry = 0 or 1 out of it
 *	OP_MULLO OP_MULHI OP_DIV OP_REM OP_ROTL OP_POP OP_CLZ OP_SWAP
 *
 * Every line changes one word of the state by a function of the others (addition, exclusive or or
 * rotation), so a step is a bijection of the state: a wrong bit is carried to the end, never lost.
 * No include guard: the file is included once per translation unit, for its one function.
 */
#include "harness/stress/integer.h"
#include "harness/stress/mix.h"

static void add_chain(uint64_t state[8], const uint64_t operand[8], uint64_t invert)
{
	uint64_t carry = invert & 1;
	int i;

	for (i = 0; i < 8; i++)
		OP_ADC(state[i], state[i], operand[i] ^ invert, carry);
	/* The carry out comes back in at the bottom: it is checked like the rest. */
	state[7] ^= carry << 17;
}

static void integer_body(uint64_t seed, unsigned int steps, uint64_t state[8])
{
	uint64_t x[8];
	unsigned int step;
	int i;

	for (i = 0; i < 8; i++)
		state[i] = mix_at(~seed, (uint64_t)i);
	for (step = 0; step < steps; step++) {
		for (i = 0; i < 8; i++)
			x[i] = mix_nudged(seed, (uint64_t)step * 8 + (uint64_t)i);
		add_chain(state, x, 0);
		state[1] ^= OP_MULHI(state[0], x[1]);
		state[2] ^= OP_MULLO(state[3], x[2] | 1);
		state[4] ^= OP_DIV(state[5], (x[3] >> (state[6] & 63)) | 1);
		state[6] ^= OP_REM(state[7], (x[4] >> (state[0] & 63)) | 1);
		state[7] = OP_ROTL(state[7], state[0] & 63);
		state[3] ^= OP_MULLO(OP_POP(state[2]), x[5]);
		state[5] ^= OP_SWAP(state[4]);
		state[0] ^= x[6] >> OP_CLZ(state[6] | 1);
		state[1] ^= state[2] < state[3] ? x[7] : ~x[0];
		state[4] ^= (int64_t)state[5] < (int64_t)state[1] ? x[2] : x[6];
		add_chain(state, x, ~0ULL);
	}
}
