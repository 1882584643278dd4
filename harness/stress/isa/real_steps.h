/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The steps of real.h, written once over operations that the includer defines, by the machine
 * (isa/real_body.h) and in integers (real_ref.c):
 *
 *	real64, real32		what holds a number
 *	OP_FROM(bits)		the double with these bits; OP_BITS64, OP_BITS32 the other way
 *	OP_ADD OP_SUB OP_MUL OP_DIV OP_FMA OP_SQRT	of doubles; the same with 32 of floats
 *	OP_NARROW OP_WIDEN	double to float and back
 *	OP_TO_INT OP_FROM_INT	double to int64_t, towards zero, and back
 *	OP_LESS
 *
 * No include guard: once per translation unit.
 */
#include "harness/stress/mix.h"
#include "harness/stress/real.h"

/* 2^low .. 2^(low + 2^bits - 1) times 1.xxx, either sign: the bits of a double. */
static inline uint64_t real_operand(uint64_t seed, uint64_t how, unsigned int bits, int low)
{
	uint64_t exponent = (uint64_t)(1023 + low) + (how & ((1ULL << bits) - 1));
	uint64_t fraction = mix_nudged(seed, bits) & 0xfffffffffffffULL;

	return how >> 63 << 63 | exponent << 52 | fraction;
}

static inline uint64_t real_fold(uint64_t state, uint64_t bits)
{
	state = (state << 29 | state >> 35) ^ bits;
	return state * 0x9e3779b97f4a7c15ULL;
}

static inline uint64_t real_doubles(uint64_t state, real64 a, real64 b, real64 c)
{
	real64 product = OP_MUL(a, b);
	real64 small = OP_LESS(a, c) ? a : c;

	state = real_fold(state, OP_BITS64(product));
	state = real_fold(state, OP_BITS64(OP_ADD(product, c)));
	state = real_fold(state, OP_BITS64(OP_SUB(a, c)));
	state = real_fold(state, OP_BITS64(OP_FMA(a, b, c)));
	/* What rounding took from the product, exactly. */
	state = real_fold(state, OP_BITS64(OP_FMA(a, b, OP_NEG(product))));
	state = real_fold(state, OP_BITS64(OP_DIV(small, b)));
	state = real_fold(state, OP_BITS64(OP_SQRT(OP_ABS(a))));
	return real_fold(state, (uint64_t)OP_TO_INT(product));
}

static inline uint64_t real_floats(uint64_t state, real32 a, real32 b, real32 c)
{
	real32 product = OP_MUL32(a, b);

	state = real_fold(state, OP_BITS32(product));
	state = real_fold(state, OP_BITS32(OP_ADD32(product, c)));
	state = real_fold(state, OP_BITS32(OP_FMA32(a, b, c)));
	state = real_fold(state, OP_BITS32(OP_DIV32(c, b)));
	state = real_fold(state, OP_BITS32(OP_SQRT32(OP_ABS32(a))));
	return real_fold(state, OP_BITS64(OP_WIDEN(product)));
}

static void real_mix(uint64_t seed, unsigned int steps, uint64_t state[REAL_CHAINS])
{
	unsigned int step, chain;

	for (chain = 0; chain < REAL_CHAINS; chain++)
		state[chain] = mix_at(seed, chain);
	for (step = 0; step < steps; step++) {
		for (chain = 0; chain < REAL_CHAINS; chain++) {
			uint64_t value = state[chain], how = mix_word(value ^ step);
			real64 a = OP_FROM(real_operand(value, how, 3, -4));
			real64 b = OP_FROM(real_operand(~value, how << 1 ^ how >> 9, 3, -4));
			real64 c = OP_FROM(real_operand(value, how << 2 ^ how >> 18, 6, -54));

			value = real_doubles(value, a, b, c);
			value = real_floats(value, OP_NARROW(a), OP_NARROW(b), OP_NARROW(c));
			state[chain] = real_fold(value, OP_BITS64(OP_FROM_INT((int64_t)value)));
		}
	}
}
