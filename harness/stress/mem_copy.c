/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mem.copy: block moves. A window of the slice is checked, a block of it is moved inside the window,
 * by distances and sizes of every alignment, half of the time by one byte, and the whole window is
 * checked again: what was moved, what was overwritten, what lay beside it. Then it is
 * written anew, for the next sweep.
 *
 * Blocks have 64 bytes to half of the window of 1 MiB.
 *
 * Every second word holds its own offset in the slice, so a word that came from the wrong place says
 * from where; the others are random. Work unit: one byte, counted each time it was checked. Phase:
 * pass * 1000 + number of the move in the window's turn.
 */
#include "harness/base/memory.h"
#include "harness/stress/mix.h"
#include "harness/stress/stressor.h"
#include "harness/sys/clock.h"

#include <stdlib.h>
#include <string.h>

#define N_(text) (text)

enum {
	WINDOW = 1 << 20,
	SELF_TEST_WINDOW = 64 << 10,
	LEAST = 64, /* bytes of a block */
	MOVES = 4,
	PHASE_PASS = 1000,
	FINAL_NS = 1000000000,
};

struct mover {
	struct worker *worker;
	unsigned char *memory;
	size_t size;	/* of the slice */
	size_t at;	/* of the window in it */
	size_t window;	/* its size; the last one may be shorter */
	uint64_t pass, checked;
	uint64_t *want;
};

/* The size of the block, where it lies and where it goes, inside the window. */
struct move {
	size_t from, to, size;
};

static void make_want(struct mover *mover)
{
	uint64_t seed = mix_at(mover->worker->seed, mover->pass);
	size_t i;

	for (i = 0; i < mover->window / sizeof(uint64_t); i++) {
		uint64_t at = mover->at + i * sizeof(uint64_t);

		mover->want[i] = i % 2 ? mix_at(seed, at) : at;
	}
}

static void put(struct mover *mover)
{
	memcpy(mover->memory + mover->at, mover->want, mover->window);
}

static void check(struct mover *mover)
{
	const unsigned char *memory = mover->memory + mover->at;

	worker_checkpoint(mover->worker, mover->at, mover->memory + mover->at, mover->window);
	mover->checked += mover->window;
	if (!memcmp(memory, mover->want, mover->window))
		return;
	worker_compare(mover->worker, mover->at, mover->want,
		       (const uint64_t *)(const void *)memory, mover->window / sizeof(uint64_t));
	put(mover); /* an error is told once */
}

/* Sizes from 64 bytes to the window, most of them odd; near moves overlap, far ones do not. */
static struct move move_number(const struct mover *mover, uint64_t number)
{
	uint64_t random = mix_at(~mover->worker->seed, number);
	uint64_t other = mix_word(random);
	size_t most = mover->window / 2, room;
	struct move move;

	move.size = LEAST + (size_t)random % (most - LEAST + 1) / (1U << (other & 7));
	room = mover->window - move.size;
	move.from = (size_t)(random >> 32) % room;
	move.to = (size_t)(other >> 32) % room;
	if (other >> 3 & 1)
		move.to = move.from + 1;
	return move;
}

/* The same in `want`, byte by byte and away from the other end: not the routine that is tested. */
static void move_want(struct mover *mover, const struct move *move)
{
	volatile unsigned char *byte = (volatile unsigned char *)mover->want;
	size_t i;

	for (i = 0; i < move->size; i++) {
		size_t k = move->to > move->from ? move->size - 1 - i : i;

		byte[move->to + k] = byte[move->from + k];
	}
}

static void moves_in_window(struct mover *mover)
{
	uint64_t first = mix_at(mover->pass, mover->at);
	unsigned int i;

	make_want(mover);
	worker_block(mover->worker, mover->worker->seed, mover->pass * PHASE_PASS);
	check(mover);
	for (i = 0; i < MOVES && mover->window > 2 * LEAST; i++) {
		struct move move = move_number(mover, first + i);
		unsigned char *memory = mover->memory + mover->at;

		worker_block(mover->worker, mover->worker->seed, mover->pass * PHASE_PASS + i + 1);
		memmove(memory + move.to, memory + move.from, move.size);
		move_want(mover, &move);
		check(mover);
	}
}

static bool go(struct mover *mover)
{
	uint64_t checked = mover->checked;

	mover->checked = 0;
	return worker_go(mover->worker, checked);
}

/* Windows below mover->at hold what the next pass begins with, the others what this one does. */
static void last_look(struct mover *mover, size_t window)
{
	size_t edge = mover->at;
	uint64_t pass = mover->pass;
	int64_t end = clock_boot_ns() + FINAL_NS;

	for (mover->at = 0; mover->at < mover->size && clock_boot_ns() < end;
	     mover->at += mover->window) {
		mover->window =
			mover->size - mover->at < window ? mover->size - mover->at : window;
		mover->pass = mover->at < edge ? pass + 1 : pass;
		make_want(mover);
		worker_block(mover->worker, mover->worker->seed,
			     mover->pass * PHASE_PASS + MOVES + 1);
		check(mover);
		go(mover);
	}
}

static bool one_pass(struct mover *mover, size_t window, bool fills)
{
	for (mover->at = 0; mover->at < mover->size; mover->at += mover->window) {
		mover->window =
			mover->size - mover->at < window ? mover->size - mover->at : window;
		if (!go(mover))
			return false;
		if (!fills) {
			moves_in_window(mover);
			if (!mover->pass)
				worker_distinct(mover->worker, mover->window);
			mover->pass++;
		}
		make_want(mover);
		put(mover);
		mover->pass -= !fills;
	}
	return true;
}

static int prepare(struct stress_state *state, struct err *err)
{
	unsigned int i;

	for (i = 0; i < state->worker_count; i++) {
		if (!state->slice[i].size || state->slice[i].size % LEAST)
			return err_set(err, ERR_INTERNAL,
				       "%s needs whole lines of 64 bytes, slice %u has %zu bytes",
				       "mem.copy", i, state->slice[i].size);
	}
	return 0;
}

static int run(struct stress_state *state, struct worker *worker, struct err *err)
{
	const struct stress_slice *slice = &state->slice[worker->index];
	size_t window = state->self_test ? SELF_TEST_WINDOW : WINDOW;
	struct mover mover = { .worker = worker,
			       .memory = slice->memory,
			       .size = slice->size,
			       .want = mem_alloc(window) };

	(void)err;
	if (one_pass(&mover, window, true)) {
		while (one_pass(&mover, window, false))
			mover.pass++;
		last_look(&mover, window);
	}
	free(mover.want);
	return 0;
}

static void finish(struct stress_state *state)
{
	(void)state; /* the slices are the step's */
}

static const struct kernel_spec spec = {
	.name = "mem.copy",
	.summary = N_("memory: blocks moved by every distance and alignment, overlapping or not"),
	.target = TARGET_MEMORY,
	.work_unit = "byte",
};

extern const struct stressor stressor_mem_copy;
const struct stressor stressor_mem_copy = {
	.spec = &spec,
	.isa_mask = 1U << ISA_SCALAR,
	.prepare = prepare,
	.run = run,
	.finish = finish,
};
