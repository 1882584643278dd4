/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/vector.h"

#include "harness/stress/mix.h"

#include <string.h>

/* A whole number in -(p - 1) / 2 .. (p - 1) / 2: one for each residue. */
static int64_t centred(uint64_t random, int64_t p)
{
	return (int64_t)(random % (uint64_t)p) - p / 2;
}

/* The large half of these: a small factor would leave the upper bits of products alone. */
static int64_t factor(uint64_t random, int64_t p)
{
	return p / 4 + (int64_t)(random % (uint64_t)(p / 4));
}

void vector_start(uint64_t seed, struct vector_state *state, struct vector_factors *by)
{
	uint64_t n = 0;
	size_t i;

	memset(state, 0, sizeof(*state));
	by->a64 = (double)factor(mix_at(seed, n++), VECTOR_P64);
	by->b64 = (double)centred(mix_at(seed, n++), VECTOR_P64);
	by->a32 = (float)factor(mix_at(seed, n++), VECTOR_P32);
	by->b32 = (float)centred(mix_at(seed, n++), VECTOR_P32);
	by->a = (uint32_t)mix_at(seed, n++) | 1;
	by->b = (uint32_t)mix_at(seed, n++);
	for (i = 0; i < VECTOR_F64; i++)
		state->f64[i] = (double)centred(mix_at(seed, n++), VECTOR_P64);
	for (i = 0; i < VECTOR_F32; i++)
		state->f32[i] = (float)centred(mix_at(seed, n++), VECTOR_P32);
	for (i = 0; i < VECTOR_U32; i++)
		state->u32[i] = (uint32_t)mix_nudged(seed, n++);
}

void vector_run(const struct vec_impl *impl, struct vector_state *state,
		const struct vector_factors *by, size_t steps)
{
	impl->f64(state, by, steps);
	impl->f32(state, by, steps);
	impl->u32(state, by, steps / 2);
}

/* The bit pattern of the double or float that holds a whole number, put together by hand. */
static uint64_t pattern_of(int64_t number, unsigned int fraction_bits, uint64_t bias)
{
	uint64_t magnitude = number < 0 ? (uint64_t)-number : (uint64_t)number;
	uint64_t sign = number < 0 ? (bias + 1) * 2 : 0;
	unsigned int top;

	if (!magnitude)
		return 0;
	top = 63 - (unsigned int)__builtin_clzll(magnitude);
	return ((sign + bias + top) << fraction_bits) +
	       ((magnitude << (fraction_bits - top)) & ((1ULL << fraction_bits) - 1));
}

/* x = a x + b modulo p; returns the quotient, rounded to the nearest. */
static int64_t step(int64_t *x, int64_t a, int64_t b, int64_t p)
{
	int64_t y = a * *x + b;
	int64_t q = (y + (y < 0 ? -p / 2 : p / 2)) / p;

	*x = y - q * p;
	return q;
}

static uint32_t step_u32(uint32_t x, const struct vector_factors *by)
{
	uint32_t y = (uint32_t)((uint64_t)by->a * x + by->b);

	y ^= y >> 15;
	return y >> 31 ? y ^ VECTOR_FLIP : y;
}

void vector_reference(struct vector_state *state, const struct vector_factors *by, size_t steps)
{
	size_t i, n;
	int64_t x;

	for (i = 0; i < VECTOR_F64; i++) {
		x = (int64_t)state->f64[i];
		for (n = 0; n < steps; n++)
			state->sum64[i % VECTOR_SUMS64] += pattern_of(
				step(&x, (int64_t)by->a64, (int64_t)by->b64, VECTOR_P64), 52, 1023);
		state->f64[i] = (double)x;
	}
	for (i = 0; i < VECTOR_F32; i++) {
		x = (int64_t)state->f32[i];
		for (n = 0; n < steps; n++)
			state->sum32[i % VECTOR_SUMS32] += (uint32_t)pattern_of(
				step(&x, (int64_t)by->a32, (int64_t)by->b32, VECTOR_P32), 23, 127);
		state->f32[i] = (float)x;
	}
	for (i = 0; i < VECTOR_U32; i++) {
		for (n = 0; n < steps / 2; n++)
			state->u32[i] = step_u32(state->u32[i], by);
	}
}
