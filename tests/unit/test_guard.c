/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/run/guard.h"

#define SECOND 1000000000LL

static const struct series machine[] = {
	{ .metric = "temperature", .component = "hwmon/k10temp/0000:00:18.3/temp1" },
	{ .metric = "temperature", .component = "hwmon/k10temp/0000:00:18.3/temp2" },
	{ .metric = "temperature", .component = "hwmon/nvme/0000:01:00.0/temp1" },
	{ .metric = "edac-uncorrected", .component = "edac/mc0", .kind = SERIES_COUNTER },
};

static const struct guard_rule hot_rule = {
	.metric = "temperature",
	.component = "*",
	.throttle = 90000,
	.stop = 95000,
	.hold_ns = 2 * SECOND,
	.silent_ns = 5 * SECOND,
	.min_plausible = -40000,
	.max_plausible = 125000,
};

static const struct guard_rule edac_rule = {
	.metric = "edac-uncorrected",
	.component = "*",
	.throttle = INT64_MAX,
	.stop = 1000,
};

/* A guard on a fake clock: one round a second. */
struct bench {
	struct guard_state guard;
	struct sample sample[ARRAY_SIZE(machine)];
	int64_t now_ns;
	struct guard_decision last;
};

static void bench_start(struct bench *bench, const struct guard_rule *rule, bool blind)
{
	const struct guard_plan plan = { .rule = rule,
					 .rule_count = 1,
					 .series = machine,
					 .series_count = ARRAY_SIZE(machine),
					 .blind = blind };
	size_t i;

	guard_init(&bench->guard, &plan);
	bench->now_ns = 0;
	for (i = 0; i < ARRAY_SIZE(machine); i++)
		bench->sample[i] = (struct sample){ .quality = SAMPLE_GOOD, .value = 50000 };
}

static enum guard_action round_with(struct bench *bench, size_t series, enum sample_quality quality,
				    int64_t value)
{
	bench->sample[series].quality = (uint8_t)quality;
	bench->sample[series].value = value;
	bench->now_ns += SECOND;
	bench->last = guard_step(&bench->guard, bench->sample, bench->now_ns);
	return bench->last.action;
}

START_TEST(hot_for_the_hold_time_stops_and_names_the_sensor)
{
	struct bench bench;

	bench_start(&bench, &hot_rule, false);
	ck_assert_int_eq(round_with(&bench, 1, SAMPLE_GOOD, 94999), GUARD_THROTTLE);
	ck_assert_int_eq(round_with(&bench, 1, SAMPLE_GOOD, 95000), GUARD_THROTTLE);
	ck_assert_int_eq(round_with(&bench, 1, SAMPLE_GOOD, 96000), GUARD_THROTTLE);
	ck_assert_int_eq(round_with(&bench, 1, SAMPLE_GOOD, 97000), GUARD_STOP);
	ck_assert_int_eq(bench.last.why, GUARD_WHY_HOT);
	ck_assert_uint_eq(bench.last.rule, 0);
	ck_assert_uint_eq(bench.last.series, 1);
	ck_assert_int_eq(bench.last.value, 97000);
	guard_release(&bench.guard);
}
END_TEST

START_TEST(hot_without_a_hold_time_stops_at_the_first_reading)
{
	struct guard_rule rule = hot_rule;
	struct bench bench;

	rule.hold_ns = 0;
	bench_start(&bench, &rule, false);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 95000), GUARD_STOP);
	guard_release(&bench.guard);
}
END_TEST

START_TEST(a_cooler_good_reading_starts_the_hold_time_again)
{
	struct bench bench;

	bench_start(&bench, &hot_rule, false);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 96000), GUARD_THROTTLE);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 96000), GUARD_THROTTLE);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 80000), GUARD_GO);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 96000), GUARD_THROTTLE);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 96000), GUARD_THROTTLE);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 96000), GUARD_STOP);
	guard_release(&bench.guard);
}
END_TEST

START_TEST(a_missing_reading_does_not_end_being_hot)
{
	struct bench bench;

	bench_start(&bench, &hot_rule, false);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 96000), GUARD_THROTTLE);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_ABSENT, 0), GUARD_THROTTLE);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_STALE, 20000), GUARD_STOP);
	ck_assert_int_eq(bench.last.why, GUARD_WHY_HOT);
	guard_release(&bench.guard);
}
END_TEST

START_TEST(a_sensor_that_goes_silent_counts_as_hot)
{
	struct bench bench;
	int i;

	bench_start(&bench, &hot_rule, false);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 51000), GUARD_GO);
	for (i = 0; i < 4; i++)
		ck_assert_int_eq(round_with(&bench, 0, SAMPLE_STALE, 51000), GUARD_GO);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_STALE, 51000), GUARD_STOP);
	ck_assert_int_eq(bench.last.why, GUARD_WHY_SILENT);
	ck_assert_uint_eq(bench.last.series, 0);
	ck_assert_int_eq(bench.last.value, 51000);
	guard_release(&bench.guard);
}
END_TEST

START_TEST(a_recovering_sensor_ends_the_silence)
{
	struct bench bench;
	int i;

	bench_start(&bench, &hot_rule, false);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 51000), GUARD_GO);
	for (i = 0; i < 4; i++)
		ck_assert_int_eq(round_with(&bench, 0, SAMPLE_ABSENT, 0), GUARD_GO);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 52000), GUARD_GO);
	for (i = 0; i < 4; i++)
		ck_assert_int_eq(round_with(&bench, 0, SAMPLE_ABSENT, 0), GUARD_GO);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_ABSENT, 0), GUARD_STOP);
	guard_release(&bench.guard);
}
END_TEST

START_TEST(implausible_readings_are_no_readings)
{
	struct bench bench;
	int i;

	bench_start(&bench, &hot_rule, false);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 51000), GUARD_GO);
	for (i = 0; i < 4; i++)
		ck_assert_int_eq(round_with(&bench, 0, SAMPLE_IMPLAUSIBLE, 65261800), GUARD_GO);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 65261800), GUARD_STOP);
	ck_assert_int_eq(bench.last.why, GUARD_WHY_IMPLAUSIBLE);
	ck_assert_int_eq(bench.last.value, 51000);
	guard_release(&bench.guard);
}
END_TEST

START_TEST(throttling_is_released_three_percent_below)
{
	struct bench bench;

	bench_start(&bench, &hot_rule, false);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 89999), GUARD_GO);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 90000), GUARD_THROTTLE);
	ck_assert_int_eq(bench.last.why, GUARD_WHY_HOT);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 88000), GUARD_THROTTLE);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 87000), GUARD_GO);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 88000), GUARD_GO);
	guard_release(&bench.guard);
}
END_TEST

START_TEST(a_counter_is_judged_by_its_growth)
{
	struct bench bench;

	bench_start(&bench, &edac_rule, false);
	ck_assert_int_eq(round_with(&bench, 3, SAMPLE_GOOD, 7000), GUARD_GO);
	ck_assert_int_eq(round_with(&bench, 3, SAMPLE_GOOD, 7000), GUARD_GO);
	ck_assert_int_eq(round_with(&bench, 3, SAMPLE_GOOD, 8000), GUARD_STOP);
	ck_assert_int_eq(bench.last.why, GUARD_WHY_GREW);
	ck_assert_int_eq(bench.last.value, 1000);
	guard_release(&bench.guard);
}
END_TEST

START_TEST(a_counter_that_was_restarted_goes_on_growing)
{
	struct bench bench;

	bench_start(&bench, &edac_rule, false);
	ck_assert_int_eq(round_with(&bench, 3, SAMPLE_GOOD, 7000), GUARD_GO);
	ck_assert_int_eq(round_with(&bench, 3, SAMPLE_GOOD, 0), GUARD_GO);
	ck_assert_int_eq(round_with(&bench, 3, SAMPLE_GOOD, 1000), GUARD_STOP);
	guard_release(&bench.guard);
}
END_TEST

/* Leave series `silent` of the first three without any reading for ten rounds. */
static enum guard_action never_heard(const bool silent[3], bool blind)
{
	enum guard_action action = GUARD_GO;
	struct bench bench;
	size_t i;

	bench_start(&bench, &hot_rule, blind);
	for (i = 0; i < 3; i++)
		if (silent[i])
			bench.sample[i].quality = SAMPLE_IMPLAUSIBLE;
	for (i = 0; i < 10 && action == GUARD_GO; i++)
		action = round_with(&bench, 3, SAMPLE_GOOD, 0);
	guard_release(&bench.guard);
	return action;
}

START_TEST(a_sensor_that_never_spoke_is_excused_only_beside_one_that_does)
{
	ck_assert_int_eq(never_heard((bool[]){ true, false, false }, false), GUARD_GO);
	ck_assert_int_eq(never_heard((bool[]){ false, false, true }, false), GUARD_GO);
	ck_assert_int_eq(never_heard((bool[]){ true, true, false }, false), GUARD_STOP);
	ck_assert_int_eq(never_heard((bool[]){ true, true, true }, false), GUARD_STOP);
}
END_TEST

START_TEST(a_blind_run_is_not_stopped_by_sensors_that_never_spoke)
{
	ck_assert_int_eq(never_heard((bool[]){ true, true, true }, true), GUARD_GO);
}
END_TEST

START_TEST(a_suspended_machine_is_neither_silent_nor_hot_for_the_time_it_slept)
{
	struct guard_rule rule = hot_rule;
	struct bench bench;

	rule.hold_ns = rule.silent_ns = 60 * SECOND;
	bench_start(&bench, &rule, false);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 96000), GUARD_THROTTLE);
	bench.now_ns += 8 * 3600 * SECOND;
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_STALE, 96000), GUARD_THROTTLE);
	guard_release(&bench.guard);
}
END_TEST

START_TEST(the_first_sensor_that_is_too_hot_stops_whatever_the_others_say)
{
	struct guard_rule rule = hot_rule;
	struct bench bench;

	rule.hold_ns = 0;
	bench_start(&bench, &rule, false);
	ck_assert_int_eq(round_with(&bench, 0, SAMPLE_GOOD, 91000), GUARD_THROTTLE);
	ck_assert_int_eq(round_with(&bench, 2, SAMPLE_GOOD, 95000), GUARD_STOP);
	ck_assert_uint_eq(bench.last.series, 2);
	guard_release(&bench.guard);
}
END_TEST

UNIT_MAIN("guard", hot_for_the_hold_time_stops_and_names_the_sensor,
	  hot_without_a_hold_time_stops_at_the_first_reading,
	  a_cooler_good_reading_starts_the_hold_time_again,
	  a_missing_reading_does_not_end_being_hot, a_sensor_that_goes_silent_counts_as_hot,
	  a_recovering_sensor_ends_the_silence, implausible_readings_are_no_readings,
	  throttling_is_released_three_percent_below, a_counter_is_judged_by_its_growth,
	  a_counter_that_was_restarted_goes_on_growing,
	  a_sensor_that_never_spoke_is_excused_only_beside_one_that_does,
	  a_blind_run_is_not_stopped_by_sensors_that_never_spoke,
	  a_suspended_machine_is_neither_silent_nor_hot_for_the_time_it_slept,
	  the_first_sensor_that_is_too_hot_stops_whatever_the_others_say)
