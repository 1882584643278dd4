/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings that follow from what workers did. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/stress/disk_block.h"
#include "harness/stress/hold.h"
#include "tests/unit/pen_fixture.h"

#include <string.h>

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
	pen_step_start(&pen, 0, 1, SECOND);
	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct frame_mismatch seen = {
			.attempt = 1, .isa = "scalar", .got = 4, .phase = row[i].kind << 56 | 2
		};

		BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	}
	finding = pen_record_of(&pen)->finding;
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
	pen_step_start(&pen, 0, 1, SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_STEP_END, step_end, &value, 3 * SECOND);
	finding = pen_record_of(&pen)->finding;
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
		.repeat = { .worker = 1, .cpu = 1, .clock = REPEAT_CLOCK_SET, .pass_count = 6, .pass = {
			{ REPEAT_SAME, 1, 100, 40, 39, 2900, 0x3 },
			{ REPEAT_PLAIN, 1, 100, 0, 0, 2900, 0 },
			{ REPEAT_SLOW, 1, 100, 0, 0, 800, 0 },
			{ REPEAT_FAST, 1, 100, 9, 9, 3100, 0x1 },
			{ REPEAT_OTHER, 0, 100, 0, 0, 2901, 0 },
			{ REPEAT_RESTED, 1, 100, 0, 0, 3100, 0 },
		} },
	};
	const struct finding *finding;
	struct pen pen;

	pen_init(&pen);
	pen_step_start(&pen, 0, 1, SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	seen.cpu = seen.worker = 1;
	BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_REPEAT, repeat, &value, 3 * SECOND);
	value.repeat.cpu = 7;
	value.warm = value.rested = INT64_MIN;
	BOOK_ADD_AT(&pen.book, FRAME_REPEAT, repeat, &value, 3 * SECOND);
	finding = pen_record_of(&pen)->finding;
	ck_assert_ptr_null(finding_get(finding, "repeat"));
	finding = finding->next;
	ck_assert_str_eq(finding_get(finding, "repeat"), "intermittent");
	ck_assert_str_eq(finding_get(finding, "repeat_cores"), "one-core");
	ck_assert_str_eq(finding_get(finding, "repeat_code"), "this-set-only");
	ck_assert_str_eq(finding_get(finding, "repeat_clock"), "high-only");
	ck_assert_str_eq(finding_get(finding, "repeat_3_slow"),
			 "cpu 1: 0 of 100 wrong, 0 with the same word, 800 MHz");
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
	pen_step_start(&pen, 0, 1, SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	finding = pen_record_of(&pen)->finding;
	ck_assert_str_eq(finding->code->code, "cpu-mismatch");
	ck_assert_str_eq(finding_get(finding, "cpu"), "0");
	ck_assert_str_eq(finding_get(finding, "judge"), "cpu 1");
	pen_release(&pen);
}
END_TEST

/* Each half counts its workers from 0: the first of those beside is the second of all. */
START_TEST(a_worker_that_a_kernel_beside_another_names_is_one_of_its_own_half)
{
	struct frame_mismatch seen = { .attempt = 1, .isa = "scalar", .want = 1, .got = 3, .cpu = 1,
				       .worker = 1, .node = -1, .phase = 5 << 16,
				       .kernel = "test.judged" };
	const struct finding *finding;
	struct pen pen;

	pen_make(&pen, "  - {name: o, kernel: test.owner, beside: test.judged, duration: 1m, "
		       "bytes: 16MiB, cpus: 0-1}\n");
	pen_start(&pen);
	pen_step_start(&pen, 0, 1, SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	seen.kernel = "test.owner";
	seen.address = 0x7000;
	BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	finding = pen_record_of(&pen)->finding;
	ck_assert_str_eq(finding->code->code, "cpu-mismatch");
	ck_assert_str_eq(finding_get(finding, "judge"), "cpu 1");
	ck_assert_str_eq(finding->next->code->code, "memory-mismatch");
	ck_assert_str_eq(finding_get(finding->next, "last_writer"), "cpu 0");
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
	pen_step_start(&pen, 0, 1, SECOND);
	for (i = 0; i < ARRAY_SIZE(row); i++) {
		seen.at = row[i].at;
		BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	}
	finding = pen_record_of(&pen)->finding;
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
	pen_step_start(&pen, 0, 1, SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	finding = pen_record_of(&pen)->finding;
	ck_assert_str_eq(finding_get(finding, "cpu"), "0");
	ck_assert_str_eq(finding_get(finding, "last_writer"), "cpu 1");
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
	pen_step_start(&pen, 0, 1, SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_STEP_END, step_end, &value, 3 * SECOND);
	finding = pen_record_of(&pen)->finding;
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
	pen_record_of(&pen);
	ck_assert_ptr_nonnull(live_fixture_finding(&pen.f, "setting-not-restored"));
	BOOK_ADD_AT(&pen.book, FRAME_RESTORE, restore, &restore, SECOND);
	pen_record_of(&pen);
	ck_assert_ptr_null(live_fixture_finding(&pen.f, "setting-not-restored"));
	pen_release(&pen);
}
END_TEST

/* --- resume ----------------------------------------------------------------------------------- */

UNIT_MAIN("assemble work",
	  a_disk_that_failed_a_request_is_told_from_one_that_gave_wrong_data,
	  how_long_requests_took_is_in_the_record_and_a_stall_is_a_finding,
	  what_came_of_trying_again_is_evidence_of_the_first_finding_of_that_worker,
	  a_kernel_that_says_which_core_found_another_wrong_is_believed,
	  a_worker_that_a_kernel_beside_another_names_is_one_of_its_own_half,
	  a_register_that_is_wrong_after_a_move_is_named_with_both_cpus_lane_and_bit,
	  a_kernel_that_says_who_wrote_last_is_believed,
	  mismatches_that_were_only_counted_are_findings_too,
	  a_setting_that_was_not_put_back_is_a_finding)
