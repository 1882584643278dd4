/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/model/fence.h"
#include "harness/run/disk_state.h"
#include "tests/unit/tree.h"
#include "tests/unit/unit.h"

#include <string.h>

#define GIB (1LL << 30)

/* --- which disk ------------------------------------------------------------------------------- */

static struct component *add_disk(struct inventory *inventory, const char *id, const char *slot,
				  const char *transport, const char *serial)
{
	struct component *disk = inventory_add(inventory, "block", id, NULL);

	component_text(inventory, disk, "slot", slot, "test", CERTAINTY_CERTAIN);
	component_text(inventory, disk, "model", "YMTC PC300 512G", "test", CERTAINTY_CERTAIN);
	component_text(inventory, disk, "transport", transport, "test", CERTAINTY_CERTAIN);
	component_number(inventory, disk, "size_bytes", 512 * GIB, "test", CERTAINTY_CERTAIN);
	component_number(inventory, disk, "read_only", 0, "test", CERTAINTY_CERTAIN);
	if (serial)
		component_text(inventory, disk, "serial", serial, "test", CERTAINTY_CERTAIN);
	return disk;
}

/* What fence_choose says of a machine with these disks, "" when it chooses one. */
static void says(const struct inventory *inventory, const struct disk_state *state, const char *slot,
		 const char *words)
{
	const struct fence_disk fence = { .name = "data", .slot = slot, .model = "YMTC*" };
	const struct fence_machine machine = { inventory, state, state ? 1 : 0 };
	struct fenced_disk disk;
	struct err err = ERR_INIT;
	int code = fence_choose(&fence, &machine, &disk, &err);

	if (!*words) {
		ck_assert_msg(code == 0, "%s", err.plain);
		ck_assert_str_eq(disk.device, state->device);
		ck_assert_str_eq(disk.serial, "SN1");
		ck_assert_uint_eq(disk.size_bytes, 512 * GIB);
		return;
	}
	ck_assert_int_eq(code, ERR_UNSUPPORTED);
	ck_assert_msg(strstr(err.plain, words) != NULL, "'%s' lacks '%s'", err.plain, words);
}

START_TEST(a_disk_is_chosen_only_when_slot_and_model_fit_one)
{
	const struct disk_state unused = { "nvme0n1", DISK_UNUSED, NULL };
	struct inventory inventory = INVENTORY_INIT;

	add_disk(&inventory, "block/nvme0n1", "pci-0000:01:00.0-nvme-1", "nvme", "SN1");
	add_disk(&inventory, "block/nvme1n1", "pci-0000:02:00.0-nvme-1", "nvme", "SN2");
	says(&inventory, &unused, "pci-0000:01:00.0-*", "");
	says(&inventory, &unused, "pci-*", "nvme0n1 and nvme1n1 both fit disk 'data'");
	says(&inventory, &unused, "pci-0000:03:00.0-*", "no disk fits 'data'");
	inventory_release(&inventory);
}
END_TEST

START_TEST(a_disk_in_use_is_refused_and_the_words_say_by_what)
{
	static const struct {
		struct disk_state state;
		const char *words;
	} row[] = {
		{ { "nvme0n1", DISK_MOUNTED, "/home" }, "mounted at /home" },
		{ { "nvme0n1", DISK_SWAP, "nvme0n1p3" }, "swap on nvme0n1p3" },
		{ { "nvme0n1", DISK_HELD, "md0" }, "part of md0" },
		{ { "nvme0n1", DISK_FABRIC, "NVMe over tcp" }, "hangs on NVMe over tcp" },
		{ { "nvme0n1", DISK_SEVERAL_WAYS, NULL }, "several ways" },
		{ { "nvme0n1", DISK_UNKNOWN, NULL }, "is not known" },
		{ { "sda", DISK_UNUSED, NULL }, "is not known" },
	};
	struct inventory inventory = INVENTORY_INIT;
	size_t i;

	add_disk(&inventory, "block/nvme0n1", "pci-0000:01:00.0-nvme-1", "nvme", "SN1");
	for (i = 0; i < ARRAY_SIZE(row); i++)
		says(&inventory, &row[i].state, "*", row[i].words);
	inventory_release(&inventory);
}
END_TEST

START_TEST(a_disk_outside_the_machine_is_refused)
{
	static const char *const way[] = { "fc", "iscsi", "nvme-of", "usb" };
	const struct disk_state unused = { "sda", DISK_UNUSED, NULL };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(way); i++) {
		struct inventory inventory = INVENTORY_INIT;

		add_disk(&inventory, "block/sda", "pci-0000:03:00.0-scsi-0:0:0", way[i], "SN1");
		says(&inventory, &unused, "*", way[i]);
		inventory_release(&inventory);
	}
}
END_TEST

START_TEST(a_disk_without_a_number_or_with_that_of_another_is_refused)
{
	const struct disk_state unused = { "sda", DISK_UNUSED, NULL };
	struct inventory none = INVENTORY_INIT, twice = INVENTORY_INIT;

	add_disk(&none, "block/sda", "pci-0000:03:00.0-scsi-0:0:0", "sas", NULL);
	says(&none, &unused, "*", "no serial number");
	add_disk(&twice, "block/sda", "pci-0000:03:00.0-scsi-0:0:0", "sas", "SN1");
	add_disk(&twice, "block/sdb", "pci-0000:04:00.0-scsi-0:0:0", "sas", "SN1");
	says(&twice, &unused, "pci-0000:03*", "sda and sdb have the same serial number");
	inventory_release(&none);
	inventory_release(&twice);
}
END_TEST

START_TEST(a_budget_is_never_more_than_the_disk_once)
{
	struct fence_disk fence = { .budget_milli_percent = 100000 };

	ck_assert_uint_eq(fence_budget(&fence, 512 * GIB + 7), 512 * GIB + 7);
	fence.budget_milli_percent = 25000;
	ck_assert_uint_eq(fence_budget(&fence, 512 * GIB), 128 * GIB);
	fence = (struct fence_disk){ .budget_bytes = GIB };
	ck_assert_uint_eq(fence_budget(&fence, 512 * GIB), GIB);
	fence.budget_bytes = 1024 * GIB;
	ck_assert_uint_eq(fence_budget(&fence, 512 * GIB), 512 * GIB);
}
END_TEST

START_TEST(only_a_whole_serial_number_confirms)
{
	ck_assert(fence_confirmed("SN1", "SN1"));
	ck_assert(fence_confirmed("SN0,SN1", "SN1"));
	ck_assert(!fence_confirmed("SN11", "SN1"));
	ck_assert(!fence_confirmed("SN", "SN1"));
	ck_assert(!fence_confirmed("", "SN1"));
	ck_assert(!fence_confirmed(NULL, "SN1"));
}
END_TEST

/* --- what it is used for ---------------------------------------------------------------------- */

static void expect_use(struct tree *tree, const char *device, enum disk_use use, const char *by)
{
	struct arena arena = ARENA_INIT;
	struct sysroot *root = sysroot_open(tree_path(tree, "root"), NULL);
	const struct disk_state *state;
	size_t i, count;

	ck_assert_ptr_nonnull(root);
	state = disk_states(root, &arena, &count);
	for (i = 0; i < count && strcmp(state[i].device, device); i++)
		;
	ck_assert_uint_lt(i, count);
	ck_assert_msg(state[i].use == use, "%s: use %d", device, state[i].use);
	if (by)
		ck_assert_str_eq(state[i].by, by);
	arena_release(&arena);
	sysroot_free(root);
}

START_TEST(the_use_of_a_disk_is_read_from_mounts_swaps_holders_and_ways)
{
	struct tree tree = tree_make();

	tree_file(&tree, "root/sys/block/sda/dev", "8:0\n");
	tree_file(&tree, "root/sys/block/sda/sda2/dev", "8:2\n");
	tree_file(&tree, "root/sys/block/sdb/dev", "8:16\n");
	tree_file(&tree, "root/sys/block/sdb/sdb1/dev", "8:17\n");
	tree_file(&tree, "root/sys/block/sdc/dev", "8:32\n");
	tree_file(&tree, "root/sys/block/sdc/sdc1/dev", "8:33\n");
	tree_file(&tree, "root/sys/block/sdc/sdc1/holders/dm-0", "");
	tree_file(&tree, "root/sys/block/sdd/dev", "8:48\n");
	tree_file(&tree, "root/sys/block/sde/dev", "8:64\n");
	tree_file(&tree, "root/sys/block/nvme0n1/dev", "259:0\n");
	tree_file(&tree, "root/sys/block/nvme0n1/device/transport", "tcp\n");
	tree_file(&tree, "root/sys/block/nvme1n1/dev", "259:1\n");
	tree_file(&tree, "root/sys/block/nvme1n1/device/nvme1/transport", "pcie\n");
	tree_file(&tree, "root/sys/block/nvme1n1/device/nvme2/transport", "pcie\n");
	tree_file(&tree, "root/sys/block/nvme3n1/dev", "259:3\n");
	tree_file(&tree, "root/sys/block/nvme3n1/device/transport", "pcie\n");
	tree_file(&tree, "root/proc/swaps", "Filename\tType\tSize\tUsed\tPriority\n"
					    "/dev/sdb1 partition 8 0 -2\n");
	expect_use(&tree, "sdd", DISK_UNKNOWN, NULL);
	tree_file(&tree, "root/proc/self/mountinfo",
		  "21 1 8:2 / / rw,relatime shared:1 - ext4 /dev/root rw\n"
		  "22 21 0:40 /@home /home rw shared:2 - btrfs /dev/sdd rw\n");
	expect_use(&tree, "sda", DISK_MOUNTED, "/");
	expect_use(&tree, "sdb", DISK_SWAP, "sdb1");
	expect_use(&tree, "sdc", DISK_HELD, "dm-0");
	expect_use(&tree, "sdd", DISK_MOUNTED, "/home");
	expect_use(&tree, "sde", DISK_UNUSED, NULL);
	expect_use(&tree, "nvme0n1", DISK_FABRIC, "NVMe over tcp");
	expect_use(&tree, "nvme1n1", DISK_SEVERAL_WAYS, NULL);
	expect_use(&tree, "nvme3n1", DISK_UNUSED, NULL);
	tree_remove(&tree);
}
END_TEST

UNIT_MAIN("fence", a_disk_is_chosen_only_when_slot_and_model_fit_one,
	  a_disk_in_use_is_refused_and_the_words_say_by_what, a_disk_outside_the_machine_is_refused,
	  a_disk_without_a_number_or_with_that_of_another_is_refused,
	  a_budget_is_never_more_than_the_disk_once, only_a_whole_serial_number_confirms,
	  the_use_of_a_disk_is_read_from_mounts_swaps_holders_and_ways)
