/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/run/telemetry.h"

#define SECOND 1000000000LL

static const struct series table[] = {
	{ .metric = "temperature", .component = "hwmon/nvme/0000:01:00.0/temp1" },
	{ .metric = "temperature", .component = "hwmon/k10temp/0000:00:18.3/temp1" },
	{ .metric = "temperature", .component = "hwmon/k10temp/0000:00:18.3/temp2" },
	{ .metric = "temperature-limit", .component = "hwmon/k10temp/0000:00:18.3/temp1/crit" },
};

static void note(struct telemetry *telemetry, size_t series, int64_t value, int64_t time_ns)
{
	const struct sample sample = { .series = (uint16_t)series,
				       .quality = SAMPLE_GOOD,
				       .time_ns = time_ns,
				       .value = value };

	telemetry_note(telemetry, &sample);
}

START_TEST(the_hottest_cpu_comes_before_a_hotter_disk)
{
	struct telemetry telemetry;
	struct sample hottest = { 0 };

	telemetry_init(&telemetry, table, ARRAY_SIZE(table));
	ck_assert(!telemetry_hottest(&telemetry, 0, &hottest));
	note(&telemetry, 0, 70000, SECOND);
	ck_assert(telemetry_hottest(&telemetry, SECOND, &hottest));
	ck_assert_int_eq(hottest.value, 70000);
	note(&telemetry, 1, 50000, SECOND);
	note(&telemetry, 2, 52000, SECOND);
	note(&telemetry, 3, 105000, SECOND);
	note(&telemetry, ARRAY_SIZE(table), 200000, SECOND);
	ck_assert(telemetry_hottest(&telemetry, SECOND, &hottest));
	ck_assert_uint_eq(hottest.series, 2);
	ck_assert_int_eq(hottest.value, 52000);
	telemetry_release(&telemetry);
}
END_TEST

START_TEST(an_old_reading_is_not_the_hottest_now)
{
	struct telemetry telemetry;
	struct sample hottest = { 0 };

	telemetry_init(&telemetry, table, ARRAY_SIZE(table));
	note(&telemetry, 1, 90000, SECOND);
	note(&telemetry, 2, 52000, 30 * SECOND);
	ck_assert(telemetry_hottest(&telemetry, 40 * SECOND, &hottest));
	ck_assert_int_eq(hottest.value, 52000);
	telemetry_release(&telemetry);
}
END_TEST

UNIT_MAIN("telemetry", the_hottest_cpu_comes_before_a_hotter_disk,
	  an_old_reading_is_not_the_hottest_now)
