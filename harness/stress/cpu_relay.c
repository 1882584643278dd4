/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpu.relay: the work of one core verified on another. Round after round each worker meets another one,
 * until every pair has met. Both do a block of their own, then the block of the other the way back,
 * from its answer to its start, and put down what they came to, with the digest of what they read.
 *
 * How it is verified: who made a block knows its start and its digest, and what comes back must be that:
 * a core that does not check, or checks wrongly, is found as one that makes wrong data. Where it is
 * not, the operations are done once more by what they mean (lane_ref.c), and who differs is charged.
 * A core that undoes its own errors gets away with it alone, but not here.
 *
 * Work unit: one block that came back right. Phase: see cross.h. `at`: offset in the answer, 1024 is its
 * digest; from 2048 on in what a check came to, 3072 is the digest of what it read.
 */
#include "harness/stress/cross.h"
#include "harness/stress/litmus.h"
#include "harness/stress/mix.h"

#include <string.h>

#define N_(text) (text)

enum { CHECK_AT = 2048 };

static const struct kernel_spec spec = {
	.name = "cpu.relay",
	.summary = N_("the work of one core undone and checked on another, all pairs of them"),
	.target = TARGET_CPU,
	.phase_has_judge = true,
	.work_unit = "block",
};

static void make(struct cross_at *at, uint64_t *word)
{
	lane_answer(at->cross->impl, at->row, at->seed, word);
	word[LANE_ANSWER] = mix_digest(word, LANE_ANSWER);
	worker_checkpoint(at->worker, 0, word, BOARD_WORDS * sizeof(*word));
}

static void undo(struct cross_at *at, uint64_t seed, const uint64_t *word, uint64_t *back)
{
	lane_undo(at->cross->impl, at->row, seed, word, back);
	back[LANE_ANSWER] = mix_digest(word, LANE_ANSWER);
	worker_checkpoint(at->worker, CHECK_AT, back, BOARD_WORDS * sizeof(*back));
}

/* What a right check comes to. */
static void start_of(const struct cross_at *at, const uint64_t *word, uint64_t *start)
{
	struct lane_state state;

	lane_start(at->seed, &state);
	memcpy(start, state.a, LANE_BYTES);
	memcpy(start + LANE_ANSWER / 2, state.b, LANE_BYTES);
	start[LANE_ANSWER] = mix_digest(word, LANE_ANSWER);
}

static void reference(const struct cross_at *at, uint64_t *want)
{
	cross_reference(at, want);
	want[LANE_ANSWER] = mix_digest(want, LANE_ANSWER);
}

static void alone(struct cross_at *at)
{
	uint64_t want[BOARD_WORDS], got[BOARD_WORDS], back[BOARD_WORDS];

	make(at, got);
	reference(at, want);
	worker_compare(at->worker, 0, want, got, BOARD_WORDS);
	undo(at, at->seed, want, back);
	start_of(at, want, got);
	worker_compare(at->worker, CHECK_AT, got, back, BOARD_WORDS);
}

/* Did the block come back as it was sent? If not, who was wrong? */
static bool judge(struct cross_at *at, size_t partner, const uint64_t *word, const uint64_t *back)
{
	struct board_charge what = { .seed = at->seed, .phase = cross_phase(at) };
	uint64_t want[BOARD_WORDS], start[BOARD_WORDS];

	start_of(at, word, start);
	if (!memcmp(start, back, sizeof(start)) && word[LANE_ANSWER] == start[LANE_ANSWER])
		return true;
	reference(at, want);
	if (memcmp(want, word, sizeof(want))) {
		board_accuse(&at->mine->charge, &what, want, word);
		return false;
	}
	what.at = CHECK_AT;
	board_accuse(&at->cross->seat[partner].charge, &what, start, back);
	return true; /* what this worker made is right */
}

/* The partner's block the way back. */
static void check(struct cross_at *at, size_t partner, uint64_t seed)
{
	uint64_t theirs[BOARD_WORDS], back[BOARD_WORDS];

	if (!board_read(&at->cross->seat[partner].made[at->n % 2], at->n, theirs))
		return;
	undo(at, seed, theirs, back);
	board_write(&at->mine->checked[at->n % 2], at->n, back);
}

static uint64_t seed_of(uint64_t seed, size_t worker)
{
	return mix_at(seed, worker);
}

/* Nobody to meet in this round. */
static uint64_t pass(struct cross_at *at)
{
	cross_begin_alone(at);
	alone(at);
	return 1;
}

static uint64_t block(struct cross_at *at)
{
	uint64_t word[BOARD_WORDS], back[BOARD_WORDS], shared;
	struct cross_seat *other;
	size_t partner;

	cross_begin(at);
	board_raise(&at->cross->newest, at->n);
	partner = litmus_partner(at->n, at->worker->index, at->worker->count);
	if (partner == at->worker->index)
		return pass(at);
	other = &at->cross->seat[partner];
	shared = at->seed;
	at->seed = seed_of(shared, at->worker->index);
	worker_block(at->worker, at->seed, cross_phase(at));
	make(at, word);
	board_write(&at->mine->made[at->n % 2], at->n, word);
	if (!cross_await(at, partner, &other->made[at->n % 2]))
		return pass(at);
	check(at, partner, seed_of(shared, partner));
	if (!cross_await(at, partner, &other->checked[at->n % 2]) ||
	    !board_read(&other->checked[at->n % 2], at->n, back))
		return 0;
	return judge(at, partner, word, back);
}

static int prepare(struct stress_state *state, struct err *err)
{
	return cross_prepare(state, &spec, err);
}

static int run(struct stress_state *state, struct worker *worker, struct err *err)
{
	(void)err;
	return cross_run(state, worker, block, alone);
}

extern const struct stressor stressor_cpu_relay;
const struct stressor stressor_cpu_relay = {
	.spec = &spec,
	.isa_mask = ISA_VECTORS | 1U << ISA_SCALAR,
	.prepare = prepare,
	.run = run,
	.finish = cross_finish,
	.repeatable = true,
};
