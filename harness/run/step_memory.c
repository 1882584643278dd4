/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/step_parts.h"

#include "harness/run/frames.h"
#include "harness/run/room.h"
#include "harness/sys/clock.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

/* Taken at a time by each worker, and less when there is little room: multiples of every page size. */
#define PIECE	    ((size_t)16 << 20)
#define LEAST_PIECE ((size_t)1 << 20)
#define LOCK_PIECE  ((size_t)512 << 20)

#ifndef MADV_POPULATE_WRITE /* glibc 2.35 */
#define MADV_POPULATE_WRITE 23
#endif

static size_t page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

size_t step_memory_share(const struct step_setup *setup)
{
	size_t parts = step_part_count(setup);
	uint64_t share = setup->step->bytes / ((setup->step->cpu_count + parts - 1) / parts);

	return (size_t)(share - share % page_size());
}

/* How much of `size` there is room for: every worker may be taking as much at the same time. 0: none. */
static size_t room_for(const struct step_child *child, size_t size)
{
	uint64_t available = room_available(child->root);

	while (size >= LEAST_PIECE &&
	       available < child->reserve + (uint64_t)size * child->setup->step->cpu_count)
		size = size / 2 / LEAST_PIECE * LEAST_PIECE;
	return size;
}

/*
 * Have the piece filled by the kernel, which refuses where it has no memory for it, though there was
 * room a moment ago: then false, and it may not be touched. mlock() does the same, but one thread of a
 * process at a time, for it waits until no other fills a piece; so that is for kernels before 5.14
 * alone, and others lock when all is there. Without leave to lock, touch it.
 */
static bool take_piece(char *memory, size_t size)
{
	size_t page = page_size();
	size_t at;

	if (!madvise(memory, size, MADV_POPULATE_WRITE))
		return true;
	if (errno != EINVAL)
		return false;
	if (!mlock(memory, size))
		return true;
	if (errno == EAGAIN)
		return false;
	for (at = 0; at < size; at += page)
		((volatile char *)memory)[at] = 0;
	return true;
}

/* Of what is there already, so that it is quick; without leave to lock it is tested all the same. */
static void lock_pieces(struct step_thread *thread, const char *memory, size_t size)
{
	size_t at, piece;

	for (at = 0; at < size && !worker_stopping(&thread->worker); at += piece) {
		piece = size - at < LOCK_PIECE ? size - at : LOCK_PIECE;
		if (mlock(memory + at, piece) < 0)
			return;
		atomic_store(&thread->child->setup->shared->child_beat_ns, clock_boot_ns());
	}
}

void step_memory_take(struct step_thread *thread)
{
	struct step_child *child = thread->child;
	struct stress_slice *slice = &child->slice[thread->index];
	size_t wanted = step_memory_share(child->setup);
	size_t taken = 0;
	char *memory;

	memory = mmap(NULL, wanted, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (memory == MAP_FAILED)
		return;
	madvise(memory, wanted, MADV_HUGEPAGE);
	while (taken < wanted) {
		size_t piece = room_for(child, wanted - taken < PIECE ? wanted - taken : PIECE);

		if (!piece || !take_piece(memory + taken, piece))
			break;
		taken += piece;
		atomic_store(&child->setup->shared->child_beat_ns, clock_boot_ns());
		if (worker_stopping(&thread->worker))
			break;
	}
	if (taken < wanted)
		munmap(memory + taken, wanted - taken);
	lock_pieces(thread, memory, taken);
	slice->memory = taken ? memory : NULL;
	slice->size = taken;
}

void step_memory_note_frames(struct step_child *child)
{
	size_t i;

	child->frames = frames_new(NULL);
	for (i = 0; child->frames && i < child->setup->step->cpu_count; i++) {
		const struct stress_slice *slice = &child->slice[i];

		if (slice->memory && !frames_add(child->frames, slice->memory, slice->size))
			child->frames = frames_free(child->frames);
	}
}

static void count_modules(const struct module_map *map, const struct frames *verified,
			  struct run_shared *shared)
{
	size_t i;

	for (i = 0; i < map->count; i++)
		shared->module_bytes[i] =
			frames_within(verified, map->range[i].first, map->range[i].last);
	atomic_store(&shared->modules_known, map->count > 0);
}

/* A page that the kernel moved meanwhile was verified neither here nor there: it does not count. */
void step_memory_count_frames(struct step_child *child)
{
	struct run_shared *shared = child->setup->shared;
	struct frames *now = child->frames ? frames_new(NULL) : NULL;
	bool shown = now;
	size_t i;

	for (i = 0; shown && i < child->setup->step->cpu_count; i++) {
		const struct stress_slice *slice = &child->slice[i];
		uint64_t distinct = atomic_load(&shared->line[i].distinct_bytes);

		if (slice->memory)
			shown = frames_add(now, slice->memory, (size_t)distinct);
	}
	if (shown) {
		frames_meet(now, child->frames);
		atomic_store(&shared->frame_nodes,
			     (uint32_t)frames_by_node(now, child->root, shared->frame_node,
						      FRAMES_NODES));
	}
	if (shown && child->setup->modules)
		count_modules(child->setup->modules, now, shared);
	frames_free(now);
	child->frames = frames_free(child->frames);
}
