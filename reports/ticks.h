/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_TICKS_H
#define REPORTS_TICKS_H
/*
 * Where the marks of an axis stand: at multiples of 1, 2 or 5 times a power of ten (for times also
 * of the steps of a clock: 15 s, 30 s, 1 min ... 12 h, 1 d), the smallest such step that needs no
 * more than `most` intervals.
 */
#include <stddef.h>
#include <stdint.h>

struct ticks {
	int64_t first;
	int64_t step;
	size_t count;	/* marks: first, first + step, ...; at least 2 */
};

/* Marks from at or below `low` to at or above `high`. `most` at least 2. */
struct ticks ticks_cover(int64_t low, int64_t high, size_t most);

/* Marks within [0, length_ns], from 0. */
struct ticks ticks_time(int64_t length_ns, size_t most);

/* How times of such an axis are written: "40 s", "1:30", "12:00", "3 d"; and what that means. */
#define TICKS_TEXT_SIZE 40
char *ticks_time_text(const struct ticks *ticks, int64_t length_ns, int64_t time_ns,
		      char out[TICKS_TEXT_SIZE]);
const char *ticks_time_unit(int64_t length_ns);	/* msgid */

#endif
