/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_BOARD_H
#define STRESS_BOARD_H
/*
 * What workers of one kernel tell each other without a lock: a note has one writer and any number of
 * readers, and an accusation has any number of writers and one reader, the worker that is accused.
 *
 *	board_write(&mine->note[n % 2], n, word);
 *	if (board_await(worker, &other->note[n % 2].number, n, until_ns) &&
 *	    board_read(&other->note[n % 2], n, theirs))
 *		...	compare
 *	board_accuse(&other->charge, &charge, mine, theirs);	it was wrong, as others found
 *	board_confess(&mine->charge, worker);			each worker, before each block
 *
 * Nobody must come: who waits has an end to it, and reads again whether the note was still the same.
 * An accused worker reports what others say in its own line and judges nothing, so that the finding
 * names its cpu; what was charged while an earlier charge was still unread is dropped.
 */
#include "harness/stress/lane.h"
#include "harness/stress/worker.h"

enum {
	BOARD_WORDS = LANE_ANSWER + 1,	/* the last is the digest of the others */
	BOARD_CHARGES = 16,
	BOARD_LINE = 128,
};

struct board_note {
	_Alignas(BOARD_LINE) _Atomic uint64_t number;	/* of the block; 0: none, or being written */
	_Atomic uint64_t word[BOARD_WORDS];
};

struct board_charge {
	_Alignas(BOARD_LINE) _Atomic uint32_t state;
	uint64_t seed, phase, at;
	size_t count;		/* of words that were wrong, the first BOARD_CHARGES */
	size_t place[BOARD_CHARGES];
	uint64_t want[BOARD_CHARGES], got[BOARD_CHARGES];
};

void board_write(struct board_note *note, uint64_t number, const uint64_t *word);
/* False when the note is about another block, before or after reading. */
bool board_read(const struct board_note *note, uint64_t number, uint64_t *word);
/* The same for the digest alone. */
bool board_digest(const struct board_note *note, uint64_t number, uint64_t *ret_digest);

/* Until *number is at least n; false when that is until_ns, or the step is over. */
bool board_await(const struct worker *worker, const _Atomic uint64_t *number, uint64_t n,
		 int64_t until_ns);
/* Make *number at least n. */
void board_raise(_Atomic uint64_t *number, uint64_t n);

/* Charge with the words of `got` that differ; `what` says seed, phase and the offset of the first. */
void board_accuse(struct board_charge *charge, const struct board_charge *what,
		  const uint64_t *want, const uint64_t *got);
void board_confess(struct board_charge *charge, struct worker *worker);

#endif
