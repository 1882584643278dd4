/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_NEAREST_H
#define MODEL_NEAREST_H
/*
 * "Did you mean ...?": the candidate with the fewest changed, missing, additional or swapped
 * letters (optimal string alignment distance), when it is near enough to be a slip.
 *
 *	struct nearest near = { .word = "duraton" };
 *	nearest_try(&near, "duration");		for every candidate
 *	nearest_found(&near)			"duration", or NULL
 */
#include <stddef.h>

struct nearest {
	const char *word;
	const char *best;
	size_t distance;
};

void nearest_try(struct nearest *near, const char *candidate);
const char *nearest_found(const struct nearest *near);

#endif
