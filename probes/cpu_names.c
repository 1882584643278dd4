/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From ids and names to maker, line, series, model, sku and core. One id may be several series
 * (Phytium's FT-2000/4, D2000 and S2500 share theirs): what the machine calls its processor, the
 * kinds of cores that stand together and the count of processors narrow them down; what is left is
 * said, all of it (cpu_choice.h has the choice).
 *
 * cpus.tsv gives every series that has an id, cpu-implementers.tsv the maker of every other core,
 * cpu-names.tsv the series that a name means.
 */
#include "probes/cpu_choice.h"

#include "harness/base/auto.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool is_virtual(const struct cpu_kind *kind)
{
	return component_attribute(kind->component, "hypervisor") != NULL;
}

/*
 * Every series that the id allows has this value, so the register alone proves it. The core is that
 * of the id, whoever built the chip.
 */
static bool id_proves(const struct cpu_choice *choice, enum cpu_field field, const char *value)
{
	size_t i;

	for (i = 0; i < choice->by_id_count; i++) {
		if (strcmp(choice->by_id[i].field[field], value) != 0)
			return false;
	}
	if (!choice->by_id_count || field == CPU_CORE)
		return choice->by_id_count > 0;
	return !choice->open && (!choice->mixed || field != CPU_SERIES);
}

/* A virtual machine shows whatever processor its host chose to show. */
static enum certainty at_most(const struct cpu_kind *kind, enum certainty certainty)
{
	return is_virtual(kind) && certainty == CERTAINTY_CERTAIN ? CERTAINTY_LIKELY : certainty;
}

/* The distinct values of a field, "A or B". Rows without a value add none. */
static void add(const struct cpu_reading *r, const struct cpu_kind *kind,
		const struct cpu_choice *choice, const char *attribute, enum cpu_field field)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	enum certainty certainty = choice->certainty;
	bool silent = false;	/* one that contradicts has no value to agree by */
	size_t values = 0;
	size_t i, k;

	for (i = 0; i < choice->count; i++) {
		const char *value = choice->left[i].field[field];

		silent = silent || (!*value && certainty == CERTAINTY_CONTRADICTORY);
		for (k = 0; k < i; k++) {
			if (!strcmp(choice->left[k].field[field], value))
				break;
		}
		if (k < i || !*value)
			continue;
		buf_addf(&text, "%s%s", values++ ? " or " : "", value);
	}
	/* Where all that is left agrees, the doubt is about something else. */
	if (values == 1 && !silent && id_proves(choice, field, text.data))
		certainty = CERTAINTY_CERTAIN;
	else if (values == 1 && certainty == CERTAINTY_AMBIGUOUS)
		certainty = CERTAINTY_LIKELY;
	component_text(r->inventory, kind->component, attribute, text.data, choice->source,
		       at_most(kind, certainty));
}

/* The core of a kind is a fact of its own id: of the series that was chosen, or of all with the id. */
static void add_core(const struct cpu_reading *r, const struct cpu_kind *kind,
		     const struct cpu_choice *choice)
{
	size_t i;

	for (i = 0; i < choice->by_id_count; i++) {
		const char *core = choice->by_id[i].field[CPU_CORE];
		bool proven = id_proves(choice, CPU_CORE, core);

		if (!*core || (!proven && !(choice->count == 1 &&
					    cpu_same_series(&choice->by_id[i], &choice->left[0]))))
			continue;
		component_text(r->inventory, kind->component, "core", core, choice->source,
			       at_most(kind, proven ? CERTAINTY_CERTAIN : choice->certainty));
		return;
	}
}

/*
 * What stands behind the series and is no word: "E8C" of "D2000/8 E8C" is the sku "8 E8C", "HV" of
 * "Loongson-3A5000-HV". A text with small letters is prose ("Series CPU").
 */
static const char *sku_of(struct arena *arena, const char *text, const char *after)
{
	const char *at = *after ? strstr(text, after) : NULL;
	size_t size;

	if (!at)
		return NULL;
	at += strlen(after);
	at += strspn(at, " -/,");
	size = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -/+");
	if (!size || (at[size] && at[size] != '@'))
		return NULL;
	while (size && strchr(" -/", at[size - 1]))
		size--;
	return arena_strndup(arena, at, size);
}

/* The sku of the name, or of another that means the same series and goes on where this one ends. */
static void add_sku(const struct cpu_reading *r, const struct cpu_kind *kind,
		    const struct cpu_tables *tables, const struct cpu_hint *hint)
{
	const struct cpu_named *name[] = { &hint->named, &hint->more };
	const struct cpu_named *from = NULL;
	const char *sku = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(name); i++) {
		const char *one = NULL;

		/* Behind the processor's name stands the board's. */
		if (name[i]->text && strcmp(name[i]->source, CPU_BOARD) != 0)
			one = sku_of(&r->inventory->arena, name[i]->text,
				     ids_at(&tables->names, name[i]->row, 5));
		if (!one || (sku && (strlen(one) == strlen(sku) ||
				     strncmp(one, sku, strlen(sku)) != 0)))
			continue;
		sku = one;
		from = name[i];
	}
	if (sku)
		component_text(r->inventory, kind->component, "sku", sku, from->source,
			       at_most(kind, from->certainty));
}

static void add_model(const struct cpu_reading *r, const struct cpu_kind *kind,
		      const struct cpu_choice *choice, const struct cpu_tables *tables,
		      const struct cpu_hint *hint)
{
	const struct cpu_named *named = &hint->named;
	bool agreed = named->text && choice->certainty != CERTAINTY_CONTRADICTORY &&
		      strcmp(named->source, CPU_BOARD) != 0;
	const char *exact = agreed ? cpu_exact_model(&r->inventory->arena, named->text,
						     ids_at(&tables->names, named->row, 4)) : NULL;

	add(r, kind, choice, "series", CPU_SERIES);
	if (exact)
		component_text(r->inventory, kind->component, "model", exact, named->source,
			       at_most(kind, named->certainty));
	else
		add(r, kind, choice, "model", CPU_SERIES);
	if (agreed)
		add_sku(r, kind, tables, hint);
	/* Series that no table lists: what the processor calls itself. */
	if (!component_attribute(kind->component, "model") && kind->name)
		component_text(r->inventory, kind->component, "model", kind->name,
			       kind->name_source, CERTAINTY_LIKELY);
}

/* Who SMBIOS says made it, by the name that is usual here. The register is not to be doubted by it. */
static void add_maker_of_firmware(const struct cpu_reading *r, const struct cpu_kind *kind,
				  const struct ids *makers)
{
	const char *known = component_get_text(kind->component, "maker");
	long row = ids_find(makers, &r->firmware.maker);
	const char *maker = row < 0 ? NULL : ids_at(makers, (size_t)row, 1);

	if (maker && !known)
		component_text(r->inventory, kind->component, "maker", maker, "smbios type 4",
			       CERTAINTY_LIKELY);
	else if (maker && !strstr(known, maker) && !is_virtual(kind))
		inventory_problem(r->inventory, "cpu", "cpu-contradicted",
				  "SMBIOS says that %s is of '%s', but it is of '%s'",
				  kind->component->id, r->firmware.maker, known);
}

static void add_name(struct buf *text, const struct cpu_named *name)
{
	if (name->text)
		buf_addf(text, "%s%s \"%s\"", text->size ? "; " : "", name->source, name->text);
}

/* What led to the answer, in one line for people. */
static void add_evidence(const struct cpu_reading *r, const struct cpu_kind *kind,
			 const struct cpu_choice *choice, const struct ids *cpus,
			 const struct cpu_hint *hint)
{
	AUTO(buf_release) struct buf text = BUF_INIT;

	if (kind->id)
		buf_addf(&text, "%s %s", kind->kind, kind->id);
	if (r->kind_count > 1)
		buf_addf(&text, "%s%zu kinds of cores", text.size ? "; " : "", r->kind_count);
	if (r->info.cpu_count)
		buf_addf(&text, "%s%zu processors", text.size ? "; " : "", r->present);
	add_name(&text, &hint->named);
	add_name(&text, &hint->other);
	component_text(r->inventory, kind->component, "evidence", text.data, "cuihuo",
		       CERTAINTY_CERTAIN);
	/* A hypervisor shows one processor and its firmware names another: no fault of the machine. */
	if (choice->most)
		inventory_problem(r->inventory, "cpu", "cpu-contradicted",
				  "%s is called %s, of which a machine has at most %" PRIu64
				  " processors (%s), but there are %zu: %s", kind->component->id,
				  choice->left[0].field[CPU_SERIES], choice->most, cpus->source,
				  r->present, text.data);
	else if (choice->certainty == CERTAINTY_CONTRADICTORY && !is_virtual(kind))
		inventory_problem(r->inventory, "cpu", "cpu-contradicted",
				  "what speaks of %s does not agree: %s", kind->component->id,
				  text.data);
}

static void note_unknown(const struct cpu_reading *r, const struct cpu_kind *kind,
			 const struct cpu_tables *tables)
{
	inventory_problem(r->inventory, "cpu", "cpu-unknown",
			  "no row of %s fits %s (id %s, name %s)", tables->cpus.source,
			  kind->component->id, kind->id ? kind->id : "not known",
			  kind->name ? kind->name : "not known");
}

static void describe(struct cpu_reading *r, const struct cpu_kind *kind,
		     const struct cpu_choice *choice, const struct cpu_tables *tables,
		     const struct cpu_hint *hint)
{
	/* One name among others that have this core: nothing says that it is this one. */
	bool guess = choice->open && !hint->named.text;

	if (!guess) {
		add(r, kind, choice, "maker", CPU_MAKER);
		add(r, kind, choice, "line", CPU_LINE);
		add_model(r, kind, choice, tables, hint);
	}
	add_core(r, kind, choice);
	if (choice->implementer)
		component_text(r->inventory, kind->component, "implementer", choice->implementer,
			       tables->implementers.source, at_most(kind, CERTAINTY_CERTAIN));
	add_maker_of_firmware(r, kind, &tables->makers);
	add_evidence(r, kind, choice, &tables->cpus, hint);
	if (!cpu_choice_knows_series(choice) &&
	    !(choice->count && component_attribute(kind->component, "model")))
		note_unknown(r, kind, tables);
}

/* Keeps `text` while every series says the same. */
static void agree(struct arena *arena, const char **all, const char *text, bool first)
{
	if (first)
		*all = arena_strdup(arena, text);
	else if (strcmp(*all, text) != 0)
		*all = "";
}

/* Whether a machine with the series has at most as many processors as one chip has cores. */
static bool is_of_one_socket(const struct cpu_candidate *candidate, const char *cores)
{
	uint64_t low, most_cores, most_cpus;

	return candidate->cpus && ids_range(candidate->cpus, &low, &most_cpus) &&
	       most_cpus && ids_range(cores, &low, &most_cores) && most_cpus <= most_cores;
}

/* What is known of the series that are left, as far as they agree. */
static void model_of(const struct cpu_choice *choice, const struct ids *models, struct arena *arena,
		     struct cpu_model *out)
{
	size_t i;

	out->one_socket = choice->count > 0;
	for (i = 0; i < choice->count; i++) {
		long row = ids_find(models, &choice->left[i].field[CPU_SERIES]);

		if (row < 0) {
			*out = (struct cpu_model){ .cores = "", .threads_per_core = "" };
			return;
		}
		out->one_socket = out->one_socket &&
				  is_of_one_socket(&choice->left[i], ids_at(models, (size_t)row, 1));
		agree(arena, &out->cores, ids_at(models, (size_t)row, 1), !i);
		agree(arena, &out->threads_per_core, ids_at(models, (size_t)row, 2), !i);
	}
	out->source = arena_strdup(arena, models->source);
}

/*
 * A name that no table knows, and the chip gives it, or it has its maker and a number in it: a series
 * of its own, perhaps.
 */
static bool has_other_name(const struct cpu_kind *kind, const struct ids *makers)
{
	return kind->name && (kind->name_certainty == CERTAINTY_CERTAIN ||
			      (strpbrk(kind->name, "0123456789") &&
			       ids_find(makers, &kind->name) >= 0));
}

/* Kinds of one id are steppings of one core: in two sockets stand two chips of one series. */
static size_t count_ids(const struct cpu_reading *r)
{
	size_t count = 0, i, k;

	for (i = 0; i < r->kind_count; i++) {
		const char *id = r->kind[i].id;

		for (k = 0; id && k < i && (!r->kind[k].id || strcmp(r->kind[k].id, id) != 0);)
			k++;
		count += !id || k == i;
	}
	return count;
}

static void choose(struct cpu_reading *r, const struct cpu_tables *tables,
		   struct cpu_model *ret_model)
{
	const struct cpu_kinds kinds = { .count = count_ids(r),
					 .all = r->present == r->info.cpu_count };
	struct cpu_choice choice[CPU_KINDS_MAX];
	struct cpu_hint hint;
	size_t i;

	for (i = 0; i < r->kind_count; i++)
		cpu_choice_by_id(&choice[i], tables, &r->kind[i], &kinds);
	cpu_choice_keep_common(choice, r->kind_count);
	cpu_find_hint(r, &tables->names, &hint);
	for (i = 0; i < r->kind_count; i++) {
		/* Of a virtual machine, the count is its owner's choice. */
		size_t cpus = is_virtual(&r->kind[i]) ? 0 : r->present;

		if (hint.named.text)
			cpu_choice_by_name(&choice[i], tables, &r->kind[i], &hint, cpus);
		else if (cpus && !has_other_name(&r->kind[i], &tables->makers))
			cpu_choice_by_count(&choice[i], tables, cpus);
		describe(r, &r->kind[i], &choice[i], tables, &hint);
	}
	model_of(&choice[0], &tables->models, &r->inventory->arena, ret_model);
}

static int read_tables(struct cpu_tables *tables, const char *folder, struct arena *arena,
		       struct err *err)
{
	const struct {
		struct ids *ids;
		const struct ids_table *table;
	} row[] = {
		{ &tables->cpus, &pack_cpus },
		{ &tables->implementers, &pack_cpu_implementers },
		{ &tables->names, &pack_cpu_names },
		{ &tables->models, &pack_cpu_models },
		{ &tables->makers, &pack_cpu_makers },
	};
	int code = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++)
		*row[i].ids = (struct ids)IDS_INIT;
	for (i = 0; code >= 0 && i < ARRAY_SIZE(row); i++)
		code = pack_read(row[i].ids, folder, row[i].table, err);
	tables->both = arena_printf(arena, "%s, %s", tables->cpus.source, tables->names.source);
	return code;
}

static void tables_release(struct cpu_tables *tables)
{
	ids_release(&tables->cpus);
	ids_release(&tables->implementers);
	ids_release(&tables->names);
	ids_release(&tables->models);
	ids_release(&tables->makers);
}

void cpu_names(struct cpu_reading *r, struct cpu_model *ret_model)
{
	struct cpu_tables tables;
	struct err err = ERR_INIT;

	if (read_tables(&tables, r->place->ids, &r->inventory->arena, &err) < 0)
		inventory_problem(r->inventory, "cpu", "no-names", "%s", err.plain);
	else
		choose(r, &tables, ret_model);
	tables_release(&tables);
}
