/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From ids and names to maker, line, model and core. One id may be several models (Phytium's
 * FT-2000/4, D2000 and S2500 share theirs): the count of processors and the name that the machine
 * gives narrow them down; what is left is said, all of it.
 *
 * cpus.tsv gives every model that has an id, cpu-names.tsv the one that a name means.
 */
#include "probes/cpu.h"

#include "harness/base/auto.h"

#include <stdio.h>
#include <string.h>

enum field { MAKER, LINE, MODEL, CORE, FIELDS };

struct candidate {
	const char *field[FIELDS];
	const char *cpus;		/* range of processors a machine with this model has */
};

enum { CANDIDATES_MAX = 12 };

struct choice {
	const char *source;
	struct candidate left[CANDIDATES_MAX];
	size_t count;
	enum certainty certainty;	/* of the choice as a whole */
	struct candidate by_id[CANDIDATES_MAX];	/* what the id alone allows */
	size_t by_id_count;
};

static void choose_by_id(struct choice *choice, const struct ids *cpus, const struct cpu_kind *kind)
{
	const char *const key[] = { kind->kind, kind->id };
	long row = -1;

	while (choice->count < CANDIDATES_MAX && (row = ids_next(cpus, row, key)) >= 0) {
		size_t i = (size_t)row;

		choice->left[choice->count++] = (struct candidate){
			.field = { ids_at(cpus, i, 3), ids_at(cpus, i, 4), ids_at(cpus, i, 5),
				   ids_at(cpus, i, 6) },
			.cpus = ids_at(cpus, i, 2),
		};
	}
	if (choice->count)
		choice->certainty = choice->count > 1 ? CERTAINTY_AMBIGUOUS : CERTAINTY_CERTAIN;
	memcpy(choice->by_id, choice->left, sizeof(choice->left));
	choice->by_id_count = choice->count;
}

/* Processors can be switched off, so the count makes a choice likely, never certain. */
static void narrow_by_count(struct choice *choice, size_t cpus)
{
	struct choice less = *choice;
	char number[24];
	size_t i;

	snprintf(number, sizeof(number), "%zu", cpus);
	less.count = 0;
	less.certainty = CERTAINTY_AMBIGUOUS;
	for (i = 0; i < choice->count; i++) {
		if (ids_in_range(choice->left[i].cpus, number))
			less.left[less.count++] = choice->left[i];
	}
	if (!less.count || less.count == choice->count)
		return;
	if (less.count == 1)
		less.certainty = CERTAINTY_LIKELY;
	*choice = less;
}

static void choose_by_name(struct choice *choice, const struct ids *names,
			   const struct cpu_kind *kind, size_t cpus)
{
	long found = ids_find(names, &kind->name);
	struct candidate named;
	size_t i;

	if (found < 0) {
		narrow_by_count(choice, cpus);
		return;
	}
	named = (struct candidate){ .field = { ids_at(names, (size_t)found, 1),
					       ids_at(names, (size_t)found, 2),
					       ids_at(names, (size_t)found, 3), "" } };
	for (i = 0; i < choice->count; i++) {
		if (strcmp(choice->left[i].field[MODEL], named.field[MODEL]) != 0)
			continue;
		if (choice->count > 1)
			choice->certainty = kind->name_certainty;
		choice->left[0] = choice->left[i];
		choice->count = 1;
		return;
	}
	/* The id says one thing, the name another; or there is no id. */
	choice->certainty = choice->count ? CERTAINTY_CONTRADICTORY : kind->name_certainty;
	if (choice->count < CANDIDATES_MAX)
		choice->left[choice->count++] = named;
	if (!choice->by_id_count)
		choice->source = names->source;
}

/* Every model that the id allows has this value, so the register alone proves it. */
static bool id_proves(const struct choice *choice, enum field field, const char *value)
{
	size_t i;

	for (i = 0; i < choice->by_id_count; i++) {
		if (strcmp(choice->by_id[i].field[field], value) != 0)
			return false;
	}
	return choice->by_id_count > 0;
}

/* The distinct values of a field, "A or B". Rows without a value add none. */
static void add(const struct cpu_reading *r, const struct cpu_kind *kind,
		const struct choice *choice, const char *attribute, enum field field)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	enum certainty certainty = choice->certainty;
	size_t values = 0;
	size_t i, k;

	for (i = 0; i < choice->count; i++) {
		const char *value = choice->left[i].field[field];

		for (k = 0; k < i; k++) {
			if (!strcmp(choice->left[k].field[field], value))
				break;
		}
		if (k < i || !*value)
			continue;
		buf_addf(&text, "%s%s", values++ ? " or " : "", value);
	}
	/* Where all that is left agrees, the doubt is about something else. */
	if (values == 1 && id_proves(choice, field, text.data))
		certainty = CERTAINTY_CERTAIN;
	else if (values == 1 && certainty == CERTAINTY_AMBIGUOUS)
		certainty = CERTAINTY_LIKELY;
	/* A virtual machine shows whatever processor its host chose to show. */
	if (certainty == CERTAINTY_CERTAIN && component_attribute(kind->component, "hypervisor"))
		certainty = CERTAINTY_LIKELY;
	component_text(r->inventory, kind->component, attribute, text.data, choice->source,
		       certainty);
}

static bool open_tables(const struct cpu_reading *r, struct ids *cpus, struct ids *names)
{
	struct err err = ERR_INIT;

	if (pack_read(cpus, r->place->ids, &pack_cpus, &err) >= 0 &&
	    pack_read(names, r->place->ids, &pack_cpu_names, &err) >= 0)
		return true;
	inventory_problem(r->inventory, "cpu", "no-names", "%s", err.plain);
	return false;
}

void cpu_names(struct cpu_reading *r, const struct cpu_kind *kind)
{
	AUTO(ids_release) struct ids cpus = IDS_INIT;
	AUTO(ids_release) struct ids names = IDS_INIT;
	struct choice choice = { .count = 0 };

	if (!open_tables(r, &cpus, &names))
		return;
	choice.source = cpus.source;
	choose_by_id(&choice, &cpus, kind);
	choose_by_name(&choice, &names, kind, r->present);
	if (!choice.count) {
		inventory_problem(r->inventory, "cpu", "cpu-unknown",
				  "no row of %s fits %s (id %s, name %s)", cpus.source,
				  kind->component->id, kind->id ? kind->id : "not known",
				  kind->name ? kind->name : "not known");
		return;
	}
	add(r, kind, &choice, "maker", MAKER);
	add(r, kind, &choice, "line", LINE);
	add(r, kind, &choice, "model", MODEL);
	/* Makers whose models the table does not list: what the processor calls itself. */
	if (!component_attribute(kind->component, "model") && kind->name)
		component_text(r->inventory, kind->component, "model", kind->name,
			       kind->name_source, CERTAINTY_LIKELY);
	add(r, kind, &choice, "core", CORE);
}
