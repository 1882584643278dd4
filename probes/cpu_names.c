/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From ids and names to maker, line, series, model, sku and core. One id may be several series
 * (Phytium's FT-2000/4, D2000 and S2500 share theirs): what the machine calls its processor, the
 * kinds of cores that stand together and the count of processors narrow them down; what is left is
 * said, all of it.
 *
 * cpus.tsv gives every series that has an id, cpu-names.tsv the one that a name means.
 */
#include "probes/cpu.h"

#include "harness/base/auto.h"

#include <stdio.h>
#include <string.h>

enum field { MAKER, LINE, SERIES, CORE, FIELDS };

struct candidate {
	const char *field[FIELDS];
	const char *cpus;		/* range of processors that a machine with it has */
};

enum { CANDIDATES_MAX = 16 };

/* What is left of a kind's candidates, and all that its id allows. */
struct choice {
	struct candidate left[CANDIDATES_MAX], by_id[CANDIDATES_MAX];
	size_t count, by_id_count;
	bool open;			/* makers that the table does not list have the id too */
	bool mixed;			/* an open core stands beside: the series is not proven */
	enum certainty certainty;
	const char *source;
};

struct tables {
	struct ids cpus, names, models, makers;
};

/* A name that the table knows. */
struct named {
	const char *text;
	const char *source;
	enum certainty certainty;
	struct candidate is;
	size_t row;
};

static bool fits(const char *range, size_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%zu", number);
	return ids_in_range(range, text);
}

static bool same(const struct candidate *a, const struct candidate *b)
{
	return !strcmp(a->field[SERIES], b->field[SERIES]);
}

/* --- by id -------------------------------------------------------------------------------------- */

static struct candidate candidate_at(const struct ids *cpus, size_t row)
{
	return (struct candidate){ .field = { ids_at(cpus, row, 4), ids_at(cpus, row, 5),
					      ids_at(cpus, row, 6), ids_at(cpus, row, 7) },
				   .cpus = ids_at(cpus, row, 2) };
}

/*
 * Rows that name a series; where there is none, the row that knows the maker only. A row without a
 * maker says that others build chips with this core, too.
 */
static void choose_by_id(struct choice *choice, const struct ids *cpus, const struct cpu_kind *kind,
			 size_t kinds)
{
	const char *const key[] = { kind->kind, kind->id };
	struct candidate general = { .field = { NULL } };
	long row = -1;

	while (choice->count < CANDIDATES_MAX && (row = ids_next(cpus, row, key)) >= 0) {
		struct candidate one = candidate_at(cpus, (size_t)row);

		if (!*one.field[SERIES]) {
			general = one;
			choice->open = choice->open || !*one.field[MAKER];
		} else if (fits(ids_at(cpus, (size_t)row, 3), kinds)) {
			choice->left[choice->count++] = one;
		}
	}
	if (!choice->count && general.field[MAKER])
		choice->left[choice->count++] = general;
	memcpy(choice->by_id, choice->left, sizeof(choice->left));
	choice->by_id_count = choice->count;
	choice->certainty = choice->count > 1 ? CERTAINTY_AMBIGUOUS : CERTAINTY_CERTAIN;
}

static bool among(const struct choice *choice, const struct candidate *candidate)
{
	size_t i;

	for (i = 0; i < choice->count; i++) {
		if (same(&choice->left[i], candidate))
			return true;
	}
	return false;
}

/* A chip of several kinds of cores is one whose series all its kinds allow. */
static void keep_common(struct choice *choice, size_t count)
{
	struct candidate left[CANDIDATES_MAX];
	size_t kept = 0, i, k;
	bool all_open = true, some_open = false;

	for (k = 0; k < count; k++) {
		all_open = all_open && choice[k].open;
		some_open = some_open || choice[k].open;
	}
	for (i = 0; count > 1 && i < choice[0].count; i++) {
		for (k = 1; k < count && among(&choice[k], &choice[0].left[i]); k++)
			;
		if (k == count && *choice[0].left[i].field[SERIES])
			left[kept++] = choice[0].left[i];
	}
	for (k = 0; kept && k < count; k++) {
		memcpy(choice[k].left, left, sizeof(left));
		choice[k].count = kept;
		choice[k].open = all_open;
		choice[k].mixed = some_open;
		choice[k].certainty = kept > 1 ? CERTAINTY_AMBIGUOUS : CERTAINTY_LIKELY;
	}
}

static bool is_virtual(const struct cpu_kind *kind)
{
	return component_attribute(kind->component, "hypervisor") != NULL;
}

/*
 * Processors can be switched off, so the count makes a choice likely, never certain. That of a
 * virtual machine is its owner's choice.
 */
static void narrow_by_count(struct choice *choice, size_t cpus)
{
	struct choice less = *choice;
	size_t i;

	less.count = 0;
	for (i = 0; i < choice->count; i++) {
		if (fits(choice->left[i].cpus, cpus))
			less.left[less.count++] = choice->left[i];
	}
	if (!less.count || less.count == choice->count)
		return;
	less.certainty = less.count == 1 ? CERTAINTY_LIKELY : CERTAINTY_AMBIGUOUS;
	*choice = less;
}

/* --- by name ------------------------------------------------------------------------------------ */

static bool find_name(const struct ids *names, struct named *named)
{
	long row = ids_find(names, &named->text);

	if (row < 0)
		return false;
	named->row = (size_t)row;
	named->is = (struct candidate){ .field = { ids_at(names, named->row, 1),
						   ids_at(names, named->row, 2),
						   ids_at(names, named->row, 3), "" } };
	return true;
}

/* Boards without SMBIOS are named for their processor: "FT-2000/4C-DSK-BOARD". */
static const char *board_name(const struct cpu_reading *r)
{
	AUTO(buf_release) struct buf name = BUF_INIT;

	if (r->firmware.structures || sysroot_read(r->place->root, CPU_BOARD, &name, NULL) < 0)
		return NULL;
	buf_trim(&name);
	return arena_strdup(&r->inventory->arena, name.data);
}

/*
 * The name that says what this is: the processor's own, then SMBIOS's version, then the name of the
 * socket, where some firmware writes it, then the board's. Two hints that mean different things contradict.
 */
static bool find_named(const struct cpu_reading *r, const struct ids *names, struct named *named,
		       struct named *other)
{
	const struct cpu_kind *kind = r->kind;
	struct named hint[] = {
		{ .text = kind->name, .source = kind->name_source,
		  .certainty = kind->name_certainty },
		{ .text = r->firmware.name, .source = "smbios type 4",
		  .certainty = CERTAINTY_LIKELY },
		{ .text = r->firmware.designation, .source = "smbios type 4",
		  .certainty = CERTAINTY_LIKELY },
		{ .text = board_name(r), .source = CPU_BOARD, .certainty = CERTAINTY_LIKELY },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(hint); i++) {
		if (!hint[i].text || !find_name(names, &hint[i]))
			continue;
		if (!named->text)
			*named = hint[i];
		else if (!same(&named->is, &hint[i].is) && !other->text &&
			 named->certainty != CERTAINTY_CERTAIN)
			*other = hint[i];
	}
	return named->text != NULL;
}

/* The candidate that the name means: the series itself, or one whose name goes on ("E2000Q"). */
static long find_candidate(const struct choice *choice, const struct named *named)
{
	const char *series = named->is.field[SERIES];
	long longer = -1;
	size_t i;

	for (i = 0; i < choice->count; i++) {
		const char *is = choice->left[i].field[SERIES];

		if (!strcmp(is, series))
			return (long)i;
		if (*is && !strncmp(is, series, strlen(series)))
			longer = (long)i;
	}
	return longer;
}

static bool knows_series(const struct choice *choice)
{
	return choice->count && *choice->left[0].field[SERIES];
}

static void choose_by_name(struct choice *choice, const struct named *named,
			   const struct named *other, const char *names_source)
{
	long found = find_candidate(choice, named);

	if (found >= 0) {
		if (choice->count > 1 || choice->open)
			choice->certainty = named->certainty;
		choice->left[0] = choice->left[found];
		choice->count = 1;
	} else if (!knows_series(choice) || choice->open) {
		choice->left[0] = named->is;
		choice->count = 1;
		choice->certainty = named->certainty;
		choice->source = names_source;
	} else if (choice->count < CANDIDATES_MAX) {
		choice->left[choice->count++] = named->is;
		choice->certainty = CERTAINTY_CONTRADICTORY;
	}
	if (other->text && choice->certainty != CERTAINTY_CERTAIN &&
	    choice->count < CANDIDATES_MAX) {
		choice->left[choice->count++] = other->is;
		choice->certainty = CERTAINTY_CONTRADICTORY;
	}
}

/* --- what is said ------------------------------------------------------------------------------- */

/* Every series that the id allows has this value, so the register alone proves it. */
static bool id_proves(const struct choice *choice, enum field field, const char *value)
{
	size_t i;

	for (i = 0; i < choice->by_id_count; i++) {
		if (strcmp(choice->by_id[i].field[field], value) != 0)
			return false;
	}
	return choice->by_id_count && !choice->open && (!choice->mixed || field != SERIES);
}

/* A virtual machine shows whatever processor its host chose to show. */
static enum certainty at_most(const struct cpu_kind *kind, enum certainty certainty)
{
	return is_virtual(kind) && certainty == CERTAINTY_CERTAIN ? CERTAINTY_LIKELY : certainty;
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
	component_text(r->inventory, kind->component, attribute, text.data, choice->source,
		       at_most(kind, certainty));
}

/* The core of a kind is a fact of its own id: of the series that was chosen, or of all with the id. */
static void add_core(const struct cpu_reading *r, const struct cpu_kind *kind,
		     const struct choice *choice)
{
	size_t i;

	for (i = 0; i < choice->by_id_count; i++) {
		const char *core = choice->by_id[i].field[CORE];
		bool proven = id_proves(choice, CORE, core);

		if (!*core || (!proven && !(choice->count == 1 &&
					    same(&choice->by_id[i], &choice->left[0]))))
			continue;
		component_text(r->inventory, kind->component, "core", core, choice->source,
			       at_most(kind, proven ? CERTAINTY_CERTAIN : choice->certainty));
		return;
	}
}

/*
 * The exact model as the name has it, from where the table says on to the end of the word:
 * "KX-6640MA" of "ZHAOXIN KaiXian KX-6640MA@2.2+GHz", "C86 7185" of "Hygon C86 7185 32-core".
 */
static const char *exact_model(struct arena *arena, const char *text, const char *from)
{
	const char *at = *from ? strstr(text, from) : NULL;
	size_t size = strlen(from);

	if (!at)
		return NULL;
	size += strspn(at + size, " ");
	return arena_strndup(arena, at, size + strcspn(at + size, " @"));
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

static void add_model(const struct cpu_reading *r, const struct cpu_kind *kind,
		      const struct choice *choice, const struct tables *tables,
		      const struct named *named)
{
	struct arena *arena = &r->inventory->arena;
	/* Behind the processor's name stands the board's. */
	bool agreed = named->text && choice->certainty != CERTAINTY_CONTRADICTORY &&
		      strcmp(named->source, CPU_BOARD) != 0;
	const char *exact = agreed ? exact_model(arena, named->text,
						 ids_at(&tables->names, named->row, 4)) : NULL;
	const char *sku = agreed ? sku_of(arena, named->text,
					  ids_at(&tables->names, named->row, 5)) : NULL;

	add(r, kind, choice, "series", SERIES);
	if (exact)
		component_text(r->inventory, kind->component, "model", exact, named->source,
			       at_most(kind, named->certainty));
	else
		add(r, kind, choice, "model", SERIES);
	if (sku)
		component_text(r->inventory, kind->component, "sku", sku, named->source,
			       at_most(kind, named->certainty));
	/* Series that no table lists: what the processor calls itself. */
	if (!component_attribute(kind->component, "model") && kind->name)
		component_text(r->inventory, kind->component, "model", kind->name,
			       kind->name_source, CERTAINTY_LIKELY);
}

/* Who SMBIOS says made it, by the name that is usual here. */
static void add_maker_of_firmware(const struct cpu_reading *r, const struct cpu_kind *kind,
				  const struct ids *makers)
{
	long row = ids_find(makers, &r->firmware.maker);

	if (row >= 0 && !component_attribute(kind->component, "maker"))
		component_text(r->inventory, kind->component, "maker",
			       ids_at(makers, (size_t)row, 1), "smbios type 4", CERTAINTY_LIKELY);
}

/* What led to the answer, in one line for people. */
static void add_evidence(const struct cpu_reading *r, const struct cpu_kind *kind,
			 const struct named *named)
{
	AUTO(buf_release) struct buf text = BUF_INIT;

	if (kind->id)
		buf_addf(&text, "%s %s", kind->kind, kind->id);
	if (r->kind_count > 1)
		buf_addf(&text, "%s%zu kinds of cores", text.size ? "; " : "", r->kind_count);
	if (r->info.cpu_count)
		buf_addf(&text, "%s%zu processors", text.size ? "; " : "", r->present);
	if (named->text)
		buf_addf(&text, "%s%s \"%s\"", text.size ? "; " : "", named->source, named->text);
	component_text(r->inventory, kind->component, "evidence", text.data, "cuihuo",
		       CERTAINTY_CERTAIN);
}

static void note_unknown(const struct cpu_reading *r, const struct cpu_kind *kind,
			 const struct tables *tables)
{
	inventory_problem(r->inventory, "cpu", "cpu-unknown",
			  "no row of %s fits %s (id %s, name %s)", tables->cpus.source,
			  kind->component->id, kind->id ? kind->id : "not known",
			  kind->name ? kind->name : "not known");
}

static void describe(struct cpu_reading *r, const struct cpu_kind *kind,
		     const struct choice *choice, const struct tables *tables,
		     const struct named *named)
{
	/* One name among others that have this core: nothing says that it is this one. */
	bool guess = choice->open && !named->text;

	if (!guess) {
		add(r, kind, choice, "maker", MAKER);
		add(r, kind, choice, "line", LINE);
		add_model(r, kind, choice, tables, named);
	}
	add_core(r, kind, choice);
	add_maker_of_firmware(r, kind, &tables->makers);
	add_evidence(r, kind, named);
	if (!knows_series(choice) && !(choice->count && component_attribute(kind->component, "model")))
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

/* What is known of the series that are left, as far as they agree. */
static void model_of(const struct choice *choice, const struct ids *models, struct arena *arena,
		     struct cpu_model *out)
{
	size_t i;

	for (i = 0; i < choice->count; i++) {
		long row = ids_find(models, &choice->left[i].field[SERIES]);

		if (row < 0) {
			*out = (struct cpu_model){ .cores = "", .threads_per_core = "" };
			return;
		}
		agree(arena, &out->cores, ids_at(models, (size_t)row, 1), !i);
		agree(arena, &out->threads_per_core, ids_at(models, (size_t)row, 2), !i);
	}
	out->source = arena_strdup(arena, models->source);
}

static void choose(struct cpu_reading *r, const struct tables *tables, struct cpu_model *ret_model)
{
	struct choice choice[CPU_KINDS_MAX] = { { .count = 0 } };
	struct named named = { .text = NULL }, other = { .text = NULL };
	size_t i;

	for (i = 0; i < r->kind_count; i++) {
		choice[i].source = tables->cpus.source;
		choose_by_id(&choice[i], &tables->cpus, &r->kind[i], r->kind_count);
	}
	keep_common(choice, r->kind_count);
	find_named(r, &tables->names, &named, &other);
	for (i = 0; i < r->kind_count; i++) {
		if (named.text)
			choose_by_name(&choice[i], &named, &other, tables->names.source);
		else if (!is_virtual(&r->kind[i]))
			narrow_by_count(&choice[i], r->present);
		describe(r, &r->kind[i], &choice[i], tables, &named);
	}
	model_of(&choice[0], &tables->models, &r->inventory->arena, ret_model);
}

void cpu_names(struct cpu_reading *r, struct cpu_model *ret_model)
{
	struct tables tables = { IDS_INIT, IDS_INIT, IDS_INIT, IDS_INIT };
	struct err err = ERR_INIT;

	if (pack_read(&tables.cpus, r->place->ids, &pack_cpus, &err) < 0 ||
	    pack_read(&tables.names, r->place->ids, &pack_cpu_names, &err) < 0 ||
	    pack_read(&tables.models, r->place->ids, &pack_cpu_models, &err) < 0 ||
	    pack_read(&tables.makers, r->place->ids, &pack_cpu_makers, &err) < 0)
		inventory_problem(r->inventory, "cpu", "no-names", "%s", err.plain);
	else
		choose(r, &tables, ret_model);
	ids_release(&tables.cpus);
	ids_release(&tables.names);
	ids_release(&tables.models);
	ids_release(&tables.makers);
}
