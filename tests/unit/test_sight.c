/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/memory.h"
#include "harness/run/sight.h"

#include <stdlib.h>

#define SECOND 1000000000LL

static struct run_shared *lines(uint32_t count)
{
	struct run_shared *shared =
		mem_zalloc(sizeof(*shared) + count * sizeof(struct worker_line));

	atomic_store(&shared->worker_count, count);
	atomic_store(&shared->step_run_ns, 10 * SECOND);
	return shared;
}

static void line(struct run_shared *shared, size_t index, uint32_t turn, int64_t begin_s,
		 int64_t beat_s)
{
	atomic_store(&shared->line[index].turn, turn);
	atomic_store(&shared->line[index].begin_ns, (uint64_t)(begin_s * SECOND));
	atomic_store(&shared->line[index].beat_ns, (uint64_t)(beat_s * SECOND));
}

START_TEST(a_step_is_done_as_long_as_the_least_of_its_workers_worked)
{
	struct run_shared *shared = lines(2);

	line(shared, 0, 0, 10, 15);
	line(shared, 1, 0, 10, 13);
	ck_assert_int_eq(sight_done_ns(shared), 3 * SECOND);
	atomic_store(&shared->step_run_ns, 0);
	ck_assert_int_eq(sight_done_ns(shared), 0);
	free(shared);
}
END_TEST

START_TEST(turns_add_up_and_one_that_did_not_begin_adds_nothing)
{
	struct run_shared *shared = lines(4);

	line(shared, 0, 0, 10, 15);
	line(shared, 1, 0, 10, 14);
	line(shared, 2, 1, 15, 18);
	line(shared, 3, 2, 0, 0);
	ck_assert_int_eq(sight_done_ns(shared), 7 * SECOND);
	line(shared, 3, 2, 18, 20);
	ck_assert_int_eq(sight_done_ns(shared), 9 * SECOND);
	free(shared);
}
END_TEST

UNIT_MAIN("sight", a_step_is_done_as_long_as_the_least_of_its_workers_worked,
	  turns_add_up_and_one_that_did_not_begin_adds_nothing)
