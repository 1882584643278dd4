/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/heat.h"

#include "harness/stress/mix.h"
#include "harness/stress/soft.h"

#include <string.h>

static double from_bits(uint64_t bits)
{
	double value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

static uint64_t bits_of(double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	return bits;
}

/* Either sign, 1 to 2: made quickly, for it is done again for each block. */
static double coordinate(uint64_t word)
{
	return from_bits((word & 0x800fffffffffffffULL) | 0x3ff0000000000000ULL);
}

void heat_start(uint64_t seed, struct heat_state *state)
{
	uint64_t word = mix_word(seed);
	size_t i;

	state->t = from_bits((word >> 12) | 0x3fd0000000000000ULL);
	for (i = 0; i < HEAT_LANES; i++) {
		word += MIX_GOLDEN;
		state->x[i] = coordinate(word ^ word >> 32);
		state->y[i] = coordinate((word ^ word << 27) * 5);
	}
}

static uint64_t add_product(uint64_t sum, uint64_t a, uint64_t b, int fused)
{
	return fused ? soft_fma(SOFT_64, a, b, sum) :
		       soft_add(SOFT_64, sum, soft_mul(SOFT_64, a, b));
}

void heat_reference(struct heat_state *state, size_t steps, int fused)
{
	uint64_t t = bits_of(state->t), minus_t = t ^ 1ULL << 63;
	size_t lane, step;

	for (lane = 0; lane < HEAT_LANES; lane++) {
		uint64_t x = bits_of(state->x[lane]), y = bits_of(state->y[lane]);

		for (step = 0; step < steps; step++) {
			x = add_product(x, y, t, fused);
			y = add_product(y, x, minus_t, fused);
		}
		state->x[lane] = from_bits(x);
		state->y[lane] = from_bits(y);
	}
}
