/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wrong data tried again: what the counts mean, and that a kernel does the block it is asked for. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/run/repeat.h"
#include "harness/stress/known.h"

#include <stdlib.h>
#include <string.h>

START_TEST(counts_of_wrong_runs_say_how_where_and_when_it_comes_again)
{
	static const struct {
		uint32_t same, sibling, other, far, rested; /* wrong ones of 100; 101: not asked */
		const char *kind, *cores, *heat;
	} row[] = {
		{ 100, 0, 0, 0, 100, "consistent", "one-core", "always" },
		{ 100, 100, 0, 0, 100, "consistent", "one-core", "always" },
		{ 100, 0, 0, 1, 100, "consistent", "several-cores", "always" },
		{ 3, 0, 0, 0, 100, "intermittent", "one-core", "always" },
		{ 100, 0, 0, 0, 99, "intermittent", "one-core", "always" },
		{ 100, 0, 0, 0, 0, "intermittent", "one-core", "warm-only" },
		{ 0, 0, 0, 0, 2, "intermittent", "one-core", "rested-only" },
		{ 0, 5, 0, 0, 0, "intermittent", "one-core", NULL },
		{ 0, 0, 7, 0, 0, "intermittent", "several-cores", NULL },
		{ 0, 0, 0, 0, 0, "not-repeated", NULL, NULL },
		{ 0, 101, 101, 101, 0, "not-repeated", NULL, NULL },
		{ 100, 101, 101, 101, 100, "consistent", "unknown", "always" },
		{ 100, 0, 101, 101, 101, "consistent", "unknown", NULL },
	};
	static const enum repeat_where where[] = { REPEAT_SAME, REPEAT_SIBLING, REPEAT_OTHER,
						   REPEAT_OTHER, REPEAT_RESTED };
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		const uint32_t wrong[] = { row[i].same, row[i].sibling, row[i].other, row[i].far,
					   row[i].rested };
		struct repeat repeat = { .pass_count = 0 };
		struct repeat_words words;

		for (k = 0; k < ARRAY_SIZE(where); k++) {
			if (wrong[k] <= REPEAT_RUNS)
				repeat.pass[repeat.pass_count++] = (struct repeat_pass){
					.where = where[k], .runs = REPEAT_RUNS, .wrong = wrong[k]
				};
		}
		words = repeat_judge(&repeat);
		ck_assert_msg(!strcmp(words.kind, row[i].kind), "row %zu: %s", i, words.kind);
		ck_assert_msg(!strcmp(words.cores ? words.cores : "",
				      row[i].cores ? row[i].cores : ""), "row %zu: cores", i);
		ck_assert_msg(!strcmp(words.heat ? words.heat : "", row[i].heat ? row[i].heat : ""),
			      "row %zu: heat", i);
	}
}
END_TEST

START_TEST(plain_code_and_both_ends_of_the_clock_say_what_the_fault_depends_on)
{
	static const struct {
		uint32_t plain, slow, fast; /* wrong ones of 100; 101: not asked */
		enum repeat_clock set;
		const char *code, *clock;
	} row[] = {
		{ 0, 0, 100, REPEAT_CLOCK_SET, "this-set-only", "high-only" },
		{ 1, 100, 0, REPEAT_CLOCK_SET, "every-set", "low-only" },
		{ 100, 1, 1, REPEAT_CLOCK_SET, "every-set", "any" },
		{ 101, 0, 0, REPEAT_CLOCK_SET, NULL, NULL },
		{ 101, 3, 101, REPEAT_CLOCK_SET, NULL, NULL },
		{ 101, 101, 101, REPEAT_CLOCK_ABSENT, NULL, "absent" },
		{ 0, 101, 101, REPEAT_CLOCK_REFUSED, "this-set-only", "refused" },
		{ 0, 101, 101, REPEAT_CLOCK_UNKNOWN, "this-set-only", NULL },
	};
	static const enum repeat_where where[] = { REPEAT_PLAIN, REPEAT_SLOW, REPEAT_FAST };
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		const uint32_t wrong[] = { row[i].plain, row[i].slow, row[i].fast };
		struct repeat repeat = { .clock = row[i].set, .pass_count = 1,
					 .pass = { { REPEAT_SAME, 0, 100, 100, 100, 0, 1 } } };
		struct repeat_words words;

		for (k = 0; k < ARRAY_SIZE(where); k++) {
			if (wrong[k] <= REPEAT_RUNS)
				repeat.pass[repeat.pass_count++] = (struct repeat_pass){
					.where = where[k], .runs = REPEAT_RUNS, .wrong = wrong[k]
				};
		}
		words = repeat_judge(&repeat);
		ck_assert_msg(!strcmp(words.code ? words.code : "", row[i].code ? row[i].code : ""),
			      "row %zu: code %s", i, words.code);
		ck_assert_msg(!strcmp(words.clock ? words.clock : "",
				      row[i].clock ? row[i].clock : ""),
			      "row %zu: clock %s", i, words.clock);
	}
}
END_TEST

START_TEST(what_comes_again_at_another_clock_alone_is_repeated)
{
	struct repeat repeat = { .clock = REPEAT_CLOCK_SET, .pass_count = 3,
				 .pass = { { REPEAT_SAME, 0, 100, 0, 0, 0, 0 },
					   { REPEAT_SLOW, 0, 100, 2, 2, 0, 1 },
					   { REPEAT_FAST, 0, 100, 0, 0, 0, 0 } } };
	struct repeat_words words = repeat_judge(&repeat);

	ck_assert_str_eq(words.kind, "intermittent");
	ck_assert_str_eq(words.clock, "low-only");
	ck_assert_ptr_null(words.code);
}
END_TEST

/* One block of set 3 or of the golden answer itself, with a bit flipped in the former. */
static void do_again(const struct stressor *stressor, uint64_t phase, struct worker_line *line)
{
	struct stress_state state = { .isa = ISA_SCALAR, .seed = 1, .worker_count = 1,
				      .self_test = true };
	struct worker_flip flip = { .armed = true, .bit = 9 };
	struct worker_block only = { .phase = phase };
	struct worker worker = { .line = line, .end_ns = INT64_MAX, .work_limit = 1, .index = 3,
				 .count = 4, .flip = &flip, .only = &only };

	memset(line, 0, sizeof(*line));
	ck_assert_int_eq(stressor->prepare(&state, NULL), 0);
	ck_assert_int_eq(stressor->run(&state, &worker, NULL), 0);
	stressor->finish(&state);
	ck_assert_uint_eq(line->work, 1);
}

START_TEST(every_kernel_that_can_does_the_block_again_that_went_wrong_and_no_other)
{
	void *memory = NULL;
	struct worker_line *line;
	size_t i, tried = 0;

	ck_assert_int_eq(posix_memalign(&memory, _Alignof(struct worker_line), sizeof(*line)), 0);
	line = memory;
	for (i = 0; i < stressor_count; i++) {
		const struct stressor *stressor = stressor_table[i];

		if (!stressor->repeatable)
			continue;
		tried++;
		do_again(stressor, 3, line);
		ck_assert_msg(line->mismatches == 1 && line->detail[0].phase == 3,
			      "%s: %u mismatches, phase %u", stressor->spec->name,
			      (unsigned int)line->mismatches, (unsigned int)line->detail[0].phase);
		if (tried > 1) /* references are slow, and all have the same life */
			continue;
		do_again(stressor, KNOWN_SHIPPED, line);
		ck_assert_uint_eq(line->mismatches, 0);
	}
	ck_assert_uint_ge(tried, 50);
	free(memory);
}
END_TEST

UNIT_MAIN("repeat", counts_of_wrong_runs_say_how_where_and_when_it_comes_again,
	  plain_code_and_both_ends_of_the_clock_say_what_the_fault_depends_on,
	  what_comes_again_at_another_clock_alone_is_repeated,
	  every_kernel_that_can_does_the_block_again_that_went_wrong_and_no_other)
