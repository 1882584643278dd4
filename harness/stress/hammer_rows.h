/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_HAMMER_ROWS_H
#define STRESS_HAMMER_ROWS_H
/*
 * Which lines of memory lie in other rows of the same bank as a given one, by measurement: reading two of
 * them in turns, past the caches, takes longer when the bank has to close one row to open the other. No
 * map of the machine is needed, and none is believed.
 *
 *	count = hammer_rows_find(&timing, base, line, LINES, row, ROWS);
 *
 * Most pairs lie in different banks: the median of all is what such a pair takes. A pair conflicts when it
 * takes an eighth more, in each of HAMMER_TRIES measurements, so that what disturbed one does not
 * count. None is found where the processor hides the difference, or nothing was measured.
 */
#include <stddef.h>
#include <stdint.h>

enum { HAMMER_LINES = 512, HAMMER_TRIES = 4 };

struct hammer_timing {
	/* What so many turns over both lines take, in any unit that grows with time. */
	uint64_t (*pair)(void *context, size_t one, size_t other);
	void *context;
};

/* `line`: offsets of at most HAMMER_LINES candidates. Returns how many are in `row`, `rows` at most. */
size_t hammer_rows_find(const struct hammer_timing *timing, size_t base, const size_t *line,
			size_t lines, size_t *row, size_t rows);

#endif
