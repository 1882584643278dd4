/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file that a killed run leaves behind stands for a disk after a power cut: the page cache keeps what
 * the kernel took. What a bad disk would have lost is taken out of it, and the next run must say so.
 */
#include "harness/base/auto.h"
#include "harness/run/scratch.h"
#include "harness/stress/disk_block.h"
#include "harness/stress/disk_order.h"
#include "harness/stress/proof.h"
#include "harness/sys/clock.h"
#include "tests/unit/tree.h"
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SLOTS = 16, WORDS = 512, ALL = 2 * SLOTS };

static _Alignas(128) struct worker_line line;
static struct tree tree;
static int folder_fd;
static uint64_t left[ALL][WORDS], now[ALL][WORDS];

static int run_order(int64_t end_ns, uint64_t limit, bool self_test)
{
	struct worker worker = { .line = &line, .seed = 9, .count = 1, .end_ns = end_ns,
				 .work_limit = limit };
	struct stress_state state = { .folder_fd = folder_fd, .self_test = self_test,
				      .disk_bytes = sizeof(left) };

	memset(&line, 0, sizeof(line));
	return stressor_find("disk.order")->run(&state, &worker, NULL);
}

static uint64_t number_in(size_t slot)
{
	return left[slot][3];
}

static size_t slot_with(uint64_t number, bool is_log)
{
	size_t slot = is_log ? SLOTS : 0, end = slot + SLOTS;

	while (slot < end && number_in(slot) != number)
		slot++;
	ck_assert_uint_lt(slot, end);
	return slot;
}

/* The latest number of the log: acknowledged, and so were its data and all before. */
static uint64_t latest(void)
{
	uint64_t number = 0;
	size_t slot;

	for (slot = SLOTS; slot < ALL; slot++)
		number = number_in(slot) > number ? number_in(slot) : number;
	return number;
}

/* Killed in the middle; what it left is read into `left`. */
static void leave_something(void)
{
	pid_t child;
	int fd, status;

	tree = tree_make();
	folder_fd = open(tree_path(&tree, "."), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ck_assert_int_ge(folder_fd, 0);
	child = fork();
	if (!child) {
		run_order(INT64_MAX, 0, true);
		_exit(0);
	}
	ck_assert_int_gt(child, 0);
	do {
		clock_wait_ns(20000000);
		fd = openat(folder_fd, DISK_ORDER_FILE, O_RDONLY | O_CLOEXEC);
		ck_assert(fd < 0 || pread(fd, left, sizeof(left), 0) >= 0);
		close(fd);
	} while (latest() < 10 * SLOTS);
	kill(child, SIGKILL);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFSIGNALED(status));
	fd = openat(folder_fd, DISK_ORDER_FILE, O_RDONLY | O_CLOEXEC);
	ck_assert_int_eq(pread(fd, left, sizeof(left), 0), sizeof(left));
	close(fd);
	memcpy(now, left, sizeof(now));
}

/* The next run finds `now` there. */
static void start_again(void)
{
	int fd = openat(folder_fd, DISK_ORDER_FILE, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	ck_assert_int_eq(pwrite(fd, now, sizeof(now), 0), sizeof(now));
	close(fd);
	ck_assert_int_eq(run_order(INT64_MAX, 1, true), 0);
	ck_assert_int_lt(openat(folder_fd, DISK_ORDER_FILE, O_RDONLY | O_CLOEXEC), 0);
}

/* Into the slot, where another number is or is to be. */
static void put_block(size_t slot, uint64_t number)
{
	const struct disk_block block = { .file = left[0][1], .number = slot, .generation = number };

	disk_block_make(&block, now[slot], WORDS);
}

/* As the block was before that number came there. */
static void make_old(uint64_t number, bool is_log)
{
	put_block(slot_with(number, is_log), number - SLOTS);
}

static void check_told(enum disk_fault fault, uint64_t number, size_t slot)
{
	ck_assert_uint_eq(line.mismatches, 1);
	ck_assert_uint_eq(line.detail[0].phase, (uint64_t)fault << 56 | number);
	ck_assert_uint_eq(line.detail[0].at / 4096, slot);
	memcpy(now, left, sizeof(now));
}

static void end(void)
{
	close(folder_fd);
	tree_remove(&tree);
}

START_TEST(what_was_acknowledged_is_there_after_a_cut)
{
	leave_something();
	start_again();
	ck_assert_uint_eq(line.mismatches, 0);
	ck_assert_uint_ge(line.work, (ALL - 2) * 4096);
	/* Nothing left, nothing to judge: the same when its space was never made to the end. */
	ck_assert_int_eq(run_order(INT64_MAX, 4096, true), 0);
	ck_assert_uint_eq(line.mismatches, 0);
	end();
}
END_TEST

START_TEST(a_write_that_was_acknowledged_and_is_gone_is_found_on_the_next_start)
{
	uint64_t last;
	size_t slot;

	leave_something();
	last = latest();
	/* The data of the log's latest entry. */
	make_old(last, false);
	start_again();
	check_told(DISK_LOST, last, slot_with(last, false));
	/* One of several back, of each ring. */
	make_old(last - 7, false);
	start_again();
	check_told(DISK_LOST, last - 7, slot_with(last - 7, false));
	make_old(last - 7, true);
	start_again();
	check_told(DISK_LOST, last - 7, slot_with(last - 7, true));
	/* Wrong in another way. */
	slot = slot_with(last - 3, false);
	now[slot][300] ^= 1ULL << 17;
	start_again();
	ck_assert_uint_eq(line.detail[0].want ^ line.detail[0].got, 1ULL << 17);
	check_told(DISK_BITS, last - 3, slot);
	memcpy(now[slot], left[(slot + 1) % SLOTS], sizeof(now[slot]));
	start_again();
	check_told(DISK_MISDIRECTED, last - 3, slot);
	end();
}
END_TEST

START_TEST(the_write_that_was_under_way_may_be_anything)
{
	size_t slot, log;
	uint64_t last;
	unsigned int i;

	leave_something();
	last = latest();
	/* The data of the next one came, or not; and then its log a little. */
	for (slot = 0; slot < SLOTS; slot++)
		if (number_in(slot) == last + 1 || number_in(slot) == last + 1 - SLOTS)
			break;
	ck_assert_uint_lt(slot, SLOTS);
	log = slot_with(last + 1 - SLOTS, true);
	for (i = 0; i < 4; i++) {
		memcpy(now, left, sizeof(now));
		put_block(slot, last + 1 - (i == 0) * SLOTS);
		if (i == 2)
			memset(now[slot] + 64, 0x77, 1024);
		if (i == 3)
			memset(now[log], 0x77, 1024);
		start_again();
		ck_assert_uint_eq(line.mismatches, 0);
	}
	/* But not both: the log comes when the data are there. */
	memset(now[slot] + 64, 0x77, 1024);
	start_again();
	ck_assert_uint_ge(line.mismatches, 1);
	/* Nothing but zeros: nothing had been acknowledged. */
	memset(now, 0, sizeof(now));
	start_again();
	ck_assert_uint_eq(line.mismatches, 0);
	end();
}
END_TEST

static bool brings_nothing;

ssize_t pread64(int fd, void *data, size_t size, off_t at)
{
	return brings_nothing ? (ssize_t)size : syscall(SYS_pread64, fd, data, size, at);
}

START_TEST(a_read_that_brings_nothing_is_not_taken_for_what_was_written_from_there)
{
	tree = tree_make();
	folder_fd = open(tree_path(&tree, "."), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	brings_nothing = true;
	ck_assert_int_eq(run_order(INT64_MAX, 4 * 4096, true), 0);
	brings_nothing = false;
	ck_assert_uint_ge(line.mismatches, 4 * 512 - 4);
	end();
}
END_TEST

static unsigned int forced, syncs;

ssize_t pwritev64v2(int fd, const struct iovec *piece, int count, off_t at, int flags)
{
	ssize_t written = syscall(SYS_pwritev2, fd, piece, (long)count, at, 0L, (long)flags);

	forced += written >= 0 && flags & RWF_DSYNC;
	return written;
}

int fdatasync(int fd)
{
	syncs++;
	return (int)syscall(SYS_fdatasync, fd);
}

START_TEST(each_write_of_a_real_run_is_forced_or_synced_before_the_next)
{
	char folder[] = "/var/tmp/cuihuo-unit.XXXXXX";
	int code;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	forced = syncs = 0;
	code = run_order(clock_boot_ns() + 20LL * 1000000000, 40 * 4096, false);
	if (code) {
		ck_assert_int_eq(code, ERR_UNSUPPORTED);
		fprintf(stderr, "not run: this folder lies on no disk with O_DIRECT\n");
	} else {
		ck_assert_uint_eq(line.mismatches, 0);
		/* Emulation of user programs knows no forced writes: a flush comes after each, then. */
		ck_assert_uint_eq(forced + syncs, 20 + 21);
		ck_assert_uint_ge(syncs, 21);
	}
	close(folder_fd);
	ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

START_TEST(the_scratch_folder_keeps_that_file_for_the_kernel_that_wants_it_and_no_other)
{
	char path[600];
	int fd;

	tree = tree_make();
	tree_file(&tree, "scratch/" DISK_ORDER_FILE, "left\n");
	tree_file(&tree, "scratch/disk.verify", "left\n");
	fd = scratch_make(tree_path(&tree, "."), DISK_ORDER_FILE, NULL);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(faccessat(fd, DISK_ORDER_FILE, F_OK, 0), 0);
	ck_assert_int_lt(faccessat(fd, "disk.verify", F_OK, 0), 0);
	close(fd);
	fd = scratch_make(tree_path(&tree, "."), NULL, NULL);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_lt(faccessat(fd, DISK_ORDER_FILE, F_OK, 0), 0);
	close(fd);
	snprintf(path, sizeof(path), "%s", tree_path(&tree, "scratch"));
	scratch_remove(tree_path(&tree, "."));
	ck_assert_int_lt(access(path, F_OK), 0);
	ck_assert_str_eq(stressor_find("disk.order")->spec->kept_file, DISK_ORDER_FILE);
	tree_remove(&tree);
}
END_TEST

UNIT_MAIN("disk_order", what_was_acknowledged_is_there_after_a_cut,
	  a_write_that_was_acknowledged_and_is_gone_is_found_on_the_next_start,
	  the_write_that_was_under_way_may_be_anything,
	  a_read_that_brings_nothing_is_not_taken_for_what_was_written_from_there,
	  each_write_of_a_real_run_is_forced_or_synced_before_the_next,
	  the_scratch_folder_keeps_that_file_for_the_kernel_that_wants_it_and_no_other)
