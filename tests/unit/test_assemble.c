/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Journals made frame by frame, and what records and resumes make of them. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/run/book.h"
#include "harness/run/module_map.h"
#include "harness/run/resume.h"
#include "harness/stress/disk_block.h"
#include "harness/stress/hold.h"
#include "tests/unit/live_fixture.h"

#include <string.h>

#define SECOND 1000000000LL
#define STEPS "  - {name: a, kernel: test.good, duration: 1m}\n"                                    \
	      "  - {name: b, kernel: test.good, duration: 1m}\n"
#define LIMITS                                                                                      \
	"limits:\n"                                                                                 \
	"  - {metric: temperature, max: 90C, hold: 5s}\n"                                           \
	"  - {metric: edac-corrected, max: 10, optional: yes}\n"

static const char memory_step[] = "  - {name: m, kernel: test.memory, duration: 1m, bytes: 16MiB}\n";

/* A journal under the pen. */
struct pen {
	struct live_fixture f;
	struct book book;
	struct journal_scan scan;
	struct buf bytes;
};

static const struct series table[] = {
	{ "lmsensors", "temperature", "hwmon/coretemp/temp1", "Package", "C", SERIES_GAUGE },
	{ "edac", "edac-corrected", "mc/0", "", "count", SERIES_COUNTER },
	{ "work", "work-rate", "step/0", "a", "1/s", SERIES_GAUGE },
	{ "presence", "device-lost", "usb/1-2", "", "count", SERIES_GAUGE },
	{ "online", "device-lost", "cpu/3", "", "count", SERIES_GAUGE },
	{ "netdev", "link-lost", "net/eth0", "", "count", SERIES_COUNTER },
	{ "pcielink", "link-width", "pci/0000:01:00.0", "", "count", SERIES_GAUGE },
	{ "smart", "smart-warning", "block/nvme0n1", "", "count", SERIES_GAUGE },
	{ "thermal", "temperature", "thermal/acpitz/zone0", "", "C", SERIES_GAUGE },
	{ "thermal", "temperature-limit", "thermal/acpitz/zone0/trip0", "critical", "C",
	  SERIES_GAUGE },
	{ "thermal", "temperature-limit", "thermal/acpitz/zone0/trip1", "hot", "C", SERIES_GAUGE },
	{ "thermal", "temperature-limit", "thermal/acpitz/zone0/trip2", "passive", "C",
	  SERIES_GAUGE },
	{ "thermal", "temperature", "thermal/acpitz/zone01", "", "C", SERIES_GAUGE },
	{ "kmsg", "kernel-messages", "kernel/oom", "", "count", SERIES_COUNTER },
	{ "kmsg", "kernel-messages", "kernel/link", "", "count", SERIES_COUNTER },
	{ "work", "work-speed", "step/0", "", "1/s", SERIES_GAUGE },
	{ "steal", "cpu-steal", "cpu", "", "%", SERIES_GAUGE },
	{ "edac", "edac-corrected", "edac/mc0/rank1", "", "count", SERIES_COUNTER },
};

static void pen_make(struct pen *pen, const char *steps)
{
	struct err err = ERR_INIT;

	memset(pen, 0, sizeof(*pen));
	live_fixture_init(&pen->f, steps, LIMITS);
	pen->f.journal = journal_create(tree_path(&pen->f.tree, "run/run.journal"), 5, NULL, &err);
	pen->book = (struct book)BOOK_INIT(pen->f.journal, 0);
	buf_init(&pen->bytes);
}

/* The inventory as it is now. */
static void pen_start(struct pen *pen)
{
	struct frame_start start = { .run_id = "000102030405060708090a0b0c0d0e0f",
				     .harness_version = "test",
				     .serial = "S1",
				     .lot = "L1",
				     .boot = "boot-one",
				     .boot_ns = 1000 * SECOND,
				     .started_wall_s = 1700000000,
				     .series = table,
				     .series_count = ARRAY_SIZE(table) };
	struct err err = ERR_INIT;

	start.profile = &pen->f.profile;
	start.plan = &pen->f.plan;
	start.inventory = &pen->f.inventory;
	ck_assert_int_eq(frame_write_start(&pen->book.text, &start, &err), 0);
	ck_assert_int_eq(book_put(&pen->book, FRAME_START, 0), 0);
}

static void pen_init(struct pen *pen)
{
	pen_make(pen, STEPS);
	pen_start(pen);
}

static void pen_release(struct pen *pen)
{
	journal_scan_release(&pen->scan);
	buf_release(&pen->bytes);
	book_release(&pen->book);
	live_fixture_release(&pen->f);
}

static void step_start(struct pen *pen, size_t step, uint64_t attempt, int64_t time_ns)
{
	struct frame_step value = { .step = step, .attempt = attempt };

	BOOK_ADD_AT(&pen->book, FRAME_STEP_START, step, &value, time_ns);
}

static void step_end(struct pen *pen, size_t step, uint64_t attempt, enum outcome_kind kind,
		     int64_t time_ns)
{
	struct worker_outcome worker = { .cpu = 0, .isa = "scalar", .kind = kind, .work = 1000 };
	const char *reason = NULL;
	struct frame_step_end value = { .step = step,
					.attempt = attempt,
					.kind = kind,
					.done_ns = 60 * SECOND,
					.worker = &worker,
					.worker_reason = &reason,
					.worker_count = 1 };

	BOOK_ADD_AT(&pen->book, FRAME_STEP_END, step_end, &value, time_ns);
}

static void resumed_without(struct pen *pen, const struct resume *resume, int64_t time_ns)
{
	struct frame_resume value = { .boot = "boot-two",
				      .boot_ns = 3000 * SECOND,
				      .wall_s = 1700000500,
				      .harness_version = "test",
				      .lost = resume->past.lost,
				      .lost_count = resume->past.lost_count };

	BOOK_ADD_AT(&pen->book, FRAME_RESUME, resume, &value, time_ns);
}

static void resumed(struct pen *pen, const char *boot, int64_t time_ns)
{
	struct frame_resume value = { .boot = boot,
				      .boot_ns = 3000 * SECOND,
				      .wall_s = 1700000500,
				      .harness_version = "test" };

	BOOK_ADD_AT(&pen->book, FRAME_RESUME, resume, &value, time_ns);
}

static void ended(struct pen *pen, const char *cause, int64_t time_ns)
{
	struct frame_end value = { .cause = cause, .ended_wall_s = 1700000600 };

	BOOK_ADD_AT(&pen->book, FRAME_END, end, &value, time_ns);
}

/* One reading of series 0 .. 2 as a frame of its own. */
static void reading(struct pen *pen, unsigned int series, int64_t seconds, int64_t value)
{
	struct sample sample = { .series = (uint16_t)series,
				 .quality = SAMPLE_GOOD,
				 .time_ns = seconds * SECOND,
				 .value = value };

	frame_write_samples(&pen->book.text, &sample, 1);
	book_put(&pen->book, FRAME_SAMPLES, sample.time_ns);
}

static const struct record *record_of(struct pen *pen)
{
	live_fixture_finish(&pen->f);
	return &pen->f.finish.record;
}

static const int64_t packed[] = { 0, -1, 1, 63, -64, 64, 1LL << 40, INT64_MIN, INT64_MAX };

static void compare_sample(void *context, const struct sample *sample)
{
	size_t *count = context;

	ck_assert_uint_eq(sample->series, *count == ARRAY_SIZE(packed) ? 2 : 0x3fff);
	ck_assert_int_eq(sample->time_ns, *count == ARRAY_SIZE(packed) ? 78 : 77);
	if (*count < ARRAY_SIZE(packed)) {
		ck_assert_int_eq(sample->quality, SAMPLE_STALE);
		ck_assert_int_eq(sample->value, packed[*count]);
	} else {
		ck_assert_int_eq(sample->quality, SAMPLE_IMPLAUSIBLE);
	}
	++*count;
}

START_TEST(samples_are_unpacked_as_they_were_packed_and_never_beyond_their_bytes)
{
	struct sample sample[ARRAY_SIZE(packed) + 1];
	AUTO(buf_release) struct buf text = BUF_INIT;
	struct frame frame = { .kind = FRAME_SAMPLES };
	size_t count = 0, i;

	for (i = 0; i < ARRAY_SIZE(packed); i++)
		sample[i] = (struct sample){ 0x3fff, SAMPLE_STALE, 77, packed[i] };
	sample[i] = (struct sample){ 2, SAMPLE_IMPLAUSIBLE, 78, 0 };
	frame_write_samples(&text, sample, ARRAY_SIZE(sample));
	frame.content = (const uint8_t *)text.data;
	frame.size = text.size;
	ck_assert_int_eq(frame_read_samples(&frame, compare_sample, &count, NULL), 0);
	ck_assert_uint_eq(count, ARRAY_SIZE(sample));
	for (frame.size = 1; frame.size < text.size; frame.size++) {
		size_t rounds = 0;

		count = 0;
		rounds += frame.size == text.size - 12; /* the first round alone */
		ck_assert_int_eq(frame_read_samples(&frame, compare_sample, &count, NULL),
				 rounds ? 0 : ERR_INPUT);
	}
}
END_TEST

START_TEST(the_same_journal_gives_the_same_record)
{
	AUTO(buf_release) struct buf first = BUF_INIT;
	struct pen pen;

	pen_init(&pen);
	step_start(&pen, 0, 1, SECOND);
	reading(&pen, 0, 2, 50000);
	step_end(&pen, 0, 1, OUTCOME_DONE, 61 * SECOND);
	ended(&pen, "done", 62 * SECOND);
	record_of(&pen);
	buf_add(&first, pen.f.finish.record_bytes.data, pen.f.finish.record_bytes.size);
	record_of(&pen);
	ck_assert_str_eq(first.data, pen.f.finish.record_bytes.data);
	pen_release(&pen);
}
END_TEST

/* A rate is told at the end of the second that it speaks of; the chart of a step has what lies in it. */
START_TEST(a_rate_of_work_at_the_edge_of_a_step_is_in_a_bucket_of_that_step)
{
	const struct record_series *rate, *heat;
	const struct record *record;
	struct sample sample = { .quality = SAMPLE_GOOD };
	struct pen pen;
	size_t i;
	static const struct {
		uint16_t series;
		int64_t time_ns;
	} row[] = {
		{ 2, 20 * SECOND + 200000000 },	/* the last of step 0, whose bucket is half of step 1 */
		{ 0, 20 * SECOND + 200000000 },
		{ 2, 20 * SECOND + 800000000 },	/* nobody's: between the steps */
		{ 2, 30 * SECOND + 900000000 },	/* the first of step 1 */
	};

	pen_init(&pen);
	step_start(&pen, 0, 1, SECOND);
	step_end(&pen, 0, 1, OUTCOME_DONE, 20 * SECOND + 300000000);
	step_start(&pen, 1, 1, 30 * SECOND + 700000000);
	step_end(&pen, 1, 1, OUTCOME_DONE, 50 * SECOND);
	for (i = 0; i < ARRAY_SIZE(row); i++) {
		sample.series = row[i].series;
		sample.time_ns = row[i].time_ns;
		frame_write_samples(&pen.book.text, &sample, 1);
		book_put(&pen.book, FRAME_SAMPLES, 51 * SECOND);
	}
	ended(&pen, "done", 52 * SECOND);
	record = record_of(&pen);
	rate = &record->series[2];
	heat = &record->series[0];
	ck_assert_int_eq(record->bucket_ns, SECOND);
	ck_assert_uint_eq(rate->bucket_count, 3);
	ck_assert_uint_eq(rate->bucket[0].index, 19);
	ck_assert_uint_eq(rate->bucket[1].index, 20);
	ck_assert_uint_eq(rate->bucket[2].index, 31);
	ck_assert_uint_eq(heat->bucket[0].index, 20);
	pen_release(&pen);
}
END_TEST

START_TEST(a_boot_id_that_changed_without_announcement_is_a_finding)
{
	const struct record *record;
	struct pen pen;

	pen_init(&pen);
	step_start(&pen, 0, 1, SECOND);
	reading(&pen, 0, 5, 50000);
	resumed(&pen, "boot-two", 100 * SECOND);
	record = record_of(&pen);
	ck_assert_ptr_nonnull(live_fixture_finding(&pen.f, "reboot-unannounced"));
	ck_assert_int_eq(record->interruption->kind, INTERRUPTION_REBOOT);
	ck_assert_int_eq(record->interruption->time_ns, 5 * SECOND);
	ck_assert_int_eq(record->interruption->resumed_ns, 100 * SECOND);
	ck_assert_str_eq(record->interruption->boot_before, "boot-one");
	ck_assert_str_eq(record->interruption->boot_after, "boot-two");
	ck_assert_int_eq(record->outcome->kind, OUTCOME_INTERRUPTED);
	ck_assert_int_eq(pen.f.finish.verdict.kind, VERDICT_FAIL);
	pen_release(&pen);
}
END_TEST

START_TEST(a_runner_that_went_away_is_no_fault_of_the_product)
{
	struct pen pen;

	pen_init(&pen);
	step_start(&pen, 0, 1, SECOND);
	resumed(&pen, "boot-one", 100 * SECOND);
	step_start(&pen, 0, 2, 101 * SECOND);
	step_end(&pen, 0, 2, OUTCOME_DONE, 161 * SECOND);
	record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "reboot-unannounced"));
	ck_assert_ptr_nonnull(live_fixture_finding(&pen.f, "runner-crashed"));
	ck_assert_int_eq(live_fixture_outcome(&pen.f, 0)->kind, OUTCOME_DONE);
	ck_assert_uint_eq(live_fixture_outcome(&pen.f, 0)->attempt, 2);
	pen_release(&pen);
}
END_TEST

START_TEST(a_run_ended_in_order_may_be_resumed_after_a_restart_without_a_finding)
{
	struct frame_signal signal = { .signal = 2 };
	const struct record *record;
	struct pen pen;

	pen_init(&pen);
	step_start(&pen, 0, 1, SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_SIGNAL, signal, &signal, 2 * SECOND);
	step_end(&pen, 0, 1, OUTCOME_INTERRUPTED, 3 * SECOND);
	ended(&pen, "signal", 4 * SECOND);
	record = record_of(&pen);
	ck_assert(record->complete);
	ck_assert_int_eq(record->interruption->resumed_ns, -1);
	resumed(&pen, "boot-two", 500 * SECOND);
	record = record_of(&pen);
	ck_assert(!record->complete);
	ck_assert_ptr_null(record->finding);
	ck_assert_int_eq(record->interruption->kind, INTERRUPTION_SIGNAL);
	ck_assert_int_eq(record->interruption->resumed_ns, 500 * SECOND);
	pen_release(&pen);
}
END_TEST

START_TEST(a_journal_without_an_end_is_incomplete_and_says_where_it_stops)
{
	const struct record *record;
	struct pen pen;

	pen_init(&pen);
	step_start(&pen, 0, 1, SECOND);
	reading(&pen, 0, 9, 50000);
	record = record_of(&pen);
	ck_assert(!record->complete);
	ck_assert_int_eq(record->outcome->kind, OUTCOME_UNKNOWN);
	ck_assert_int_eq(record->interruption->kind, INTERRUPTION_UNKNOWN);
	ck_assert_int_eq(record->interruption->time_ns, 9 * SECOND);
	ck_assert_int_eq(record->interruption->resumed_ns, -1);
	pen_release(&pen);
}
END_TEST

START_TEST(an_excess_lasts_until_a_good_reading_inside_the_limit)
{
	const struct record_excess *excess;
	struct sample silent = { .series = 0, .quality = SAMPLE_ABSENT, .time_ns = 24 * SECOND };
	struct pen pen;

	pen_init(&pen);
	reading(&pen, 0, 1, 50000);
	reading(&pen, 0, 10, 91000);
	reading(&pen, 0, 12, 80000);
	reading(&pen, 0, 20, 95000);
	frame_write_samples(&pen.book.text, &silent, 1);
	book_put(&pen.book, FRAME_SAMPLES, silent.time_ns);
	reading(&pen, 0, 26, 94000);
	reading(&pen, 0, 28, 70000);
	ended(&pen, "done", 62 * SECOND);
	excess = record_of(&pen)->series[0].excess;
	ck_assert_ptr_nonnull(excess);
	ck_assert_int_eq(excess->longest_ns, 8 * SECOND);
	ck_assert_int_eq(excess->worst, 95000);
	ck_assert_ptr_null(excess->next);
	ck_assert_uint_eq(pen.f.finish.record.series[0].good, 6);
	ck_assert_uint_eq(pen.f.finish.record.series[0].bad, 1);
	pen_release(&pen);
}
END_TEST

START_TEST(nothing_is_known_of_the_time_between_two_runners)
{
	struct pen pen;

	pen_init(&pen);
	reading(&pen, 0, 10, 91000);
	resumed(&pen, "boot-one", 5000 * SECOND);
	reading(&pen, 0, 5001, 91000);
	reading(&pen, 0, 5002, 50000);
	ck_assert_int_eq(record_of(&pen)->series[0].excess->longest_ns, SECOND);
	pen_release(&pen);
}
END_TEST

START_TEST(a_counter_that_grew_is_a_finding_and_one_that_was_high_before_is_none)
{
	const struct finding *finding;
	struct pen pen;

	pen_init(&pen);
	reading(&pen, 1, 1, 7000);
	reading(&pen, 1, 2, 7000);
	record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "edac-corrected"));
	reading(&pen, 1, 3, 9000);
	reading(&pen, 1, 4, 1000); /* set back by a driver, then one more */
	record_of(&pen);
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
	step_start(&pen, 0, 1, 1 * SECOND);
	step_end(&pen, 0, 1, OUTCOME_DONE, 61 * SECOND);
	step_start(&pen, 1, 1, 62 * SECOND);
	record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "device-lost"));
	reading(&pen, 3, 70, 1000);
	reading(&pen, 3, 80, 1000);
	reading(&pen, 4, 61, 1000);
	step_end(&pen, 1, 1, OUTCOME_DONE, 122 * SECOND);
	ck_assert_ptr_null(record_of(&pen)->finding->next->next);
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
	reading(&pen, 5, 1, 4000);
	resumed(&pen, "boot-two", 5000 * SECOND);
	reading(&pen, 5, 5001, 1000);
	record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "link-lost"));
	reading(&pen, 5, 5010, 2000);
	record_of(&pen);
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
	reading(&pen, 6, 1, 4000);
	reading(&pen, 6, 10, 1000);
	reading(&pen, 6, 12, 4000);
	reading(&pen, 6, 20, 2000);
	resumed(&pen, "boot-one", 30 * SECOND);
	reading(&pen, 6, 31, 4000);
	record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "link-dropped"));
	reading(&pen, 6, 40, 2000);
	reading(&pen, 6, 44, 1000);
	record_of(&pen);
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
	reading(&pen, 7, 6, 0);
	record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "smart-warning"));
	reading(&pen, 7, 26, 4000);
	record_of(&pen);
	finding = live_fixture_finding(&pen.f, "smart-warning");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding_get(finding, "value"), "4");
	ck_assert_int_eq(finding->time_ns, 26 * SECOND);
	pen_release(&pen);
	pen_init(&pen);
	reading(&pen, 7, 6, 1000);
	record_of(&pen);
	ck_assert_ptr_nonnull(live_fixture_finding(&pen.f, "smart-warning"));
	pen_release(&pen);
}
END_TEST

static void reading_of(struct pen *pen, unsigned int series, int64_t seconds,
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
	reading(&pen, 8, 1, 45000);
	reading(&pen, 9, 1, 105000);
	reading(&pen, 10, 1, 100000);
	reading(&pen, 11, 1, 70000);
	reading(&pen, 8, 2, 99000);
	reading(&pen, 8, 3, 100000);
	reading(&pen, 8, 3, 99000);
	reading(&pen, 12, 4, 120000); /* another zone */
	record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "temperature-trip"));
	reading(&pen, 8, 5, 101000);
	reading(&pen, 8, 6, 104000);
	record_of(&pen);
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
	reading(&pen, 9, 1, 105000);
	reading(&pen, 8, 1, 110000);
	reading(&pen, 8, 9, 111000);
	record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "temperature-trip"));
	pen_release(&pen);
	pen_init(&pen);
	reading(&pen, 9, 1, 1000);
	reading(&pen, 8, 1, 500);
	reading(&pen, 8, 2, 45000);
	reading(&pen, 8, 9, 46000);
	record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "temperature-trip"));
	pen_release(&pen);
}
END_TEST

START_TEST(a_sensor_that_turns_to_nonsense_is_a_finding_and_one_that_never_spoke_is_none)
{
	const struct finding *finding;
	struct pen pen;

	pen_init(&pen);
	reading_of(&pen, 12, 1, SAMPLE_IMPLAUSIBLE);
	reading_of(&pen, 12, 20, SAMPLE_IMPLAUSIBLE);
	reading(&pen, 8, 1, 45000);
	reading_of(&pen, 8, 5, SAMPLE_IMPLAUSIBLE);
	reading(&pen, 8, 6, 46000);
	record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "sensor-implausible"));
	reading_of(&pen, 8, 30, SAMPLE_IMPLAUSIBLE);
	reading_of(&pen, 8, 40, SAMPLE_IMPLAUSIBLE);
	record_of(&pen);
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
	step_start(pen, 0, 1, SECOND);
	for (second = 1; second <= 10; second++)
		reading(pen, 8, second, 40000 + 1000 * second);
	for (; second <= 60; second++)
		reading(pen, 8, second, 55000);
	step_end(pen, 0, 1, OUTCOME_DONE, 61 * SECOND);
	step_start(pen, 1, 1, 61 * SECOND);
	for (; second <= 120; second++)
		reading(pen, 8, second, 55000);
	step_end(pen, 1, 1, OUTCOME_DONE, 121 * SECOND);
	record_of(pen);
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
	reading(&pen, 14, 1, 0);
	reading(&pen, 14, 2, 3000);
	reading(&pen, 13, 1, 0);
	record_of(&pen);
	ck_assert_ptr_null(pen.f.finish.record.finding);
	reading(&pen, 13, 9, 1000);
	record_of(&pen);
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

	reading(pen, 16, 1, 0);
	for (second = 1; second <= 10; second++)
		reading(pen, 15, second, 1000000);
	reading(pen, 16, 10, steal);
	for (; second <= 20; second++)
		reading(pen, 15, second, later);
	record_of(pen);
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
		{ memory_step, 333000, 0, false },	/* another phase of the kernel */
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
		reading(&pen, 15, second, second % 8 < 4 && second > 5 ? 300000 : 1000000);
	record_of(&pen);
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
	for (finding = record_of(&pen)->finding; finding; finding = finding->next)
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
	for (finding = record_of(&pen)->finding; finding; finding = finding->next)
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

START_TEST(a_run_of_two_days_fits_the_buckets)
{
	const struct record_series *series;
	const struct record *record;
	struct pen pen;
	int64_t hour;

	pen_init(&pen);
	for (hour = 0; hour < 48; hour++)
		reading(&pen, 2, hour * 3600, 1000 * hour);
	record = record_of(&pen);
	series = &record->series[2];
	ck_assert_int_eq(record->bucket_ns, 300 * SECOND);
	ck_assert_uint_eq(series->bucket_count, 48);
	ck_assert_uint_eq(series->bucket[47].index, 47 * 12);
	ck_assert_int_eq(series->bucket[47].mean, 47000);
	pen_release(&pen);
}
END_TEST

static void plant_module(struct pen *pen, const char *id, const char *mapped)
{
	struct component *module = inventory_add(&pen->f.inventory, "memory", id, NULL);

	if (mapped)
		component_text(&pen->f.inventory, module, "mapped", mapped, "test",
			       CERTAINTY_CERTAIN);
}

static void mismatch_at(struct pen *pen, uint64_t physical)
{
	struct frame_mismatch seen = {
		.attempt = 1, .isa = "scalar", .want = 1, .got = 3, .physical = physical
	};

	BOOK_ADD_AT(&pen->book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
}

START_TEST(wrong_data_in_memory_names_its_module_where_the_firmware_maps_them)
{
	static const struct {
		uint64_t physical;
		const char *component, *dimm;
	} row[] = {
		{ 0, "", NULL },
		{ 0x10000000, "dimm/A", "dimm/A" },
		{ 0x100000000, "dimm/B", "dimm/B" },
		{ 0x23fffffff, "", "dimm/B or dimm/C" }, /* interleaved */
		{ 0x240000000, "", "not known: no module is mapped there" },
	};
	const struct finding *finding;
	struct pen pen;
	size_t i;

	pen_make(&pen, memory_step);
	plant_module(&pen, "dimm/A", "0x0-0xbfffffff 0x300000000-0x33fffffff");
	plant_module(&pen, "dimm/B", "0x100000000-0x23fffffff");
	plant_module(&pen, "dimm/C", "0x200000000-0x23fffffff");
	pen_start(&pen);
	step_start(&pen, 0, 1, SECOND);
	for (i = 0; i < ARRAY_SIZE(row); i++)
		mismatch_at(&pen, row[i].physical);
	finding = record_of(&pen)->finding;
	for (i = 0; i < ARRAY_SIZE(row); i++, finding = finding->next) {
		const char *dimm = finding_get(finding, "dimm");

		ck_assert_str_eq(finding->code->code, "memory-mismatch");
		ck_assert_str_eq(finding->component, row[i].component);
		ck_assert_str_eq(dimm ? dimm : "", row[i].dimm ? row[i].dimm : "");
	}
	finding = record_of(&pen)->finding;
	ck_assert_str_eq(finding_get(finding, "physical"), "not known");
	ck_assert_str_eq(finding_get(finding->next, "physical"), "0x0000000010000000");
	pen_release(&pen);
}
END_TEST

static void plant_text(struct pen *pen, const char *id, const char *name, const char *text)
{
	struct component *module;

	for (module = pen->f.inventory.component; strcmp(module->id, id); module = module->next)
		ck_assert_ptr_nonnull(module->next);
	component_text(&pen->f.inventory, module, name, text, "test", CERTAINTY_CERTAIN);
}

static void plant_number(struct pen *pen, const char *id, const char *name, int64_t number)
{
	struct component *module;

	for (module = pen->f.inventory.component; strcmp(module->id, id); module = module->next)
		ck_assert_ptr_nonnull(module->next);
	component_number(&pen->f.inventory, module, name, number, "test", CERTAINTY_CERTAIN);
}

static const struct finding *first_finding(struct pen *pen, uint64_t physical)
{
	pen_start(pen);
	step_start(pen, 0, 1, SECOND);
	mismatch_at(pen, physical);
	return record_of(pen)->finding;
}

START_TEST(of_interleaved_modules_all_are_named_with_what_they_have_in_common)
{
	const struct finding *finding;
	struct pen pen;

	pen_make(&pen, memory_step);
	plant_module(&pen, "dimm/A", "0x0-0xffffffff");
	plant_module(&pen, "dimm/B", "0x0-0xffffffff");
	plant_text(&pen, "dimm/A", "socket", "SOCKET 0");
	plant_text(&pen, "dimm/B", "socket", "SOCKET 0");
	plant_text(&pen, "dimm/A", "channel", "CHANNEL 0");
	plant_text(&pen, "dimm/B", "channel", "CHANNEL 1");
	plant_text(&pen, "dimm/A", "edac_location", "channel 0 slot 0");
	finding = first_finding(&pen, 0x1000);
	ck_assert_str_eq(finding->component, "");
	ck_assert_str_eq(finding_get(finding, "dimm"), "dimm/A or dimm/B");
	ck_assert_str_eq(finding_get(finding, "dimm_by"), "smbios type 20");
	ck_assert_str_eq(finding_get(finding, "socket"), "SOCKET 0");
	ck_assert_str_eq(finding_get(finding, "channel"), "CHANNEL 0 or CHANNEL 1");
	/* What is known of one only does not answer for both. */
	ck_assert_ptr_null(finding_get(finding, "edac"));
	pen_release(&pen);
}
END_TEST

START_TEST(a_module_that_is_interleaved_with_one_that_has_no_map_is_not_accused_alone)
{
	const struct finding *finding;
	struct pen pen;

	pen_make(&pen, memory_step);
	plant_module(&pen, "dimm/A", "0x0-0xffffffff");
	plant_module(&pen, "dimm/B", NULL);
	plant_text(&pen, "dimm/A", "channel", "CHANNEL 0");
	finding = first_finding(&pen, 0x1000);
	ck_assert_str_eq(finding->component, "dimm/A");
	pen_release(&pen);

	pen_make(&pen, memory_step);
	plant_module(&pen, "dimm/A", "0x0-0xffffffff");
	plant_module(&pen, "dimm/B", NULL);
	plant_text(&pen, "dimm/A", "channel", "CHANNEL 0");
	plant_number(&pen, "dimm/A", "interleave_position", 1);
	finding = first_finding(&pen, 0x1000);
	ck_assert_str_eq(finding->component, "");
	ck_assert_str_eq(finding_get(finding, "dimm"), "dimm/A or one that it is interleaved with");
	ck_assert_ptr_null(finding_get(finding, "channel"));
	pen_release(&pen);
}
END_TEST

START_TEST(where_only_arrays_are_mapped_their_modules_are_named)
{
	const struct finding *finding;
	struct pen pen;

	pen_make(&pen, memory_step);
	plant_module(&pen, "dimm/A", NULL);
	plant_module(&pen, "dimm/B", NULL);
	plant_module(&pen, "dimm/C", NULL);
	plant_text(&pen, "dimm/A", "array_mapped", "0x0-0xffffffff");
	plant_text(&pen, "dimm/B", "array_mapped", "0x0-0xffffffff");
	plant_text(&pen, "dimm/C", "array_mapped", "0x100000000-0x1ffffffff");
	plant_text(&pen, "dimm/C", "locator", "DIMM C");
	pen_start(&pen);
	step_start(&pen, 0, 1, SECOND);
	mismatch_at(&pen, 0x2000);
	mismatch_at(&pen, 0x100002000);
	mismatch_at(&pen, 0x200002000);
	finding = record_of(&pen)->finding;
	ck_assert_str_eq(finding_get(finding, "dimm"), "dimm/A or dimm/B");
	ck_assert_str_eq(finding_get(finding, "dimm_by"), "smbios type 19");
	finding = finding->next;
	ck_assert_str_eq(finding->component, "dimm/C");
	ck_assert_str_eq(finding_get(finding, "slot"), "DIMM C");
	finding = finding->next;
	ck_assert_str_eq(finding->component, "");
	ck_assert_str_eq(finding_get(finding, "dimm"), "not known: no module is mapped there");
	pen_release(&pen);
}
END_TEST

START_TEST(the_only_module_is_accused_unless_it_is_smaller_than_what_the_kernel_has)
{
	static const struct {
		int64_t kernel, size;
		const char *component;
	} row[] = { { 8000, 8192, "dimm/A" }, { 16000, 8192, "" }, { 16000, 0, "dimm/A" } };
	const struct finding *finding;
	struct pen pen;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		pen_make(&pen, memory_step);
		plant_module(&pen, "memory/total", NULL);
		plant_number(&pen, "memory/total", "kernel_total_bytes", row[i].kernel);
		plant_module(&pen, "dimm/A", NULL);
		plant_module(&pen, "dimm/B", NULL);
		plant_number(&pen, "dimm/A", "size_bytes", row[i].size);
		plant_number(&pen, "dimm/B", "populated", 0);
		finding = first_finding(&pen, 0);
		ck_assert_str_eq(finding->component, row[i].component);
		ck_assert_str_eq(finding_get(finding, "physical"), "not known");
		pen_release(&pen);
	}
}
END_TEST

START_TEST(an_error_that_edac_counted_names_the_slot_of_its_module)
{
	const struct finding *finding;
	struct pen pen;

	pen_make(&pen, memory_step);
	plant_module(&pen, "dimm/A", NULL);
	plant_module(&pen, "dimm/B", NULL);
	plant_text(&pen, "dimm/A", "edac", "mc0/rank10 mc10/rank1");
	plant_text(&pen, "dimm/B", "edac", "mc0/rank0 mc0/rank1");
	plant_text(&pen, "dimm/B", "edac_location", "csrow 0 channel 0, csrow 1 channel 0");
	plant_text(&pen, "dimm/B", "locator", "DIMM_B0");
	pen_start(&pen);
	reading(&pen, 17, 1, 0);
	reading(&pen, 17, 2, 1000);
	record_of(&pen);
	finding = live_fixture_finding(&pen.f, "edac-corrected");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding->component, "edac/mc0/rank1");
	ck_assert_str_eq(finding_get(finding, "dimm"), "dimm/B");
	ck_assert_str_eq(finding_get(finding, "slot"), "DIMM_B0");
	ck_assert_str_eq(finding_get(finding, "edac"), "csrow 0 channel 0, csrow 1 channel 0");
	pen_release(&pen);
}
END_TEST

/* Frames of two ranges; the only module answers for both. */
START_TEST(what_was_verified_is_of_the_only_module_without_any_map)
{
	static const uint64_t bytes[] = { 4096 };
	struct module_bytes row[MODULE_RANGES];
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	struct module_map map;
	struct pen pen;

	pen_make(&pen, memory_step);
	plant_module(&pen, "dimm/A", NULL);
	plant_number(&pen, "dimm/A", "size_bytes", INT64_C(8) << 30);
	map = module_map_make(&pen.f.inventory, &arena);
	ck_assert_uint_eq(map.count, 1);
	ck_assert_uint_eq(map.range[0].first, 0);
	ck_assert_uint_eq(map.range[0].last, UINT64_MAX);
	ck_assert_uint_eq(module_map_rows(&map, bytes, row), 1);
	ck_assert_str_eq(row[0].modules, "dimm/A");
	ck_assert_uint_eq(row[0].mapped, UINT64_C(8) << 30);
	/* A second one: nothing is known, until the firmware maps the array of both. */
	plant_module(&pen, "dimm/B", NULL);
	ck_assert_uint_eq(module_map_make(&pen.f.inventory, &arena).count, 0);
	plant_text(&pen, "dimm/A", "array_mapped", "0x0-0xffffffff");
	plant_text(&pen, "dimm/B", "array_mapped", "0x0-0xffffffff");
	map = module_map_make(&pen.f.inventory, &arena);
	ck_assert_uint_eq(map.count, 1);
	ck_assert_uint_eq(module_map_rows(&map, bytes, row), 1);
	ck_assert_str_eq(row[0].modules, "dimm/A dimm/B");
	ck_assert_uint_eq(row[0].mapped, UINT64_C(1) << 32);
	pen_release(&pen);
}
END_TEST

START_TEST(wrong_words_of_memory_are_summed_up_with_the_pages_for_the_kernel)
{
	struct worker_outcome worker = { .isa = "scalar", .kind = OUTCOME_DONE, .mismatches = 900 };
	struct frame_mismatch seen = { .attempt = 1, .isa = "scalar", .want = 1, .got = 3,
				       .address = 0x7000, .physical = 0x12345008,
				       .page_bytes = 4096, .node = 1 };
	struct frame_faults faults = { .bits = 0x104, .address_and = 0x12345000,
				       .address_or = 0x1234ffff, .page_bytes = 4096,
				       .page = { 0x12345000, 0x1234f000 }, .pages = 2, .more = true };
	const char *reason = NULL;
	struct frame_step_end value = { .attempt = 1, .kind = OUTCOME_DONE, .worker = &worker,
					.worker_faults = &faults, .worker_reason = &reason,
					.worker_count = 1 };
	const struct finding *finding;
	struct pen pen;

	pen_make(&pen, memory_step);
	pen_start(&pen);
	step_start(&pen, 0, 1, SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_STEP_END, step_end, &value, 3 * SECOND);
	finding = record_of(&pen)->finding;
	ck_assert_str_eq(finding_get(finding, "page_frame"), "0x12345");
	ck_assert_str_eq(finding_get(finding, "node"), "1");
	ck_assert_str_eq(finding_get(finding, "last_writer"), "cpu 0");
	finding = finding->next->next;
	ck_assert_str_eq(finding->code->code, "memory-faults");
	ck_assert_str_eq(finding_get(finding, "count"), "900");
	ck_assert_str_eq(finding_get(finding, "bits"), "0x0000000000000104");
	ck_assert_str_eq(finding_get(finding, "addresses"), "physical");
	ck_assert_str_eq(finding_get(finding, "address_and"), "0x0000000012345000");
	ck_assert_str_eq(finding_get(finding, "address_or"), "0x000000001234ffff");
	ck_assert_str_eq(finding_get(finding, "bad_pages"), "0x12345000 0x1234f000 and others");
	ck_assert_str_eq(finding_get(finding, "memmap"),
			 "memmap=4K$0x12345000 memmap=4K$0x1234f000");
	pen_release(&pen);
}
END_TEST

START_TEST(bad_pages_are_in_the_form_that_the_kernel_of_the_machine_takes)
{
	static const struct {
		const char *arch, *memmap;
		uint64_t page_bytes;
	} row[] = {
		{ "x86_64", "memmap=12K$0x10000 memmap=4K$0x20000", 4096 },
		{ "loongarch64", "memmap=16K$0x10000 memmap=16K$0x11000 memmap=16K$0x12000 "
				 "memmap=16K$0x20000", 16384 },
		{ "loongarch64", "memmap=12K$0x10000 memmap=4K$0x20000", 4096 },
		{ "aarch64", NULL, 65536 },
	};
	struct worker_outcome worker = { .isa = "scalar", .kind = OUTCOME_DONE, .mismatches = 4 };
	struct frame_faults faults = { .bits = 1, .address_and = 0x10000, .address_or = 0x3f000,
				       .page = { 0x20000, 0x11000, 0x12000, 0x10000 }, .pages = 4 };
	const char *reason = NULL;
	struct frame_step_end value = { .attempt = 1, .kind = OUTCOME_DONE, .worker = &worker,
					.worker_faults = &faults, .worker_reason = &reason,
					.worker_count = 1 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		const struct finding *finding;
		struct pen pen;

		faults.page_bytes = row[i].page_bytes;
		pen_make(&pen, memory_step);
		pen.f.inventory.arch = row[i].arch;
		pen_start(&pen);
		step_start(&pen, 0, 1, SECOND);
		BOOK_ADD_AT(&pen.book, FRAME_STEP_END, step_end, &value, 3 * SECOND);
		record_of(&pen);
		finding = live_fixture_finding(&pen.f, "memory-faults");
		ck_assert_ptr_nonnull(finding);
		ck_assert_str_eq(finding_get(finding, "bad_pages"),
				 "0x10000 0x11000 0x12000 0x20000");
		ck_assert(!finding_get(finding, "memmap") == !row[i].memmap);
		if (row[i].memmap)
			ck_assert_str_eq(finding_get(finding, "memmap"), row[i].memmap);
		pen_release(&pen);
	}
}
END_TEST

START_TEST(without_a_map_the_only_module_is_named_and_of_several_none)
{
	const struct finding *finding;
	struct pen pen;
	int modules;

	for (modules = 1; modules <= 2; modules++) {
		pen_make(&pen, memory_step);
		plant_module(&pen, "dimm/A", NULL);
		if (modules > 1)
			plant_module(&pen, "dimm/B", NULL);
		pen_start(&pen);
		step_start(&pen, 0, 1, SECOND);
		mismatch_at(&pen, 4096);
		finding = record_of(&pen)->finding;
		ck_assert_str_eq(finding->component, modules > 1 ? "" : "dimm/A");
		ck_assert_str_eq(finding_get(finding, "dimm"),
				 modules > 1 ? "not known: the firmware gives no map of the modules"
					     : "dimm/A");
		pen_release(&pen);
	}
}
END_TEST

START_TEST(a_disk_that_failed_a_request_is_told_from_one_that_gave_wrong_data)
{
	static const char disk_step[] = "  - {name: d, kernel: test.disk, duration: 1m, bytes: 1MiB}\n";
	static const struct {
		uint64_t kind;
		const char *code, *request;
	} row[] = {
		{ DISK_BITS, "disk-mismatch", NULL }, { DISK_TORN, "disk-mismatch", NULL },
		{ DISK_LOST, "disk-mismatch", NULL }, { DISK_STALE, "disk-mismatch", NULL },
		{ DISK_UNREADABLE, "disk-failed", "read" },
		{ DISK_UNWRITABLE, "disk-failed", "write" },
	};
	const struct finding *finding;
	struct pen pen;
	size_t i;

	pen_make(&pen, disk_step);
	pen_start(&pen);
	step_start(&pen, 0, 1, SECOND);
	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct frame_mismatch seen = {
			.attempt = 1, .isa = "scalar", .got = 4, .phase = row[i].kind << 56 | 2
		};

		BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	}
	finding = record_of(&pen)->finding;
	for (i = 0; i < ARRAY_SIZE(row); i++, finding = finding->next) {
		const char *request = finding_get(finding, "request");

		ck_assert_str_eq(finding->code->code, row[i].code);
		ck_assert_str_eq(request ? request : "", row[i].request ? row[i].request : "");
		ck_assert(!finding_get(finding, "errno") == !row[i].request);
		ck_assert(!finding_get(finding, "want") == !!row[i].request);
		if (!row[i].request)
			ck_assert_str_eq(finding_get(finding, "fault"),
					 disk_fault_name((unsigned int)row[i].kind));
		/* Bits are named where it is bits that are wrong. */
		ck_assert(!finding_get(finding, "bit") ==
			  (row[i].kind != DISK_BITS && row[i].kind != DISK_TORN));
	}
	pen_release(&pen);
}
END_TEST

START_TEST(how_long_requests_took_is_in_the_record_and_a_stall_is_a_finding)
{
	static const struct latency_row latency[] = {
		{ .request = "read", .count = 5000, .p50_ns = 900, .p99_ns = 2000, .p999_ns = 3000,
		  .max_ns = 2 * SECOND, .max_at = 0x300000, .stalls = 2 },
		{ .request = "write", .count = 7, .max_ns = 5 },
	};
	struct worker_outcome worker = { .isa = "scalar", .kind = OUTCOME_DONE, .work = 9 };
	struct frame_step_end value = { .attempt = 1, .kind = OUTCOME_DONE, .worker = &worker,
					.worker_count = 1,
					.latency = { latency, ARRAY_SIZE(latency) } };
	struct record again = RECORD_INIT;
	const struct latency_row *row;
	const struct finding *finding;
	struct err err = ERR_INIT;
	struct pen pen;

	pen_make(&pen, "  - {name: d, kernel: test.disk, duration: 1m, bytes: 1MiB}\n");
	pen_start(&pen);
	step_start(&pen, 0, 1, SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_STEP_END, step_end, &value, 3 * SECOND);
	finding = record_of(&pen)->finding;
	ck_assert_str_eq(finding->code->code, "disk-stalled");
	ck_assert_str_eq(finding_get(finding, "count"), "2");
	ck_assert_str_eq(finding_get(finding, "longest_ns"), "2000000000");
	ck_assert_str_eq(finding_get(finding, "offset"), "0x0000000000300000");
	ck_assert_str_eq(finding_get(finding, "request"), "read");
	ck_assert(!finding->next || strcmp(finding->next->code->code, "disk-stalled"));
	ck_assert_msg(!record_parse(pen.f.finish.record_bytes.data, pen.f.finish.record_bytes.size,
				    "record", &live_fixture_kernels, &again, &err), "%s", err.plain);
	ck_assert_uint_eq(again.outcome->latency.count, 2);
	row = again.outcome->latency.row;
	ck_assert_str_eq(row[0].request, "read");
	ck_assert_int_eq(row[0].p999_ns, 3000);
	ck_assert_int_eq(row[0].max_ns, 2 * SECOND);
	ck_assert_uint_eq(row[1].count, 7);
	record_release(&again);
	pen_release(&pen);
}
END_TEST

START_TEST(what_came_of_trying_again_is_evidence_of_the_first_finding_of_that_worker)
{
	struct frame_mismatch seen = { .attempt = 1, .isa = "scalar", .want = 1, .got = 3 };
	struct frame_repeat value = {
		.attempt = 1, .warm = 81500, .rested = 62000,
		.repeat = { .worker = 1, .cpu = 1, .pass_count = 3, .pass = {
			{ REPEAT_SAME, 1, 100, 40, 39, 2900, 0x3 },
			{ REPEAT_OTHER, 0, 100, 0, 0, 2901, 0 },
			{ REPEAT_RESTED, 1, 100, 0, 0, 3100, 0 },
		} },
	};
	const struct finding *finding;
	struct pen pen;

	pen_init(&pen);
	step_start(&pen, 0, 1, SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	seen.cpu = seen.worker = 1;
	BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_REPEAT, repeat, &value, 3 * SECOND);
	value.repeat.cpu = 7;
	value.warm = value.rested = INT64_MIN;
	BOOK_ADD_AT(&pen.book, FRAME_REPEAT, repeat, &value, 3 * SECOND);
	finding = record_of(&pen)->finding;
	ck_assert_ptr_null(finding_get(finding, "repeat"));
	finding = finding->next;
	ck_assert_str_eq(finding_get(finding, "repeat"), "intermittent");
	ck_assert_str_eq(finding_get(finding, "repeat_cores"), "one-core");
	ck_assert_str_eq(finding_get(finding, "repeat_heat"), "warm-only");
	ck_assert_str_eq(finding_get(finding, "repeat_bits"), "0x0000000000000003");
	ck_assert_str_eq(finding_get(finding, "repeat_1_same"),
			 "cpu 1: 40 of 100 wrong, 39 with the same word, 2900 MHz");
	ck_assert_str_eq(finding_get(finding, "temperature"), "81500");
	ck_assert_str_eq(finding_get(finding, "temperature_rested"), "62000");
	ck_assert_ptr_null(finding_get(finding->next, "repeat"));
	finding = finding->next->next; /* of a worker whose wrong data was only counted */
	ck_assert_str_eq(finding->code->code, "cpu-mismatch");
	ck_assert_str_eq(finding_get(finding, "cpu"), "7");
	ck_assert_ptr_null(finding_get(finding, "temperature"));
	pen_release(&pen);
}
END_TEST

START_TEST(a_kernel_that_says_which_core_found_another_wrong_is_believed)
{
	struct frame_mismatch seen = { .attempt = 1, .isa = "scalar", .want = 1, .got = 3, .cpu = 0,
				       .worker = 0, .node = -1, .phase = 5 << 16 | 1 };
	const struct finding *finding;
	struct pen pen;

	pen_make(&pen, "  - {name: o, kernel: test.judged, duration: 1m, cpus: 0-1}\n");
	pen_start(&pen);
	step_start(&pen, 0, 1, SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	finding = record_of(&pen)->finding;
	ck_assert_str_eq(finding->code->code, "cpu-mismatch");
	ck_assert_str_eq(finding_get(finding, "cpu"), "0");
	ck_assert_str_eq(finding_get(finding, "judge"), "cpu 1");
	pen_release(&pen);
}
END_TEST

START_TEST(a_register_that_is_wrong_after_a_move_is_named_with_both_cpus_lane_and_bit)
{
	static const struct {
		uint64_t at;
		const char *name, *lane;
	} row[] = { { 5 * HOLD_STRIDE + 24, "vector 5", "3" },
		    { HOLD_INTEGER_AT + 16, "integer 2", NULL },
		    { HOLD_ROUNDING_AT, "mode of rounding", NULL } };
	struct frame_mismatch seen = { .attempt = 1, .isa = "scalar", .want = 1, .got = 3, .cpu = 0,
				       .node = -1, .phase = 3 << 16 | 1 };
	const struct finding *finding;
	struct pen pen;
	size_t i;

	pen_make(&pen, "  - {name: o, kernel: test.moved, duration: 1m, cpus: 0-1}\n");
	pen_start(&pen);
	step_start(&pen, 0, 1, SECOND);
	for (i = 0; i < ARRAY_SIZE(row); i++) {
		seen.at = row[i].at;
		BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	}
	finding = record_of(&pen)->finding;
	for (i = 0; i < ARRAY_SIZE(row); i++, finding = finding->next) {
		const char *lane = finding_get(finding, "lane");

		ck_assert_str_eq(finding_get(finding, "cpu"), "1");
		ck_assert_str_eq(finding_get(finding, "from_cpu"), "3");
		ck_assert_str_eq(finding_get(finding, "to_cpu"), "1");
		ck_assert_str_eq(finding_get(finding, "register"), row[i].name);
		ck_assert_str_eq(lane ? lane : "", row[i].lane ? row[i].lane : "");
		ck_assert_str_eq(finding_get(finding, "bit"), "1");
	}
	pen_release(&pen);
}
END_TEST

START_TEST(a_kernel_that_says_who_wrote_last_is_believed)
{
	struct frame_mismatch seen = { .attempt = 1, .isa = "scalar", .want = 1, .got = 3, .cpu = 0,
				       .worker = 0, .address = 0x7000, .node = -1,
				       .phase = 5 << 16 | 1 };
	const struct finding *finding;
	struct pen pen;

	pen_make(&pen, "  - {name: o, kernel: test.owner, duration: 1m, bytes: 16MiB, cpus: 0-1}\n");
	pen_start(&pen);
	step_start(&pen, 0, 1, SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	finding = record_of(&pen)->finding;
	ck_assert_str_eq(finding_get(finding, "cpu"), "0");
	ck_assert_str_eq(finding_get(finding, "last_writer"), "cpu 1");
	pen_release(&pen);
}
END_TEST

START_TEST(what_was_verified_of_each_module_is_in_the_record)
{
	static const uint64_t bytes[] = { 4096, 8192, 65536 };
	struct module_bytes row[MODULE_RANGES];
	struct worker_outcome worker = { .isa = "scalar", .kind = OUTCOME_DONE, .work = 9 };
	struct frame_step_end value = { .attempt = 1, .kind = OUTCOME_DONE, .worker = &worker,
					.worker_count = 1, .modules = { .row = row } };
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	const struct module_bytes_list *list;
	struct record again = RECORD_INIT;
	struct module_map map;
	struct err err = ERR_INIT;
	struct pen pen;

	pen_make(&pen, memory_step);
	plant_module(&pen, "dimm/C", "0x100000000-0x1ffffffff");
	plant_module(&pen, "dimm/A", "0x0-0xbfffffff 0x200000000-0x23fffffff");
	plant_module(&pen, "dimm/D", "0x100000000-0x1ffffffff");
	plant_module(&pen, "dimm/E", NULL);
	pen_start(&pen);
	map = module_map_make(&pen.f.inventory, &arena);
	ck_assert_uint_eq(map.count, 3);
	value.modules.count = module_map_rows(&map, bytes, row);
	step_start(&pen, 0, 1, SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_STEP_END, step_end, &value, 3 * SECOND);
	record_of(&pen);
	ck_assert_msg(!record_parse(pen.f.finish.record_bytes.data, pen.f.finish.record_bytes.size,
				    "record", &live_fixture_kernels, &again, &err), "%s", err.plain);
	list = &again.outcome->modules;
	ck_assert_uint_eq(list->count, 2);
	ck_assert_str_eq(list->row[0].modules, "dimm/A");
	ck_assert_uint_eq(list->row[0].mapped, 0x100000000);
	ck_assert_str_eq(list->row[1].modules, "dimm/C dimm/D");
	ck_assert_uint_eq(list->row[1].mapped, 0x100000000);
	/* The ranges come in the order of the inventory: that of C and D first. */
	ck_assert_uint_eq(list->row[0].bytes, 8192 + 65536);
	ck_assert_uint_eq(list->row[1].bytes, 4096);
	record_release(&again);
	pen_release(&pen);
}
END_TEST

START_TEST(mismatches_that_were_only_counted_are_findings_too)
{
	struct worker_outcome worker = { .isa = "scalar", .kind = OUTCOME_DONE, .mismatches = 5 };
	struct frame_mismatch seen = { .attempt = 1, .isa = "scalar", .want = 1, .got = 3 };
	const char *reason = NULL;
	struct frame_step_end value = { .attempt = 1,
					.kind = OUTCOME_DONE,
					.worker = &worker,
					.worker_reason = &reason,
					.worker_count = 1 };
	const struct finding *finding;
	struct pen pen;

	pen_init(&pen);
	step_start(&pen, 0, 1, SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_STEP_END, step_end, &value, 3 * SECOND);
	finding = record_of(&pen)->finding;
	ck_assert_str_eq(finding_get(finding, "bit"), "1");
	ck_assert_str_eq(finding->next->code->code, "cpu-mismatch");
	ck_assert_str_eq(finding_get(finding->next, "count"), "4");
	pen_release(&pen);
}
END_TEST

START_TEST(a_setting_that_was_not_put_back_is_a_finding)
{
	struct frame_setting setting = { "sys/x", "a", "b" };
	struct frame_restore restore = { .path = "sys/x", .restored = true };
	struct pen pen;

	pen_init(&pen);
	BOOK_ADD_AT(&pen.book, FRAME_SETTING, setting, &setting, SECOND);
	record_of(&pen);
	ck_assert_ptr_nonnull(live_fixture_finding(&pen.f, "setting-not-restored"));
	BOOK_ADD_AT(&pen.book, FRAME_RESTORE, restore, &restore, SECOND);
	record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "setting-not-restored"));
	pen_release(&pen);
}
END_TEST

/* --- resume ----------------------------------------------------------------------------------- */

static int plan_again(struct pen *pen, const struct resume_now *now, struct resume *resume,
		      struct err *err)
{
	journal_scan_release(&pen->scan);
	ck_assert_int_eq(journal_load(pen->f.journal, &pen->bytes, &pen->scan, NULL), 0);
	return resume_plan(&pen->scan, record_of(pen), now, resume, err);
}

START_TEST(resume_goes_on_with_what_is_not_done_in_the_time_of_the_same_boot)
{
	struct resume resume = RESUME_INIT;
	struct pen pen;
	struct resume_now now = { .boot = "boot-one", .boot_ns = 1300 * SECOND };

	pen_init(&pen);
	now.inventory = &pen.f.inventory;
	step_start(&pen, 0, 1, SECOND);
	step_end(&pen, 0, 1, OUTCOME_DONE, 61 * SECOND);
	step_start(&pen, 1, 1, 62 * SECOND);
	ck_assert_int_eq(plan_again(&pen, &now, &resume, NULL), 0);
	ck_assert_int_eq(resume.past.time_ns, 300 * SECOND);
	ck_assert(resume.past.progress[0].ended);
	ck_assert(!resume.past.progress[1].ended);
	ck_assert_uint_eq(resume.past.progress[1].attempts, 1);
	ck_assert_uint_eq(resume.past.series_count, ARRAY_SIZE(table));
	resume_release(&resume);
	pen_release(&pen);
}
END_TEST

START_TEST(after_a_restart_the_wall_clock_tells_the_time_and_never_backwards)
{
	struct resume resume = RESUME_INIT;
	struct pen pen;
	struct resume_now now = { .boot = "boot-two", .boot_ns = 5, .wall_s = 1700000900 };

	pen_init(&pen);
	now.inventory = &pen.f.inventory;
	step_start(&pen, 0, 1, 62 * SECOND);
	ck_assert_int_eq(plan_again(&pen, &now, &resume, NULL), 0);
	ck_assert_int_eq(resume.past.time_ns, 900 * SECOND);
	resume_release(&resume);
	now.wall_s = 1600000000;
	ck_assert_int_eq(plan_again(&pen, &now, &resume, NULL), 0);
	ck_assert_int_eq(resume.past.time_ns, 62 * SECOND + 1);
	resume_release(&resume);
	pen_release(&pen);
}
END_TEST

static void add_serial(struct inventory *inventory, const char *serial)
{
	struct component *board = inventory_add(inventory, "board", "board/baseboard", NULL);

	inventory_class(inventory, "board", PRESENCE_PRESENT, NULL);
	component_text(inventory, board, "serial", serial, "smbios type 2", CERTAINTY_CERTAIN);
}

START_TEST(another_machine_is_refused)
{
	struct inventory other = INVENTORY_INIT;
	struct resume resume = RESUME_INIT;
	struct err err = ERR_INIT;
	struct pen pen;
	struct resume_now now = { .inventory = &other, .boot = "boot-one", .boot_ns = 9999 * SECOND };

	pen_init(&pen);
	add_serial(&pen.f.inventory, "PF-100234");
	add_serial(&other, "PF-100777");
	other.arch = "x86_64";
	other.root = "test";
	journal_close(pen.f.journal);
	unlink(tree_path(&pen.f.tree, "run/run.journal"));
	pen.f.journal = journal_create(tree_path(&pen.f.tree, "run/run.journal"), 6, NULL, NULL);
	pen.book.journal = pen.f.journal;
	{
		struct frame_start start = { .run_id = "00", .harness_version = "t", .serial = "",
					     .lot = "", .boot = "boot-one",
					     .profile = &pen.f.profile, .plan = &pen.f.plan,
					     .inventory = &pen.f.inventory };

		frame_write_start(&pen.book.text, &start, NULL);
		book_put(&pen.book, FRAME_START, 0);
	}
	ck_assert_int_eq(plan_again(&pen, &now, &resume, &err), ERR_UNSUPPORTED);
	ck_assert_ptr_nonnull(strstr(err.plain, "not the machine of the run"));
	now.inventory = &pen.f.inventory;
	resume_release(&resume);
	ck_assert_int_eq(plan_again(&pen, &now, &resume, NULL), 0);
	resume_release(&resume);
	inventory_release(&other);
	pen_release(&pen);
}
END_TEST

static void add_disk(struct inventory *inventory, const char *id, const char *serial)
{
	struct component *disk = inventory_add(inventory, "block", id, NULL);

	inventory_class(inventory, "block", PRESENCE_PRESENT, NULL);
	component_text(inventory, disk, "model", "LAB-SATA", "sysfs", CERTAINTY_CERTAIN);
	component_text(inventory, disk, "serial", serial, "sysfs", CERTAINTY_CERTAIN);
}

static void plan_with_disk(struct pen *pen, const char *id, const char *serial,
			   struct resume *resume)
{
	struct inventory now = INVENTORY_INIT;
	struct resume_now with = { .inventory = &now, .boot = "boot-two", .boot_ns = 5 };

	now.arch = pen->f.inventory.arch;
	now.root = "test";
	add_disk(&now, id, serial);
	ck_assert_int_eq(plan_again(pen, &with, resume, NULL), 0);
	inventory_release(&now);
}

START_TEST(a_disk_that_is_gone_when_the_run_goes_on_is_found_by_its_serial_number)
{
	struct resume resume = RESUME_INIT;
	const struct finding *finding;
	struct pen pen;

	pen_make(&pen, STEPS);
	add_disk(&pen.f.inventory, "block/sda", "DISK-A");
	add_disk(&pen.f.inventory, "block/sdb", "DISK-B");
	pen_start(&pen);
	step_start(&pen, 0, 1, 62 * SECOND);
	plan_with_disk(&pen, "block/sda", "DISK-B", &resume);
	ck_assert_uint_eq(resume.past.lost_count, 1);
	ck_assert_str_eq(resume.past.lost[0], "block/sda");
	resumed_without(&pen, &resume, 900 * SECOND);
	resume_release(&resume);
	record_of(&pen);
	finding = live_fixture_finding(&pen.f, "device-lost");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding->component, "block/sda");
	ck_assert_int_eq(finding->time_ns, 900 * SECOND);
	ck_assert_str_eq(finding_get(finding, "seen_ns"), "62000000000");
	/* Told once. */
	plan_with_disk(&pen, "block/sda", "DISK-B", &resume);
	ck_assert_uint_eq(resume.past.lost_count, 0);
	resume_release(&resume);
	pen_release(&pen);
}
END_TEST

START_TEST(a_machine_that_is_whole_when_the_run_goes_on_has_lost_nothing)
{
	struct resume resume = RESUME_INIT;
	struct pen pen;

	pen_make(&pen, STEPS);
	add_disk(&pen.f.inventory, "block/sda", "DISK-A");
	pen_start(&pen);
	step_start(&pen, 0, 1, 62 * SECOND);
	plan_with_disk(&pen, "block/sdb", "DISK-A", &resume);
	ck_assert_uint_eq(resume.past.lost_count, 0);
	resumed_without(&pen, &resume, 900 * SECOND);
	resume_release(&resume);
	record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "device-lost"));
	pen_release(&pen);
}
END_TEST

START_TEST(a_machine_with_none_of_the_disks_or_with_another_one_is_refused)
{
	static const char *const found[] = { "", "DISK-C" };
	struct pen pen;
	size_t i;

	pen_make(&pen, STEPS);
	add_disk(&pen.f.inventory, "block/sda", "DISK-A");
	pen_start(&pen);
	step_start(&pen, 0, 1, 62 * SECOND);
	for (i = 0; i < ARRAY_SIZE(found); i++) {
		struct inventory now = INVENTORY_INIT;
		struct resume_now with = { .inventory = &now, .boot = "boot-two", .boot_ns = 5 };
		struct resume resume = RESUME_INIT;
		struct err err = ERR_INIT;

		now.arch = pen.f.inventory.arch;
		now.root = "test";
		inventory_class(&now, "block", PRESENCE_ABSENT, NULL);
		if (found[i][0])
			add_disk(&now, "block/sda", found[i]);
		ck_assert_int_eq(plan_again(&pen, &with, &resume, &err), ERR_UNSUPPORTED);
		ck_assert_ptr_nonnull(strstr(err.plain, "not the machine of the run"));
		resume_release(&resume);
		inventory_release(&now);
	}
	pen_release(&pen);
}
END_TEST

START_TEST(a_run_that_is_done_or_was_stopped_by_the_guard_does_not_go_on)
{
	static const char *const cause[] = { "done", "guard" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cause); i++) {
		struct resume resume = RESUME_INIT;
		struct pen pen;
		struct resume_now now = { .boot = "boot-one" };

		pen_init(&pen);
		now.inventory = &pen.f.inventory;
		ended(&pen, cause[i], 9 * SECOND);
		ck_assert_int_eq(plan_again(&pen, &now, &resume, NULL), ERR_UNSUPPORTED);
		resume_release(&resume);
		pen_release(&pen);
	}
}
END_TEST

START_TEST(a_damaged_journal_is_a_finding_and_does_not_go_on)
{
	struct resume resume = RESUME_INIT;
	struct finish finish = FINISH_INIT;
	struct err err = ERR_INIT;
	struct pen pen;
	struct resume_now now = { .boot = "boot-one" };

	pen_init(&pen);
	now.inventory = &pen.f.inventory;
	step_start(&pen, 0, 1, SECOND);
	step_end(&pen, 0, 1, OUTCOME_DONE, 61 * SECOND);
	ended(&pen, "done", 62 * SECOND);
	ck_assert_int_eq(journal_load(pen.f.journal, &pen.bytes, &pen.scan, NULL), 0);
	/* One bit of the step's end: everything else is still read. */
	pen.bytes.data[pen.scan.frame[2].content - (const uint8_t *)pen.bytes.data] ^= 1;
	journal_scan_release(&pen.scan);
	journal_scan(pen.bytes.data, pen.bytes.size, &pen.scan, NULL);
	ck_assert_int_eq(finish_record(&pen.scan, &live_fixture_kernels, &finish, &err), 0);
	ck_assert_str_eq(finish.record.journal_state, "damaged");
	ck_assert_str_eq(finish.record.finding->code->code, "journal-damaged");
	ck_assert_int_eq(finish.verdict.kind, VERDICT_INCOMPLETE);
	ck_assert_int_eq(resume_plan(&pen.scan, &finish.record, &now, &resume, &err), ERR_INPUT);
	resume_release(&resume);
	finish_release(&finish);
	pen_release(&pen);
}
END_TEST

UNIT_MAIN("assemble",
	  a_rate_of_work_at_the_edge_of_a_step_is_in_a_bucket_of_that_step, samples_are_unpacked_as_they_were_packed_and_never_beyond_their_bytes,
	  the_same_journal_gives_the_same_record,
	  a_boot_id_that_changed_without_announcement_is_a_finding,
	  a_runner_that_went_away_is_no_fault_of_the_product,
	  a_run_ended_in_order_may_be_resumed_after_a_restart_without_a_finding,
	  a_journal_without_an_end_is_incomplete_and_says_where_it_stops,
	  an_excess_lasts_until_a_good_reading_inside_the_limit,
	  nothing_is_known_of_the_time_between_two_runners,
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
	  a_name_that_was_never_programmed_is_a_finding_that_is_only_shown,
	  a_run_of_two_days_fits_the_buckets,
	  wrong_data_in_memory_names_its_module_where_the_firmware_maps_them,
	  of_interleaved_modules_all_are_named_with_what_they_have_in_common,
	  a_module_that_is_interleaved_with_one_that_has_no_map_is_not_accused_alone,
	  where_only_arrays_are_mapped_their_modules_are_named,
	  the_only_module_is_accused_unless_it_is_smaller_than_what_the_kernel_has,
	  an_error_that_edac_counted_names_the_slot_of_its_module,
	  what_was_verified_is_of_the_only_module_without_any_map,
	  wrong_words_of_memory_are_summed_up_with_the_pages_for_the_kernel,
	  bad_pages_are_in_the_form_that_the_kernel_of_the_machine_takes,
	  without_a_map_the_only_module_is_named_and_of_several_none,
	  a_disk_that_failed_a_request_is_told_from_one_that_gave_wrong_data,
	  how_long_requests_took_is_in_the_record_and_a_stall_is_a_finding,
	  what_came_of_trying_again_is_evidence_of_the_first_finding_of_that_worker,
	  a_kernel_that_says_which_core_found_another_wrong_is_believed,
	  a_register_that_is_wrong_after_a_move_is_named_with_both_cpus_lane_and_bit,
	  a_kernel_that_says_who_wrote_last_is_believed,
	  what_was_verified_of_each_module_is_in_the_record,
	  mismatches_that_were_only_counted_are_findings_too,
	  a_setting_that_was_not_put_back_is_a_finding,
	  resume_goes_on_with_what_is_not_done_in_the_time_of_the_same_boot,
	  after_a_restart_the_wall_clock_tells_the_time_and_never_backwards,
	  another_machine_is_refused,
	  a_disk_that_is_gone_when_the_run_goes_on_is_found_by_its_serial_number,
	  a_machine_with_none_of_the_disks_or_with_another_one_is_refused,
	  a_machine_that_is_whole_when_the_run_goes_on_has_lost_nothing,
	  a_run_that_is_done_or_was_stopped_by_the_guard_does_not_go_on,
	  a_damaged_journal_is_a_finding_and_does_not_go_on)
