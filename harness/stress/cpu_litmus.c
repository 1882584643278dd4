/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpu.litmus: in which order cores see each other's writes. Round after round each worker meets
 * another one, until every pair has met, and goes on; every fourth block, fours meet.
 *
 * A block: all at a table wait for each other, do their part of the program of each cell, and put down
 * what they saw; then each looks at what all of them saw (litmus.h). Words are never set back: each
 * block has a higher number.
 *
 * How it is verified: only outcomes that no memory model allows are wrong; the work of one core is
 * judged by all that it met. Alone, a worker plays all parts itself, at its own table; in a slice it
 * is alone, for the others are at other kernels.
 *
 * Work unit: one block of 32 cells. Phase: its number. `at`: the program (enum litmus) times eight;
 * `got`: how many outcomes of it were forbidden. Seed: the number of the worker that holds the table.
 */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/stress/board.h"
#include "harness/stress/litmus.h"
#include "harness/stress/stressor.h"

#include <stddef.h>
#include <string.h>

#define N_(text) (text)

enum { CELLS = 32, LINE = 128, FOURS_EVERY = 4 };

struct cell {
	_Alignas(LINE) _Atomic uint64_t x;
	_Alignas(LINE) _Atomic uint64_t y;
};

/* Of each worker. The first three it writes alone, with the number of the block. */
struct table {
	_Alignas(LINE) _Atomic uint64_t here;
	_Alignas(LINE) _Atomic uint64_t done;
	_Alignas(LINE) _Atomic uint64_t left;
	struct cell cell[CELLS];
	struct seat {
		_Alignas(LINE) uint64_t seen[CELLS][LITMUS_READS];
	} seat[LITMUS_ROLES];
};

/* Who meets in a block. */
struct meeting {
	struct table *table;		/* that of the first member */
	size_t member[LITMUS_ROLES];	/* workers, in the order of their roles */
	size_t roles, role;		/* of the program; role: mine */
	bool alone;			/* all of them are mine */
};

static const struct kernel_spec spec = {
	.name = "cpu.litmus",
	.summary = N_("the order in which cores see each other's writes, all pairs of them"),
	.target = TARGET_CPU,
	.work_unit = "block",
};

static int prepare(struct stress_state *state, struct err *err)
{
	size_t size = state->worker_count * sizeof(struct table);
	void *table = NULL;

	if (posix_memalign(&table, LINE, size))
		return err_set(err, ERR_FULL, "no memory left for cpu.litmus");
	memset(table, 0, size);
	state->own = table;
	return 0;
}

static void finish(struct stress_state *state)
{
	free(state->own);
	state->own = NULL;
}

/* --- the programs ----------------------------------------------------------------------------- */

static void put(_Atomic uint64_t *word, uint64_t n, memory_order order)
{
	atomic_store_explicit(word, n, order);
}

static uint64_t get(_Atomic uint64_t *word, memory_order order)
{
	return atomic_load_explicit(word, order);
}

/* The first of a pair; in `readers` the two that write. */
static void play_first(enum litmus litmus, struct cell *cell, uint64_t n, uint64_t *seen)
{
	switch (litmus) {
	case LITMUS_STORE_BUFFER:
		put(&cell->x, n, memory_order_seq_cst);
		seen[0] = get(&cell->y, memory_order_seq_cst);
		break;
	case LITMUS_LOAD_BUFFER:
		seen[0] = get(&cell->x, memory_order_acquire);
		put(&cell->y, n, memory_order_release);
		break;
	case LITMUS_MESSAGE:
		put(&cell->x, n, memory_order_relaxed);
		put(&cell->y, n, memory_order_release);
		break;
	case LITMUS_COHERENCE:
		put(&cell->x, n, memory_order_relaxed);
		break;
	default:
		put(&cell->x, n, memory_order_seq_cst);
		break;
	}
}

static void play_second(enum litmus litmus, struct cell *cell, uint64_t n, uint64_t *seen)
{
	switch (litmus) {
	case LITMUS_STORE_BUFFER:
		put(&cell->y, n, memory_order_seq_cst);
		seen[0] = get(&cell->x, memory_order_seq_cst);
		break;
	case LITMUS_LOAD_BUFFER:
		seen[0] = get(&cell->y, memory_order_acquire);
		put(&cell->x, n, memory_order_release);
		break;
	case LITMUS_MESSAGE:
		seen[0] = get(&cell->y, memory_order_acquire);
		seen[1] = get(&cell->x, memory_order_relaxed);
		break;
	case LITMUS_COHERENCE:
		seen[0] = get(&cell->x, memory_order_relaxed);
		seen[1] = get(&cell->x, memory_order_relaxed);
		break;
	default:
		put(&cell->y, n, memory_order_seq_cst);
		break;
	}
}

static void play(enum litmus litmus, size_t role, struct cell *cell, uint64_t n, uint64_t *seen)
{
	seen[0] = seen[1] = 0;
	if (role == 0)
		play_first(litmus, cell, n, seen);
	else if (role == 1)
		play_second(litmus, cell, n, seen);
	else {
		seen[0] = get(role == 2 ? &cell->x : &cell->y, memory_order_seq_cst);
		seen[1] = get(role == 2 ? &cell->y : &cell->x, memory_order_seq_cst);
	}
}

static enum litmus program(const struct meeting *meeting, size_t cell)
{
	return meeting->roles == 2 ? (enum litmus)(cell % LITMUS_READERS) : LITMUS_READERS;
}

/* --- a block ---------------------------------------------------------------------------------- */

static _Atomic uint64_t *sign_of(struct table *table, size_t offset)
{
	return (_Atomic uint64_t *)((char *)table + offset);
}

/* Until all members have signed n; false when the step is over: then nobody comes any more. */
static bool wait_all(struct table *tables, const struct worker *worker,
		     const struct meeting *meeting, size_t offset, uint64_t n)
{
	size_t role;

	for (role = 0; role < meeting->roles; role++) {
		if (!board_await(worker, sign_of(&tables[meeting->member[role]], offset), n,
				 INT64_MAX))
			return false;
	}
	return true;
}

static bool sign(struct table *tables, const struct worker *worker, const struct meeting *meeting,
		 size_t offset, uint64_t n)
{
	if (meeting->alone)
		return true;
	atomic_store_explicit(sign_of(&tables[worker->index], offset), n, memory_order_release);
	return wait_all(tables, worker, meeting, offset, n);
}

static struct meeting meet(struct table *tables, const struct worker *worker, uint64_t n)
{
	size_t count = worker->count, me = worker->index, at, role;
	bool fours = n % FOURS_EVERY == 0;
	struct meeting meeting = { .member = { me, me, me, me },
				   .roles = fours ? LITMUS_ROLES : 2 };

	if (worker->slice_end_ns) {
		meeting.alone = true;
	} else if (fours) {
		at = (me + n / FOURS_EVERY) % count;
		meeting.role = at % LITMUS_ROLES;
		meeting.alone = at - meeting.role + LITMUS_ROLES > count;
		for (role = 0; role < LITMUS_ROLES && !meeting.alone; role++)
			meeting.member[role] = (me + count - meeting.role + role) % count;
	} else {
		at = litmus_partner(n, me, count);
		meeting.alone = at == me;
		meeting.role = at < me;
		meeting.member[0] = at < me ? at : me;
		meeting.member[1] = at < me ? me : at;
	}
	meeting.table = &tables[meeting.member[0]];
	return meeting;
}

static void play_all(const struct meeting *meeting, uint64_t n)
{
	size_t cell, role;

	for (cell = 0; cell < CELLS; cell++) {
		for (role = 0; role < meeting->roles; role++) {
			if (meeting->alone || role == meeting->role)
				play(program(meeting, cell), role, &meeting->table->cell[cell], n,
				     meeting->table->seat[role].seen[cell]);
		}
	}
}

static void judge(const struct meeting *meeting, uint64_t n, uint64_t *forbidden)
{
	uint64_t seen[LITMUS_ROLES][LITMUS_READS];
	size_t cell, role;

	memset(forbidden, 0, LITMUS_COUNT * sizeof(*forbidden));
	memset(seen, 0, sizeof(seen));
	for (cell = 0; cell < CELLS; cell++) {
		enum litmus litmus = program(meeting, cell);

		for (role = 0; role < meeting->roles; role++)
			memcpy(seen[role], meeting->table->seat[role].seen[cell], sizeof(seen[0]));
		forbidden[litmus] += litmus_forbidden(litmus, n, seen);
	}
}

static int run(struct stress_state *state, struct worker *worker, struct err *err)
{
	static const uint64_t none[LITMUS_COUNT];
	struct table *tables = state->own;
	uint64_t forbidden[LITMUS_COUNT], done = 0;
	/* A new run of the self-test begins where the last one ended, or all would be new. */
	uint64_t n = atomic_load(&tables[worker->index].cell[0].x);

	(void)err;
	while (worker_go(worker, done)) {
		struct meeting meeting = meet(tables, worker, ++n);

		worker_block(worker, meeting.member[0], n);
		if (!sign(tables, worker, &meeting, offsetof(struct table, here), n))
			break;
		play_all(&meeting, n);
		if (!sign(tables, worker, &meeting, offsetof(struct table, done), n))
			break;
		judge(&meeting, n, forbidden);
		worker_checkpoint(worker, 0, forbidden, sizeof(forbidden));
		worker_compare(worker, 0, none, forbidden, LITMUS_COUNT);
		done = 1;
		/* Nobody writes there again while another still reads. */
		if (!sign(tables, worker, &meeting, offsetof(struct table, left), n))
			break;
	}
	return 0;
}

extern const struct stressor stressor_cpu_litmus;
const struct stressor stressor_cpu_litmus = {
	.spec = &spec,
	.isa_mask = 1U << ISA_SCALAR,
	.prepare = prepare,
	.run = run,
	.finish = finish,
};
