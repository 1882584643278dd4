/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/known.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/stress/mix.h"

#include <fenv.h>

enum { SELF_TEST_SETS = 8 };

struct known {
	size_t sets;
	uint64_t shipped_got; /* digest of the golden answer of set 0 */
	uint64_t *seed;
	uint64_t *answer; /* sets rows of kind->words */
	void *made;
};

int known_prepare(const struct known_kind *kind, struct stress_state *state)
{
	struct known *known = mem_zalloc(sizeof(*known));
	size_t i;

	fesetenv(FE_DFL_ENV);
	known->sets = stress_param(state, kind->spec, "sets");
	if (state->self_test && known->sets > SELF_TEST_SETS)
		known->sets = SELF_TEST_SETS;
	known->seed = mem_alloc(known->sets * sizeof(*known->seed));
	known->answer = mem_alloc(known->sets * kind->words * sizeof(*known->answer));
	for (i = 0; i < known->sets; i++) {
		known->seed[i] = i ? mix_at(state->seed, i) : KNOWN_FIXED_SEED;
		kind->reference(known->seed[i], known->answer + i * kind->words);
	}
	known->shipped_got = mix_digest(known->answer, kind->words);
	state->own = known;
	return 0;
}

size_t known_sets(const struct stress_state *state)
{
	return ((const struct known *)state->own)->sets;
}

uint64_t known_seed(const struct stress_state *state, size_t set)
{
	return ((const struct known *)state->own)->seed[set];
}

void known_keep(struct stress_state *state, void *made)
{
	((struct known *)state->own)->made = made;
}

void *known_made(const struct stress_state *state)
{
	return state->own ? ((const struct known *)state->own)->made : NULL;
}

static void shipped_differs(const struct known_kind *kind, struct worker *worker, uint64_t got)
{
	worker_block(worker, KNOWN_FIXED_SEED, KNOWN_SHIPPED);
	worker_mismatch(worker, 0, kind->shipped, got);
}

/* The golden answer was wrong: is it when it is made again here? */
static void golden_again(const struct known_kind *kind, struct worker *worker, uint64_t *answer)
{
	uint64_t digest;

	kind->reference(KNOWN_FIXED_SEED, answer);
	digest = mix_digest(answer, kind->words);
	if (digest != kind->shipped)
		shipped_differs(kind, worker, digest);
	worker_go(worker, 1);
}

int known_run(const struct known_kind *kind, struct stress_state *state, struct worker *worker)
{
	const struct known *known = state->own;
	AUTO_FREE uint64_t *got = mem_zalloc(kind->words * sizeof(*got));
	size_t set = (worker->only ? worker->only->phase : worker->index * 7 + worker->slice) %
		     known->sets;
	uint64_t done = 0;

	/* Rounding to nearest, no flushing of small numbers: answers are compared bit for bit. */
	fesetenv(FE_DFL_ENV);
	if (worker->only && worker->only->phase == KNOWN_SHIPPED) {
		golden_again(kind, worker, got);
		return 0;
	}
	if (!worker->only && !worker->index && !worker->slice && known->shipped_got != kind->shipped)
		shipped_differs(kind, worker, known->shipped_got);
	while (worker_go(worker, done)) {
		if (kind->pause && !state->self_test && !worker->only)
			kind->pause(worker);
		worker_block(worker, known->seed[set], set);
		if (kind->perform)
			kind->perform(known->made, set, known->seed[set], got);
		else
			kind->produce(state->isa, known->seed[set], got);
		worker_checkpoint(worker, 0, got, kind->words * sizeof(*got));
		worker_compare(worker, 0, known->answer + set * kind->words, got, kind->words);
		set = (set + 1) % known->sets;
		done = 1;
	}
	return 0;
}

void known_finish(struct stress_state *state)
{
	struct known *known = state->own;

	if (!known)
		return;
	free(known->seed);
	free(known->answer);
	free(known);
	state->own = NULL;
}
