/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/isa/flush.h"
#include "harness/stress/march_kernel.h"
#include "harness/stress/mix.h"
#include "harness/stress/stressor.h"
#include "harness/sys/clock.h"
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	SELF_TEST_CHUNK = 64 << 10,
	SWEEPS = 12 * 5,
	FLIPS = 300,
	MS = 1000000,
};

static _Alignas(128) struct worker_line line;
static _Atomic uint32_t stop;

struct bench {
	const struct stressor *kernel;
	struct stress_slice slice;
	struct stress_state state;
	struct worker worker;
};

static void setup_kernel(struct bench *bench, const struct stressor *march, size_t size)
{

	memset(bench, 0, sizeof(*bench));
	bench->kernel = march;
	memset(&line, 0, sizeof(line));
	bench->slice.size = size;
	bench->slice.memory =
		mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(bench->slice.memory, MAP_FAILED);
	bench->state = (struct stress_state){
		.isa = isa_best(isa_available(NULL) & march->isa_mask),
		.worker_count = 1,
		.slice = &bench->slice,
		.folder_fd = -1,
		.self_test = true,
	};
	bench->worker = (struct worker){
		.line = &line,
		.stop = &stop,
		.end_ns = INT64_MAX,
		.seed = 4711,
		.count = 1,
		.memory = bench->slice.memory,
	};
	ck_assert_int_eq(march->prepare(&bench->state, NULL), 0);
}

static void setup(struct bench *bench, size_t size)
{
	setup_kernel(bench, stressor_find("mem.march"), size);
}

static void run(struct bench *bench)
{
	ck_assert_int_eq(bench->kernel->run(&bench->state, &bench->worker, NULL), 0);
}

static void tear_down(struct bench *bench)
{
	bench->kernel->finish(&bench->state);
	munmap(bench->slice.memory, bench->slice.size);
}

/* The next kernel that tests memory, NULL after the last; *at begins with 0. */
static const struct stressor *next_kernel(size_t *at)
{
	while (*at < stressor_count) {
		const struct stressor *kernel = stressor_table[(*at)++];

		if (kernel->spec->target == TARGET_MEMORY)
			return kernel;
	}
	return NULL;
}

START_TEST(the_union_of_checked_bytes_is_the_slice_whatever_its_size)
{
	static const size_t size[] = {
		4096, SELF_TEST_CHUNK, SELF_TEST_CHUNK + 4096, 3 * SELF_TEST_CHUNK - 4096
	};
	const struct stressor *kernel;
	size_t i, at;

	for (i = 0; i < sizeof(size) / sizeof(size[0]); i++) {
		for (at = 0; (kernel = next_kernel(&at));) {
			struct bench bench;

			setup_kernel(&bench, kernel, size[i]);
			bench.worker.work_limit = size[i] * (SWEEPS + 3);
			run(&bench);
			ck_assert_msg(!line.mismatches, "%s", kernel->spec->name);
			ck_assert_msg(line.distinct_bytes == size[i], "%s", kernel->spec->name);
			ck_assert_uint_ge(line.work, bench.worker.work_limit);
			tear_down(&bench);
		}
	}
}
END_TEST

START_TEST(the_march_takes_any_number_of_lines)
{
	static const size_t size[] = { 64, 192, SELF_TEST_CHUNK + 64, 3 * SELF_TEST_CHUNK - 64 };
	size_t i;

	for (i = 0; i < sizeof(size) / sizeof(size[0]); i++) {
		struct bench bench;

		setup(&bench, size[i]);
		bench.worker.work_limit = size[i] * (SWEEPS + 3);
		run(&bench);
		ck_assert_uint_eq(line.mismatches, 0);
		ck_assert_uint_eq(line.distinct_bytes, size[i]);
		tear_down(&bench);
	}
}
END_TEST

/* At that checkpoint, the first or the last bit of what is checked there. */
static void flip_is_reported(const struct stressor *kernel, uint64_t checkpoint, bool last)
{
	struct worker_flip flip = { .armed = true,
				    .checkpoint = checkpoint,
				    .bit = last ? SELF_TEST_CHUNK * 8 - 1 : 0 };
	struct bench bench;

	setup_kernel(&bench, kernel, SELF_TEST_CHUNK);
	bench.worker.flip = &flip;
	bench.worker.work_limit = (uint64_t)SELF_TEST_CHUNK * SWEEPS;
	run(&bench);
	ck_assert_msg(flip.done && line.mismatches == 1 && line.detail[0].at == flip.done_at &&
			      (line.detail[0].want ^ line.detail[0].got) == flip.done_mask,
		      "%s at checkpoint %lu: %lu mismatches", kernel->spec->name,
		      (unsigned long)checkpoint, (unsigned long)line.mismatches);
	tear_down(&bench);
}

START_TEST(a_flip_in_the_first_or_last_word_is_found_in_every_phase_of_every_kernel)
{
	const struct stressor *kernel;
	uint64_t checkpoint;
	size_t at;

	/* One chunk: a checkpoint is a sweep, and the one after the last is the look at the end. */
	for (at = 0; (kernel = next_kernel(&at));) {
		for (checkpoint = 0; checkpoint <= SWEEPS; checkpoint++) {
			flip_is_reported(kernel, checkpoint, false);
			flip_is_reported(kernel, checkpoint, true);
		}
	}
}
END_TEST

START_TEST(two_addresses_that_lead_to_one_place_are_found)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	int fd = memfd_create("alias", 0);
	struct bench bench;
	char *base;

	setup(&bench, 16 * page);
	base = bench.slice.memory;
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(ftruncate(fd, (off_t)page), 0);
	/* An address line that is stuck: pages 3 and 11 are the same. */
	ck_assert_ptr_ne(
		mmap(base + 3 * page, page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0),
		MAP_FAILED);
	ck_assert_ptr_ne(
		mmap(base + 11 * page, page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0),
		MAP_FAILED);
	bench.worker.work_limit = bench.slice.size * SWEEPS;
	run(&bench);
	ck_assert_uint_gt(line.mismatches, 0);
	ck_assert(line.detail[0].at / page == 3 || line.detail[0].at / page == 11);
	tear_down(&bench);
	close(fd);
}
END_TEST

enum { BY_PAGE = 4096 };

static bool is_by_page(const struct stressor *kernel)
{
	return !strcmp(kernel->spec->name, "mem.owner") || !strcmp(kernel->spec->name, "mem.hammer");
}

static uint64_t resident_pages(void)
{
	unsigned long long all = 0, resident = 0;
	FILE *file = fopen("/proc/self/statm", "r");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fscanf(file, "%llu %llu", &all, &resident), 2);
	fclose(file);
	return resident;
}

START_TEST(what_is_checked_is_memory_and_not_the_page_of_zeros)
{
	const size_t size = 16 << 20;
	const struct stressor *kernel;
	size_t at;

	for (at = 0; (kernel = next_kernel(&at));) {
		uint64_t before = resident_pages();
		struct bench bench;

		setup_kernel(&bench, kernel, size);
		bench.worker.work_limit = 1;
		run(&bench);
		ck_assert_msg((resident_pages() - before) * (uint64_t)sysconf(_SC_PAGESIZE) >=
				      size / 20 * 19, "%s", kernel->spec->name);
		tear_down(&bench);
	}
}
END_TEST

/* Left in the middle of the second sweep; the look at the end is work as well. */
START_TEST(when_the_time_is_up_every_kernel_looks_once_more_at_all_that_it_wrote)
{
	const size_t size = 8 * SELF_TEST_CHUNK;
	const struct stressor *kernel;
	size_t at;

	for (at = 0; (kernel = next_kernel(&at));) {
		struct bench bench;

		setup_kernel(&bench, kernel, size);
		bench.worker.work_limit = size + 3 * SELF_TEST_CHUNK;
		run(&bench);
		ck_assert_uint_eq(line.mismatches, 0);
		ck_assert_msg(line.work >= bench.worker.work_limit + size, "%s: %lu of %lu",
			      kernel->spec->name, (unsigned long)line.work,
			      (unsigned long)(bench.worker.work_limit + size));
		tear_down(&bench);
	}
}
END_TEST

/* A bit at 257 places all over the slice, which is odd to every stride. */
START_TEST(no_part_of_the_slice_is_passed_over_by_any_kernel)
{
	enum { PLACES = 257 };
	const struct stressor *kernel;
	size_t at, place;

	for (at = 0; (kernel = next_kernel(&at));) {
		for (place = 0; place < PLACES; place++) {
			uint64_t bits = (uint64_t)SELF_TEST_CHUNK * 8;
			struct worker_flip flip = { .armed = true, .bit = place * (bits / PLACES) };
			struct bench bench;

			setup_kernel(&bench, kernel, SELF_TEST_CHUNK);
			bench.worker.flip = &flip;
			bench.worker.work_limit = 1;
			/* Kernels that look page by page: the page is the checkpoint. */
			if (is_by_page(kernel)) {
				flip.checkpoint = flip.bit / 8 / BY_PAGE;
				flip.bit %= BY_PAGE * 8;
				bench.worker.work_limit = SELF_TEST_CHUNK;
			}
			run(&bench);
			ck_assert_msg(flip.done && line.mismatches == 1 &&
					      line.detail[0].at == flip.done_at,
				      "%s, place %zu", kernel->spec->name, place);
			tear_down(&bench);
		}
	}
}
END_TEST

START_TEST(a_stop_in_the_middle_checks_what_was_written)
{
	struct worker_flip flip = { .armed = true, .bit = 5 };
	uint64_t chunk;

	/* Left in the first sweep after 3 of 8 chunks: the flip comes after that, in each. */
	for (chunk = 0; chunk < 8; chunk++) {
		struct bench bench;

		setup(&bench, 8 * SELF_TEST_CHUNK);
		flip = (struct worker_flip){ .armed = true, .checkpoint = 3 + chunk, .bit = 5 };
		bench.worker.flip = &flip;
		bench.worker.work_limit = 3 * SELF_TEST_CHUNK;
		run(&bench);
		ck_assert_uint_eq(line.mismatches, 1);
		ck_assert_uint_eq(line.detail[0].at, chunk * SELF_TEST_CHUNK);
		ck_assert_uint_eq(line.distinct_bytes, 8 * SELF_TEST_CHUNK);
		tear_down(&bench);
	}
}
END_TEST

START_TEST(a_slice_that_is_not_whole_lines_is_refused)
{
	const struct stressor *march = stressor_find("mem.march");
	struct err err = ERR_INIT;
	struct bench bench;

	setup(&bench, 4096);
	march->finish(&bench.state);
	bench.slice.size = 100;
	ck_assert_int_eq(march->prepare(&bench.state, &err), ERR_INTERNAL);
	ck_assert(err.text[0]);
}
END_TEST

START_TEST(without_an_instruction_for_it_the_caches_are_emptied_by_reading_other_memory)
{
	const struct isa_flush none = { .lines = NULL }, here = isa_flush_find();
	struct march_flush flush;

	march_flush_find(&none, &flush);
	ck_assert_uint_ge(flush.block, flush.evict_size / 2);
	ck_assert_uint_gt(flush.evict_size, 0);
	ck_assert_uint_eq(flush.block % MARCH_LINE, 0);
	flush.evict = calloc(1, flush.evict_size);
	ck_assert_ptr_nonnull(flush.evict);
	flush.empty(&flush, NULL, flush.block);
	free(flush.evict);
	/* And with one, block by block and without. */
	march_flush_find(&here, &flush);
	ck_assert(!here.lines || (!flush.evict_size && flush.line >= 16));
	if (here.lines)
		flush.empty(&flush, &line, sizeof(line));
}
END_TEST

static void *run_thread(void *bench)
{
	run(bench);
	return NULL;
}

/* Flip one bit at rest and wait until it is reported: with its word and bit, and once. */
static bool flip_is_found(struct bench *bench, uint64_t random)
{
	uint64_t words = bench->slice.size / 8, word = random % words,
		 mask = 1ULL << (random >> 58);
	uint64_t before = atomic_load(&line.mismatches);
	int64_t end = clock_boot_ns() + 5000LL * MS;

	atomic_store(&line.details, 0);
	__atomic_fetch_xor((uint64_t *)bench->slice.memory + word, mask, __ATOMIC_RELAXED);
	while (!atomic_load(&line.details) && clock_boot_ns() < end)
		clock_wait_ns(MS / 10);
	return atomic_load(&line.mismatches) == before + 1 && line.detail[0].at == word * 8 &&
	       (line.detail[0].want ^ line.detail[0].got) == mask;
}

START_TEST(of_random_flips_at_rest_99_of_100_are_found_with_address_and_bit)
{
	struct bench bench;
	pthread_t thread;
	int found = 0, i;

	setup(&bench, 4 << 20);
	ck_assert_int_eq(pthread_create(&thread, NULL, run_thread, &bench), 0);
	/* Not before the first check: what fill overwrites was never held. */
	while (!atomic_load(&line.distinct_bytes))
		clock_wait_ns(MS);
	for (i = 0; i < FLIPS; i++)
		found += flip_is_found(&bench, mix_at(20261123, (uint64_t)i));
	atomic_store(&stop, 1);
	pthread_join(thread, NULL);
	tear_down(&bench);
	ck_assert_int_ge(found, FLIPS * 99 / 100);
}
END_TEST

UNIT_MAIN("march", the_union_of_checked_bytes_is_the_slice_whatever_its_size,
	  the_march_takes_any_number_of_lines,
	  a_flip_in_the_first_or_last_word_is_found_in_every_phase_of_every_kernel,
	  two_addresses_that_lead_to_one_place_are_found,
	  what_is_checked_is_memory_and_not_the_page_of_zeros,
	  when_the_time_is_up_every_kernel_looks_once_more_at_all_that_it_wrote,
	  no_part_of_the_slice_is_passed_over_by_any_kernel,
	  a_stop_in_the_middle_checks_what_was_written, a_slice_that_is_not_whole_lines_is_refused,
	  without_an_instruction_for_it_the_caches_are_emptied_by_reading_other_memory,
	  of_random_flips_at_rest_99_of_100_are_found_with_address_and_bit)
