/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declared bill of materials: of a first article's inventory what is compared, and no more. */
#include "harness/model/delta.h"

#include "harness/model/delta_table.h"

#include <string.h>

static bool is_excepted(const char *const *except, const char *class)
{
	while (except && *except && strcmp(*except, class))
		except++;
	return except && *except;
}

static void keep_attribute(struct inventory *bom, struct component *part,
			   const struct component *from, const char *name)
{
	const struct attribute *attribute = component_attribute(from, name);

	if (!attribute || component_attribute(part, name))
		return;
	if (attribute->kind == ATTRIBUTE_NUMBER)
		component_number(bom, part, name, attribute->number, attribute->source,
				 attribute->certainty);
	else
		component_text(bom, part, name, attribute->text, attribute->source,
			       attribute->certainty);
}

static void keep_component(struct inventory *bom, const struct component *from)
{
	const struct delta_part *row = delta_part_of(from);
	const struct delta_attribute *attribute;
	const char *const *name;
	struct component *part;

	if (!row || delta_part_passing(row, from) || !inventory_class_state(bom, from->class))
		return;
	part = inventory_add(bom, from->class, from->id, from->parent);
	for (attribute = row->attribute; attribute->name; attribute++)
		keep_attribute(bom, part, from, attribute->name);
	for (name = row->describe; *name; name++)
		keep_attribute(bom, part, from, *name);
	if (row->place == PLACE_PARENT)
		keep_attribute(bom, part, from, "slot");
}

void bom_make(const struct inventory *from, const char *const *except, struct inventory *bom)
{
	const struct class_state *state;
	const struct component *component;
	const struct problem *problem;

	bom->arch = arena_strdup(&bom->arena, from->arch ? from->arch : "unknown");
	bom->root = "bom";
	for (state = from->class_state; state; state = state->next) {
		if (delta_class_counts(state->name) && !is_excepted(except, state->name))
			inventory_class(bom, state->name, state->presence, NULL);
	}
	for (component = from->component; component; component = component->next)
		keep_component(bom, component);
	for (problem = from->problem; problem; problem = problem->next) {
		if (!strcmp(problem->code, "permission") &&
		    inventory_class_state(bom, problem->class))
			inventory_problem(bom, problem->class, problem->code, "%s",
					  problem->detail);
	}
}
