/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is left to do of a journal, and when nothing goes on. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "tests/unit/pen_fixture.h"

#include <string.h>
#include <unistd.h>

static int plan_again(struct pen *pen, const struct resume_now *now, struct resume *resume,
		      struct err *err)
{
	journal_scan_release(&pen->scan);
	ck_assert_int_eq(journal_load(pen->f.journal, &pen->bytes, &pen->scan, NULL), 0);
	return resume_plan(&pen->scan, pen_record_of(pen), now, resume, err);
}

START_TEST(resume_goes_on_with_what_is_not_done_in_the_time_of_the_same_boot)
{
	struct resume resume = RESUME_INIT;
	struct pen pen;
	struct resume_now now = { .boot = "boot-one", .boot_ns = 1300 * SECOND };

	pen_init(&pen);
	now.inventory = &pen.f.inventory;
	pen_step_start(&pen, 0, 1, SECOND);
	pen_step_end(&pen, 0, 1, OUTCOME_DONE, 61 * SECOND);
	pen_step_start(&pen, 1, 1, 62 * SECOND);
	ck_assert_int_eq(plan_again(&pen, &now, &resume, NULL), 0);
	ck_assert_int_eq(resume.past.time_ns, 300 * SECOND);
	ck_assert(resume.past.progress[0].ended);
	ck_assert(!resume.past.progress[1].ended);
	ck_assert_uint_eq(resume.past.progress[1].attempts, 1);
	ck_assert_uint_eq(resume.past.series_count, PEN_SERIES);
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
	pen_step_start(&pen, 0, 1, 62 * SECOND);
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
	pen_step_start(&pen, 0, 1, 62 * SECOND);
	plan_with_disk(&pen, "block/sda", "DISK-B", &resume);
	ck_assert_uint_eq(resume.past.lost_count, 1);
	ck_assert_str_eq(resume.past.lost[0], "block/sda");
	pen_resumed_without(&pen, &resume, 900 * SECOND);
	resume_release(&resume);
	pen_record_of(&pen);
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
	pen_step_start(&pen, 0, 1, 62 * SECOND);
	plan_with_disk(&pen, "block/sdb", "DISK-A", &resume);
	ck_assert_uint_eq(resume.past.lost_count, 0);
	pen_resumed_without(&pen, &resume, 900 * SECOND);
	resume_release(&resume);
	pen_record_of(&pen);
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
	pen_step_start(&pen, 0, 1, 62 * SECOND);
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
		pen_ended(&pen, cause[i], 9 * SECOND);
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
	pen_step_start(&pen, 0, 1, SECOND);
	pen_step_end(&pen, 0, 1, OUTCOME_DONE, 61 * SECOND);
	pen_ended(&pen, "done", 62 * SECOND);
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

UNIT_MAIN("resume",
	  resume_goes_on_with_what_is_not_done_in_the_time_of_the_same_boot,
	  after_a_restart_the_wall_clock_tells_the_time_and_never_backwards,
	  another_machine_is_refused,
	  a_disk_that_is_gone_when_the_run_goes_on_is_found_by_its_serial_number,
	  a_machine_that_is_whole_when_the_run_goes_on_has_lost_nothing,
	  a_machine_with_none_of_the_disks_or_with_another_one_is_refused,
	  a_run_that_is_done_or_was_stopped_by_the_guard_does_not_go_on,
	  a_damaged_journal_is_a_finding_and_does_not_go_on)
