/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/nearest.h"

#include <string.h>

enum { WORD_MAX = 48 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t row[3][WORD_MAX + 1];
	size_t i, k;

	for (k = 0; k <= b_length; k++)
		row[0][k] = k;
	for (i = 1; i <= a_length; i++) {
		size_t *now = row[i % 3];
		const size_t *last = row[(i - 1) % 3];
		const size_t *before = row[(i + 1) % 3];

		now[0] = i;
		for (k = 1; k <= b_length; k++) {
			now[k] = least(least(last[k], now[k - 1]) + 1,
				       last[k - 1] + (a[i - 1] != b[k - 1]));
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
				now[k] = least(now[k], before[k - 2] + 1);
		}
	}
	return row[a_length % 3][b_length];
}

void nearest_try(struct nearest *near, const char *candidate)
{
	size_t word_length = strlen(near->word);
	size_t length = strlen(candidate);
	size_t changes;

	if (!length || length > WORD_MAX || word_length > WORD_MAX)
		return;
	changes = distance(near->word, word_length, candidate, length);
	if (near->best && changes >= near->distance)
		return;
	near->best = candidate;
	near->distance = changes;
}

const char *nearest_found(const struct nearest *near)
{
	return near->best && near->distance <= 1 + strlen(near->best) / 4 ? near->best : NULL;
}
