/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/delta_effect.h"

#include <string.h>

const char *const delta_conclusion[DELTA_CONCLUSIONS] = {
	"cpu", "disk", "memory", "network", "parts", "system", "temperature",
};

/* Words are globs: "cpu.*"; "all" is one of everything. */
static bool has_word(const char *words, const char *word)
{
	enum { WORD_MAX = 32 };
	char glob[WORD_MAX];

	while (*words) {
		size_t size = strcspn(words, " ");

		if (size < sizeof(glob)) {
			memcpy(glob, words, size);
			glob[size] = 0;
			if (!strcmp(glob, "all") || ids_glob(glob, word))
				return true;
		}
		words += size + strspn(words + size, " ");
	}
	return false;
}

static void mark(struct delta_effect *effect, size_t count, const char *words,
		 const struct delta *cause, long row)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (effect[i].cause || !has_word(words, effect[i].name))
			continue;
		effect[i].cause = cause;
		effect[i].row = row;
	}
}

static void apply(const struct ids *rules, const struct delta *delta, const char *attribute,
		  struct delta_effects *effects)
{
	const char *const key[] = { delta->class, delta_kind_name(delta->kind), attribute };
	long row = ids_find(rules, key);

	mark(effects->conclusion, DELTA_CONCLUSIONS,
	     row < 0 ? "all" : ids_at(rules, (size_t)row, DELTA_RULE_BREAKS), delta, row);
	mark(effects->test, effects->test_count,
	     row < 0 ? "all" : ids_at(rules, (size_t)row, DELTA_RULE_AGAIN), delta, row);
}

void delta_effects_make(const struct ids *rules, const struct deltas *deltas,
			const char *const *test, size_t test_count, struct delta_effects *effects)
{
	const struct delta *delta;
	const struct delta_value *value;
	size_t i;

	effects->test = arena_array(&effects->arena, struct delta_effect, test_count);
	effects->test_count = test_count;
	for (i = 0; i < test_count; i++)
		effects->test[i] = (struct delta_effect){ test[i], NULL, -1 };
	for (i = 0; i < DELTA_CONCLUSIONS; i++)
		effects->conclusion[i] = (struct delta_effect){ delta_conclusion[i], NULL, -1 };
	for (delta = deltas->delta; delta; delta = delta->next) {
		if (delta->passing)
			continue;
		if (!delta->value || delta->kind == DELTA_MOVED)
			apply(rules, delta, "", effects);
		for (value = delta->value; value; value = value->next)
			apply(rules, delta, value->name, effects);
	}
}

void delta_effects_release(struct delta_effects *effects)
{
	arena_release(&effects->arena);
	*effects = (struct delta_effects)DELTA_EFFECTS_INIT;
}
