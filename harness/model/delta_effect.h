/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_DELTA_EFFECT_H
#define MODEL_DELTA_EFFECT_H
/*
 * What follows from differences: which conclusions of a test before the change still hold, and
 * which tests must run again. The rules are a dated table (changes.tsv, docs/formats/data.md);
 * the first row that fits a change decides, and a change that no row fits breaks everything.
 *
 *	struct delta_effects effects = DELTA_EFFECTS_INIT;
 *	delta_effects_make(&rules, &deltas, test, test_count, &effects);
 *	for (i = 0; i < DELTA_CONCLUSIONS; i++) ... effects.conclusion[i].cause ? broken : holds
 *	delta_effects_release(&effects);	before deltas and rules
 */
#include "harness/base/arena.h"
#include "harness/base/ids.h"
#include "harness/model/delta.h"

struct delta_effect {
	const char *name;		/* of the conclusion or test */
	const struct delta *cause;	/* the first that has this effect; NULL: none has */
	long row;			/* of the rules that says so; -1: none speaks of it */
};

enum { DELTA_CONCLUSIONS = 7 };
/* "cpu", "disk", "memory", "network", "parts", "system", "temperature" */
extern const char *const delta_conclusion[DELTA_CONCLUSIONS];

struct delta_effects {
	struct arena arena;
	struct delta_effect conclusion[DELTA_CONCLUSIONS];
	struct delta_effect *test;	/* as given */
	size_t test_count;
};

#define DELTA_EFFECTS_INIT { .arena = ARENA_INIT }

/* The columns of the table: keys class, change, attribute; then these. */
enum {
	DELTA_RULE_BREAKS = 3,	/* conclusions (globs) with a blank between, or "all" */
	DELTA_RULE_AGAIN,	/* tests, likewise */
	DELTA_RULE_WHY,
	DELTA_RULE_WHY_ZH,
	DELTA_RULE_SOURCE,
};

void delta_effects_make(const struct ids *rules, const struct deltas *deltas,
			const char *const *test, size_t test_count, struct delta_effects *effects);
void delta_effects_release(struct delta_effects *effects);

#endif
