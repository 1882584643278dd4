/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpu.atomic: read-modify-write operations and the coherence of caches, all workers on the same
 * lines.
 *
 * Each worker owns one byte of a word that it shares with seven others, and of a line that it
 * shares with sixty-three. A block is 256 atomic operations on that word which change the worker's
 * byte alone: add, subtract, exclusive or, and, or, compare and exchange. In the same block it
 * writes a message, data first, then the flag that it is there, and reads those of all others.
 *
 * How it is verified: nobody else may change a worker's byte, so each operation must find what the
 * last one left; it is compared 256 times a block. Who sees a flag must see data at least as new,
 * on every memory model (release and acquire), and neither ever grows older.
 *
 * Work unit: one block. Phase: number of operations so far. `at` below 2048: the operation, times
 * eight; above: of worker at / 8 - 256, `want` is the flag and `got` what was behind it, or the
 * flag before and after.
 */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/stress/mix.h"
#include "harness/stress/stressor.h"

#include <string.h>

#define N_(text) (text)

enum { OPERATIONS = 256, OWNERS = 8, LINE = 128 };

struct message {
	_Alignas(LINE) _Atomic uint64_t data;
	_Alignas(LINE) _Atomic uint64_t flag;
};

struct shared {
	size_t workers;
	_Atomic uint64_t *word; /* one for each OWNERS workers, next to each other */
	struct message *message; /* of each worker */
};

static const struct kernel_spec spec = {
	.name = "cpu.atomic",
	.summary = N_("atomic operations on lines that all workers share, and the order of messages"),
	.target = TARGET_CPU,
	.work_unit = "block",
};

static void finish(struct stress_state *state)
{
	struct shared *shared = state->own;

	if (!shared)
		return;
	free(shared->word);
	free(shared->message);
	free(shared);
	state->own = NULL;
}

static int prepare(struct stress_state *state, struct err *err)
{
	struct shared *shared = mem_zalloc(sizeof(*shared));
	size_t workers = state->worker_count, words = (workers + OWNERS - 1) / OWNERS;
	void *word = NULL, *message = NULL;

	if (posix_memalign(&word, LINE, words * sizeof(*shared->word)) ||
	    posix_memalign(&message, LINE, workers * sizeof(*shared->message))) {
		free(word);
		free(shared);
		return err_set(err, ERR_FULL, "no memory left for cpu.atomic");
	}
	memset(word, 0, words * sizeof(*shared->word));
	memset(message, 0, workers * sizeof(*shared->message));
	*shared = (struct shared){ workers, word, message };
	state->own = shared;
	return 0;
}

/* Sets the byte to what `next` says by one of six ways; returns the word before. */
static uint64_t change(_Atomic uint64_t *word, unsigned int way, uint64_t byte, uint64_t next,
		       unsigned int shift)
{
	uint64_t old;

	switch (way) {
	case 0:
		return next > byte ? atomic_fetch_add(word, (next - byte) << shift) :
				     atomic_fetch_sub(word, (byte - next) << shift);
	case 1:
		return atomic_fetch_xor(word, (next ^ byte) << shift);
	case 2:
		old = atomic_fetch_and(word, ~((byte & ~next) << shift));
		atomic_fetch_or(word, next << shift);
		return old;
	case 3:
		old = atomic_fetch_or(word, next << shift);
		atomic_fetch_and(word, ~((byte & ~next) << shift));
		return old;
	default:
		old = atomic_load(word);
		while (!atomic_compare_exchange_weak(word, &old,
						     (old & ~(0xffULL << shift)) | next << shift))
			;
		return old;
	}
}

/* 256 operations; what each found in want[] and got[]. Returns the byte that is left. */
static uint64_t operate(_Atomic uint64_t *word, unsigned int shift, uint64_t seed, uint64_t *want,
			uint64_t *got)
{
	uint64_t byte = atomic_load(word) >> shift & 0xff;
	unsigned int i;

	for (i = 0; i < OPERATIONS; i++) {
		uint64_t random = mix_at(seed, i), next = random & 0xff;

		want[i] = byte;
		got[i] = change(word, random >> 8 & 7, byte, next, shift) >> shift & 0xff;
		byte = next;
	}
	return byte;
}

static void send(struct message *own)
{
	uint64_t stamp = atomic_load_explicit(&own->flag, memory_order_relaxed) + 1;

	atomic_store_explicit(&own->data, stamp, memory_order_relaxed);
	atomic_store_explicit(&own->flag, stamp, memory_order_release);
}

static void read_all(struct worker *worker, const struct shared *shared, uint64_t *seen)
{
	size_t i;

	for (i = 0; i < shared->workers; i++) {
		struct message *message = &shared->message[i];
		uint64_t flag = atomic_load_explicit(&message->flag, memory_order_acquire);
		uint64_t data = atomic_load_explicit(&message->data, memory_order_relaxed);

		if (data < flag)
			worker_mismatch(worker, (OPERATIONS + i) * 8, flag, data);
		if (flag < seen[i])
			worker_mismatch(worker, (OPERATIONS + i) * 8, seen[i], flag);
		seen[i] = flag;
	}
}

static int run(struct stress_state *state, struct worker *worker, struct err *err)
{
	const struct shared *shared = state->own;
	_Atomic uint64_t *word = &shared->word[worker->index / OWNERS];
	unsigned int shift = worker->index % OWNERS * 8;
	AUTO_FREE uint64_t *seen = mem_zalloc(shared->workers * sizeof(*seen));
	uint64_t want[OPERATIONS], got[OPERATIONS], done = 0, operations = 0, left, byte;

	(void)err;
	left = atomic_load(word) >> shift & 0xff;
	while (worker_go(worker, done)) {
		worker_block(worker, mix_at(worker->seed, operations), operations);
		byte = atomic_load(word) >> shift & 0xff;
		if (byte != left)
			worker_mismatch(worker, 0, left, byte);
		left = operate(word, shift, mix_at(worker->seed, operations), want, got);
		send(&shared->message[worker->index]);
		read_all(worker, shared, seen);
		worker_checkpoint(worker, 0, got, sizeof(got));
		worker_compare(worker, 0, want, got, OPERATIONS);
		operations += OPERATIONS;
		done = 1;
	}
	return 0;
}

extern const struct stressor stressor_cpu_atomic;
const struct stressor stressor_cpu_atomic = {
	.spec = &spec,
	.isa_mask = 1U << ISA_SCALAR,
	.prepare = prepare,
	.run = run,
	.finish = finish,
};
