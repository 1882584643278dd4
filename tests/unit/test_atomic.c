/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/stressor.h"
#include "tests/unit/unit.h"

#include <pthread.h>
#include <string.h>

enum { WORKERS = 10, BLOCKS = 300 };

/* The beginning of what cpu.atomic shares. */
struct shared {
	size_t workers;
	_Atomic uint64_t *word;
};

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

	stressor_find("cpu.atomic")->run(runner->state, &runner->worker, NULL);
	return NULL;
}

/* That many workers at once; the sum of their mismatches. */
static uint64_t run_all(struct stress_state *state, unsigned int workers, uint64_t blocks)
{
	uint64_t mismatches = 0;
	unsigned int i;

	memset(lines, 0, sizeof(lines));
	for (i = 0; i < workers; i++) {
		runners[i].state = state;
		runners[i].worker = (struct worker){
			.line = &lines[i],
			.end_ns = INT64_MAX,
			.work_limit = blocks,
			.seed = i,
			.index = i,
			.count = workers,
		};
		ck_assert(!pthread_create(&runners[i].thread, NULL, run_one, &runners[i]));
	}
	for (i = 0; i < workers; i++) {
		pthread_join(runners[i].thread, NULL);
		mismatches += lines[i].mismatches;
		ck_assert_uint_eq(lines[i].work, blocks);
	}
	return mismatches;
}

START_TEST(workers_on_the_same_lines_never_disturb_each_other)
{
	struct stress_state state = { .worker_count = WORKERS, .folder_fd = -1 };

	ck_assert(!stressor_find("cpu.atomic")->prepare(&state, NULL));
	ck_assert_uint_eq(run_all(&state, WORKERS, BLOCKS), 0);
	stressor_find("cpu.atomic")->finish(&state);
}
END_TEST

struct disturber {
	const struct shared *shared;
	_Atomic int stop;
};

static void *disturb(void *argument)
{
	struct disturber *disturber = argument;

	/* An update that gets lost, again and again, of the byte of worker 0. */
	while (!atomic_load(&disturber->stop))
		atomic_fetch_xor(&disturber->shared->word[0], 0x40);
	return NULL;
}

START_TEST(a_byte_that_somebody_else_changed_is_reported_by_its_owner)
{
	struct stress_state state = { .worker_count = 1, .folder_fd = -1 };
	struct disturber disturber = { 0 };
	pthread_t thread;
	int turn;

	ck_assert(!stressor_find("cpu.atomic")->prepare(&state, NULL));
	disturber.shared = state.own;
	ck_assert(!pthread_create(&thread, NULL, disturb, &disturber));
	for (turn = 0; turn < 1000 && !run_all(&state, 1, 1000); turn++)
		;
	atomic_store(&disturber.stop, 1);
	pthread_join(thread, NULL);
	ck_assert_uint_gt(lines[0].mismatches, 0);
	ck_assert_uint_eq(lines[0].detail[0].want ^ lines[0].detail[0].got, 0x40);
	stressor_find("cpu.atomic")->finish(&state);
}
END_TEST

UNIT_MAIN("atomic", workers_on_the_same_lines_never_disturb_each_other,
	  a_byte_that_somebody_else_changed_is_reported_by_its_owner)
