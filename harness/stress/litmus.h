/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_LITMUS_H
#define STRESS_LITMUS_H
/*
 * Short programs of two or four cores on two words x and y, and what they must never see, whatever
 * the memory model of the processor: the orders are those of C11, which the compiler turns into the
 * barriers that each architecture needs.
 *
 *	store buffer	x=n; a=y	| y=n; b=x		not both old
 *	load buffer	a=x; y=n	| b=y; x=n		not both new
 *	message		x=n; y=n	| a=y; b=x		not a new and b old
 *	coherence	x=n		| a=x; b=x		not a newer than b
 *	readers		x=n | y=n | a=x; b=y | c=y; d=x		not a, c new and b, d old
 *
 * A word is new when it is n, the number of the block, and old when it is less.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum litmus {
	LITMUS_STORE_BUFFER = 0,
	LITMUS_LOAD_BUFFER,
	LITMUS_MESSAGE,
	LITMUS_COHERENCE,
	LITMUS_READERS,
	LITMUS_COUNT,
};

enum { LITMUS_ROLES = 4, LITMUS_READS = 2 };

/* Did they see what they never may? seen[role] has the reads of each in their order. */
bool litmus_forbidden(enum litmus litmus, uint64_t n,
		      const uint64_t seen[LITMUS_ROLES][LITMUS_READS]);

/* A round in which every worker meets one other; the worker itself when it is left over. */
size_t litmus_partner(uint64_t round, size_t worker, size_t count);
/* So many rounds, and each pair has met once. */
size_t litmus_rounds(size_t count);

#endif
