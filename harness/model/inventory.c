/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/inventory.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

void inventory_release(struct inventory *inventory)
{
	arena_release(&inventory->arena);
	*inventory = (struct inventory)INVENTORY_INIT;
}

void inventory_pack(struct inventory *inventory, const char *version, const char *digest)
{
	inventory->pack_version = arena_strdup(&inventory->arena, version);
	inventory->pack_digest = arena_strdup(&inventory->arena, digest);
}

/* Firmware gives two slots one name: the second and later get "#2", "#3" behind theirs. */
static const char *unique_id(struct inventory *inventory, const char *id)
{
	const char *wanted = id;
	unsigned int count = 1;

	while (inventory_find(inventory, wanted))
		wanted = arena_printf(&inventory->arena, "%s#%u", id, ++count);
	return wanted == id ? arena_strdup(&inventory->arena, id) : wanted;
}

/* Names of files are part of ids and sources, and a file may have any name. */
static const char *clean_copy(struct inventory *inventory, const char *text)
{
	char *copy = arena_strdup(&inventory->arena, text);

	text_clean(copy);
	return copy;
}

struct component *inventory_add(struct inventory *inventory, const char *class, const char *id,
				const char *parent)
{
	struct component *component = arena_new(&inventory->arena, struct component);

	component->class = arena_strdup(&inventory->arena, class);
	component->id = unique_id(inventory, text_cleaned(&inventory->arena, id));
	component->parent = parent ? clean_copy(inventory, parent) : NULL;
	if (!inventory->component)
		inventory->component_tail = &inventory->component;
	*inventory->component_tail = component;
	inventory->component_tail = &component->next;
	return component;
}

/* The attribute of that name, emptied, or a new one in its place in the order of names. */
static struct attribute *attribute_at(struct inventory *inventory, struct component *component,
				      const char *name)
{
	struct attribute **at = &component->attribute;
	struct attribute *attribute;
	int order = -1;

	while (*at && (order = strcmp((*at)->name, name)) < 0)
		at = &(*at)->next;
	if (*at && !order) {
		struct attribute *next = (*at)->next;

		name = (*at)->name;
		**at = (struct attribute){ .name = name, .next = next };
		return *at;
	}
	attribute = arena_new(&inventory->arena, struct attribute);
	attribute->name = arena_strdup(&inventory->arena, name);
	attribute->next = *at;
	*at = attribute;
	return attribute;
}

void component_bytes(struct inventory *inventory, struct component *component, const char *name,
		     const void *bytes, size_t size, const char *source, enum certainty certainty)
{
	enum text_encoding encoding;
	const char *text = text_decode(&inventory->arena, bytes, size, &encoding);
	struct attribute *attribute;

	if (!*text)
		return;
	attribute = attribute_at(inventory, component, name);
	attribute->kind = ATTRIBUTE_TEXT;
	attribute->text = text;
	attribute->encoding = encoding;
	attribute->source = clean_copy(inventory, source);
	attribute->certainty = certainty;
}

void component_text(struct inventory *inventory, struct component *component, const char *name,
		    const char *text, const char *source, enum certainty certainty)
{
	component_bytes(inventory, component, name, text, strlen(text), source, certainty);
}

void component_number(struct inventory *inventory, struct component *component, const char *name,
		      int64_t number, const char *source, enum certainty certainty)
{
	struct attribute *attribute;

	if (number > JSON_INT_MAX || number < -JSON_INT_MAX) {
		inventory_problem(inventory, component->class, "number-out-of-range",
				  "%s of %s is %lld in %s: not believable, left out", name,
				  component->id, (long long)number, source);
		return;
	}
	attribute = attribute_at(inventory, component, name);
	attribute->kind = ATTRIBUTE_NUMBER;
	attribute->number = number;
	attribute->source = clean_copy(inventory, source);
	attribute->certainty = certainty;
}

static struct class_state *find_class(const struct inventory *inventory, const char *class)
{
	struct class_state *state = inventory->class_state;

	while (state && strcmp(state->name, class) != 0)
		state = state->next;
	return state;
}

void inventory_class(struct inventory *inventory, const char *class, enum presence presence,
		     const char *note, ...)
{
	struct class_state *state = find_class(inventory, class);

	if (!state) {
		state = arena_new(&inventory->arena, struct class_state);
		state->name = arena_strdup(&inventory->arena, class);
		if (!inventory->class_state)
			inventory->class_tail = &inventory->class_state;
		*inventory->class_tail = state;
		inventory->class_tail = &state->next;
	}
	state->presence = presence;
	state->note = NULL;
	if (note) {
		va_list args;
		char *text;

		va_start(args, note);
		text = arena_vprintf(&inventory->arena, note, args);
		va_end(args);
		text_clean(text);
		state->note = text;
	}
}

void inventory_problem(struct inventory *inventory, const char *class, const char *code,
		       const char *detail, ...)
{
	struct problem *problem = arena_new(&inventory->arena, struct problem);
	enum text_encoding encoding;
	const char *text;
	va_list args;

	va_start(args, detail);
	text = arena_vprintf(&inventory->arena, detail, args);
	va_end(args);
	problem->class = arena_strdup(&inventory->arena, class);
	problem->code = arena_strdup(&inventory->arena, code);
	problem->detail = text_decode(&inventory->arena, text, strlen(text), &encoding);
	if (!inventory->problem)
		inventory->problem_tail = &inventory->problem;
	*inventory->problem_tail = problem;
	inventory->problem_tail = &problem->next;
}

const struct component *inventory_find(const struct inventory *inventory, const char *id)
{
	const struct component *component = inventory->component;

	while (component && strcmp(component->id, id) != 0)
		component = component->next;
	return component;
}

static const struct component *of_class(const struct component *component, const char *class)
{
	while (component && strcmp(component->class, class) != 0)
		component = component->next;
	return component;
}

const struct component *inventory_first(const struct inventory *inventory, const char *class)
{
	return of_class(inventory->component, class);
}

const struct component *inventory_next(const struct component *component)
{
	return of_class(component->next, component->class);
}

const struct attribute *component_attribute(const struct component *component, const char *name)
{
	const struct attribute *attribute = component->attribute;

	while (attribute && strcmp(attribute->name, name) != 0)
		attribute = attribute->next;
	return attribute;
}

const char *component_get_text(const struct component *component, const char *name)
{
	const struct attribute *attribute = component_attribute(component, name);

	return attribute && attribute->kind == ATTRIBUTE_TEXT ? attribute->text : NULL;
}

int64_t component_get_number(const struct component *component, const char *name, int64_t other)
{
	const struct attribute *attribute = component_attribute(component, name);

	return attribute && attribute->kind == ATTRIBUTE_NUMBER ? attribute->number : other;
}

const struct class_state *inventory_class_state(const struct inventory *inventory,
						const char *class)
{
	return find_class(inventory, class);
}

static void merge_component(struct inventory *to, const struct component *from)
{
	struct component *component = inventory_add(to, from->class, from->id, from->parent);
	struct attribute **tail = &component->attribute;
	const struct attribute *at;

	for (at = from->attribute; at; at = at->next) {
		struct attribute *copy = arena_copy(&to->arena, at, sizeof(*at));

		copy->name = arena_strdup(&to->arena, at->name);
		copy->text = at->text ? arena_strdup(&to->arena, at->text) : NULL;
		copy->source = arena_strdup(&to->arena, at->source);
		copy->next = NULL;
		*tail = copy;
		tail = &copy->next;
	}
}

void inventory_merge(struct inventory *to, const struct inventory *from)
{
	const struct class_state *state;
	const struct component *component;
	const struct problem *problem;

	if (!to->root && from->root)
		to->root = arena_strdup(&to->arena, from->root);
	if (!to->arch && from->arch)
		to->arch = arena_strdup(&to->arena, from->arch);
	if (!to->pack_digest && from->pack_digest)
		inventory_pack(to, from->pack_version, from->pack_digest);
	for (state = from->class_state; state; state = state->next)
		inventory_class(to, state->name, state->presence, state->note ? "%s" : NULL,
				state->note);
	for (component = from->component; component; component = component->next)
		merge_component(to, component);
	for (problem = from->problem; problem; problem = problem->next)
		inventory_problem(to, problem->class, problem->code, "%s", problem->detail);
}

const char *presence_name(enum presence presence)
{
	static const char *const name[] = { "unreadable", "absent", "present" };

	return (size_t)presence < ARRAY_SIZE(name) ? name[presence] : name[0];
}

const char *certainty_name(enum certainty certainty)
{
	static const char *const name[] = { "unknown", "contradictory", "ambiguous", "likely",
					    "certain" };

	return (size_t)certainty < ARRAY_SIZE(name) ? name[certainty] : name[0];
}
