/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arithmetic of vector.h one lane at a time, in plain C: what every machine can do. */
#include "harness/stress/vector.h"

#include <string.h>

static void scalar_f64(struct vector_state *state, const struct vector_factors *by, size_t steps)
{
	size_t step, i;

	for (step = 0; step < steps; step++) {
		for (i = 0; i < VECTOR_F64; i++) {
			double y = by->a64 * state->f64[i] + by->b64;
			double q = y * (1.0 / VECTOR_P64) + VECTOR_MAGIC64 - VECTOR_MAGIC64;
			uint64_t bits;

			memcpy(&bits, &q, sizeof(bits));
			state->sum64[i % VECTOR_SUMS64] += bits;
			state->f64[i] = y - VECTOR_P64 * q;
		}
	}
}

static void scalar_f32(struct vector_state *state, const struct vector_factors *by, size_t steps)
{
	size_t step, i;

	for (step = 0; step < steps; step++) {
		for (i = 0; i < VECTOR_F32; i++) {
			float y = by->a32 * state->f32[i] + by->b32;
			float q = y * (1.0f / VECTOR_P32) + VECTOR_MAGIC32 - VECTOR_MAGIC32;
			uint32_t bits;

			memcpy(&bits, &q, sizeof(bits));
			state->sum32[i % VECTOR_SUMS32] += bits;
			state->f32[i] = y - VECTOR_P32 * q;
		}
	}
}

static void scalar_u32(struct vector_state *state, const struct vector_factors *by, size_t steps)
{
	size_t step, i;

	for (step = 0; step < steps; step++) {
		for (i = 0; i < VECTOR_U32; i++) {
			uint32_t y = by->a * state->u32[i] + by->b;

			y ^= y >> 15;
			state->u32[i] = y ^ ((int32_t)y < 0 ? VECTOR_FLIP : 0);
		}
	}
}

extern const struct vec_impl vec_scalar;
const struct vec_impl vec_scalar = { .f64 = scalar_f64, .f32 = scalar_f32, .u32 = scalar_u32 };
