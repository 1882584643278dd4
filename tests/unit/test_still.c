/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Thermometers that stick, and those that only look like it. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/run/still.h"

#define SECOND 1000000000LL
#define CHANGE 100 /* s: the load ends and something cool begins, for another 100 s */

static const struct still_load load = {
	.from_ns = 10 * SECOND,
	.at_ns = CHANGE * SECOND,
	.until_ns = 200 * SECOND,
	.step = 4,
};

static struct still still_new(void)
{
	return (struct still){ .load = &load, .load_count = 1 };
}

static void say(struct still *still, int64_t second, int64_t value)
{
	const struct sample sample = { .quality = SAMPLE_GOOD,
				       .time_ns = second * SECOND,
				       .value = value };

	still_take(still, &sample);
}

/* From `from` on the same, each ten seconds. */
static void stay(struct still *still, int64_t from, int64_t to, int64_t value)
{
	for (; from <= to; from += 10)
		say(still, from, value);
}

/* A rise by 12 C in steps of `size`, a second each, from second 10 on. */
static int64_t warm_up(struct still *still, int64_t size, int64_t gap)
{
	int64_t value = 40000, second = 10;

	for (; value < 52000; value += size, second += gap)
		say(still, second, value);
	return value;
}

START_TEST(a_thermometer_that_followed_and_stands_still_when_the_load_ends_is_stuck)
{
	struct still still = still_new();
	int64_t value = warm_up(&still, 1000, 1);

	stay(&still, 30, 120, value);
	ck_assert(!still.found);
	say(&still, 130, value);
	ck_assert(still.found);
	ck_assert_int_eq(still.found_ns, 30 * SECOND);
	ck_assert_int_eq(still.found_value, value);
	ck_assert_uint_eq(still.step, 4);
	say(&still, 140, value - 5000);
	ck_assert_int_eq(still.found_ns, 30 * SECOND);
	ck_assert_int_eq(still.found_value, value);
}
END_TEST

START_TEST(one_that_moves_at_all_when_the_load_ends_is_not)
{
	struct still still = still_new();
	int64_t value = warm_up(&still, 1000, 1);

	stay(&still, 30, 110, value);
	stay(&still, 115, 200, value - 1000);
	ck_assert(!still.found);
}
END_TEST

START_TEST(one_that_stands_still_while_the_load_lasts_is_not)
{
	struct still still = { .load = NULL };
	int64_t value = warm_up(&still, 1000, 1);

	stay(&still, 30, 2000, value);
	ck_assert(!still.found);
	still = still_new();
	value = warm_up(&still, 1000, 1);
	say(&still, 71, value); /* not half a minute before the load ended */
	stay(&still, 72, 200, value + 1000);
	ck_assert(!still.found);
}
END_TEST

START_TEST(one_that_never_moved_or_moves_slowly_or_in_coarse_steps_is_not)
{
	struct still still = still_new();

	stay(&still, 0, 200, 45000);
	ck_assert(!still.found);
	still = still_new();
	stay(&still, 30, 200, warm_up(&still, 6000, 1)); /* two steps make 12 C */
	ck_assert(!still.found);
	still = still_new();
	stay(&still, 60, 200, warm_up(&still, 3000, 12));
	ck_assert(!still.found);
}
END_TEST

START_TEST(one_at_its_lowest_value_or_that_was_not_heard_between_is_not)
{
	const struct sample silent = { .quality = SAMPLE_STALE, .time_ns = 90 * SECOND };
	struct still still = still_new();
	int64_t value = warm_up(&still, 1000, 1);

	stay(&still, 30, 200, 40000);
	ck_assert(!still.found);
	still = still_new();
	value = warm_up(&still, 1000, 1);
	stay(&still, 30, 80, value);
	still_take(&still, &silent);
	stay(&still, 95, 200, value);
	ck_assert(!still.found);
	still = still_new();
	value = warm_up(&still, 1000, 1);
	stay(&still, 30, 80, value);
	still_gap(&still);
	stay(&still, 95, 200, value);
	ck_assert(!still.found);
}
END_TEST

START_TEST(a_short_step_before_or_behind_the_change_proves_nothing)
{
	const struct still_load before = { .from_ns = 80 * SECOND, .at_ns = CHANGE * SECOND,
					   .until_ns = 200 * SECOND };
	const struct still_load behind = { .at_ns = CHANGE * SECOND, .until_ns = 120 * SECOND };
	const struct still_load *const each[] = { &before, &behind };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(each); i++) {
		struct still still = { .load = each[i], .load_count = 1 };

		stay(&still, 30, 200, warm_up(&still, 1000, 1));
		ck_assert(!still.found);
	}
}
END_TEST

UNIT_MAIN("still", a_thermometer_that_followed_and_stands_still_when_the_load_ends_is_stuck,
	  one_that_moves_at_all_when_the_load_ends_is_not,
	  one_that_stands_still_while_the_load_lasts_is_not,
	  one_that_never_moved_or_moves_slowly_or_in_coarse_steps_is_not,
	  one_at_its_lowest_value_or_that_was_not_heard_between_is_not,
	  a_short_step_before_or_behind_the_change_proves_nothing)
