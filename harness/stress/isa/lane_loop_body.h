/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lane kernels lane by lane, over the operations that the includer has defined (lane_c.h, or
 * what they mean) and under the name LANE_IMPL. No include guard: once per translation unit.
 */
#include "harness/stress/lane.h"

#include <string.h>

/* The keys as long as a half, so that the lane says which part of the key is its own. */
struct lane_keys {
	_Alignas(64) unsigned char row[LANE_KEYS][LANE_BYTES];
};

static void lane_spread(const struct lane_state *state, struct lane_keys *keys)
{
	size_t row, at;

	for (row = 0; row < LANE_KEYS; row++) {
		for (at = 0; at < LANE_BYTES; at += LANE_KEY_BYTES)
			memcpy(keys->row[row] + at, state->key[row], LANE_KEY_BYTES);
	}
}

#define LANE(id, T, digest, text, F)                                                               \
	static void id##_half(const T *restrict in, T *restrict out, const T *restrict key,        \
			      const struct lane_state *restrict state)                             \
	{                                                                                          \
		size_t i;                                                                          \
                                                                                                   \
		(void)state;                                                                       \
		for (i = 0; i < LANE_BYTES / sizeof(T); i++) {                                     \
			const T a = in[i], k = key[i];                                             \
                                                                                                   \
			(void)a;                                                                   \
			(void)k;                                                                   \
			out[i] ^= (F);                                                             \
		}                                                                                  \
	}                                                                                          \
                                                                                                   \
	static void id##_run(struct lane_state *state, size_t steps)                               \
	{                                                                                          \
		T *a = (T *)state->a, *b = (T *)state->b;                                          \
		struct lane_keys keys;                                                             \
		size_t half;                                                                       \
                                                                                                   \
		lane_spread(state, &keys);                                                         \
		for (half = 0; half < 2 * steps; half += 2) {                                      \
			id##_half(a, b, (const T *)keys.row[half % LANE_KEYS], state);             \
			id##_half(b, a, (const T *)keys.row[half % LANE_KEYS + 1], state);         \
		}                                                                                  \
	}
#include "harness/stress/lane_steps.h"
#undef LANE

extern const struct lane_impl LANE_IMPL;
const struct lane_impl LANE_IMPL = { {
#define LANE(id, ...) [LANE_##id] = id##_run,
#include "harness/stress/lane_steps.h"
#undef LANE
} };
