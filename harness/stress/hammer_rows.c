/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/hammer_rows.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static bool conflicts(const struct hammer_timing *timing, size_t base, size_t line, uint64_t limit)
{
	int i;

	for (i = 1; i < HAMMER_TRIES; i++) {
		if (timing->pair(timing->context, base, line) <= limit)
			return false;
	}
	return true;
}

size_t hammer_rows_find(const struct hammer_timing *timing, size_t base, const size_t *line,
			size_t lines, size_t *row, size_t rows)
{
	uint64_t took[HAMMER_LINES], sorted[HAMMER_LINES], limit;
	size_t count = 0, i;

	if (!lines || lines > HAMMER_LINES)
		return 0;
	for (i = 0; i < lines; i++)
		took[i] = timing->pair(timing->context, base, line[i]);
	memcpy(sorted, took, lines * sizeof(*took));
	qsort(sorted, lines, sizeof(*sorted), compare);
	limit = sorted[lines / 2] + sorted[lines / 2] / 8;
	for (i = 0; i < lines && count < rows; i++) {
		if (took[i] > limit && conflicts(timing, base, line[i], limit))
			row[count++] = line[i];
	}
	return count;
}
