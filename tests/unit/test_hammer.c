/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/model/plan_step.h"
#include "harness/run/mounts.h"
#include "harness/stress/hammer_rows.h"
#include "harness/stress/mix.h"
#include "harness/stress/stressor.h"
#include "tests/unit/tree.h"
#include "tests/unit/unit.h"

#include <string.h>

enum { BANKS = 16, ROW = 8192, ROWS = 12 };

/* A machine: 16 banks, rows of 8 KiB one bank after the other; some pairs are disturbed once. */
static struct machine {
	uint64_t conflict, other, measurements;
	uint64_t noise_every; /* 0: never */
} machine;

static uint64_t take(void *context, size_t one, size_t other)
{
	struct machine *m = context;
	size_t a = one / ROW, b = other / ROW;
	uint64_t took = a % BANKS == b % BANKS && a != b ? m->conflict : m->other;

	m->measurements++;
	if (m->noise_every && m->measurements % m->noise_every == 0)
		took *= 3;
	return took;
}

static size_t find(size_t base, size_t *row)
{
	const struct hammer_timing timing = { .pair = take, .context = &machine };
	size_t line[HAMMER_LINES], i;

	for (i = 0; i < HAMMER_LINES; i++)
		line[i] = (size_t)(mix_at(3, i) % (1 << 24)) * 64;
	return hammer_rows_find(&timing, base, line, HAMMER_LINES, row, ROWS);
}

START_TEST(lines_of_other_rows_of_the_same_bank_are_found_and_no_others)
{
	size_t row[ROWS], base = 5 * ROW + 128, count, i;

	machine = (struct machine){ .conflict = 130, .other = 100 };
	count = find(base, row);
	ck_assert_uint_eq(count, ROWS);
	for (i = 0; i < count; i++) {
		ck_assert_uint_eq(row[i] / ROW % BANKS, 5);
		ck_assert_uint_ne(row[i] / ROW, 5);
	}
}
END_TEST

START_TEST(what_was_disturbed_once_is_not_taken_for_a_conflict)
{
	size_t row[ROWS], count, i;

	machine = (struct machine){ .conflict = 130, .other = 100, .noise_every = 7 };
	count = find(0, row);
	ck_assert_uint_gt(count, 4);
	for (i = 0; i < count; i++)
		ck_assert_uint_eq(row[i] / ROW % BANKS, 0);
}
END_TEST

START_TEST(where_conflicts_do_not_show_none_is_found)
{
	size_t row[ROWS];

	machine = (struct machine){ .conflict = 105, .other = 100, .noise_every = 50 };
	ck_assert_uint_eq(find(0, row), 0);
	machine = (struct machine){ .conflict = 0, .other = 0 };
	ck_assert_uint_eq(find(0, row), 0);
}
END_TEST

START_TEST(any_file_system_that_can_be_written_stands_in_the_way)
{
#define MEMORY                                                                                     \
	"20 1 0:19 / / rw - tmpfs tmpfs rw,size=1g\n21 20 0:20 / /proc rw - proc proc rw\n"        \
	"22 20 7:0 / /lib/live ro - squashfs /dev/loop0 ro\n"
	static const struct {
		const char *mounts, *where;
	} row[] = {
		{ MEMORY, NULL },
		{ MEMORY "30 20 8:1 / /mnt ro - ext4 /dev/sda1 ro\n", NULL },
		{ MEMORY "30 20 8:1 / /mnt rw - ext4 /dev/sda1 rw,errors=remount-ro\n", "/mnt" },
		/* Read-only here, and not everywhere. */
		{ MEMORY "30 20 8:1 / /mnt ro - ext4 /dev/sda1 rw\n", "/mnt" },
		{ MEMORY "30 20 0:50 / /srv rw - nfs4 10.0.0.1:/srv rw,vers=4\n", "/srv" },
		{ MEMORY "30 20 0:50 / /sys/firmware/efi/efivars rw - efivarfs efivarfs rw\n",
		  "/sys/firmware/efi/efivars" },
	};
	const struct kernel_spec *kernel = stressor_find("mem.hammer")->spec;
	const struct plan_step hammer = { .name = "h", .kernel = kernel };
	const struct plan_step march = { .name = "m", .kernel = stressor_find("mem.march")->spec };
	const struct plan_step both = { .name = "b",
					.kernel = march.kernel,
					.mode = { .kernel = &kernel, .kernel_count = 1 } };
	size_t i;

	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		AUTO(arena_release) struct arena arena = ARENA_INIT;
		struct tree tree = tree_make();
		struct err err = ERR_INIT;
		struct sysroot *root;
		const char *where;

		tree_file(&tree, "proc/self/mountinfo", row[i].mounts);
		tree_folder(&tree, "sys");
		root = sysroot_open(tree.top, &err);
		ck_assert_msg(root != NULL, "%s", err.plain);
		where = mounts_writable(root, &arena);
		ck_assert_msg(!where == !row[i].where, "row %zu: %s", i, where ? where : "none");
		if (where)
			ck_assert_str_eq(where, row[i].where);
		ck_assert_int_eq(plan_check_mounts(&hammer, where, &err),
				 where ? ERR_UNSUPPORTED : 0);
		ck_assert_int_eq(plan_check_mounts(&both, where, &err),
				 where ? ERR_UNSUPPORTED : 0);
		ck_assert_int_eq(plan_check_mounts(&march, where, NULL), 0);
		if (where)
			ck_assert_ptr_nonnull(strstr(err.plain, where));
		sysroot_free(root);
		tree_remove(&tree);
	}
}
END_TEST

UNIT_MAIN("hammer", lines_of_other_rows_of_the_same_bank_are_found_and_no_others,
	  what_was_disturbed_once_is_not_taken_for_a_conflict,
	  where_conflicts_do_not_show_none_is_found,
	  any_file_system_that_can_be_written_stands_in_the_way)
