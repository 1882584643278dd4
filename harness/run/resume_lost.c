/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts that the machine had when the run began, and has no more when it goes on. */
#include "harness/run/resume_parts.h"

#include "harness/base/auto.h"
#include "harness/model/delta.h"

#include <string.h>

/* Classes whose parts are looked for while a run runs (presence), and those that need a restart. */
static const char *const watched[] = { "block", "cpu", "memory", "net", "pci", "usb" };

static bool is_watched(const char *class)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(watched); i++)
		if (!strcmp(class, watched[i]))
			return true;
	return false;
}

/* What this unit has and no other one of its kind; NULL when that is not known. */
static const char *own_name(const struct component *component)
{
	const char *mac = component_get_text(component, "mac");

	return mac ? mac : component_get_text(component, "serial");
}

static bool has_unit(const struct inventory *inventory, const struct component *unit)
{
	const struct component *other = inventory_first(inventory, unit->class);
	const char *name = own_name(unit);

	for (; other; other = inventory_next(other)) {
		const char *others = own_name(other);

		if (name && others && !strcmp(name, others))
			return true;
	}
	return false;
}

static bool is_told(const struct record *record, const struct run_past *past, const char *id)
{
	const struct finding *finding;
	size_t i;

	for (finding = record->finding; finding; finding = finding->next)
		if (!strcmp(finding->code->code, "device-lost") && !strcmp(finding->component, id))
			return true;
	for (i = 0; i < past->lost_count; i++)
		if (!strcmp(past->lost[i], id))
			return true;
	return false;
}

/*
 * Of two disks of a kind one is missing, and after the restart the other may have its name: then the
 * one whose serial number is gone is it.
 */
static const struct component *which(const struct record *record, const struct inventory *now,
				     const char *id)
{
	const struct component *missed = inventory_find(&record->inventory, id), *other;

	if (!missed || !has_unit(now, missed))
		return missed;
	other = inventory_first(&record->inventory, missed->class);
	while (other && (!own_name(other) || has_unit(now, other)))
		other = inventory_next(other);
	return other ? other : missed;
}

void resume_find_lost(const struct record *record, const struct inventory *now,
		      struct resume *resume)
{
	struct run_past *past = &resume->past;
	struct deltas deltas = DELTAS_INIT;
	const struct delta *delta;
	const char **lost;
	size_t count = 0;

	deltas_make(&record->inventory, now, &deltas);
	for (delta = deltas.delta; delta; delta = delta->next)
		count += delta->kind == DELTA_REMOVED;
	lost = arena_array(&resume->arena, const char *, count + 1);
	past->lost = lost;
	for (delta = deltas.delta; delta; delta = delta->next) {
		const struct component *component;

		if (delta->kind != DELTA_REMOVED || !is_watched(delta->class))
			continue;
		component = which(record, now, delta->was);
		if (component && !is_told(record, past, component->id))
			lost[past->lost_count++] = component->id;
	}
	deltas_release(&deltas);
}
