/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_PAIRS_H
#define PROBES_PAIRS_H
/*
 * Text of lines "KEY=value" or "KEY:value": os-release(5), .kyinfo, os-version, LICENSE, with or
 * without [sections], quotes and comments. The first line of a key counts; keys compare without case. Text lives in the arena.
 */
#include "harness/base/arena.h"

#include <stddef.h>

struct pair {
	const char *key;
	const char *value;
	struct pair *next;
};

struct pairs {
	struct pair *first;
	const char *source;	/* the caller's */
};

#define PAIRS_INIT { .first = NULL }

void pairs_read(struct pairs *pairs, struct arena *arena, const char *text, size_t size);
/* NULL when not there or empty. */
const char *pairs_get(const struct pairs *pairs, const char *key);

#endif
