/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/hold.h"

#include "harness/base/auto.h"
#include "harness/stress/mix.h"

#include <fenv.h>

enum { WORDS = HOLD_STRIDE / 8 };

static const int mode[] = { FE_TONEAREST, FE_TOWARDZERO, FE_UPWARD, FE_DOWNWARD };

static uint64_t first_value(uint64_t seed, size_t reg, size_t word)
{
	return mix_at(seed, reg * WORDS + word);
}

void hold_fill(uint64_t seed, struct hold_state *state)
{
	size_t reg, i;

	for (reg = 0; reg < HOLD_VECTORS; reg++) {
		for (i = 0; i < WORDS; i++)
			state->vector[reg][i] = first_value(seed, reg, i);
	}
	for (i = 0; i < HOLD_INTEGERS; i++)
		state->integer[i] = first_value(seed, HOLD_VECTORS, i);
}

uint64_t hold_run(const struct hold_impl *impl, struct hold_state *state, unsigned int number,
		  const _Atomic uint32_t *until, uint64_t times)
{
	uint64_t n;
	int now;

	fesetround(mode[number % ARRAY_SIZE(mode)]);
	n = impl->hold(state, until, times);
	now = fegetround();
	fesetround(FE_TONEAREST);
	for (state->rounding = 0; state->rounding < ARRAY_SIZE(mode); state->rounding++) {
		if (mode[state->rounding] == now)
			break;
	}
	return n;
}

static void check_words(struct worker *worker, uint64_t at, const uint64_t *want, uint64_t *got,
			size_t words)
{
	worker_checkpoint(worker, at, got, words * sizeof(*got));
	worker_compare(worker, at, want, got, words);
}

void hold_check(const struct hold_impl *impl, struct worker *worker, uint64_t seed,
		unsigned int number, uint64_t n, struct hold_state *state)
{
	uint64_t want[WORDS], rounding = number % ARRAY_SIZE(mode);
	size_t words = impl->vectors ? impl->bytes() / 8 : 0, reg, i;

	for (reg = 0; reg < impl->vectors; reg++) {
		for (i = 0; i < words; i++)
			want[i] = first_value(seed, reg, i) + n * HOLD_STEP;
		check_words(worker, reg * HOLD_STRIDE, want, state->vector[reg], words);
	}
	for (i = 0; i < impl->integers; i++)
		want[i] = first_value(seed, HOLD_VECTORS, i) + n * HOLD_STEP;
	if (impl->integers)
		check_words(worker, HOLD_INTEGER_AT, want, state->integer, impl->integers);
	check_words(worker, HOLD_ROUNDING_AT, &rounding, &state->rounding, 1);
}
