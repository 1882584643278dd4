/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From ids and names to maker, line, model and core. One id may be several models (Phytium's
 * FT-2000/4, D2000 and S2500 share theirs): the count of processors and the name that the machine
 * gives narrow them down; what is left is said, all of it.
 *
 * cpus.tsv: kind is cpuid, midr or prid (cpu.h), or name; key is a glob over the id or, without
 * regard to case, over the name; cpus is the range of processors a machine with this model has.
 */
#include "probes/cpu.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

enum { KIND, KEY, CPUS, MAKER, LINE, MODEL, CORE };
static const char *const columns[] = { "kind", "key", "cpus", "maker", "line", "model", "core",
				       NULL };

enum { CHOICES_MAX = 12 };

struct choice {
	const struct ids *ids;
	size_t row[CHOICES_MAX];
	size_t count;
	enum certainty certainty;	/* of the choice as a whole */
	size_t by_id[CHOICES_MAX];	/* what the id alone allows */
	size_t by_id_count;
};

/* "4-8" or "*" */
static bool in_range(const char *range, size_t cpus)
{
	char low[16];
	const char *dash = strchr(range, '-');
	uint64_t min, max;

	if (!dash || (size_t)(dash - range) >= sizeof(low))
		return true;
	snprintf(low, sizeof(low), "%.*s", (int)(dash - range), range);
	return scan_u64(low, 0, UINT32_MAX, &min) < 0 ||
	       scan_u64(dash + 1, 0, UINT32_MAX, &max) < 0 || (cpus >= min && cpus <= max);
}

static void choose_by_id(struct choice *choice, const struct cpu_kind *kind)
{
	size_t i;

	for (i = 0; kind->kind && i < choice->ids->count && choice->count < CHOICES_MAX; i++) {
		if (!strcmp(ids_at(choice->ids, i, KIND), kind->kind) &&
		    fnmatch(ids_at(choice->ids, i, KEY), kind->id, 0) == 0)
			choice->row[choice->count++] = i;
	}
	if (choice->count)
		choice->certainty = choice->count > 1 ? CERTAINTY_AMBIGUOUS : CERTAINTY_CERTAIN;
	memcpy(choice->by_id, choice->row, sizeof(choice->row));
	choice->by_id_count = choice->count;
}

/* Processors can be switched off, so the count makes a choice likely, never certain. */
static void narrow_by_count(struct choice *choice, size_t cpus)
{
	struct choice less = *choice;
	size_t i;

	less.count = 0;
	less.certainty = CERTAINTY_AMBIGUOUS;
	for (i = 0; i < choice->count; i++) {
		if (in_range(ids_at(choice->ids, choice->row[i], CPUS), cpus))
			less.row[less.count++] = choice->row[i];
	}
	if (!less.count || less.count == choice->count)
		return;
	if (less.count == 1)
		less.certainty = CERTAINTY_LIKELY;
	*choice = less;
}

static long find_name(const struct ids *ids, const char *name)
{
	size_t i;

	for (i = 0; name && i < ids->count; i++) {
		if (!strcmp(ids_at(ids, i, KIND), "name") &&
		    fnmatch(ids_at(ids, i, KEY), name, FNM_CASEFOLD) == 0)
			return (long)i;
	}
	return -1;
}

static void choose_by_name(struct choice *choice, const struct cpu_kind *kind, size_t cpus)
{
	long row = find_name(choice->ids, kind->name);
	size_t i;

	if (row < 0) {
		narrow_by_count(choice, cpus);
		return;
	}
	for (i = 0; i < choice->count; i++) {
		if (strcmp(ids_at(choice->ids, choice->row[i], MODEL),
			   ids_at(choice->ids, (size_t)row, MODEL)) != 0)
			continue;
		if (choice->count > 1)
			choice->certainty = kind->name_certainty;
		choice->row[0] = choice->row[i];
		choice->count = 1;
		return;
	}
	/* The id says one thing, the name another; or there is no id. */
	choice->certainty = choice->count ? CERTAINTY_CONTRADICTORY : kind->name_certainty;
	if (choice->count < CHOICES_MAX)
		choice->row[choice->count++] = (size_t)row;
}

/* Every model that the id allows has this value, so the register alone proves it. */
static bool id_proves(const struct choice *choice, int column, const char *value)
{
	size_t i;

	for (i = 0; i < choice->by_id_count; i++) {
		if (strcmp(ids_at(choice->ids, choice->by_id[i], (size_t)column), value) != 0)
			return false;
	}
	return choice->by_id_count > 0;
}

/* The distinct values of a column, "A or B". Rows without a value add none. */
static void add(const struct cpu_reading *r, const struct cpu_kind *kind,
		const struct choice *choice, const char *attribute, int column)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	enum certainty certainty = choice->certainty;
	size_t values = 0;
	size_t i, k;

	for (i = 0; i < choice->count; i++) {
		const char *value = ids_at(choice->ids, choice->row[i], (size_t)column);

		for (k = 0; k < i; k++) {
			if (!strcmp(ids_at(choice->ids, choice->row[k], (size_t)column), value))
				break;
		}
		if (k < i || !*value)
			continue;
		buf_addf(&text, "%s%s", values++ ? " or " : "", value);
	}
	/* Where all that is left agrees, the doubt is about something else. */
	if (values == 1 && id_proves(choice, column, text.data))
		certainty = CERTAINTY_CERTAIN;
	else if (values == 1 && certainty == CERTAINTY_AMBIGUOUS)
		certainty = CERTAINTY_LIKELY;
	/* A virtual machine shows whatever processor its host chose to show. */
	if (certainty == CERTAINTY_CERTAIN && component_attribute(kind->component, "hypervisor"))
		certainty = CERTAINTY_LIKELY;
	component_text(r->inventory, kind->component, attribute, text.data, choice->ids->source,
		       certainty);
}

void cpu_names(struct cpu_reading *r, const struct cpu_kind *kind)
{
	AUTO(ids_release) struct ids ids = IDS_INIT;
	struct choice choice = { .ids = &ids };
	struct err err = ERR_INIT;

	if (ids_read(&ids, r->place->ids, "cpus.tsv", columns, &err) < 0) {
		inventory_problem(r->inventory, "cpu", "no-names", "%s", err.plain);
		return;
	}
	choose_by_id(&choice, kind);
	choose_by_name(&choice, kind, r->present);
	if (!choice.count) {
		inventory_problem(r->inventory, "cpu", "cpu-unknown",
				  "no row of %s fits %s (id %s, name %s)", ids.source,
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
