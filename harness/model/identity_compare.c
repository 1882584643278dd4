/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Certified parts against those of a machine. A part that cannot be read now (no root, no such
 * class) is neither there nor gone; a kind of number that the certificate lists nowhere (it was not
 * readable then) says nothing about parts that have it now.
 */
#include "harness/model/identity.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"

#include <stdlib.h>
#include <string.h>

static bool same_kind(const struct identity_part *a, const struct identity_part *b)
{
	return !strcmp(a->class, b->class) && !strcmp(a->attribute, b->attribute);
}

static bool has_mark(const struct identity *identity, const struct identity_part *part)
{
	size_t i;

	for (i = 0; i < identity->part_count; i++) {
		if (!strcmp(identity->part[i].mark, part->mark) &&
		    same_kind(&identity->part[i], part))
			return true;
	}
	return false;
}

static bool has_kind(const struct identity *identity, const struct identity_part *part)
{
	size_t i;

	for (i = 0; i < identity->part_count; i++) {
		if (same_kind(&identity->part[i], part))
			return true;
	}
	return false;
}

/* Whether the place where a part was says nothing, rather than something else. */
static bool is_unreadable(const struct inventory *inventory, const struct identity *now,
			  const struct identity_part *part)
{
	const struct class_state *class = inventory_class_state(inventory, part->class);
	const struct component *component = inventory_find(inventory, part->component);

	if (!class || class->presence == PRESENCE_UNREADABLE)
		return true;
	if (component)
		return !component_attribute(component, part->attribute);
	return class->presence == PRESENCE_PRESENT && !has_kind(now, part);
}

static void add(struct identity_changes *changes, enum identity_change_kind kind,
		const struct identity_part *part)
{
	struct identity_change *change;

	changes->change = mem_grow(changes->change, &changes->capacity, changes->count + 1,
				   sizeof(*change));
	change = &changes->change[changes->count++];
	change->kind = kind;
	change->class = arena_strdup(&changes->arena, part->class);
	change->component = arena_strdup(&changes->arena, part->component);
	change->attribute = arena_strdup(&changes->arena, part->attribute);
}

int identity_compare(const struct identity *certified, const struct inventory *inventory,
		     struct identity_changes *changes, struct err *err)
{
	AUTO(identity_release) struct identity now = IDENTITY_INIT;
	int code = identity_make(inventory, certified->salt, &now, err);
	size_t i;

	if (code < 0)
		return code;
	for (i = 0; i < certified->part_count; i++) {
		const struct identity_part *part = &certified->part[i];

		if (has_mark(&now, part))
			continue;
		add(changes,
		    is_unreadable(inventory, &now, part) ? IDENTITY_UNREADABLE : IDENTITY_GONE,
		    part);
	}
	for (i = 0; i < now.part_count; i++) {
		if (!has_mark(certified, &now.part[i]) && has_kind(certified, &now.part[i]))
			add(changes, IDENTITY_ADDED, &now.part[i]);
	}
	return 0;
}

void identity_changes_release(struct identity_changes *changes)
{
	free(changes->change);
	arena_release(&changes->arena);
	*changes = (struct identity_changes)IDENTITY_CHANGES_INIT;
}

const char *identity_change_name(enum identity_change_kind kind)
{
	static const char *const name[] = { "unreadable", "gone", "added" };

	return (size_t)kind < ARRAY_SIZE(name) ? name[kind] : name[IDENTITY_UNREADABLE];
}
