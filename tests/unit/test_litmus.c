/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/litmus.h"

#include "harness/base/auto.h"
#include "harness/stress/stressor.h"
#include "harness/sys/clock.h"
#include "tests/unit/unit.h"

#include <pthread.h>
#include <string.h>

#define SECOND 1000000000LL

enum { WORKERS = 5, BLOCKS = 40, NEW = 7, OLD = 3 };

START_TEST(only_outcomes_that_no_memory_model_allows_are_forbidden)
{
	static const struct {
		enum litmus litmus;
		uint64_t seen[LITMUS_ROLES][LITMUS_READS];
		bool forbidden;
	} row[] = {
		{ LITMUS_STORE_BUFFER, { { OLD }, { OLD } }, true },
		{ LITMUS_STORE_BUFFER, { { NEW }, { OLD } }, false },
		{ LITMUS_STORE_BUFFER, { { NEW }, { NEW } }, false },
		{ LITMUS_LOAD_BUFFER, { { NEW }, { NEW } }, true },
		{ LITMUS_LOAD_BUFFER, { { OLD }, { NEW } }, false },
		{ LITMUS_LOAD_BUFFER, { { OLD }, { OLD } }, false },
		{ LITMUS_MESSAGE, { { 0 }, { NEW, OLD } }, true },
		{ LITMUS_MESSAGE, { { 0 }, { OLD, NEW } }, false },
		{ LITMUS_MESSAGE, { { 0 }, { NEW, NEW } }, false },
		{ LITMUS_COHERENCE, { { 0 }, { NEW, OLD } }, true },
		{ LITMUS_COHERENCE, { { 0 }, { OLD, OLD - 1 } }, true },
		{ LITMUS_COHERENCE, { { 0 }, { OLD, NEW } }, false },
		{ LITMUS_READERS, { { 0 }, { 0 }, { NEW, OLD }, { NEW, OLD } }, true },
		{ LITMUS_READERS, { { 0 }, { 0 }, { NEW, OLD }, { NEW, NEW } }, false },
		{ LITMUS_READERS, { { 0 }, { 0 }, { NEW, OLD }, { OLD, NEW } }, false },
		{ LITMUS_MESSAGE, { { 0 }, { NEW, NEW + 1 } }, true },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++)
		ck_assert_msg(litmus_forbidden(row[i].litmus, NEW, row[i].seen) == row[i].forbidden,
			      "row %zu", i);
}
END_TEST

START_TEST(every_pair_of_workers_meets_once_before_any_meets_again)
{
	size_t count, a, b, round;

	for (count = 1; count < 20; count++) {
		unsigned int met[20][20] = { { 0 } };

		for (round = 0; round < litmus_rounds(count); round++) {
			for (a = 0; a < count; a++) {
				b = litmus_partner(round, a, count);
				ck_assert_uint_lt(b, count);
				ck_assert_uint_eq(litmus_partner(round, b, count), a);
				met[a][b]++;
			}
		}
		for (a = 0; a < count; a++) {
			for (b = 0; b < count; b++)
				ck_assert_msg(met[a][b] == 1 || (a == b && met[a][b] <= 1),
					      "%zu and %zu of %zu", a, b, count);
		}
	}
}
END_TEST

struct runner {
	pthread_t thread;
	struct stress_state *state;
	struct worker worker;
};

static struct worker_line lines[WORKERS];
static struct runner runners[WORKERS];

static void *run_one(void *argument)
{
	struct runner *runner = argument;

	stressor_find("cpu.litmus")->run(runner->state, &runner->worker, NULL);
	return NULL;
}

/* The sum of the mismatches of that many workers. */
static uint64_t run_all(struct stress_state *state)
{
	uint64_t mismatches = 0;
	unsigned int i;

	memset(lines, 0, sizeof(lines));
	for (i = 0; i < state->worker_count; i++) {
		runners[i].state = state;
		runners[i].worker = (struct worker){
			.line = &lines[i], .end_ns = INT64_MAX, .work_limit = BLOCKS,
			.index = i, .count = state->worker_count,
		};
		ck_assert(!pthread_create(&runners[i].thread, NULL, run_one, &runners[i]));
	}
	for (i = 0; i < state->worker_count; i++) {
		pthread_join(runners[i].thread, NULL);
		ck_assert_uint_eq(lines[i].work, BLOCKS);
		mismatches += lines[i].mismatches;
	}
	return mismatches;
}

START_TEST(any_number_of_workers_comes_to_its_end_and_sees_nothing_forbidden)
{
	unsigned int count;

	for (count = 1; count <= WORKERS; count++) {
		struct stress_state state = { .worker_count = count, .folder_fd = -1 };

		ck_assert(!stressor_find("cpu.litmus")->prepare(&state, NULL));
		ck_assert_uint_eq(run_all(&state), 0);
		stressor_find("cpu.litmus")->finish(&state);
	}
}
END_TEST

/* Where kernels take turns, the others are at other kernels, and come with other numbers of blocks. */
START_TEST(in_a_slice_a_worker_waits_for_nobody_and_sees_nothing_forbidden)
{
	const struct stressor *litmus = stressor_find("cpu.litmus");
	struct stress_state state = { .worker_count = 2, .folder_fd = -1 };
	unsigned int slice, i;

	memset(lines, 0, sizeof(lines));
	ck_assert(!litmus->prepare(&state, NULL));
	for (slice = 0; slice < BLOCKS; slice++) {
		for (i = 0; i < state.worker_count; i++) {
			int64_t now = clock_boot_ns();
			struct worker worker = {
				.line = &lines[i], .index = i, .count = state.worker_count,
				.end_ns = now + SECOND, .slice_end_ns = now + i * SECOND / 1000,
			};

			ck_assert(!litmus->run(&state, &worker, NULL));
			ck_assert_uint_gt(lines[i].work, slice);
		}
	}
	ck_assert_uint_eq(lines[0].mismatches + lines[1].mismatches, 0);
	litmus->finish(&state);
}
END_TEST

START_TEST(a_word_that_nobody_wrote_is_a_forbidden_outcome_of_its_program)
{
	struct stress_state state = { .worker_count = 1, .folder_fd = -1 };

	ck_assert(!stressor_find("cpu.litmus")->prepare(&state, NULL));
	/* y of the first cell, behind three lines of 128 bytes and x. */
	((_Atomic uint64_t *)state.own)[4 * 16] = 1ULL << 40;
	ck_assert_uint_eq(run_all(&state), 1);
	ck_assert_uint_eq(lines[0].detail[0].at, LITMUS_STORE_BUFFER * 8);
	ck_assert_uint_eq(lines[0].detail[0].got, 1);
	ck_assert_uint_eq(lines[0].detail[0].phase, 1);
	stressor_find("cpu.litmus")->finish(&state);
}
END_TEST

UNIT_MAIN("litmus", only_outcomes_that_no_memory_model_allows_are_forbidden,
	  every_pair_of_workers_meets_once_before_any_meets_again,
	  any_number_of_workers_comes_to_its_end_and_sees_nothing_forbidden,
	  in_a_slice_a_worker_waits_for_nobody_and_sees_nothing_forbidden,
	  a_word_that_nobody_wrote_is_a_forbidden_outcome_of_its_program)
