/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/hold.h"

#include "harness/base/auto.h"
#include "harness/stress/isa/impl.h"
#include "harness/sys/affinity.h"
#include "tests/unit/unit.h"

#include <fenv.h>
#include <sched.h>
#include <string.h>
#include <sys/resource.h>

enum { CPUS = 1024, TIMES = 50, SEED = 7 };

static struct worker_line line;
static unsigned int cpus[2];

/* The first and the last cpu that this process may use. */
static void find_cpus(void)
{
	cpu_set_t *set = CPU_ALLOC(CPUS);
	unsigned int i, found = 0;

	ck_assert(!sched_getaffinity(0, CPU_ALLOC_SIZE(CPUS), set));
	for (i = 0; i < CPUS; i++) {
		if (!CPU_ISSET_S(i, CPU_ALLOC_SIZE(CPUS), set))
			continue;
		cpus[found ? 1 : 0] = i;
		found = 1;
		if (cpus[1] < cpus[0])
			cpus[1] = cpus[0];
	}
	CPU_FREE(set);
}

static const struct isa_impl *runnable(size_t i)
{
	const struct isa_impl *impl = &isa_impl_table[i];

	return impl->hold && isa_available(NULL) & 1U << impl->isa ? impl : NULL;
}

START_TEST(registers_of_every_instruction_set_come_back_as_often_added_to_as_was_counted)
{
	size_t i;

	for (i = 0; i < isa_impl_count; i++) {
		struct worker worker = { .line = &line };
		struct hold_state state;
		_Atomic uint32_t at_once = 1;
		uint64_t n;

		if (!runnable(i))
			continue;
		memset(&line, 0, sizeof(line));
		hold_fill(SEED, &state);
		n = hold_run(runnable(i)->hold, &state, 1, runnable(i)->hold->yields ? NULL : &at_once,
			     TIMES);
		ck_assert_uint_eq(n, runnable(i)->hold->yields ? TIMES : 0);
		ck_assert_int_eq(fegetround(), FE_TONEAREST);
		hold_check(runnable(i)->hold, &worker, SEED, 1, n, &state);
		ck_assert_uint_eq(line.mismatches, 0);
		ck_assert_uint_ge(worker.checkpoints, 2);
	}
}
END_TEST

START_TEST(a_register_that_comes_back_as_it_was_earlier_is_wrong_in_each_lane)
{
	const struct hold_impl *impl = isa_impl_find(isa_best(isa_available(NULL)))->hold;
	struct worker worker = { .line = &line };
	struct hold_state state;
	_Atomic uint32_t at_once = 1;
	size_t i;

	memset(&line, 0, sizeof(line));
	hold_fill(SEED, &state);
	hold_run(impl, &state, 0, &at_once, 0);
	hold_check(impl, &worker, SEED, 0, 1, &state);
	ck_assert_uint_eq(line.mismatches,
			  impl->vectors * (impl->vectors ? impl->bytes() / 8 : 0) + impl->integers);
	for (i = 0; i < line.details; i++)
		ck_assert_uint_eq(line.detail[i].want - line.detail[i].got, HOLD_STEP);
}
END_TEST

START_TEST(a_mode_of_rounding_that_is_not_given_back_is_found)
{
	const struct hold_impl *impl = isa_impl_find(ISA_SCALAR)->hold;
	struct worker worker = { .line = &line };
	struct hold_state state;

	memset(&line, 0, sizeof(line));
	hold_fill(SEED, &state);
	hold_run(impl, &state, 2, NULL, 1);
	state.rounding = 0;
	hold_check(impl, &worker, SEED, 2, 1, &state);
	ck_assert_uint_eq(line.mismatches, 1);
	ck_assert_uint_eq(line.detail[0].at, HOLD_ROUNDING_AT);
}
END_TEST

/* --- moves ------------------------------------------------------------------------------------ */

static unsigned int seen[CPUS];

static void note_cpu(struct worker *worker, uint64_t at, void *data, size_t size)
{
	(void)worker;
	(void)at;
	(void)data;
	(void)size;
	seen[sched_getcpu() % CPUS]++;
}

static uint64_t switches(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (uint64_t)(usage.ru_nvcsw + usage.ru_nivcsw);
}

static void run(const char *name, unsigned int count, uint64_t blocks)
{
	const struct stressor *stressor = stressor_find(name);
	struct stress_state state = { .isa = isa_best(isa_available(NULL) & stressor->isa_mask),
				      .seed = 1, .worker_count = count, .cpu = cpus,
				      .folder_fd = -1 };
	struct worker worker = { .line = &line, .end_ns = INT64_MAX, .work_limit = blocks,
				 .count = count, .seed = SEED, .tamper = note_cpu };

	memset(&line, 0, sizeof(line));
	memset(seen, 0, sizeof(seen));
	ck_assert(!affinity_pin(0, cpus[0]));
	ck_assert(!stressor->prepare(&state, NULL));
	ck_assert(!stressor->run(&state, &worker, NULL));
	stressor->finish(&state);
	ck_assert_uint_eq(line.work, blocks);
	ck_assert_uint_eq(line.mismatches, 0);
}

START_TEST(a_worker_goes_over_the_cpus_of_the_step_with_live_registers_and_comes_home)
{
	cpu_set_t *set = CPU_ALLOC(CPUS);

	find_cpus();
	run("cpu.migrate", 2, 20);
	ck_assert_uint_gt(seen[cpus[0] % CPUS], 0);
	ck_assert_uint_gt(seen[cpus[1] % CPUS], 0);
	ck_assert(!sched_getaffinity(0, CPU_ALLOC_SIZE(CPUS), set));
	ck_assert_int_eq(CPU_COUNT_S(CPU_ALLOC_SIZE(CPUS), set), 1);
	ck_assert(CPU_ISSET_S(cpus[0], CPU_ALLOC_SIZE(CPUS), set));
	CPU_FREE(set);
}
END_TEST

START_TEST(a_cpu_that_the_process_may_not_use_is_passed_over)
{
	find_cpus();
	cpus[1] = CPUS - 1;
	run("cpu.migrate", 2, 20);
	ck_assert_uint_eq(seen[CPUS - 1], 0);
}
END_TEST

START_TEST(threads_with_other_registers_give_a_core_to_each_other_some_thousand_times)
{
	uint64_t before = switches();

	find_cpus();
	run("cpu.switch", 1, 2);
	/* Two blocks, four threads, a thousand times each; now and then nobody else is ready. */
	ck_assert_uint_gt(switches() - before, 2000);
}
END_TEST

UNIT_MAIN("hold", registers_of_every_instruction_set_come_back_as_often_added_to_as_was_counted,
	  a_register_that_comes_back_as_it_was_earlier_is_wrong_in_each_lane,
	  a_mode_of_rounding_that_is_not_given_back_is_found,
	  a_worker_goes_over_the_cpus_of_the_step_with_live_registers_and_comes_home,
	  a_cpu_that_the_process_may_not_use_is_passed_over,
	  threads_with_other_registers_give_a_core_to_each_other_some_thousand_times)
