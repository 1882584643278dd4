/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/model/redact_parts.h"

#include <string.h>

/* A copy of `text` as the probe of a redacted file would have found it there. */
static const char *redacted(struct redact_map *map, struct arena *arena, const char *text,
			    const char *source)
{
	char *copy;

	if (!text || !*text)
		return text;
	copy = arena_strdup(arena, text);
	redact_words(map, source, copy);
	return copy;
}

/* Too short to be sought inside of texts: known all the same when it is all of a number's text. */
static bool is_number_of_unit(const char *name)
{
	static const char *const part[] = { "serial", "asset", "uuid", "wwid", "wwn", "key" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(part); i++) {
		if (strstr(name, part[i]))
			return true;
	}
	return false;
}

static bool is_of_edid(const struct attribute *attribute)
{
	size_t size = strlen(attribute->source);

	return size >= 5 && !strcmp(attribute->source + size - 5, "/edid");
}

/* What replaces all of the text, whatever stands in it; NULL: look for secrets in it. */
static const char *replaced(struct redact_map *map, struct arena *arena,
			    const struct attribute *attribute)
{
	bool is_edid = is_of_edid(attribute);
	const char *known = NULL;
	char number[11];

	if (is_number_of_unit(attribute->name) || is_edid)
		known = redact_known(map, attribute->text, strlen(attribute->text));
	if (!known && is_edid && redact_edid_number(map, attribute->name, attribute->text, number))
		known = number;
	return known ? arena_strdup(arena, known) : NULL;
}

static void redact_component(struct redact_map *map, struct arena *arena,
			     struct component *component)
{
	struct attribute *attribute;

	component->id = redacted(map, arena, component->id, "");
	component->parent = redacted(map, arena, component->parent, "");
	for (attribute = component->attribute; attribute; attribute = attribute->next) {
		const char *known;

		if (attribute->kind == ATTRIBUTE_TEXT) {
			known = replaced(map, arena, attribute);
			attribute->text = known ? known : redacted(map, arena, attribute->text,
								   attribute->source);
		}
		attribute->source = redacted(map, arena, attribute->source, "");
	}
}

void redact_inventory(struct redact_map *map, struct inventory *inventory)
{
	struct component *component;
	struct class_state *state;
	struct problem *problem;

	for (component = inventory->component; component; component = component->next)
		redact_component(map, &inventory->arena, component);
	for (state = inventory->class_state; state; state = state->next)
		state->note = redacted(map, &inventory->arena, state->note, "");
	for (problem = inventory->problem; problem; problem = problem->next)
		problem->detail = redacted(map, &inventory->arena, problem->detail, "");
}
