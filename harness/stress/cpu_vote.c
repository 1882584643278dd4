/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpu.vote: every core does the same block at the same time, of operands that no core had before, and
 * puts answer and digest on the board. All compare all digests; what most have is right. Where there is no
 * majority, as with two cores, the operations are done once more by what they mean (lane_ref.c).
 *
 * How it is verified: see there. One of those that agree, another with each block, reads the answer of
 * the odd one and charges it with each word that is wrong. So a core's work is not judged by that core.
 *
 * Work unit: one block that others agree with. Phase: see cross.h. `at`: offset in the answer; 1024 is
 * its digest.
 */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/stress/cross.h"
#include "harness/stress/mix.h"

#include <string.h>

#define N_(text) (text)

struct vote {
	bool cast;
	uint64_t digest;
};

static const struct kernel_spec spec = {
	.name = "cpu.vote",
	.summary = N_("the same block on every core; what most cores have is right"),
	.target = TARGET_CPU,
	.phase_has_judge = true,
	.work_unit = "block",
};

static void make(struct cross_at *at, uint64_t *word)
{
	lane_answer(at->cross->impl, at->row, at->seed, word);
	worker_checkpoint(at->worker, 0, word, LANE_ANSWER * sizeof(*word));
	word[LANE_ANSWER] = mix_digest(word, LANE_ANSWER);
}

/* Held against the golden answer. */
static void alone(struct cross_at *at)
{
	uint64_t want[LANE_ANSWER], got[BOARD_WORDS];

	make(at, got);
	cross_reference(at, want);
	worker_compare(at->worker, 0, want, got, LANE_ANSWER);
}

static struct board_note *note_of(const struct cross_at *at, size_t worker)
{
	return &at->cross->seat[worker].made[at->n % 2];
}

/* The votes that are there in time; their number. */
static size_t collect(struct cross_at *at, struct vote *vote)
{
	size_t voters = 0, i;

	for (i = 0; i < at->worker->count; i++) {
		vote[i].cast = (i == at->worker->index || cross_await(at, i, note_of(at, i))) &&
			       board_digest(note_of(at, i), at->n, &vote[i].digest);
		voters += vote[i].cast;
	}
	return voters;
}

static size_t votes_for(const struct cross_at *at, const struct vote *vote, uint64_t digest)
{
	size_t votes = 0, i;

	for (i = 0; i < at->worker->count; i++)
		votes += vote[i].cast && vote[i].digest == digest;
	return votes;
}

/* One that has the digest of the majority; -1 where there is none. */
static int majority(const struct cross_at *at, const struct vote *vote, size_t voters)
{
	unsigned int i;

	for (i = 0; i < at->worker->count; i++) {
		if (vote[i].cast && 2 * votes_for(at, vote, vote[i].digest) > voters)
			return (int)i;
	}
	return -1;
}

/* Of those who may: another with each block. */
static size_t judge_of(const struct cross_at *at, const struct vote *vote, int right)
{
	size_t count = at->worker->count, i, k;

	for (k = 0; k < count; k++) {
		i = (size_t)((at->n + k) % count);
		if (vote[i].cast && (right < 0 || vote[i].digest == vote[right].digest))
			return i;
	}
	return at->worker->index;
}

/* What is right: as the majority has it, or as the operations mean it. */
static bool find_right(const struct cross_at *at, int right, uint64_t *want)
{
	if (right >= 0)
		return board_read(note_of(at, (size_t)right), at->n, want);
	cross_reference(at, want);
	want[LANE_ANSWER] = mix_digest(want, LANE_ANSWER);
	return true;
}

static void accuse(struct cross_at *at, const struct vote *vote, const uint64_t *want)
{
	const struct board_charge what = { .seed = at->seed, .phase = cross_phase(at) };
	uint64_t got[BOARD_WORDS];
	size_t i;

	for (i = 0; i < at->worker->count; i++) {
		if (vote[i].cast && vote[i].digest != want[LANE_ANSWER] &&
		    board_read(note_of(at, i), at->n, got))
			board_accuse(&at->cross->seat[i].charge, &what, want, got);
	}
}

/* Not all are of one mind. Is this worker's own vote known to be right? */
static bool settle(struct cross_at *at, const struct vote *vote, size_t voters)
{
	int right = majority(at, vote, voters);
	uint64_t want[BOARD_WORDS], mine = vote[at->worker->index].digest;

	if (judge_of(at, vote, right) != at->worker->index)
		return right >= 0 && mine == vote[right].digest;
	if (!find_right(at, right, want))
		return false;
	accuse(at, vote, want);
	return mine == want[LANE_ANSWER];
}

static uint64_t block(struct cross_at *at)
{
	AUTO_FREE struct vote *vote = mem_zalloc(at->worker->count * sizeof(*vote));
	uint64_t word[BOARD_WORDS];
	size_t voters;

	cross_begin(at);
	make(at, word);
	board_write(note_of(at, at->worker->index), at->n, word);
	board_raise(&at->cross->newest, at->n);
	voters = collect(at, vote);
	if (voters > 1 && votes_for(at, vote, word[LANE_ANSWER]) == voters)
		return 1;
	return settle(at, vote, voters > 1 ? voters : 2);
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

extern const struct stressor stressor_cpu_vote;
const struct stressor stressor_cpu_vote = {
	.spec = &spec,
	.isa_mask = ISA_VECTORS | 1U << ISA_SCALAR,
	.prepare = prepare,
	.run = run,
	.finish = cross_finish,
	.repeatable = true,
};
