/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The stressors of lane_steps.h. A block is 127 steps of one row (lane.h) over 1024 bytes of lanes.
 *
 * How it is verified: every lane of the end is compared with the answer that lane_ref.c makes by
 * what the operations mean, in 64-bit additions, shifts and exclusive ors of the scalar unit; the
 * digest of set 0 is compiled in. So a vector unit that is wrong in the same way each time is found
 * by one core alone.
 *
 * Work unit: one block, checked in all its lanes.
 */
#include "harness/stress/lane.h"

#include "harness/base/auto.h"
#include "harness/stress/isa/impl.h"
#include "harness/stress/known.h"
#include "harness/stress/lane_table.h"
#include "harness/stress/mix.h"

#include <string.h>

#define N_(text) (text)

enum { KEY_WORDS = 2 };

static const struct param_spec params[] = { {
	.name = "sets",
	.kind = PARAM_NUMBER,
	.min = 1,
	.max = 4096,
	.fallback = 16,
	.help = N_("operand sets, each with its own golden answer"),
} };

void lane_start(uint64_t seed, struct lane_state *state)
{
	uint64_t word, n = 0;
	size_t row, at;

	for (at = 0; at < LANE_BYTES; at += sizeof(word)) {
		word = mix_at(seed, n++);
		memcpy(state->a + at, &word, sizeof(word));
		word = mix_at(seed, n++);
		memcpy(state->b + at, &word, sizeof(word));
	}
	for (row = 0; row < LANE_KEYS; row++) {
		for (at = 0; at < LANE_KEY_BYTES; at += sizeof(word)) {
			word = mix_nudged(seed, n + at / sizeof(word) % KEY_WORDS);
			memcpy(state->key[row] + at, &word, sizeof(word));
		}
		n += KEY_WORDS;
	}
	for (row = 0; row < LANE_TABLE; row++) {
		state->table64[row] = mix_at(seed, n++);
		state->table32[row] = (uint32_t)(state->table64[row] >> 32);
	}
	state->plant = NULL;
}

void lane_answer(const struct lane_impl *impl, enum lane_kernel kernel, uint64_t seed,
		 uint64_t *answer)
{
	struct lane_state state;

	lane_start(seed, &state);
	impl->run[kernel](&state, LANE_STEPS);
	memcpy(answer, state.a, LANE_BYTES);
	memcpy(answer + LANE_ANSWER / 2, state.b, LANE_BYTES);
}

/* Feistel's network runs back when its halves change places and the keys come in the other order. */
void lane_undo(const struct lane_impl *impl, enum lane_kernel kernel, uint64_t seed,
	       const uint64_t *answer, uint64_t *start)
{
	struct lane_state there, back;
	size_t row;

	lane_start(seed, &there);
	back = there;
	for (row = 0; row < LANE_KEYS; row++)
		memcpy(back.key[row], there.key[(2 * LANE_STEPS - 1 - row) % LANE_KEYS],
		       LANE_KEY_BYTES);
	memcpy(back.b, answer, LANE_BYTES);
	memcpy(back.a, answer + LANE_ANSWER / 2, LANE_BYTES);
	impl->run[kernel](&back, LANE_STEPS);
	memcpy(start, back.b, LANE_BYTES);
	memcpy(start + LANE_ANSWER / 2, back.a, LANE_BYTES);
}

static int prepare_row(const struct known_kind *kind, struct stress_state *state, struct err *err)
{
	const struct isa_impl *impl = isa_impl_find(state->isa);

	if (!impl || !impl->lane)
		return err_set(err, ERR_UNSUPPORTED, "%s has no code for %s in this build",
			       kind->spec->name, isa_name(state->isa));
	return known_prepare(kind, state);
}

/* What a stressor needs of a row and C cannot pass along: functions and descriptions of its own. */
#define LANE(id, T, digest, text, ...)                                                             \
	static const struct kernel_spec id##_spec = {                                              \
		.name = "cpu." #id,                                                                \
		.summary = (text),                                                                 \
		.target = TARGET_CPU,                                                              \
		.work_unit = "block",                                                              \
		.param = params,                                                                   \
		.param_count = ARRAY_SIZE(params),                                                 \
	};                                                                                         \
                                                                                                   \
	static void id##_reference(uint64_t seed, uint64_t *answer)                                \
	{                                                                                          \
		lane_answer(&lane_ref, LANE_##id, seed, answer);                                       \
	}                                                                                          \
                                                                                                   \
	static void id##_produce(enum isa isa, uint64_t seed, uint64_t *answer)                    \
	{                                                                                          \
		lane_answer(isa_impl_find(isa)->lane, LANE_##id, seed, answer);                        \
	}                                                                                          \
                                                                                                   \
	static const struct known_kind id##_kind = {                                               \
		.spec = &id##_spec,                                                                \
		.words = LANE_ANSWER,                                                              \
		.shipped = (digest),                                                               \
		.reference = id##_reference,                                                       \
		.produce = id##_produce,                                                           \
	};                                                                                         \
                                                                                                   \
	static int id##_prepare(struct stress_state *state, struct err *err)                       \
	{                                                                                          \
		return prepare_row(&id##_kind, state, err);                                        \
	}                                                                                          \
                                                                                                   \
	static int id##_run(struct stress_state *state, struct worker *worker, struct err *err)    \
	{                                                                                          \
		(void)err;                                                                         \
		return known_run(&id##_kind, state, worker);                                       \
	}
#include "harness/stress/lane_steps.h"
#undef LANE

const struct stressor stressor_lane[LANE_COUNT] = {
#define LANE(id, ...)                                                                              \
	[LANE_##id] = {                                                                            \
		.spec = &id##_spec,                                                                \
		.isa_mask = ISA_VECTORS | 1U << ISA_SCALAR,                                        \
		.prepare = id##_prepare,                                                           \
		.run = id##_run,                                                                   \
		.finish = known_finish,                                                            \
		.repeatable = true,                                                            \
	},
#include "harness/stress/lane_steps.h"
#undef LANE
};
