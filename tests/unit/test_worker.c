/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/worker.h"
#include "harness/sys/clock.h"
#include "harness/sys/pagemap.h"
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MS = 1000000 };

static struct worker_line line;
static _Atomic uint32_t stop;
static _Atomic uint32_t throttle;

static struct worker new_worker(void)
{
	return (struct worker){
		.line = &line,
		.stop = &stop,
		.throttle = &throttle,
		.end_ns = INT64_MAX,
		.count = 1,
	};
}

START_TEST(work_is_counted_and_the_limit_ends_the_loop)
{
	struct worker worker = new_worker();
	uint64_t blocks = 0, done = 0;

	worker.work_limit = 21;
	while (worker_go(&worker, done)) {
		blocks++;
		done = 5;
	}
	ck_assert_uint_eq(blocks, 5);
	ck_assert_uint_eq(line.work, 25);
	ck_assert_uint_gt(line.beat_ns, 0);
}
END_TEST

START_TEST(the_last_block_is_counted_when_time_is_up)
{
	struct worker worker = new_worker();

	worker.end_ns = clock_boot_ns() + 20 * MS;
	ck_assert(worker_go(&worker, 0));
	clock_wait_ns(30 * MS);
	ck_assert(!worker_go(&worker, 7));
	ck_assert_uint_eq(line.work, 7);
}
END_TEST

START_TEST(cpu_time_is_told_with_the_work_of_that_moment_and_sleep_is_none)
{
	struct worker worker = new_worker();
	int64_t end_ns = clock_boot_ns() + 150 * MS, spent;

	memset(&line, 0, sizeof(line));
	worker_go(&worker, 0);
	spent = -(int64_t)line.cpu_ns;
	while (clock_boot_ns() < end_ns)
		;
	worker_go(&worker, 7);
	spent += (int64_t)line.cpu_ns;
	ck_assert_uint_eq(line.cpu_work, 7);
	ck_assert_int_gt(spent, 0);
	worker_go(&worker, 7); /* too soon to look again */
	ck_assert_uint_eq(line.cpu_work, 7);
	spent = -(int64_t)line.cpu_ns;
	clock_wait_ns(150 * MS);
	worker_go(&worker, 7);
	spent += (int64_t)line.cpu_ns;
	ck_assert_uint_eq(line.cpu_work, 21);
	ck_assert_int_lt(spent, 100 * MS);
}
END_TEST

START_TEST(a_stop_ends_the_loop)
{
	struct worker worker = new_worker();

	ck_assert(!worker_stopping(&worker));
	stop = 1;
	ck_assert(worker_stopping(&worker));
	ck_assert(!worker_go(&worker, 0));
}
END_TEST

START_TEST(a_throttled_worker_pauses_as_long_as_the_block_took)
{
	struct worker worker = new_worker();
	int64_t start;

	throttle = 1;
	ck_assert(worker_go(&worker, 0));
	clock_wait_ns(40 * MS);
	start = clock_boot_ns();
	ck_assert(worker_go(&worker, 1));
	ck_assert_int_ge(clock_boot_ns() - start, 39 * MS);
}
END_TEST

static void *stop_soon(void *unused)
{
	(void)unused;
	clock_wait_ns(100 * MS);
	stop = 1;
	return NULL;
}

START_TEST(a_pause_ends_at_a_stop)
{
	struct worker worker = new_worker();
	int64_t start = clock_boot_ns();
	pthread_t thread;

	throttle = 1;
	worker.block_start_ns = start - 3600LL * 1000 * MS;
	ck_assert_int_eq(pthread_create(&thread, NULL, stop_soon, NULL), 0);
	ck_assert(!worker_go(&worker, 1));
	ck_assert_int_lt(clock_boot_ns() - start, 5000LL * MS);
	pthread_join(thread, NULL);
}
END_TEST

START_TEST(between_two_loads_all_workers_are_idle_at_the_same_moment)
{
	struct worker first = new_worker(), second = new_worker();
	int64_t start = clock_boot_ns() - 1500 * MS, end;

	first.load_ns = second.load_ns = 1000 * MS;
	first.idle_ns = second.idle_ns = 600 * MS;
	first.edges_ns = second.edges_ns = start;
	/* half a second into the idle time: the next load begins a second and 600 ms after the first */
	ck_assert(worker_go(&first, 0));
	end = clock_boot_ns();
	ck_assert_int_ge(end, start + 1600 * MS);
	/* that is in a load */
	if (end < start + 2500LL * MS) {
		ck_assert(worker_go(&second, 0));
		ck_assert_int_lt(clock_boot_ns(), start + 3200LL * MS);
	}
	second.edges_ns = clock_boot_ns() - 1100 * MS;
	second.end_ns = clock_boot_ns() + 20 * MS;
	ck_assert_msg(!worker_go(&second, 1), "time was up while it was idle");
}
END_TEST

START_TEST(a_slice_that_is_over_ends_after_a_block_and_not_before)
{
	struct worker worker = new_worker();

	worker.slice_end_ns = clock_boot_ns() - 1000 * MS;
	ck_assert(worker_go(&worker, 0));
	ck_assert(!worker_go(&worker, 1));
	ck_assert_uint_eq(line.work, 1);
	worker.slice_end_ns = INT64_MAX;
	ck_assert(worker_go(&worker, 1));
}
END_TEST

START_TEST(the_first_mismatches_are_kept_and_all_are_counted)
{
	struct worker worker = new_worker();
	uint64_t base[64], i;

	worker.memory = base;
	worker_block(&worker, 11, 22);
	for (i = 0; i < 40; i++)
		worker_mismatch(&worker, i * 8, i, i ^ 4);
	ck_assert_uint_eq(line.mismatches, 40);
	ck_assert_uint_eq(line.details, WORKER_MISMATCHES);
	ck_assert_uint_eq(line.detail[15].at, 120);
	ck_assert_uint_eq(line.detail[15].address, (uintptr_t)base + 120);
	ck_assert_uint_eq(line.detail[15].want ^ line.detail[15].got, 4);
	ck_assert_uint_eq(line.detail[15].seed, 11);
	ck_assert_uint_eq(line.detail[15].phase, 22);
	ck_assert_int_gt(line.detail[15].time_ns, 0);
	/* What follows the last entry is somebody else's. */
	ck_assert_int_eq(line.error[0], 0);
}
END_TEST

/* In the frame that the kernel names where it may be known, else nothing at all. */
START_TEST(a_mismatch_in_memory_names_where_in_the_machine_it_lies)
{
	struct worker worker = new_worker();
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *memory = aligned_alloc(page, 2 * page);
	uint64_t entry = 0, frame;
	int map = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);

	memset(memory, 1, 2 * page);
	worker.memory = memory;
	worker_mismatch(&worker, page + 24, 1, 3);
	if (map >= 0) {
		ck_assert_int_eq(pread(map, &entry, sizeof(entry),
				       (off_t)((uintptr_t)(memory + page) / page * sizeof(entry))),
				 sizeof(entry));
		close(map);
	}
	frame = entry & ((1ULL << 55) - 1);
	ck_assert_uint_eq(line.detail[0].physical, frame ? frame * page + 24 : 0);
	free(memory);
	memset(&line, 0, sizeof(line));
	worker.memory = NULL;
	worker_mismatch(&worker, 24, 1, 3);
	ck_assert_uint_eq(line.detail[0].physical, 0);
}
END_TEST

/* None hides the rest: what was wrong a thousand times is said in whole, page by page. */
START_TEST(what_all_mismatches_in_memory_have_in_common_is_kept)
{
	struct worker worker = new_worker();
	size_t page = (size_t)sysconf(_SC_PAGESIZE), i;
	char *memory = aligned_alloc(page, 64 * page);
	uint64_t one_and = ~0ULL, one_or = 0;

	memset(memory, 1, 64 * page);
	mlock(memory, 64 * page);
	worker.memory = memory;
	for (i = 0; i < 1000; i++) {
		size_t at = i % 40 * page + 8;
		uint64_t physical = pagemap_physical(memory + at);
		uint64_t place = physical ? physical : (uint64_t)(uintptr_t)(memory + at);

		worker_mismatch(&worker, at, 0, i % 2 ? 4 : 0x100);
		one_and &= place;
		one_or |= place;
	}
	ck_assert_uint_eq(line.mismatches, 1000);
	ck_assert_uint_eq(line.faults.bits, 0x104);
	ck_assert_uint_eq(line.faults.address_and, one_and);
	ck_assert_uint_eq(line.faults.address_or, one_or);
	if (pagemap_physical(memory)) {
		ck_assert_uint_eq(line.faults.pages, WORKER_PAGES + 1);
		for (i = 0; i < WORKER_PAGES; i++)
			ck_assert_uint_eq(line.faults.page[i],
					  pagemap_physical(memory + i * page));
	} else {
		ck_assert_uint_eq(line.faults.pages, 0);
	}
	free(memory);
}
END_TEST

START_TEST(a_mismatch_of_a_processor_leaves_no_faults_of_memory)
{
	struct worker worker = new_worker();

	worker_mismatch(&worker, 0, 1, 2);
	ck_assert_uint_eq(line.faults.bits, 0);
	ck_assert_int_eq(line.detail[0].node, -1);
}
END_TEST

START_TEST(a_flip_changes_one_bit_at_its_checkpoint_only)
{
	struct worker worker = new_worker();
	struct worker_flip flip = { .armed = true, .checkpoint = 2, .bit = 64 * 4 + 64 * 3 + 63 };
	uint64_t data[4] = { 1, 2, 3, 4 };
	const uint64_t want[4] = { 1, 2, 3, 4 };
	int i;

	worker.flip = &flip;
	for (i = 0; i < 2; i++) {
		worker_checkpoint(&worker, 1000, data, sizeof(data));
		worker_compare(&worker, 1000, want, data, 4);
	}
	ck_assert(!flip.done);
	ck_assert_uint_eq(line.mismatches, 0);
	worker_checkpoint(&worker, 1000, data, sizeof(data));
	worker_compare(&worker, 1000, want, data, 4);
	ck_assert(flip.done);
	ck_assert_uint_eq(flip.done_at, 1024);
	ck_assert_uint_eq(flip.done_mask, 1ULL << 63);
	ck_assert_uint_eq(line.mismatches, 1);
	ck_assert_uint_eq(line.detail[0].at, 1024);
	ck_assert_uint_eq(line.detail[0].got, 4 | 1ULL << 63);
	worker_checkpoint(&worker, 1000, data, sizeof(data));
	ck_assert_uint_eq(data[3], 4 | 1ULL << 63);
}
END_TEST

START_TEST(one_workers_line_shares_no_cache_line_with_another)
{
	ck_assert_uint_eq(sizeof(struct worker_line) % 128, 0);
	ck_assert_uint_eq(_Alignof(struct worker_line), 128);
}
END_TEST

UNIT_MAIN("worker", work_is_counted_and_the_limit_ends_the_loop,
	  the_last_block_is_counted_when_time_is_up, a_stop_ends_the_loop,
	  cpu_time_is_told_with_the_work_of_that_moment_and_sleep_is_none,
	  a_throttled_worker_pauses_as_long_as_the_block_took, a_pause_ends_at_a_stop,
	  a_slice_that_is_over_ends_after_a_block_and_not_before,
	  between_two_loads_all_workers_are_idle_at_the_same_moment,
	  the_first_mismatches_are_kept_and_all_are_counted,
	  a_mismatch_in_memory_names_where_in_the_machine_it_lies,
	  what_all_mismatches_in_memory_have_in_common_is_kept,
	  a_mismatch_of_a_processor_leaves_no_faults_of_memory,
	  a_flip_changes_one_bit_at_its_checkpoint_only,
	  one_workers_line_shares_no_cache_line_with_another)
