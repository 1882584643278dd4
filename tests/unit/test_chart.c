/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "reports/quantity.h"
#include "reports/telemetry.h"
#include "reports/ticks.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const int64_t S = 1000000000;
static const struct telemetry_window whole = { 0, INT64_MAX };

static bool is_one_two_five(int64_t step)
{
	while (step >= 10 && step % 10 == 0)
		step /= 10;
	return step == 1 || step == 2 || step == 5;
}

START_TEST(ticks_are_multiples_of_1_2_or_5_that_cover_the_range)
{
	static const int64_t range[][2] = {
		{ 0, 1 },	{ 30000, 71500 },   { -40000, 125000 }, { 0, 2600000 },
		{ 0, 99 },	{ -5, -1 },	    { 7, 7 },		{ 999, 1001 },
		{ INT64_MIN, INT64_MAX }, { INT64_MAX, INT64_MIN },
	};
	size_t i;
	size_t most;

	for (i = 0; i < ARRAY_SIZE(range); i++) {
		for (most = 2; most < 12; most++) {
			struct ticks ticks = ticks_cover(range[i][0], range[i][1], most);
			int64_t last = ticks.first + ticks.step * (int64_t)(ticks.count - 1);

			ck_assert(is_one_two_five(ticks.step));
			ck_assert_int_eq(ticks.first % ticks.step, 0);
			ck_assert_uint_ge(ticks.count, 2);
			ck_assert_uint_le(ticks.count, most + 1);
			ck_assert_int_le(ticks.first, quantity_clamp(range[i][0]));
			if (range[i][0] < range[i][1])
				ck_assert_int_ge(last, quantity_clamp(range[i][1]));
		}
	}
	ck_assert_int_eq(ticks_cover(30000, 71500, 5).step, 10000);
	ck_assert_int_eq(ticks_cover(0, 2600000, 5).step, 1000000);
}
END_TEST

START_TEST(ticks_of_time_are_steps_of_a_clock)
{
	static const struct {
		int64_t length_s;
		int64_t step_s;
		const char *third;
	} row[] = {
		{ 30, 5, "10" },	   { 124, 15, "0:30" },	   { 300, 60, "2:00" },
		{ 7200, 900, "0:30" }, { 48 * 3600, 21600, "12:00" }, { 10 * 86400, 172800, "4" },
	};
	char text[TICKS_TEXT_SIZE];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct ticks ticks = ticks_time(row[i].length_s * S, 8);

		ck_assert_int_eq(ticks.step, row[i].step_s * S);
		ck_assert_uint_le(ticks.count, 9);
		ticks_time_text(&ticks, row[i].length_s * S, 2 * ticks.step, text);
		ck_assert_str_eq(text, row[i].third);
	}
	ck_assert_int_eq(ticks_time(S / 2, 8).step, S / 10);
	ck_assert_uint_ge(ticks_time(0, 8).count, 2);
	ck_assert_uint_le(ticks_time(INT64_MAX, 8).count, 9);
}
END_TEST

START_TEST(quantities_have_the_digits_that_count)
{
	static const struct {
		int64_t milli;
		const char *unit;
		const char *text;
	} row[] = {
		{ 71500, "C", "71.5 °C" },	{ -40, "C", "0.0 °C" },
		{ -40060, "C", "-40.1 °C" },	{ 2480000, "MHz", "2480 MHz" },
		{ 1234567000, "1/s", "1.23 M/s" },  { 12345678000, "B/s", "12.3 MB/s" },
		{ 4800000, "1/s", "4800 /s" },	{ 1050, "V", "1.050 V" },
		{ 0, "count", "0" },		{ INT64_MAX, "B/s", "9.01 TB/s" },
		{ INT64_MIN, "1/s", "-9.01 T/s" },
	};
	char text[QUANTITY_TEXT_SIZE];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++)
		ck_assert_str_eq(quantity_text(row[i].milli, row[i].unit, text), row[i].text);
	ck_assert_str_eq(quantity_count(UINT64_MAX, text), "18 446 744 073 709 551 615");
	ck_assert_int_eq(quantity_place(50, 0, 100, 1000), 500);
	ck_assert_int_eq(quantity_place(INT64_MAX - 1, 0, INT64_MAX, 1000), 999);
	ck_assert_int_eq(quantity_place(5, 9, 9, 1000), 0);
}
END_TEST

/* --- lines ------------------------------------------------------------------------------------ */

struct sketch {
	struct record record;
	struct record_series series[2];
	struct bucket bucket[2][32];
};

/* 'x': good, '!': bad only, '.': nothing; one character a bucket of a second. */
static void sketch_series(struct sketch *sketch, size_t index, const char *picture)
{
	struct record_series *series = &sketch->series[index];
	size_t i;

	series->series = (struct series){ "lmsensors", "temperature", "hwmon/a/b/temp1", "", "C",
					  SERIES_GAUGE };
	series->bucket = sketch->bucket[index];
	for (i = 0; picture[i]; i++) {
		struct bucket *bucket = &series->bucket[series->bucket_count];

		if (picture[i] == '.')
			continue;
		*bucket = (struct bucket){ .index = i, .bad = picture[i] == '!' };
		if (picture[i] == 'x')
			*bucket = (struct bucket){ i, 2, 0, 1000 * (int64_t)(i + index * 10),
						   2000 + 1000 * (int64_t)(i + index * 10),
						   5000 + 1000 * (int64_t)(i + index * 10) };
		series->bucket_count++;
	}
}

/* Where the line of these pictures starts anew, as indices of points. */
static void gaps_of(const char *first, const char *second, const char *want)
{
	struct sketch sketch = { .record = RECORD_INIT };
	const struct record_series *series[] = { &sketch.series[0], &sketch.series[1] };
	struct arena arena = ARENA_INIT;
	struct chart_line line;
	char got[32] = "";
	size_t i;

	sketch.record.bucket_ns = S;
	sketch.record.duration_ns = 32 * S;
	sketch_series(&sketch, 0, first);
	if (second)
		sketch_series(&sketch, 1, second);
	line = telemetry_line(&sketch.record, &arena, series, second ? 2 : 1, &whole);
	for (i = 0; i < line.count; i++)
		got[i] = line.point[i].gap && i ? '|' : '-';
	ck_assert_str_eq(got, want);
	arena_release(&arena);
}

START_TEST(a_line_is_interrupted_where_no_good_sample_was)
{
	gaps_of("xxxxxx", NULL, "------");
	gaps_of("xxx!!xxx", NULL, "---|--");
	gaps_of("xxx.....xxx", NULL, "---|--");
	gaps_of("xxx...xxx", NULL, "---|--");
	gaps_of("!!xx", NULL, "--");
	gaps_of("!!!!", NULL, "");
}
END_TEST

START_TEST(slow_sampling_is_no_gap)
{
	gaps_of("xxx..xxx", NULL, "------");
	gaps_of("x...x...x...x...x", NULL, "-----");
	gaps_of("x...x...!...x...x", NULL, "--|-");
	gaps_of("x.x.x.x.........x.x", NULL, "----|-");
}
END_TEST

START_TEST(several_series_become_one_band)
{
	struct sketch sketch = { .record = RECORD_INIT };
	const struct record_series *series[] = { &sketch.series[0], &sketch.series[1] };
	struct arena arena = ARENA_INIT;
	struct chart_line line;

	gaps_of("xx!!xx", "xxxxxx", "------");
	sketch.record.bucket_ns = S;
	sketch.record.duration_ns = 32 * S;
	sketch_series(&sketch, 0, "xx");
	sketch_series(&sketch, 1, "xx");
	line = telemetry_line(&sketch.record, &arena, series, 2, &whole);
	ck_assert_uint_eq(line.count, 2);
	ck_assert_int_eq(line.point[0].min, 0);
	ck_assert_int_eq(line.point[0].mean, 7000);
	ck_assert_int_eq(line.point[0].max, 15000);
	ck_assert_int_eq(line.point[1].time_ns, S + S / 2);
	ck_assert_int_eq(line.min, 0);
	ck_assert_int_eq(line.max, 16000);
	arena_release(&arena);
}
END_TEST

START_TEST(a_window_cuts_a_line_and_its_lowest_and_highest)
{
	struct sketch sketch = { .record = RECORD_INIT };
	const struct record_series *series[] = { &sketch.series[0] };
	struct telemetry_window window = { 2 * S, 5 * S };
	struct arena arena = ARENA_INIT;
	struct chart_line line;

	sketch.record.bucket_ns = S;
	sketch.record.duration_ns = 32 * S;
	sketch_series(&sketch, 0, "xxxxxxxx");
	line = telemetry_line(&sketch.record, &arena, series, 1, &window);
	ck_assert_uint_eq(line.count, 3);
	ck_assert_int_eq(line.point[0].time_ns, S / 2);
	ck_assert_int_eq(line.min, 2000);
	ck_assert_int_eq(line.max, 9000);
	arena_release(&arena);
}
END_TEST

START_TEST(series_of_one_driver_share_a_group_and_work_rates_do_not)
{
	static struct record_series series[] = {
		{ .series = { "lmsensors", "temperature", "hwmon/k10temp/0000:00:18.3/temp1", "",
			      "C", 0 } },
		{ .series = { "lmsensors", "temperature", "hwmon/nvme/0000:01:00.0/temp1", "", "C",
			      0 } },
		{ .series = { "lmsensors", "temperature", "hwmon/k10temp/0000:00:19.3/temp1", "",
			      "C", 0 } },
		{ .series = { "cpufreq", "frequency", "cpu/0", "", "MHz", 0 } },
		{ .series = { "cpufreq", "frequency", "cpu/127", "", "MHz", 0 } },
		{ .series = { "work", "work-rate", "step/0", "", "1/s", 0 } },
		{ .series = { "work", "work-rate", "step/1", "", "1/s", 0 } },
	};
	static const struct {
		const char *kind;
		size_t count;
	} want[] = { { "hwmon/k10temp", 2 }, { "hwmon/nvme", 1 }, { "cpu", 2 }, { "step/0", 1 },
		     { "step/1", 1 } };
	struct record record = { .series = series, .series_count = ARRAY_SIZE(series) };
	struct arena arena = ARENA_INIT;
	struct telemetry_group *group = telemetry_groups(&record, &arena);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(want); i++, group = group->next) {
		ck_assert_ptr_nonnull(group);
		ck_assert_str_eq(group->kind, want[i].kind);
		ck_assert_uint_eq(group->series_count, want[i].count);
	}
	ck_assert_ptr_null(group);
	arena_release(&arena);
}
END_TEST

/* --- drawing ---------------------------------------------------------------------------------- */

static const struct draw_step *find_text(const struct drawing *drawing, const char *text)
{
	const struct draw_step *step;

	for (step = drawing->step; step; step = step->next) {
		if (step->kind == DRAW_TEXT && !strcmp(step->text, text))
			return step;
	}
	return NULL;
}

static size_t count_role(const struct drawing *drawing, enum draw_role role)
{
	const struct draw_step *step;
	size_t count = 0;

	for (step = drawing->step; step; step = step->next)
		count += step->role == role;
	return count;
}

START_TEST(a_chart_draws_bands_means_limits_and_steps_inside_its_frame)
{
	static const struct chart_point point[] = {
		{ 0, 30000, 31000, 32000, false },
		{ 10000000000, 40000, 41000, 42000, false },
		{ 20000000000, 40000, 40000, 40000, true },
	};
	static const struct chart_line line = { "Tctl", point, 3, 30000, 38000, 42000 };
	static const struct chart_limit limit[] = { { 95000, "at most 95" }, { 93000, "warn 93" },
						    { 20000, "at least 20" } };
	static const struct chart_span span[] = { { 0, 10000000000, "1" },
						  { 10000000000, 25000000000, "2" } };
	struct chart chart = { .title = "Temperature", .unit = "C", .time_title = "time",
			       .remark = "", .length_ns = 25 * S, .line = &line, .line_count = 1,
			       .limit = limit, .limit_count = 3, .span = span, .span_count = 2 };
	struct arena arena = ARENA_INIT;
	struct drawing drawing;
	const struct draw_step *step;
	size_t i;

	chart_draw(&chart, LANG_EN, &arena, &drawing);
	ck_assert_uint_eq(count_role(&drawing, ROLE_BAND), 1);
	ck_assert_uint_eq(count_role(&drawing, ROLE_MEAN), 3);	/* two stretches and the legend */
	ck_assert_uint_eq(count_role(&drawing, ROLE_LIMIT), 3);
	ck_assert_uint_eq(count_role(&drawing, ROLE_EDGE), 4);
	ck_assert_ptr_nonnull(find_text(&drawing, "Temperature (°C)"));
	ck_assert_ptr_nonnull(find_text(&drawing, "at most 95, warn 93"));
	ck_assert_ptr_nonnull(find_text(&drawing, "at least 20"));
	ck_assert_ptr_nonnull(find_text(&drawing, "time (seconds)"));
	ck_assert_str_eq(drawing.description, "Tctl: 30.0 °C - 42.0 °C");
	for (step = drawing.step; step; step = step->next) {
		for (i = 0; i < step->count; i++) {
			ck_assert(step->point[i].x >= 0 && step->point[i].x <= drawing.width);
			ck_assert(step->point[i].y >= 0 && step->point[i].y <= drawing.height);
		}
	}
	arena_release(&arena);
}
END_TEST

START_TEST(labels_are_cut_to_the_columns_they_have)
{
	struct arena arena = ARENA_INIT;

	ck_assert_str_eq(chart_fit(&arena, "abc", 3), "abc");
	ck_assert_str_eq(chart_fit(&arena, "abcd", 3), "ab…");
	ck_assert_str_eq(chart_fit(&arena, "温度传感器", 6), "温度…");
	arena_release(&arena);
}
END_TEST

UNIT_MAIN("chart", ticks_are_multiples_of_1_2_or_5_that_cover_the_range,
	  ticks_of_time_are_steps_of_a_clock, quantities_have_the_digits_that_count,
	  a_line_is_interrupted_where_no_good_sample_was, slow_sampling_is_no_gap,
	  several_series_become_one_band, a_window_cuts_a_line_and_its_lowest_and_highest,
	  series_of_one_driver_share_a_group_and_work_rates_do_not,
	  a_chart_draws_bands_means_limits_and_steps_inside_its_frame,
	  labels_are_cut_to_the_columns_they_have)
