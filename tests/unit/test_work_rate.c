/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/memory.h"
#include "harness/run/work_rate.h"

#include <stdlib.h>

#define SECOND 1000000000LL

static const unsigned int cpu[] = { 0, 2 };
enum { STEPS = 2, SERIES = 6, CPU_0 = 2, CPU_2 = 3, SPEED_0 = 4, SPEED_1 = 5 };

struct bench {
	struct run_shared *shared;
	struct work_rate rate;
	struct sample sample[SERIES];
};

static void start(struct bench *bench)
{
	bench->shared = mem_zalloc(sizeof(*bench->shared) + 2 * sizeof(struct worker_line));
	bench->shared->worker_count = 2;
	bench->shared->line[0].cpu = cpu[0];
	bench->shared->line[1].cpu = cpu[1];
	bench->shared->line[0].state = bench->shared->line[1].state = WORKER_RUNNING;
	work_rate_init(&bench->rate, STEPS, cpu, 2);
}

static void stop(struct bench *bench)
{
	work_rate_release(&bench->rate);
	free(bench->shared);
}

static void look(struct bench *bench, int64_t step, uint64_t work, int64_t now_ns)
{
	bench->shared->step = step;
	bench->shared->line[0].work = work;
	bench->shared->line[1].work = 3 * work;
	work_rate_read(&bench->rate, bench->shared, now_ns, bench->sample);
}

START_TEST(the_rate_is_the_work_done_between_two_looks)
{
	struct bench bench;

	start(&bench);
	look(&bench, 1, 100, 10 * SECOND);
	ck_assert_int_eq(bench.sample[1].quality, SAMPLE_ABSENT);
	look(&bench, 1, 350, 12 * SECOND);
	ck_assert_int_eq(bench.sample[1].quality, SAMPLE_GOOD);
	ck_assert_int_eq(bench.sample[1].value, 500000);
	ck_assert_int_eq(bench.sample[1].time_ns, 12 * SECOND);
	ck_assert_int_eq(bench.sample[CPU_0].value, 125000);
	ck_assert_int_eq(bench.sample[CPU_2].value, 375000);
	ck_assert_int_eq(bench.sample[0].quality, SAMPLE_ABSENT);
	stop(&bench);
}
END_TEST

static void look_with(struct bench *bench, uint64_t work, uint64_t cpu_ns, int64_t now_ns)
{
	struct worker_line *line = bench->shared->line;

	line[0].cpu_work = line[1].cpu_work = work / 2;
	line[0].cpu_ns = line[1].cpu_ns = cpu_ns / 2;
	look(bench, 1, work, now_ns);
}

START_TEST(the_speed_is_the_work_in_a_second_of_cpu_time_however_little_there_was)
{
	struct bench bench;

	start(&bench);
	look_with(&bench, 0, SECOND, 10 * SECOND);
	look_with(&bench, 1000, 3 * SECOND, 11 * SECOND);
	ck_assert_int_eq(bench.sample[SPEED_1].value, 500000);
	/* Another program took nine tenths of the cpus. */
	look_with(&bench, 1100, 3 * SECOND + SECOND / 5, 12 * SECOND);
	ck_assert_int_eq(bench.sample[SPEED_1].value, 500000);
	ck_assert_int_eq(bench.sample[SPEED_1].time_ns, 12 * SECOND);
	/* The cpus themselves are slow. */
	look_with(&bench, 1400, 5 * SECOND + SECOND / 5, 13 * SECOND);
	ck_assert_int_eq(bench.sample[SPEED_1].value, 150000);
	/* Too little to say anything. */
	look_with(&bench, 1400, 5 * SECOND + SECOND / 4, 14 * SECOND);
	ck_assert_int_eq(bench.sample[SPEED_1].time_ns, 13 * SECOND);
	ck_assert_int_eq(bench.sample[SPEED_0].quality, SAMPLE_ABSENT);
	stop(&bench);
}
END_TEST

START_TEST(a_new_step_begins_from_its_own_first_look)
{
	struct bench bench;

	start(&bench);
	look(&bench, 0, 5000, 10 * SECOND);
	look(&bench, 0, 6000, 11 * SECOND);
	ck_assert_int_eq(bench.sample[0].value, 4000000);
	look(&bench, -1, 6000, 12 * SECOND);
	look(&bench, 1, 0, 13 * SECOND);
	look(&bench, 1, 50, 14 * SECOND);
	ck_assert_int_eq(bench.sample[1].value, 200000);
	ck_assert_int_eq(bench.sample[0].time_ns, 11 * SECOND); /* no news of the first step */
	stop(&bench);
}
END_TEST

START_TEST(lines_that_were_cleared_begin_again)
{
	struct bench bench;

	start(&bench);
	look(&bench, 0, 5000, 10 * SECOND);
	look(&bench, 0, 0, 11 * SECOND);
	ck_assert_int_eq(bench.sample[0].quality, SAMPLE_ABSENT);
	look(&bench, 0, 1, 12 * SECOND);
	ck_assert_int_eq(bench.sample[0].value, 4000);
	stop(&bench);
}
END_TEST

START_TEST(work_that_stands_still_is_a_good_rate_of_zero)
{
	struct bench bench;

	start(&bench);
	look(&bench, 0, 5000, 10 * SECOND);
	look(&bench, 0, 5000, 11 * SECOND);
	ck_assert_int_eq(bench.sample[0].quality, SAMPLE_GOOD);
	ck_assert_int_eq(bench.sample[0].value, 0);
	stop(&bench);
}
END_TEST

START_TEST(a_step_that_prepares_or_whose_time_is_up_has_no_rate)
{
	struct bench bench;

	start(&bench);
	bench.shared->line[0].state = bench.shared->line[1].state = WORKER_IDLE;
	look(&bench, 0, 0, 10 * SECOND);
	look(&bench, 0, 0, 13 * SECOND);
	ck_assert_int_eq(bench.sample[0].quality, SAMPLE_ABSENT);
	ck_assert_int_eq(bench.sample[CPU_0].quality, SAMPLE_ABSENT);
	/* A worker that crashed does not keep the others from being looked at. */
	bench.shared->line[0].state = WORKER_RUNNING;
	bench.shared->line[1].state = WORKER_CRASHED;
	look(&bench, 0, 100, 14 * SECOND);
	look(&bench, 0, 200, 15 * SECOND);
	ck_assert_int_eq(bench.sample[0].value, 400000);
	bench.shared->line[0].state = WORKER_ENDED;
	look(&bench, 0, 200, 17 * SECOND);
	ck_assert_int_eq(bench.sample[0].time_ns, 15 * SECOND);
	ck_assert_int_eq(bench.sample[CPU_0].quality, SAMPLE_ABSENT);
	stop(&bench);
}
END_TEST

START_TEST(of_cpus_that_take_turns_only_the_one_whose_turn_it_is_is_looked_at)
{
	struct bench bench;

	start(&bench);
	bench.shared->turn = 1;
	bench.shared->line[1].state = WORKER_IDLE;
	look(&bench, 0, 0, 10 * SECOND);
	look(&bench, 0, 100, 12 * SECOND);
	ck_assert_int_eq(bench.sample[0].value, 50000);
	ck_assert_int_eq(bench.sample[CPU_0].value, 50000);
	ck_assert_int_eq(bench.sample[CPU_2].quality, SAMPLE_ABSENT);
	/* The first has ended; the next turn begins with a look of its own. */
	bench.shared->line[0].state = WORKER_ENDED;
	bench.shared->line[1].state = WORKER_RUNNING;
	bench.shared->turn = 1ULL << 32 | 2;
	look(&bench, 0, 100, 13 * SECOND);
	ck_assert_int_eq(bench.sample[0].time_ns, 12 * SECOND);
	look(&bench, 0, 200, 15 * SECOND);
	ck_assert_int_eq(bench.sample[0].value, 150000);
	ck_assert_int_eq(bench.sample[CPU_0].time_ns, 12 * SECOND);
	stop(&bench);
}
END_TEST

UNIT_MAIN("work_rate", of_cpus_that_take_turns_only_the_one_whose_turn_it_is_is_looked_at,
	  the_rate_is_the_work_done_between_two_looks,
	  the_speed_is_the_work_in_a_second_of_cpu_time_however_little_there_was,
	  a_new_step_begins_from_its_own_first_look, lines_that_were_cleared_begin_again,
	  work_that_stands_still_is_a_good_rate_of_zero,
	  a_step_that_prepares_or_whose_time_is_up_has_no_rate)
