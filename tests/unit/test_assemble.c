/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a record makes of a journal: samples, steps, interruptions. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "tests/unit/pen_fixture.h"

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
	pen_step_start(&pen, 0, 1, SECOND);
	pen_reading(&pen, 0, 2, 50000);
	pen_step_end(&pen, 0, 1, OUTCOME_DONE, 61 * SECOND);
	pen_ended(&pen, "done", 62 * SECOND);
	pen_record_of(&pen);
	buf_add(&first, pen.f.finish.record_bytes.data, pen.f.finish.record_bytes.size);
	pen_record_of(&pen);
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
	pen_step_start(&pen, 0, 1, SECOND);
	pen_step_end(&pen, 0, 1, OUTCOME_DONE, 20 * SECOND + 300000000);
	pen_step_start(&pen, 1, 1, 30 * SECOND + 700000000);
	pen_step_end(&pen, 1, 1, OUTCOME_DONE, 50 * SECOND);
	for (i = 0; i < ARRAY_SIZE(row); i++) {
		sample.series = row[i].series;
		sample.time_ns = row[i].time_ns;
		frame_write_samples(&pen.book.text, &sample, 1);
		book_put(&pen.book, FRAME_SAMPLES, 51 * SECOND);
	}
	pen_ended(&pen, "done", 52 * SECOND);
	record = pen_record_of(&pen);
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
	pen_step_start(&pen, 0, 1, SECOND);
	pen_reading(&pen, 0, 5, 50000);
	pen_resumed(&pen, "boot-two", 100 * SECOND);
	record = pen_record_of(&pen);
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
	pen_step_start(&pen, 0, 1, SECOND);
	pen_resumed(&pen, "boot-one", 100 * SECOND);
	pen_step_start(&pen, 0, 2, 101 * SECOND);
	pen_step_end(&pen, 0, 2, OUTCOME_DONE, 161 * SECOND);
	pen_record_of(&pen);
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
	pen_step_start(&pen, 0, 1, SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_SIGNAL, signal, &signal, 2 * SECOND);
	pen_step_end(&pen, 0, 1, OUTCOME_INTERRUPTED, 3 * SECOND);
	pen_ended(&pen, "signal", 4 * SECOND);
	record = pen_record_of(&pen);
	ck_assert(record->complete);
	ck_assert_int_eq(record->interruption->resumed_ns, -1);
	pen_resumed(&pen, "boot-two", 500 * SECOND);
	record = pen_record_of(&pen);
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
	pen_step_start(&pen, 0, 1, SECOND);
	pen_reading(&pen, 0, 9, 50000);
	record = pen_record_of(&pen);
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
	pen_reading(&pen, 0, 1, 50000);
	pen_reading(&pen, 0, 10, 91000);
	pen_reading(&pen, 0, 12, 80000);
	pen_reading(&pen, 0, 20, 95000);
	frame_write_samples(&pen.book.text, &silent, 1);
	book_put(&pen.book, FRAME_SAMPLES, silent.time_ns);
	pen_reading(&pen, 0, 26, 94000);
	pen_reading(&pen, 0, 28, 70000);
	pen_ended(&pen, "done", 62 * SECOND);
	excess = pen_record_of(&pen)->series[0].excess;
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
	pen_reading(&pen, 0, 10, 91000);
	pen_resumed(&pen, "boot-one", 5000 * SECOND);
	pen_reading(&pen, 0, 5001, 91000);
	pen_reading(&pen, 0, 5002, 50000);
	ck_assert_int_eq(pen_record_of(&pen)->series[0].excess->longest_ns, SECOND);
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
		pen_reading(&pen, 2, hour * 3600, 1000 * hour);
	record = pen_record_of(&pen);
	series = &record->series[2];
	ck_assert_int_eq(record->bucket_ns, 300 * SECOND);
	ck_assert_uint_eq(series->bucket_count, 48);
	ck_assert_uint_eq(series->bucket[47].index, 47 * 12);
	ck_assert_int_eq(series->bucket[47].mean, 47000);
	pen_release(&pen);
}
END_TEST

UNIT_MAIN("assemble",
	  samples_are_unpacked_as_they_were_packed_and_never_beyond_their_bytes,
	  the_same_journal_gives_the_same_record,
	  a_rate_of_work_at_the_edge_of_a_step_is_in_a_bucket_of_that_step,
	  a_boot_id_that_changed_without_announcement_is_a_finding,
	  a_runner_that_went_away_is_no_fault_of_the_product,
	  a_run_ended_in_order_may_be_resumed_after_a_restart_without_a_finding,
	  a_journal_without_an_end_is_incomplete_and_says_where_it_stops,
	  an_excess_lasts_until_a_good_reading_inside_the_limit,
	  nothing_is_known_of_the_time_between_two_runners,
	  a_run_of_two_days_fits_the_buckets)
