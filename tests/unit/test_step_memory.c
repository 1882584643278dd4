/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/model/plan.h"
#include "harness/run/shared.h"
#include "harness/run/step_parts.h"
#include "tests/unit/tree.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define MIB (1ULL << 20)

START_TEST(workers_share_memory_in_whole_pages_of_this_machine_but_one_page_each)
{
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE), mib;
	size_t workers;

	for (workers = 1; workers < 100; workers++) {
		for (mib = workers; mib < 3 * workers; mib++) {
			struct plan_step step = { .bytes = mib * MIB, .cpu_count = workers };
			struct step_setup setup = { .step = &step };
			uint64_t share = step_memory_share(&setup);

			ck_assert_uint_eq(share % page, 0);
			ck_assert_uint_le(share * workers, step.bytes);
			ck_assert_uint_gt((share + page) * workers, step.bytes);
		}
	}
}
END_TEST

static uint64_t locked_bytes(void)
{
	FILE *file = fopen("/proc/self/status", "r");
	unsigned long kib = 0;
	char line[256];

	while (fgets(line, sizeof(line), file) && sscanf(line, "VmLck: %lu", &kib) != 1)
		;
	fclose(file);
	return (uint64_t)kib << 10;
}

/* A process may have no leave to, and where mistakes in memory are looked for, mlock() does nothing. */
static bool may_lock(size_t bytes)
{
	void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint64_t before = locked_bytes();
	bool may = memory != MAP_FAILED && !mlock(memory, bytes) && locked_bytes() - before >= bytes;

	if (memory != MAP_FAILED)
		munmap(memory, bytes);
	return may;
}

/* An emulator of user programs takes the advice and does nothing. */
static bool advice_is_ignored(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	void *memory = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned char there = 0;
	bool ignored = memory != MAP_FAILED && !madvise(memory, page, 23 /* MADV_POPULATE_WRITE */) &&
		       !mincore(memory, page, &there) && !(there & 1);

	if (memory != MAP_FAILED)
		munmap(memory, page);
	return ignored;
}

START_TEST(what_a_worker_takes_is_there_to_the_last_page_and_locked)
{
	struct plan_step step = { .bytes = 17 * MIB, .cpu_count = 1 };
	struct run_shared *shared = mem_zalloc(sizeof(*shared) + sizeof(struct worker_line));
	struct step_setup setup = { .step = &step, .shared = shared };
	struct stress_slice slice = { .size = 0 };
	struct tree tree = tree_make();
	struct step_child child = { .setup = &setup, .slice = &slice };
	struct step_thread thread = { .child = &child, .worker = { .stop = &shared->stop,
								   .end_ns = INT64_MAX } };
	size_t page = (size_t)sysconf(_SC_PAGESIZE), pages = step.bytes / page, i;
	AUTO_FREE unsigned char *there = mem_zalloc(pages);
	uint64_t before = locked_bytes();

	/* The room is that of a root of the test: an emulator of user programs shows no /proc/meminfo. */
	tree_file(&tree, "root/proc/meminfo", "MemTotal: 2097152 kB\nMemAvailable: 1048576 kB\n");
	child.root = sysroot_open(tree_path(&tree, "root"), NULL);
	step_memory_take(&thread);
	ck_assert_uint_eq(slice.size, step.bytes);
	ck_assert_int_eq(mincore(slice.memory, slice.size, there), 0);
	for (i = 0; i < pages && !advice_is_ignored(); i++)
		ck_assert_msg(there[i] & 1, "page %zu", i);
	if (may_lock(step.bytes))
		ck_assert_uint_ge(locked_bytes() - before, step.bytes);
	ck_assert_uint_gt((uint64_t)atomic_load(&shared->child_beat_ns), 0);
	munmap(slice.memory, slice.size);
	sysroot_free(child.root);
	tree_remove(&tree);
	free(shared);
}
END_TEST

UNIT_MAIN("step memory", workers_share_memory_in_whole_pages_of_this_machine_but_one_page_each,
	  what_a_worker_takes_is_there_to_the_last_page_and_locked)
