/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A stick is a file system in memory, mounted in a mount namespace of the test's own; what hangs it on USB
 * is planted in a small root. Where that is not allowed, the test says so and ends.
 */
#include "tests/unit/tree.h"
#include "tests/unit/unit.h"

#include "harness/run/stick.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define USB "../../devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/host3/target3:0:0/3:0:0:0/block/sdb"
#define ATA "../../devices/pci0000:00/0000:00:17.0/ata2/host1/target1:0:0/1:0:0:0/block/sda"

static struct tree tree;
static struct sysroot *root;
static char folder[300];

static bool start(void)
{
	struct err err = ERR_INIT;

	tree = tree_make();
	tree_folder(&tree, "stick");
	tree_folder(&tree, "root/proc/self");
	tree_folder(&tree, "root/sys/dev/block");
	tree_folder(&tree, "root/sys/class/block");
	tree_folder(&tree, "root/sys/devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/host3/target3:0:0/3:0:0:0/block/sdb");
	tree_folder(&tree, "root/sys/devices/pci0000:00/0000:00:17.0/ata2/host1/target1:0:0/1:0:0:0/block/sda");
	if ((unshare(CLONE_NEWNS) < 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount("stick", tree_path(&tree, "stick"), "tmpfs", 0, NULL) < 0) {
		fprintf(stderr, "not run: no mount namespace is allowed here\n");
		tree_remove(&tree);
		return false;
	}
	tree_folder(&tree, "stick/runs/one");
	snprintf(folder, sizeof(folder), "%s", tree_path(&tree, "stick/runs/one"));
	root = sysroot_open(tree_path(&tree, "root"), &err);
	ck_assert_msg(root != NULL, "%s", err.plain);
	return true;
}

static void stop(void)
{
	root = sysroot_free(root);
	umount2(tree_path(&tree, "stick"), MNT_DETACH);
	tree_remove(&tree);
}

/* What the number of the file system leads to. */
static void plant_number(const char *target)
{
	struct stat status;
	char path[128];

	ck_assert_int_eq(stat(folder, &status), 0);
	snprintf(path, sizeof(path), "root/sys/dev/block/%u:%u", major(status.st_dev),
		 minor(status.st_dev));
	unlink(tree_path(&tree, path));
	tree_link(&tree, path, target);
}

START_TEST(a_stick_is_written_on_only_with_the_marker_file_in_its_top_folder)
{
	struct err err = ERR_INIT;

	if (!start())
		return;
	plant_number(USB);
	ck_assert_int_eq(stick_check(root, folder, &err), ERR_UNSUPPORTED);
	ck_assert_ptr_nonnull(strstr(err.plain, STICK_FILE));
	/* Not where the run is, not with other words, not by a link. */
	tree_file(&tree, "stick/runs/one/" STICK_FILE, STICK_LINE "\n");
	ck_assert_int_eq(stick_check(root, folder, NULL), ERR_UNSUPPORTED);
	tree_file(&tree, "stick/" STICK_FILE, "this stick may be read\n");
	ck_assert_int_eq(stick_check(root, folder, NULL), ERR_UNSUPPORTED);
	tree_file(&tree, "stick/" STICK_FILE, STICK_LINE "s everything\n");
	ck_assert_int_eq(stick_check(root, folder, NULL), ERR_UNSUPPORTED);
	unlink(tree_path(&tree, "stick/" STICK_FILE));
	tree_link(&tree, "stick/" STICK_FILE, "runs/one/" STICK_FILE);
	ck_assert_int_eq(stick_check(root, folder, NULL), ERR_UNSUPPORTED);
	unlink(tree_path(&tree, "stick/" STICK_FILE));
	tree_file(&tree, "stick/" STICK_FILE, STICK_LINE "\r\n");
	ck_assert_msg(stick_check(root, folder, &err) == 0, "%s", err.plain);
	tree_file(&tree, "stick/" STICK_FILE, STICK_LINE);
	ck_assert_int_eq(stick_check(root, folder, NULL), 0);
	stop();
}
END_TEST

START_TEST(a_disk_inside_the_machine_needs_no_marker)
{
	if (!start())
		return;
	ck_assert_int_eq(stick_check(root, folder, NULL), 0);
	plant_number(ATA);
	ck_assert_int_eq(stick_check(root, folder, NULL), 0);
	stop();
}
END_TEST

START_TEST(a_stick_below_a_device_mapper_or_with_a_number_of_its_own_is_one_too)
{
	struct stat status;
	char line[256];

	if (!start())
		return;
	plant_number("../../devices/virtual/block/dm-0");
	tree_link(&tree, "root/sys/devices/virtual/block/dm-0/slaves/sdb", "../../../../../class/block/sdb");
	tree_link(&tree, "root/sys/class/block/sdb", USB);
	ck_assert_int_eq(stick_check(root, folder, NULL), ERR_UNSUPPORTED);
	plant_number(ATA);
	ck_assert_int_eq(stick_check(root, folder, NULL), 0);
	/* btrfs: only the mounts say what it lies on. */
	ck_assert_int_eq(stat(folder, &status), 0);
	snprintf(line, sizeof(line),
		 "21 1 8:1 / / rw - ext4 /dev/sda1 rw\n30 21 %u:%u / /media/x rw shared:3 - btrfs /dev/sdb rw\n",
		 major(status.st_dev), minor(status.st_dev));
	tree_file(&tree, "root/proc/self/mountinfo", line);
	ck_assert_int_eq(stick_check(root, folder, NULL), ERR_UNSUPPORTED);
	stop();
}
END_TEST

UNIT_MAIN("stick", a_stick_is_written_on_only_with_the_marker_file_in_its_top_folder,
	  a_disk_inside_the_machine_needs_no_marker,
	  a_stick_below_a_device_mapper_or_with_a_number_of_its_own_is_one_too)
