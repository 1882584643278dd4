/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings that follow from readings and from the inventory. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "tests/unit/pen_fixture.h"

#include <string.h>

START_TEST(a_counter_that_grew_is_a_finding_and_one_that_was_high_before_is_none)
{
	const struct finding *finding;
	struct pen pen;

	pen_init(&pen);
	pen_reading(&pen, 1, 1, 7000);
	pen_reading(&pen, 1, 2, 7000);
	pen_record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "edac-corrected"));
	pen_reading(&pen, 1, 3, 9000);
	pen_reading(&pen, 1, 4, 1000); /* set back by a driver, then one more */
	pen_record_of(&pen);
	finding = live_fixture_finding(&pen.f, "edac-corrected");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding_get(finding, "grown"), "3");
	ck_assert_str_eq(finding->component, "mc/0");
	pen_release(&pen);
}
END_TEST

START_TEST(a_device_or_cpu_that_went_away_is_a_finding_with_its_time_and_step)
{
	const struct finding *finding;
	struct pen pen;

	pen_init(&pen);
	pen_step_start(&pen, 0, 1, 1 * SECOND);
	pen_step_end(&pen, 0, 1, OUTCOME_DONE, 61 * SECOND);
	pen_step_start(&pen, 1, 1, 62 * SECOND);
	pen_record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "device-lost"));
	pen_reading(&pen, 3, 70, 1000);
	pen_reading(&pen, 3, 80, 1000);
	pen_reading(&pen, 4, 61, 1000);
	pen_step_end(&pen, 1, 1, OUTCOME_DONE, 122 * SECOND);
	ck_assert_ptr_null(pen_record_of(&pen)->finding->next->next);
	finding = live_fixture_finding(&pen.f, "device-lost");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding->component, "usb/1-2");
	ck_assert_int_eq(finding->step, 1);
	ck_assert_int_eq(finding->time_ns, 70 * SECOND);
	finding = live_fixture_finding(&pen.f, "cpu-offline");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding_get(finding, "cpu"), "3");
	ck_assert_int_eq(finding->step, 0);
	pen_release(&pen);
}
END_TEST

START_TEST(a_link_that_went_down_is_a_finding_but_not_while_the_machine_starts)
{
	const struct finding *finding;
	struct pen pen;

	pen_init(&pen);
	pen_reading(&pen, 5, 1, 4000);
	pen_resumed(&pen, "boot-two", 5000 * SECOND);
	pen_reading(&pen, 5, 5001, 1000);
	pen_record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "link-lost"));
	pen_reading(&pen, 5, 5010, 2000);
	pen_record_of(&pen);
	finding = live_fixture_finding(&pen.f, "link-lost");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding_get(finding, "grown"), "1");
	ck_assert_int_eq(finding->time_ns, 5010 * SECOND);
	pen_release(&pen);
}
END_TEST

START_TEST(a_link_that_stays_narrower_than_it_was_is_a_finding_and_a_moment_is_none)
{
	const struct finding *finding;
	struct pen pen;

	pen_init(&pen);
	pen_reading(&pen, 6, 1, 4000);
	pen_reading(&pen, 6, 10, 1000);
	pen_reading(&pen, 6, 12, 4000);
	pen_reading(&pen, 6, 20, 2000);
	pen_resumed(&pen, "boot-one", 30 * SECOND);
	pen_reading(&pen, 6, 31, 4000);
	pen_record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "link-dropped"));
	pen_reading(&pen, 6, 40, 2000);
	pen_reading(&pen, 6, 44, 1000);
	pen_record_of(&pen);
	finding = live_fixture_finding(&pen.f, "link-dropped");
	ck_assert_ptr_nonnull(finding);
	ck_assert_int_eq(finding->time_ns, 40 * SECOND);
	ck_assert_str_eq(finding_get(finding, "first"), "4");
	ck_assert_str_eq(finding_get(finding, "value"), "2");
	pen_release(&pen);
}
END_TEST

START_TEST(a_disk_that_warns_is_a_finding_also_when_it_did_from_the_start)
{
	const struct finding *finding;
	struct pen pen;

	pen_init(&pen);
	pen_reading(&pen, 7, 6, 0);
	pen_record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "smart-warning"));
	pen_reading(&pen, 7, 26, 4000);
	pen_record_of(&pen);
	finding = live_fixture_finding(&pen.f, "smart-warning");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding_get(finding, "value"), "4");
	ck_assert_int_eq(finding->time_ns, 26 * SECOND);
	pen_release(&pen);
	pen_init(&pen);
	pen_reading(&pen, 7, 6, 1000);
	pen_record_of(&pen);
	ck_assert_ptr_nonnull(live_fixture_finding(&pen.f, "smart-warning"));
	pen_release(&pen);
}
END_TEST

static void pen_reading_of(struct pen *pen, unsigned int series, int64_t seconds,
		       enum sample_quality quality)
{
	struct sample sample = { .series = (uint16_t)series,
				 .quality = (uint8_t)quality,
				 .time_ns = seconds * SECOND };

	frame_write_samples(&pen->book.text, &sample, 1);
	book_put(&pen->book, FRAME_SAMPLES, sample.time_ns);
}

START_TEST(a_zone_that_reaches_its_hot_or_critical_trip_is_a_finding_and_passive_is_none)
{
	const struct finding *finding;
	struct pen pen;

	pen_init(&pen);
	pen_reading(&pen, 8, 1, 45000);
	pen_reading(&pen, 9, 1, 105000);
	pen_reading(&pen, 10, 1, 100000);
	pen_reading(&pen, 11, 1, 70000);
	pen_reading(&pen, 8, 2, 99000);
	pen_reading(&pen, 8, 3, 100000);
	pen_reading(&pen, 8, 3, 99000);
	pen_reading(&pen, 12, 4, 120000); /* another zone */
	pen_record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "temperature-trip"));
	pen_reading(&pen, 8, 5, 101000);
	pen_reading(&pen, 8, 6, 104000);
	pen_record_of(&pen);
	finding = live_fixture_finding(&pen.f, "temperature-trip");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding->component, "thermal/acpitz/zone0");
	ck_assert_str_eq(finding_get(finding, "limit"), "100");
	ck_assert_str_eq(finding_get(finding, "value"), "101");
	ck_assert_int_eq(finding->time_ns, 5 * SECOND);
	pen_release(&pen);
}
END_TEST

/* Kernels end a machine at its critical trip: one that runs on above it has no thermometer there. */
START_TEST(a_zone_above_its_trip_from_the_start_or_with_a_limit_that_cannot_be_says_nothing)
{
	struct pen pen;

	pen_init(&pen);
	pen_reading(&pen, 9, 1, 105000);
	pen_reading(&pen, 8, 1, 110000);
	pen_reading(&pen, 8, 9, 111000);
	pen_record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "temperature-trip"));
	pen_release(&pen);
	pen_init(&pen);
	pen_reading(&pen, 9, 1, 1000);
	pen_reading(&pen, 8, 1, 500);
	pen_reading(&pen, 8, 2, 45000);
	pen_reading(&pen, 8, 9, 46000);
	pen_record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "temperature-trip"));
	pen_release(&pen);
}
END_TEST

START_TEST(a_sensor_that_turns_to_nonsense_is_a_finding_and_one_that_never_spoke_is_none)
{
	const struct finding *finding;
	struct pen pen;

	pen_init(&pen);
	pen_reading_of(&pen, 12, 1, SAMPLE_IMPLAUSIBLE);
	pen_reading_of(&pen, 12, 20, SAMPLE_IMPLAUSIBLE);
	pen_reading(&pen, 8, 1, 45000);
	pen_reading_of(&pen, 8, 5, SAMPLE_IMPLAUSIBLE);
	pen_reading(&pen, 8, 6, 46000);
	pen_record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "sensor-implausible"));
	pen_reading_of(&pen, 8, 30, SAMPLE_IMPLAUSIBLE);
	pen_reading_of(&pen, 8, 40, SAMPLE_IMPLAUSIBLE);
	pen_record_of(&pen);
	finding = live_fixture_finding(&pen.f, "sensor-implausible");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding->component, "thermal/acpitz/zone0");
	ck_assert_int_eq(finding->time_ns, 30 * SECOND);
	ck_assert_ptr_null(finding_get(finding, "value"));
	pen_release(&pen);
}
END_TEST

/* A minute of work that heats, a minute of a step that does not, as `steps` has them. */
static const struct finding *finding_of_still(struct pen *pen, const char *steps)
{
	int64_t second;

	pen_make(pen, steps);
	pen_start(pen);
	pen_step_start(pen, 0, 1, SECOND);
	for (second = 1; second <= 10; second++)
		pen_reading(pen, 8, second, 40000 + 1000 * second);
	for (; second <= 60; second++)
		pen_reading(pen, 8, second, 55000);
	pen_step_end(pen, 0, 1, OUTCOME_DONE, 61 * SECOND);
	pen_step_start(pen, 1, 1, 61 * SECOND);
	for (; second <= 120; second++)
		pen_reading(pen, 8, second, 55000);
	pen_step_end(pen, 1, 1, OUTCOME_DONE, 121 * SECOND);
	pen_record_of(pen);
	return live_fixture_finding(&pen->f, "sensor-stuck");
}

START_TEST(a_cpu_temperature_that_stands_still_when_work_ends_is_a_finding)
{
	const struct finding *finding;
	struct pen pen;

	finding = finding_of_still(&pen, "  - {name: a, kernel: test.good, duration: 1m}\n"
					 "  - {name: b, kernel: test.disk, duration: 1m, "
					 "bytes: 16MiB}\n");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding->component, "thermal/acpitz/zone0");
	ck_assert_int_eq(finding->time_ns, 11 * SECOND);
	ck_assert_int_eq(finding->step, 1);
	ck_assert_str_eq(finding_get(finding, "value"), "55");
	pen_release(&pen);
	ck_assert_ptr_null(finding_of_still(&pen, STEPS)); /* work goes on */
	pen_release(&pen);
}
END_TEST

START_TEST(memory_that_ran_out_is_a_finding_and_other_messages_are_none)
{
	const struct finding *finding;
	struct pen pen;

	pen_init(&pen);
	pen_reading(&pen, 14, 1, 0);
	pen_reading(&pen, 14, 2, 3000);
	pen_reading(&pen, 13, 1, 0);
	pen_record_of(&pen);
	ck_assert_ptr_null(pen.f.finish.record.finding);
	pen_reading(&pen, 13, 9, 1000);
	pen_record_of(&pen);
	finding = live_fixture_finding(&pen.f, "memory-short");
	ck_assert_ptr_nonnull(finding);
	ck_assert_int_eq(finding->time_ns, 9 * SECOND);
	pen_release(&pen);
}
END_TEST

/* Ten seconds at a thousand a second, then ten at `later`. */
static const struct finding *finding_of_speed(struct pen *pen, int64_t later, int64_t steal)
{
	int64_t second;

	pen_reading(pen, 16, 1, 0);
	for (second = 1; second <= 10; second++)
		pen_reading(pen, 15, second, 1000000);
	pen_reading(pen, 16, 10, steal);
	for (; second <= 20; second++)
		pen_reading(pen, 15, second, later);
	pen_record_of(pen);
	return live_fixture_finding(&pen->f, "work-speed-fell");
}

START_TEST(processors_that_fall_to_a_third_of_their_speed_are_a_finding)
{
	static const struct {
		const char *steps;
		int64_t later, steal;
		bool found;
	} row[] = {
		{ STEPS, 333000, 0, true },
		{ STEPS, 500000, 0, false },		/* the end of a boost */
		{ STEPS, 333000, 60000, false },	/* the host of a virtual machine */
		{ MEMORY_STEP, 333000, 0, false },	/* another phase of the kernel */
	};
	const struct finding *finding;
	struct pen pen;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		pen_make(&pen, row[i].steps);
		pen_start(&pen);
		finding = finding_of_speed(&pen, row[i].later, row[i].steal);
		ck_assert_msg((finding != NULL) == row[i].found, "row %zu", i);
		if (finding) {
			ck_assert_int_eq(finding->time_ns, 11 * SECOND);
			ck_assert_str_eq(finding_get(finding, "early"), "1000");
			ck_assert_str_eq(finding_get(finding, "value"), "333");
		}
		pen_release(&pen);
	}
}
END_TEST

START_TEST(processors_that_are_slow_for_a_moment_are_none)
{
	struct pen pen;
	int64_t second;

	pen_init(&pen);
	for (second = 1; second <= 40; second++)
		pen_reading(&pen, 15, second, second % 8 < 4 && second > 5 ? 300000 : 1000000);
	pen_record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "work-speed-fell"));
	pen_release(&pen);
}
END_TEST

static struct component *plant_pci(struct pen *pen, const char *id, const char *parent,
				   const char *class_id)
{
	struct component *component = inventory_add(&pen->f.inventory, "pci", id, parent);

	component_text(&pen->f.inventory, component, "class_id", class_id, "test",
		       CERTAINTY_CERTAIN);
	return component;
}

static void plant_link(struct pen *pen, struct component *component, const int64_t link[4])
{
	static const char *const name[] = { "link_width", "link_width_max", "link_speed_mts",
					    "link_speed_max_mts" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(name); i++)
		component_number(&pen->f.inventory, component, name[i], link[i], "test",
				 CERTAINTY_CERTAIN);
}

/* Of the end that has a link to above: what the lesser of both can. */
static void plant_possible(struct pen *pen, struct component *end, const int64_t port[4],
			   const int64_t of_end[4])
{
	static const char *const name[] = { [1] = "link_width_possible",
					    [3] = "link_speed_possible_mts" };
	size_t i;

	for (i = 1; i < ARRAY_SIZE(name); i += 2)
		component_number(&pen->f.inventory, end, name[i],
				 port[i] < of_end[i] ? port[i] : of_end[i], "test", CERTAINTY_CERTAIN);
}

START_TEST(a_link_below_what_both_ends_can_is_a_finding_but_not_above_a_display)
{
	static const struct {
		const char *port, *end, *class_id;
		int64_t of_port[4], of_end[4];
	} pair[] = {
		{ "pci/0000:00:01.0", "pci/0000:01:00.0", "0108",
		  { 2, 16, 8000, 16000 }, { 2, 4, 8000, 8000 } }, /* two of four lanes */
		{ "pci/0000:00:02.0", "pci/0000:02:00.0", "0200",
		  { 1, 4, 5000, 16000 }, { 1, 1, 5000, 8000 } }, /* slower */
		{ "pci/0000:00:03.0", "pci/0000:03:00.0", "0200",
		  { 4, 4, 8000, 8000 }, { 4, 8, 8000, 16000 } }, /* the port can no more */
		{ "pci/0000:00:04.0", "pci/0000:04:00.0", "0300",
		  { 8, 16, 2500, 16000 }, { 8, 16, 2500, 16000 } }, /* a display at rest */
		{ "pci/0000:00:05.0", "pci/0000:05:00.1", "0200",
		  { 1, 4, 8000, 8000 }, { 1, 4, 8000, 8000 } }, /* told by its first function */
	};
	static const int64_t to_switch[4] = { 8, 16, 2500, 16000 };
	const struct finding *finding;
	struct component *end;
	size_t found = 0, i;
	struct pen pen;

	pen_make(&pen, STEPS);
	for (i = 0; i < ARRAY_SIZE(pair); i++) {
		plant_link(&pen, plant_pci(&pen, pair[i].port, NULL, "0604"), pair[i].of_port);
		end = plant_pci(&pen, pair[i].end, pair[i].port, pair[i].class_id);
		plant_link(&pen, end, pair[i].of_end);
		plant_possible(&pen, end, pair[i].of_port, pair[i].of_end);
	}
	/* A port that has a display far below. */
	plant_link(&pen, plant_pci(&pen, "pci/0000:00:06.0", NULL, "0604"), to_switch);
	end = plant_pci(&pen, "pci/0000:06:00.0", "pci/0000:00:06.0", "0604");
	plant_link(&pen, end, to_switch);
	plant_possible(&pen, end, to_switch, to_switch);
	plant_pci(&pen, "pci/0000:07:00.0", "pci/0000:06:00.0", "0380");
	/* Between the ports of a switch there is no link: the lower one tells of what is below it. */
	plant_link(&pen, plant_pci(&pen, "pci/0000:08:00.0", NULL, "0604"),
		   (const int64_t[4]){ 8, 8, 8000, 8000 });
	plant_link(&pen, plant_pci(&pen, "pci/0000:09:01.0", "pci/0000:08:00.0", "0604"),
		   (const int64_t[4]){ 1, 4, 2500, 8000 });
	pen_start(&pen);
	for (finding = pen_record_of(&pen)->finding; finding; finding = finding->next)
		found += !strcmp(finding->code->code, "link-degraded");
	ck_assert_uint_eq(found, 2);
	finding = live_fixture_finding(&pen.f, "link-degraded");
	ck_assert_str_eq(finding->component, "pci/0000:01:00.0");
	ck_assert_str_eq(finding_get(finding, "link_width"), "2");
	ck_assert_str_eq(finding_get(finding, "link_width_max"), "4");
	ck_assert_ptr_null(finding_get(finding, "link_speed_mts"));
	ck_assert_str_eq(finding_get(finding, "port"), "pci/0000:00:01.0");
	ck_assert_int_eq(finding->time_ns, -1);
	pen_release(&pen);
}
END_TEST

START_TEST(a_name_that_was_never_programmed_is_a_finding_that_is_only_shown)
{
	const struct finding *finding;
	struct component *board;
	size_t found = 0;
	struct pen pen;

	pen_make(&pen, STEPS);
	board = inventory_add(&pen.f.inventory, "board", "board/system", NULL);
	component_text(&pen.f.inventory, board, "manufacturer", "Great Wall", "test",
		       CERTAINTY_LIKELY);
	component_text(&pen.f.inventory, board, "product", "To Be Filled By O.E.M.", "test",
		       CERTAINTY_UNKNOWN);
	component_text(&pen.f.inventory, board, "serial", "Default string", "test",
		       CERTAINTY_UNKNOWN);
	/* The buyer's. */
	board = inventory_add(&pen.f.inventory, "board", "board/baseboard", NULL);
	component_text(&pen.f.inventory, board, "asset_tag", "Default string", "test",
		       CERTAINTY_UNKNOWN);
	component_text(&pen.f.inventory, board, "serial", "B0042", "test", CERTAINTY_LIKELY);
	pen_start(&pen);
	for (finding = pen_record_of(&pen)->finding; finding; finding = finding->next)
		found += !strcmp(finding->code->code, "name-unprogrammed");
	ck_assert_uint_eq(found, 1);
	finding = live_fixture_finding(&pen.f, "name-unprogrammed");
	ck_assert_str_eq(finding->component, "board/system");
	ck_assert_str_eq(finding_get(finding, "product"), "To Be Filled By O.E.M.");
	ck_assert_str_eq(finding_get(finding, "serial"), "Default string");
	ck_assert_ptr_null(finding_get(finding, "manufacturer"));
	ck_assert_int_eq(finding->code->severity, SEVERITY_MINOR);
	pen_release(&pen);
}
END_TEST

UNIT_MAIN("assemble readings",
	  a_counter_that_grew_is_a_finding_and_one_that_was_high_before_is_none,
	  a_device_or_cpu_that_went_away_is_a_finding_with_its_time_and_step,
	  a_link_that_went_down_is_a_finding_but_not_while_the_machine_starts,
	  a_link_that_stays_narrower_than_it_was_is_a_finding_and_a_moment_is_none,
	  a_disk_that_warns_is_a_finding_also_when_it_did_from_the_start,
	  a_zone_that_reaches_its_hot_or_critical_trip_is_a_finding_and_passive_is_none,
	  a_zone_above_its_trip_from_the_start_or_with_a_limit_that_cannot_be_says_nothing,
	  a_sensor_that_turns_to_nonsense_is_a_finding_and_one_that_never_spoke_is_none,
	  a_cpu_temperature_that_stands_still_when_work_ends_is_a_finding,
	  memory_that_ran_out_is_a_finding_and_other_messages_are_none,
	  processors_that_fall_to_a_third_of_their_speed_are_a_finding,
	  processors_that_are_slow_for_a_moment_are_none,
	  a_link_below_what_both_ends_can_is_a_finding_but_not_above_a_display,
	  a_name_that_was_never_programmed_is_a_finding_that_is_only_shown)
