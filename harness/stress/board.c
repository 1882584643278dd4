/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/board.h"

#include "harness/sys/clock.h"

#include <sched.h>

#define NAP_NS 20000

enum { SPINS = 4000 };
enum { CHARGE_NONE = 0, CHARGE_WRITTEN, CHARGE_THERE };

static void put(_Atomic uint64_t *word, uint64_t value)
{
	atomic_store_explicit(word, value, memory_order_relaxed);
}

static uint64_t get(const _Atomic uint64_t *word)
{
	return atomic_load_explicit(word, memory_order_relaxed);
}

void board_write(struct board_note *note, uint64_t number, const uint64_t *word)
{
	size_t i;

	put(&note->number, 0);
	/* Who sees a new word sees that the number is gone. */
	atomic_thread_fence(memory_order_release);
	for (i = 0; i < BOARD_WORDS; i++)
		put(&note->word[i], word[i]);
	atomic_store_explicit(&note->number, number, memory_order_release);
}

static bool is_about(const struct board_note *note, uint64_t number)
{
	return atomic_load_explicit(&note->number, memory_order_acquire) == number;
}

static bool is_still_about(const struct board_note *note, uint64_t number)
{
	atomic_thread_fence(memory_order_acquire);
	return get(&note->number) == number;
}

bool board_read(const struct board_note *note, uint64_t number, uint64_t *word)
{
	size_t i;

	if (!is_about(note, number))
		return false;
	for (i = 0; i < BOARD_WORDS; i++)
		word[i] = get(&note->word[i]);
	return is_still_about(note, number);
}

bool board_digest(const struct board_note *note, uint64_t number, uint64_t *ret_digest)
{
	if (!is_about(note, number))
		return false;
	*ret_digest = get(&note->word[LANE_ANSWER]);
	return is_still_about(note, number);
}

bool board_await(const struct worker *worker, const _Atomic uint64_t *number, uint64_t n,
		 int64_t until_ns)
{
	unsigned int spins = 0;
	int64_t now;

	while (atomic_load_explicit(number, memory_order_acquire) < n) {
		if (++spins % SPINS)
			continue;
		now = clock_boot_ns();
		if (worker_stopping(worker) || now >= worker->end_ns || now >= until_ns)
			return false;
		/* It is the other that hangs, if one does. */
		atomic_store_explicit(&worker->line->beat_ns, (uint64_t)now, memory_order_relaxed);
		/* Whoever is still not there has no cpu: it may want this one. */
		if (spins == SPINS)
			sched_yield();
		else
			clock_wait_ns(NAP_NS);
	}
	return true;
}

void board_raise(_Atomic uint64_t *number, uint64_t n)
{
	uint64_t now = get(number);

	while (now < n && !atomic_compare_exchange_weak(number, &now, n))
		;
}

void board_accuse(struct board_charge *charge, const struct board_charge *what,
		  const uint64_t *want, const uint64_t *got)
{
	uint32_t none = CHARGE_NONE;
	size_t i;

	if (!atomic_compare_exchange_strong(&charge->state, &none, CHARGE_WRITTEN))
		return;
	charge->seed = what->seed;
	charge->phase = what->phase;
	charge->at = what->at;
	charge->count = 0;
	for (i = 0; i < BOARD_WORDS && charge->count < BOARD_CHARGES; i++) {
		if (want[i] == got[i])
			continue;
		charge->place[charge->count] = i;
		charge->want[charge->count] = want[i];
		charge->got[charge->count++] = got[i];
	}
	atomic_store_explicit(&charge->state, CHARGE_THERE, memory_order_release);
}

void board_confess(struct board_charge *charge, struct worker *worker)
{
	size_t i;

	if (atomic_load_explicit(&charge->state, memory_order_acquire) != CHARGE_THERE)
		return;
	worker_block(worker, charge->seed, charge->phase);
	for (i = 0; i < charge->count; i++)
		worker_mismatch(worker, charge->at + charge->place[i] * sizeof(uint64_t),
				charge->want[i], charge->got[i]);
	atomic_store_explicit(&charge->state, CHARGE_NONE, memory_order_release);
}
