/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/cross.h"

#include "harness/base/auto.h"
#include "harness/stress/isa/impl.h"
#include "harness/sys/clock.h"
#include "tests/unit/unit.h"

#include <pthread.h>
#include <string.h>

#define SECOND INT64_C(1000000000)

enum { WORKERS = 5, BLOCKS = 12, BAD = 1, CHECK_AT = 2048, BIT = 17 };

static const char *const kernel_name[] = { "cpu.vote", "cpu.relay" };

struct runner {
	pthread_t thread;
	const struct stressor *stressor;
	struct stress_state *state;
	struct worker worker;
};

static struct worker_line lines[WORKERS];
static struct runner runners[WORKERS];

/* --- cores that are wrong --------------------------------------------------------------------- */

static void spoil(uint64_t *word)
{
	*word ^= UINT64_C(1) << BIT;
}

static void makes_wrong(struct worker *worker, uint64_t at, void *data, size_t size)
{
	(void)worker;
	(void)size;
	if (at < CHECK_AT)
		spoil(data);
}

static void checks_wrong(struct worker *worker, uint64_t at, void *data, size_t size)
{
	(void)worker;
	(void)size;
	if (at >= CHECK_AT)
		spoil(data);
}

/* And its time is up. */
static void checks_wrong_at_last(struct worker *worker, uint64_t at, void *data, size_t size)
{
	checks_wrong(worker, at, data, size);
	if (at >= CHECK_AT)
		worker->end_ns = 0;
}

static void checks_nothing(struct worker *worker, uint64_t at, void *data, size_t size)
{
	(void)worker;
	if (at >= CHECK_AT)
		memset(data, 0, size);
}

/* --- running them ----------------------------------------------------------------------------- */

static void *run_one(void *argument)
{
	struct runner *runner = argument;

	runner->stressor->run(runner->state, &runner->worker, NULL);
	return NULL;
}

/* Until all but a bad one have done their blocks. */
static void wait_for_blocks(unsigned int present, bool bad)
{
	unsigned int i;

	for (i = 0; i < present; i++) {
		while ((i != BAD || !bad) && atomic_load(&lines[i].work) < BLOCKS)
			clock_wait_ns(SECOND / 1000);
	}
}

/* Of `present` workers of the state, number BAD spoils data by `tamper`. */
static void run_all(const char *kernel, unsigned int count, unsigned int present, worker_tamper *tamper)
{
	struct stress_state state = { .isa = isa_best(isa_available(NULL) & ISA_VECTORS),
				      .worker_count = count, .seed = 42, .folder_fd = -1 };
	const struct stressor *stressor = stressor_find(kernel);
	_Atomic uint32_t stop = 0;
	unsigned int i;

	memset(lines, 0, sizeof(lines));
	ck_assert(!stressor->prepare(&state, NULL));
	for (i = 0; i < present; i++) {
		runners[i].stressor = stressor;
		runners[i].state = &state;
		runners[i].worker = (struct worker){
			.line = &lines[i], .end_ns = INT64_MAX, .index = i, .count = count,
			.stop = &stop, .tamper = i == BAD ? tamper : NULL,
		};
		ck_assert(!pthread_create(&runners[i].thread, NULL, run_one, &runners[i]));
	}
	wait_for_blocks(present, tamper);
	atomic_store(&stop, 1);
	for (i = 0; i < present; i++)
		pthread_join(runners[i].thread, NULL);
	stressor->finish(&state);
}

/* The bad one and nobody else; returns its first mismatch that another worker found. */
static const struct worker_mismatch_detail *only_the_bad_one(unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		ck_assert_msg(!lines[i].mismatches == (i != BAD), "worker %u of %u", i, count);
	for (i = 0; i < lines[BAD].details; i++) {
		if ((lines[BAD].detail[i].phase & 0xffff) != BAD)
			return &lines[BAD].detail[i];
	}
	ck_abort_msg("nobody else found it");
}

/* --- tests ------------------------------------------------------------------------------------ */

START_TEST(the_way_back_of_every_lane_kernel_ends_at_its_start)
{
	uint64_t answer[LANE_ANSWER], back[LANE_ANSWER];
	struct lane_state state;
	size_t i;
	int row;

	lane_start(7, &state);
	for (i = 0; i < isa_impl_count; i++) {
		const struct lane_impl *impl = isa_impl_table[i].lane;

		if (!impl || !(isa_available(NULL) & 1U << isa_impl_table[i].isa))
			continue;
		for (row = 0; row < LANE_COUNT; row++) {
			lane_answer(impl, (enum lane_kernel)row, 7, answer);
			ck_assert(memcmp(answer, state.a, LANE_BYTES));
			lane_undo(impl, (enum lane_kernel)row, 7, answer, back);
			ck_assert(!memcmp(back, state.a, LANE_BYTES));
			ck_assert(!memcmp(back + LANE_ANSWER / 2, state.b, LANE_BYTES));
		}
	}
}
END_TEST

START_TEST(any_number_of_sound_cores_comes_to_its_end_and_accuses_nobody)
{
	unsigned int count, i, kernel;

	for (kernel = 0; kernel < ARRAY_SIZE(kernel_name); kernel++) {
		for (count = 1; count <= WORKERS; count += 2) {
			run_all(kernel_name[kernel], count, count, NULL);
			for (i = 0; i < count; i++)
				ck_assert_uint_eq(lines[i].mismatches, 0);
		}
	}
}
END_TEST

START_TEST(the_odd_one_out_is_named_by_the_majority_with_word_bit_and_seed)
{
	const struct worker_mismatch_detail *detail;
	uint64_t want[LANE_ANSWER];
	unsigned int count;

	for (count = 3; count <= WORKERS; count += 2) {
		run_all("cpu.vote", count, count, makes_wrong);
		detail = only_the_bad_one(count);
		ck_assert_uint_eq(detail->at, 0);
		ck_assert_uint_eq(detail->want ^ detail->got, 1U << BIT);
		lane_answer(&lane_ref, (enum lane_kernel)((detail->phase >> 16) % LANE_COUNT),
			    detail->seed, want);
		ck_assert_uint_eq(detail->want, want[0]);
	}
}
END_TEST

START_TEST(of_two_who_disagree_the_operations_done_once_more_name_the_wrong_one)
{
	const struct worker_mismatch_detail *detail;

	run_all("cpu.vote", 2, 2, makes_wrong);
	detail = &lines[BAD].detail[0];
	ck_assert_uint_gt(lines[BAD].mismatches, 0);
	ck_assert_uint_eq(lines[0].mismatches, 0);
	ck_assert_uint_eq(detail->want ^ detail->got, 1U << BIT);
}
END_TEST

START_TEST(work_of_a_wrong_core_does_not_come_back_from_another_and_that_core_is_named)
{
	const struct worker_mismatch_detail *detail;
	unsigned int count;

	for (count = 2; count <= WORKERS; count += 3) {
		run_all("cpu.relay", count, count, makes_wrong);
		detail = &lines[BAD].detail[0];
		ck_assert_uint_gt(lines[BAD].mismatches, 0);
		ck_assert_uint_eq(lines[0].mismatches, 0);
		ck_assert_uint_eq(detail->at, 0);
		ck_assert_uint_eq(detail->want ^ detail->got, 1U << BIT);
	}
}
END_TEST

START_TEST(a_core_whose_check_is_wrong_is_named_by_who_made_the_block)
{
	const struct worker_mismatch_detail *detail;
	unsigned int count;

	for (count = 2; count <= WORKERS; count += 3) {
		run_all("cpu.relay", count, count, checks_wrong);
		detail = only_the_bad_one(count);
		ck_assert_uint_eq(detail->at, CHECK_AT);
		ck_assert_uint_eq(detail->want ^ detail->got, 1U << BIT);
	}
}
END_TEST

START_TEST(a_core_that_checks_nothing_is_found_as_one_that_checks_wrongly)
{
	run_all("cpu.relay", 2, 2, checks_nothing);
	ck_assert_uint_eq(lines[0].mismatches, 0);
	ck_assert_uint_gt(lines[BAD].mismatches, 0);
	ck_assert_uint_ge(lines[BAD].detail[0].at, CHECK_AT);
}
END_TEST

START_TEST(what_others_find_of_a_workers_last_block_is_told_though_it_has_ended)
{
	run_all("cpu.relay", 2, 2, checks_wrong_at_last);
	ck_assert_uint_eq(lines[0].mismatches, 0);
	ck_assert_uint_gt(lines[BAD].mismatches, 0);
	ck_assert_uint_ge(lines[BAD].detail[0].at, CHECK_AT);
}
END_TEST

START_TEST(who_is_not_there_is_waited_for_no_longer)
{
	unsigned int kernel;

	for (kernel = 0; kernel < ARRAY_SIZE(kernel_name); kernel++) {
		int64_t start = clock_boot_ns();

		run_all(kernel_name[kernel], 3, 2, NULL);
		ck_assert_uint_eq(lines[0].mismatches + lines[1].mismatches, 0);
		/* Patience for each block would be more than that by far. */
		ck_assert_int_lt(clock_boot_ns() - start, 5 * SECOND);
	}
}
END_TEST

START_TEST(in_a_slice_a_worker_waits_for_nobody_and_is_held_against_known_answers)
{
	struct stress_state state = { .worker_count = 2, .seed = 42, .folder_fd = -1 };
	unsigned int kernel, i;

	for (kernel = 0; kernel < ARRAY_SIZE(kernel_name); kernel++) {
		const struct stressor *stressor = stressor_find(kernel_name[kernel]);

		memset(lines, 0, sizeof(lines));
		ck_assert(!stressor->prepare(&state, NULL));
		for (i = 0; i < 2; i++) {
			struct worker worker = {
				.line = &lines[i], .index = i, .count = 2, .end_ns = INT64_MAX,
				.slice_end_ns = clock_boot_ns() + SECOND / 100,
				.tamper = i == BAD ? makes_wrong : NULL,
			};

			ck_assert(!stressor->run(&state, &worker, NULL));
			ck_assert_uint_gt(lines[i].work, 0);
		}
		ck_assert_uint_eq(lines[0].mismatches, 0);
		ck_assert_uint_ge(lines[BAD].mismatches, lines[BAD].work);
		stressor->finish(&state);
	}
}
END_TEST

START_TEST(a_wrong_block_is_done_again_alone_from_seed_and_phase)
{
	struct worker_block only = { .seed = 0x1234, .phase = 1000 << 16 | 2 };
	struct stress_state state = { .worker_count = 3, .seed = 42, .folder_fd = -1 };
	unsigned int kernel, wrong;

	for (kernel = 0; kernel < ARRAY_SIZE(kernel_name); kernel++) {
		const struct stressor *stressor = stressor_find(kernel_name[kernel]);

		ck_assert(!stressor->prepare(&state, NULL));
		for (wrong = 0; wrong < 2; wrong++) {
			struct worker worker = { .line = &lines[0], .count = 3, .work_limit = 1,
						 .end_ns = INT64_MAX, .only = &only,
						 .tamper = wrong ? makes_wrong : NULL };

			memset(lines, 0, sizeof(lines));
			ck_assert(!stressor->run(&state, &worker, NULL));
			ck_assert_uint_eq(lines[0].work, 1);
			ck_assert_uint_eq(lines[0].mismatches, wrong);
			ck_assert(!wrong || lines[0].detail[0].seed == 0x1234);
		}
		stressor->finish(&state);
	}
}
END_TEST

UNIT_MAIN("cross", the_way_back_of_every_lane_kernel_ends_at_its_start,
	  any_number_of_sound_cores_comes_to_its_end_and_accuses_nobody,
	  the_odd_one_out_is_named_by_the_majority_with_word_bit_and_seed,
	  of_two_who_disagree_the_operations_done_once_more_name_the_wrong_one,
	  work_of_a_wrong_core_does_not_come_back_from_another_and_that_core_is_named,
	  a_core_whose_check_is_wrong_is_named_by_who_made_the_block,
	  a_core_that_checks_nothing_is_found_as_one_that_checks_wrongly,
	  what_others_find_of_a_workers_last_block_is_told_though_it_has_ended,
	  who_is_not_there_is_waited_for_no_longer,
	  in_a_slice_a_worker_waits_for_nobody_and_is_held_against_known_answers,
	  a_wrong_block_is_done_again_alone_from_seed_and_phase)
