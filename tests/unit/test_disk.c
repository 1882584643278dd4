/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/sys/disk.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static char path[96];

static void setup_folder(void)
{
	snprintf(folder, sizeof(folder), "/tmp/cuihuo-disk.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/file", folder);
}

static void check_content(const char *name, const char *want)
{
	struct buf got = BUF_INIT;

	ck_assert_int_eq(disk_read_file(name, 1 << 20, &got, NULL), 0);
	ck_assert_str_eq(got.data, want);
	buf_release(&got);
}

static void remove_folder(void)
{
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(rmdir(folder), 0);	/* nothing else was left in it */
}

START_TEST(a_file_is_replaced_whole)
{
	setup_folder();
	ck_assert_int_eq(disk_replace(path, "old", 3, 0, NULL), 0);
	ck_assert_int_eq(disk_replace(path, "newer", 5, 0, NULL), 0);
	check_content(path, "newer");
	remove_folder();
}
END_TEST

START_TEST(a_new_file_never_covers_one_that_is_there)
{
	struct err err = ERR_INIT;

	setup_folder();
	ck_assert_int_eq(disk_replace(path, "old", 3, DISK_NEW, NULL), 0);
	ck_assert_int_eq(disk_replace(path, "new", 3, DISK_NEW, &err), ERR_BUSY);
	check_content(path, "old");
	remove_folder();
}
END_TEST

static void check_stays(mode_t type)
{
	struct err err = ERR_INIT;
	struct stat there;

	ck_assert_int_eq(disk_replace(path, "new", 3, 0, &err), ERR_INPUT);
	ck_assert_ptr_nonnull(strstr(err.text, "no plain file"));
	ck_assert_int_eq(lstat(path, &there), 0);
	ck_assert_uint_eq(there.st_mode & S_IFMT, type);
	remove_folder();
}

START_TEST(a_pipe_or_device_is_never_replaced_by_a_file)
{
	setup_folder();
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	check_stays(S_IFIFO);
}
END_TEST

START_TEST(a_link_is_never_replaced_by_a_file)
{
	setup_folder();
	ck_assert_int_eq(symlink("/dev/null", path), 0);
	check_stays(S_IFLNK);
}
END_TEST

START_TEST(a_message_names_the_file_that_was_asked_for)
{
	struct err err = ERR_INIT;

	setup_folder();
	snprintf(path, sizeof(path), "%s/none/file", folder);
	ck_assert_int_eq(disk_replace(path, "new", 3, 0, &err), ERR_NOT_FOUND);
	ck_assert_ptr_nonnull(strstr(err.text, path));
	ck_assert_ptr_null(strstr(err.text, ".new"));
	ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

START_TEST(a_private_file_is_its_owners_alone)
{
	struct stat stat_buf;

	setup_folder();
	ck_assert_int_eq(disk_replace(path, "key", 3, DISK_PRIVATE | DISK_NEW, NULL), 0);
	ck_assert_int_eq(stat(path, &stat_buf), 0);
	ck_assert_uint_eq(stat_buf.st_mode & 07777, 0600);
	remove_folder();
}
END_TEST

START_TEST(a_strangers_file_beside_is_not_removed)
{
	struct err err = ERR_INIT;
	char beside[128];

	setup_folder();
	snprintf(beside, sizeof(beside), "%s.%d.new", path, (int)getpid());
	ck_assert_int_eq(disk_replace(beside, "stranger", 8, 0, NULL), 0);
	ck_assert_int_lt(disk_replace(path, "mine", 4, 0, &err), 0);
	check_content(beside, "stranger");
	ck_assert_int_eq(unlink(beside), 0);
	ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

START_TEST(a_full_disk_leaves_the_old_file_and_nothing_beside_it)
{
	struct rlimit limit = { 4096, 4096 };
	struct err err = ERR_INIT;
	static char much[65536];

	setup_folder();
	ck_assert_int_eq(disk_replace(path, "old", 3, 0, NULL), 0);
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	ck_assert_int_eq(disk_replace(path, much, sizeof(much), 0, &err), ERR_FULL);
	check_content(path, "old");
	remove_folder();
}
END_TEST

UNIT_MAIN("disk", a_file_is_replaced_whole, a_new_file_never_covers_one_that_is_there,
	  a_pipe_or_device_is_never_replaced_by_a_file, a_link_is_never_replaced_by_a_file,
	  a_message_names_the_file_that_was_asked_for, a_private_file_is_its_owners_alone, a_strangers_file_beside_is_not_removed,
	  a_full_disk_leaves_the_old_file_and_nothing_beside_it)
