/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mem.owner: random owners. All workers work on all slices: each visit is to a page that some worker wrote
 * last, mostly another one, on another core and another NUMA node. It is checked and written anew, so
 * data move between caches, over the links between sockets, and to every node's memory from every core.
 *
 * Each pass goes over all pages once, in an order of its own; a worker takes every n-th place of that order, so
 * the owner of a page is another one in each pass. A page that somebody is at, or that a slower worker
 * has not come to yet, does no harm: a note for each page says what it holds. Its generation and the
 * number of the page make its content; who sees the note sees what was written before it.
 *
 * Work unit: one byte read and checked. Phase: generation * 65536 + worker that wrote the page last. `at`
 * is the offset in the slice that the page belongs to. At the end pages are looked at once more, for a
 * second at most. Distinct bytes are counted when all pages have been checked.
 */
#include "harness/base/memory.h"
#include "harness/stress/mix.h"
#include "harness/stress/stressor.h"
#include "harness/sys/clock.h"

#include <stdlib.h>

#define N_(text)  (text)
#define PRIME     2654435761U /* of the order of a pass: no count of pages is a multiple of it */
#define FINAL_NS  INT64_C(1000000000)

enum { PAGE = 4096, WORDS = PAGE / sizeof(uint64_t), WRITER_BITS = 16, WRITER_MASK = 65535 };

struct note {
	_Atomic uint32_t busy;
	uint32_t writer;
	uint64_t generation;	/* 0: nobody has written it yet */
};

struct owners {
	struct note *note;
	uint64_t pages;
	_Atomic uint64_t unchecked;	/* pages that nobody has checked yet */
};

struct visitor {
	struct stress_state *state;
	struct owners *owners;
	struct worker *worker;
	const void *memory;	/* worker->memory, put back at the end */
	bool counted;
};

static const struct kernel_spec spec = {
	.name = "mem.owner",
	.summary = N_("memory: pages that another core wrote last, over all nodes, in random order"),
	.target = TARGET_MEMORY,
	.phase_has_writer = true,
	.work_unit = "byte",
};

/* The page, and the slice that it belongs to. */
static uint64_t *page_of(const struct visitor *visitor, uint64_t page, uint64_t *ret_at)
{
	const struct stress_slice *slice = visitor->state->slice;

	for (; page >= slice->size / PAGE; slice++)
		page -= slice->size / PAGE;
	visitor->worker->memory = slice->memory;
	*ret_at = page * PAGE;
	return (uint64_t *)(void *)((char *)slice->memory + *ret_at);
}

static uint64_t seed_of(const struct visitor *visitor, uint64_t page, uint64_t generation)
{
	return mix_at(mix_at(visitor->state->seed, page), generation);
}

static void check(const struct visitor *visitor, uint64_t *data, uint64_t at, uint64_t seed)
{
	uint64_t wrong = 0;
	size_t i;

	worker_checkpoint(visitor->worker, at, data, PAGE);
	for (i = 0; i < WORDS; i++)
		wrong |= data[i] ^ mix_at(seed, i);
	for (i = 0; wrong && i < WORDS; i++) {
		if (data[i] == mix_at(seed, i))
			continue;
		worker_mismatch(visitor->worker, at + i * sizeof(*data), mix_at(seed, i), data[i]);
		data[i] = mix_at(seed, i); /* an error is told once */
	}
}

static void write_anew(uint64_t *data, uint64_t seed)
{
	size_t i;

	for (i = 0; i < WORDS; i++)
		data[i] = mix_at(seed, i);
}

/* Bytes checked: none where somebody is at it, or nothing had been written. */
static uint64_t visit(struct visitor *visitor, uint64_t page, bool writes)
{
	struct note *note = &visitor->owners->note[page];
	uint64_t at, *data = page_of(visitor, page, &at), done = 0;

	if (atomic_exchange_explicit(&note->busy, 1, memory_order_acquire))
		return 0;
	if (note->generation) {
		uint64_t seed = seed_of(visitor, page, note->generation);

		worker_block(visitor->worker, seed,
			     note->generation << WRITER_BITS | note->writer);
		check(visitor, data, at, seed);
		done = PAGE;
		if (note->generation == 1 && writes)
			atomic_fetch_sub(&visitor->owners->unchecked, 1);
	}
	if (writes) {
		note->generation++;
		note->writer = visitor->worker->index & WRITER_MASK;
		write_anew(data, seed_of(visitor, page, note->generation));
	}
	atomic_store_explicit(&note->busy, 0, memory_order_release);
	return done;
}

static uint64_t place_in_pass(const struct visitor *visitor, uint64_t place, uint64_t pass)
{
	uint64_t pages = visitor->owners->pages;
	uint64_t start = mix_at(visitor->state->seed, ~pass) % pages;

	return (uint64_t)(((unsigned __int128)place * PRIME + start) % pages);
}

/* False when it is time to end; *work is what was not counted yet. */
static bool one_pass(struct visitor *visitor, uint64_t pass, uint64_t *work)
{
	uint64_t place;

	for (place = visitor->worker->index; place < visitor->owners->pages;
	     place += visitor->worker->count) {
		if (!worker_go(visitor->worker, *work)) {
			*work = 0;
			return false;
		}
		*work = visit(visitor, place_in_pass(visitor, place, pass), true);
	}
	if (!visitor->counted && !atomic_load(&visitor->owners->unchecked)) {
		worker_distinct(visitor->worker,
				visitor->state->slice[visitor->worker->index].size);
		visitor->counted = true;
	}
	return true;
}

/* What was written last is checked as well. */
static void last_look(struct visitor *visitor)
{
	int64_t end_ns = clock_boot_ns() + FINAL_NS;
	uint64_t place;

	for (place = visitor->worker->index; place < visitor->owners->pages;
	     place += visitor->worker->count) {
		if (clock_boot_ns() >= end_ns)
			return;
		worker_go(visitor->worker, visit(visitor, place, false));
	}
}

static int prepare(struct stress_state *state, struct err *err)
{
	struct owners *owners = mem_zalloc(sizeof(*owners));
	unsigned int i;

	for (i = 0; i < state->worker_count; i++)
		owners->pages += state->slice[i].size / PAGE;
	owners->note = owners->pages ? calloc(owners->pages, sizeof(*owners->note)) : NULL;
	atomic_store(&owners->unchecked, owners->pages);
	state->own = owners;
	if (owners->note)
		return 0;
	return err_set(err, ERR_FULL, "no memory left to note who wrote each page of %s", spec.name);
}

static int run(struct stress_state *state, struct worker *worker, struct err *err)
{
	struct visitor visitor = { .state = state,
				   .owners = state->own,
				   .worker = worker,
				   .memory = worker->memory };
	uint64_t pass = 0, work = 0;

	(void)err;
	while (one_pass(&visitor, pass, &work))
		pass++;
	last_look(&visitor);
	worker->memory = visitor.memory;
	return 0;
}

static void finish(struct stress_state *state)
{
	struct owners *owners = state->own;

	if (!owners)
		return;
	free(owners->note);
	free(owners);
	state->own = NULL;
}

extern const struct stressor stressor_mem_owner;
const struct stressor stressor_mem_owner = {
	.spec = &spec,
	.isa_mask = 1U << ISA_SCALAR,
	.prepare = prepare,
	.run = run,
	.finish = finish,
};
