/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row may do to the runner: nothing. */
#include "tests/unit/unit.h"

#include "probes/probe.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void answer(struct inventory *inventory, const char *class)
{
	char id[32];

	snprintf(id, sizeof(id), "%s/0", class);
	component_text(inventory, inventory_add(inventory, class, id, NULL), "a", "b", "test",
		       CERTAINTY_CERTAIN);
	inventory_class(inventory, class, PRESENCE_PRESENT, NULL);
}

static int good(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	(void)place;
	(void)err;
	answer(inventory, "good");
	return 0;
}

static int crashing(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	(void)place;
	(void)err;
	answer(inventory, "crashing");
	/* As a wild pointer would, whatever a sanitizer makes of those. */
	signal(SIGSEGV, SIG_DFL);
	raise(SIGSEGV);
	return 0;
}

static int exiting(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	(void)place;
	(void)inventory;
	(void)err;
	fputs("pcilib: cannot open it\n", stderr);
	exit(7);
}

static int printing(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	(void)place;
	(void)err;
	answer(inventory, "printing");
	printf("{\"garbage\":\x01\n");
	return 0;
}

static int hanging(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	(void)place;
	(void)inventory;
	(void)err;
	while (pause())
		;
	return 0;
}

static int failing(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	(void)place;
	answer(inventory, "failing");
	return err_set(err, ERR_IO, "the disk is on fire");
}

static int silent(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	(void)place;
	(void)inventory;
	(void)err;
	return 0;
}

#define ROW(row)                                                                                   \
	static const struct probe row_##row = { .name = #row, .summary = "", .reads = reads,       \
						.scan = row }
static const char *const reads[] = { NULL };
ROW(good);
ROW(crashing);
ROW(exiting);
ROW(printing);
ROW(hanging);
ROW(failing);
ROW(silent);

/* Probe with one bad row between two good ones. */
static void run(const struct probe *bad, struct inventory *inventory)
{
	static const struct probe last = { .name = "last", .summary = "", .reads = reads,
					   .scan = good };
	const struct probe *const row[] = { &row_good, bad, &last };
	struct err err = ERR_INIT;
	struct sysroot *root = sysroot_open(NULL, &err);
	struct probe_place place = { .root = root, .limit_ns = 300 * 1000000 };

	ck_assert_ptr_nonnull(root);
	ck_assert_int_eq(probe_rows(row, 3, &place, inventory, &err), 0);
	sysroot_free(root);
	ck_assert_ptr_nonnull(inventory_find(inventory, "good/0"));
	ck_assert_ptr_nonnull(inventory_find(inventory, "good/0#2"));
	ck_assert_int_eq(inventory_class_state(inventory, "good")->presence, PRESENCE_PRESENT);
}

static void check_bad(const struct probe *bad, const char *code, const char *words)
{
	struct inventory inventory = INVENTORY_INIT;
	const struct class_state *state;
	const struct problem *problem;

	run(bad, &inventory);
	state = inventory_class_state(&inventory, bad->name);
	ck_assert_ptr_nonnull(state);
	ck_assert_int_eq(state->presence, PRESENCE_UNREADABLE);
	ck_assert_ptr_nonnull(strstr(state->note, words));
	problem = inventory.problem;
	ck_assert_ptr_nonnull(problem);
	ck_assert_str_eq(problem->code, code);
	ck_assert_str_eq(problem->class, bad->name);
	inventory_release(&inventory);
}

START_TEST(a_row_that_crashes_is_a_problem_with_its_signal)
{
	check_bad(&row_crashing, "child-crashed", "signal 11");
}
END_TEST

START_TEST(a_row_that_exits_is_a_problem_with_its_status)
{
	check_bad(&row_exiting, "child-exited", "status 7");
}
END_TEST

START_TEST(a_row_that_hangs_is_killed_at_the_limit)
{
	check_bad(&row_hanging, "child-hung", "timed out");
}
END_TEST

START_TEST(what_a_library_prints_is_heard_and_does_not_spoil_the_answer)
{
	struct inventory inventory = INVENTORY_INIT;

	/* What this process had not written yet is not taken for the child's. */
	printf("of the parent");
	run(&row_printing, &inventory);
	ck_assert_int_eq(inventory_class_state(&inventory, "printing")->presence,
			 PRESENCE_PRESENT);
	ck_assert_ptr_nonnull(inventory_find(&inventory, "printing/0"));
	ck_assert_str_eq(inventory.problem->code, "library-output");
	ck_assert_str_eq(inventory.problem->detail, "a library said: {\"garbage\":");
	inventory_release(&inventory);
}
END_TEST

START_TEST(the_last_words_of_a_library_that_exits_are_kept)
{
	struct inventory inventory = INVENTORY_INIT;

	run(&row_exiting, &inventory);
	ck_assert_str_eq(inventory.problem->next->code, "library-output");
	ck_assert_ptr_nonnull(strstr(inventory.problem->next->detail, "pcilib: cannot open it"));
	inventory_release(&inventory);
}
END_TEST

START_TEST(a_row_that_fails_makes_its_class_unreadable_and_says_why)
{
	struct inventory inventory = INVENTORY_INIT;

	run(&row_failing, &inventory);
	ck_assert_int_eq(inventory_class_state(&inventory, "failing")->presence,
			 PRESENCE_UNREADABLE);
	ck_assert_str_eq(inventory_class_state(&inventory, "failing")->note, "the disk is on fire");
	inventory_release(&inventory);
}
END_TEST

START_TEST(a_row_without_an_answer_is_not_taken_for_absent)
{
	struct inventory inventory = INVENTORY_INIT;

	run(&row_silent, &inventory);
	ck_assert_int_eq(inventory_class_state(&inventory, "silent")->presence,
			 PRESENCE_UNREADABLE);
	inventory_release(&inventory);
}
END_TEST

START_TEST(an_unknown_class_is_refused_and_rows_run_in_table_order)
{
	static const char *const unknown[] = { "cpu", "gpu" };
	static const char *const two[] = { "os", "kernel", "os" };
	struct inventory inventory = INVENTORY_INIT;
	struct err err = ERR_INIT;
	struct sysroot *root = sysroot_open(NULL, &err);
	struct probe_place place = { .root = root };

	ck_assert_int_eq(probe_classes(&place, unknown, 2, &inventory, &err), ERR_NOT_FOUND);
	ck_assert_int_eq(probe_classes(&place, two, 3, &inventory, NULL), 0);
	ck_assert_str_eq(inventory.class_state->name, "kernel");
	ck_assert_str_eq(inventory.class_state->next->name, "os");
	ck_assert_ptr_null(inventory.class_state->next->next);
	sysroot_free(root);
	inventory_release(&inventory);
}
END_TEST

UNIT_MAIN("probe_runner", a_row_that_crashes_is_a_problem_with_its_signal,
	  a_row_that_exits_is_a_problem_with_its_status, a_row_that_hangs_is_killed_at_the_limit,
	  what_a_library_prints_is_heard_and_does_not_spoil_the_answer,
	  the_last_words_of_a_library_that_exits_are_kept,
	  a_row_that_fails_makes_its_class_unreadable_and_says_why,
	  a_row_without_an_answer_is_not_taken_for_absent,
	  an_unknown_class_is_refused_and_rows_run_in_table_order)
