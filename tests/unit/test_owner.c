/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/stressor.h"
#include "harness/sys/clock.h"
#include "tests/unit/unit.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { WORKERS = 5, PAGE = 4096, MIB = 1 << 20 };

struct runner {
	pthread_t thread;
	struct stress_state *state;
	struct worker worker;
};

static struct worker_line lines[WORKERS];
static struct runner runners[WORKERS];
static struct stress_slice slices[WORKERS];
static _Atomic uint32_t stop;

static void *run_one(void *argument)
{
	struct runner *runner = argument;

	stressor_find("mem.owner")->run(runner->state, &runner->worker, NULL);
	return NULL;
}

static void start_one(struct stress_state *state, unsigned int index, uint64_t limit)
{
	runners[index].state = state;
	runners[index].worker = (struct worker){ .line = &lines[index],
						 .stop = &stop,
						 .end_ns = INT64_MAX,
						 .work_limit = limit,
						 .index = index,
						 .count = state->worker_count,
						 .memory = slices[index].memory };
	ck_assert_int_eq(pthread_create(&runners[index].thread, NULL, run_one, &runners[index]), 0);
}

static void begin(struct stress_state *state, unsigned int workers)
{
	unsigned int i;

	memset(lines, 0, sizeof(lines));
	*state = (struct stress_state){ .seed = 9, .worker_count = workers, .slice = slices,
					.folder_fd = -1 };
	for (i = 0; i < workers; i++) {
		slices[i].size = (i + 1) * (size_t)MIB / 2 + i * PAGE;
		ck_assert_int_eq(posix_memalign(&slices[i].memory, PAGE, slices[i].size), 0);
	}
	ck_assert_int_eq(stressor_find("mem.owner")->prepare(state, NULL), 0);
}

static void end(struct stress_state *state)
{
	unsigned int i;

	stressor_find("mem.owner")->finish(state);
	for (i = 0; i < state->worker_count; i++)
		free(slices[i].memory);
}

START_TEST(workers_that_write_each_others_pages_find_all_of_them_as_they_were_written)
{
	struct stress_state state;
	unsigned int i;

	begin(&state, WORKERS);
	for (i = 0; i < WORKERS; i++)
		start_one(&state, i, 0);
	for (i = 0; i < WORKERS; i++)
		while (!atomic_load(&lines[i].distinct_bytes) ||
		       atomic_load(&lines[i].work) < 16 * (uint64_t)MIB)
			clock_wait_ns(1000000);
	atomic_store(&stop, 1);
	for (i = 0; i < WORKERS; i++)
		pthread_join(runners[i].thread, NULL);
	atomic_store(&stop, 0);
	for (i = 0; i < WORKERS; i++) {
		ck_assert_uint_eq(lines[i].mismatches, 0);
		ck_assert_uint_ge(lines[i].work, 16 * (uint64_t)MIB);
		ck_assert_uint_eq(lines[i].distinct_bytes, slices[i].size);
		ck_assert_ptr_eq(runners[i].worker.memory, slices[i].memory);
	}
	end(&state);
}
END_TEST

/* Worker 0 runs alone and writes all pages; then one bit changes, and worker 1 comes. */
START_TEST(a_bit_that_changes_under_another_worker_is_found_with_who_wrote_it_last)
{
	const struct worker_mismatch_detail *detail = &lines[1].detail[0];
	struct stress_state state;
	uint64_t *word;

	begin(&state, 2);
	start_one(&state, 0, 8 * (uint64_t)MIB);
	pthread_join(runners[0].thread, NULL);
	start_one(&state, 1, 8 * (uint64_t)MIB);
	pthread_join(runners[1].thread, NULL);
	ck_assert_uint_eq(lines[0].mismatches + lines[1].mismatches, 0);
	word = (uint64_t *)slices[0].memory + 70000 / 8;
	*word ^= 1ULL << 41;
	start_one(&state, 1, 0);
	while (!atomic_load(&lines[1].details))
		clock_wait_ns(1000000);
	atomic_store(&stop, 1);
	pthread_join(runners[1].thread, NULL);
	atomic_store(&stop, 0);
	ck_assert_uint_eq(lines[1].mismatches, 1);
	ck_assert_uint_eq(detail->at, 70000);
	ck_assert_uint_eq(detail->address, (uintptr_t)word);
	ck_assert_uint_eq(detail->want ^ detail->got, 1ULL << 41);
	ck_assert_uint_le(detail->phase & 0xffff, 1);
	ck_assert_uint_ge(detail->phase >> 16, 1);
	end(&state);
}
END_TEST

UNIT_MAIN("owner", workers_that_write_each_others_pages_find_all_of_them_as_they_were_written,
	  a_bit_that_changes_under_another_worker_is_found_with_who_wrote_it_last)
