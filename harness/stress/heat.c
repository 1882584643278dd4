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

void heat_reference(struct heat_state *state, size_t steps)
{
	uint64_t t = bits_of(state->t), minus_t = t ^ 1ULL << 63;
	size_t lane, step;

	for (lane = 0; lane < HEAT_LANES; lane++) {
		uint64_t x = bits_of(state->x[lane]), y = bits_of(state->y[lane]);

		for (step = 0; step < steps; step++) {
			x = soft_fma(SOFT_64, y, t, x);
			y = soft_fma(SOFT_64, x, minus_t, y);
		}
		state->x[lane] = from_bits(x);
		state->y[lane] = from_bits(y);
	}
}

/* All windows without chaos that are of any width are below 3.999. */
void heat_row_start(uint64_t seed, struct heat_row *row)
{
	uint64_t word = mix_word(seed);
	size_t i;

	row->t = from_bits(0x400fff0000000000ULL | word >> 24);
	for (i = 0; i < HEAT_ROW; i++) {
		word += MIX_GOLDEN;
		row->x[i] = from_bits((word ^ word << 27) >> 12 | 0x3ff0000000000000ULL);
	}
}

void heat_row_reference(struct heat_row *row, size_t steps)
{
	uint64_t t = bits_of(row->t);
	size_t lane, step;

	for (lane = 0; lane < HEAT_ROW; lane++) {
		uint64_t x = bits_of(row->x[lane]);

		for (step = 0; step < steps; step++)
			x = soft_mul(SOFT_64, x, soft_sub(SOFT_64, t, x));
		row->x[lane] = from_bits(x);
	}
}
