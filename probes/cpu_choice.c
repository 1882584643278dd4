/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/cpu_choice.h"

#include "harness/base/auto.h"

#include <stdio.h>
#include <string.h>

enum { KEY = 1, CPUS, KINDS, MAKER };		/* columns of cpus.tsv */
enum { CHIPS = 1, IMPLEMENTER };		/* columns of cpu-implementers.tsv */
enum { CORES = 1 };				/* columns of cpu-models.tsv */
enum { SERIES = 3, MODEL_FROM };		/* columns of cpu-names.tsv */

static bool fits(const char *range, size_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%zu", number);
	return ids_in_range(range, text);
}

/* The end of a range of processors; 0 of a series that only its name tells. */
static uint64_t most_of(const char *range)
{
	uint64_t low, high;

	return ids_range(range, &low, &high) ? high : 0;
}

bool cpu_same_series(const struct cpu_candidate *a, const struct cpu_candidate *b)
{
	return !strcmp(a->field[CPU_SERIES], b->field[CPU_SERIES]);
}

bool cpu_choice_knows_series(const struct cpu_choice *choice)
{
	return choice->count && *choice->left[0].field[CPU_SERIES];
}

/* --- by id -------------------------------------------------------------------------------------- */

static struct cpu_candidate candidate_at(const struct ids *cpus, size_t row)
{
	struct cpu_candidate is = { .cpus = ids_at(cpus, row, CPUS) };
	size_t i;

	for (i = 0; i < CPU_FIELDS; i++)
		is.field[i] = ids_at(cpus, row, MAKER + i);
	return is;
}

/* Of "70/663" the part before the '/' says who made the core: MIDR_EL1 31:24. */
static bool find_implementer(const struct cpu_tables *tables, const struct cpu_kind *kind,
			     size_t *ret_row)
{
	char code[3] = "";
	long row;

	if (!kind->id || strcmp(kind->kind, "midr") != 0)
		return false;
	snprintf(code, sizeof(code), "%.2s", kind->id);
	row = ids_find(&tables->implementers, (const char *[]){ code });
	*ret_row = row < 0 ? 0 : (size_t)row;
	return row >= 0;
}

/* A core that no row lists: of its implementer, who may license it to anybody. */
static void choose_by_implementer(struct cpu_choice *choice, const struct cpu_tables *tables,
				  const struct cpu_kind *kind)
{
	struct cpu_candidate is = { .field = { "", "", "", "" }, .cpus = "*" };
	size_t row;

	if (!find_implementer(tables, kind, &row))
		return;
	choice->implementer = ids_at(&tables->implementers, row, IMPLEMENTER);
	if (choice->count)
		return;
	choice->open = strcmp(ids_at(&tables->implementers, row, CHIPS), "own") != 0;
	if (!choice->open)
		is.field[CPU_MAKER] = choice->implementer;
	choice->left[choice->count++] = is;
	choice->source = tables->implementers.source;
}

/* A kind of cores may be offline. */
static bool has_so_many(const char *range, const struct cpu_kinds *kinds)
{
	return fits(range, kinds->count) || (!kinds->all && most_of(range) > kinds->count);
}

/*
 * Rows that name a series; where there is none, the row that knows the maker only. A row without a
 * maker says that others build chips with this core, too.
 */
void cpu_choice_by_id(struct cpu_choice *choice, const struct cpu_tables *tables,
		      const struct cpu_kind *kind, const struct cpu_kinds *kinds)
{
	const char *const key[] = { kind->kind, kind->id };
	const struct ids *cpus = &tables->cpus;
	struct cpu_candidate general = { .field = { NULL } };
	long row = -1;

	*choice = (struct cpu_choice){ .source = cpus->source };
	while (choice->count < CPU_CANDIDATES_MAX && (row = ids_next(cpus, row, key)) >= 0) {
		struct cpu_candidate one = candidate_at(cpus, (size_t)row);

		if (!*one.field[CPU_SERIES]) {
			general = one;
			choice->open = choice->open || !*one.field[CPU_MAKER];
		} else if (has_so_many(ids_at(cpus, (size_t)row, KINDS), kinds)) {
			choice->left[choice->count++] = one;
		}
	}
	if (!choice->count && general.field[CPU_MAKER])
		choice->left[choice->count++] = general;
	choose_by_implementer(choice, tables, kind);
	memcpy(choice->by_id, choice->left, sizeof(choice->left));
	choice->by_id_count = choice->count;
	choice->certainty = choice->count > 1 ? CERTAINTY_AMBIGUOUS : CERTAINTY_CERTAIN;
}

static bool among(const struct cpu_choice *choice, const struct cpu_candidate *candidate)
{
	size_t i;

	for (i = 0; i < choice->count; i++) {
		if (cpu_same_series(&choice->left[i], candidate))
			return true;
	}
	return false;
}

/* A chip of several kinds of cores is one whose series all its kinds allow. */
void cpu_choice_keep_common(struct cpu_choice *choice, size_t count)
{
	struct cpu_candidate left[CPU_CANDIDATES_MAX];
	size_t kept = 0, i, k;
	bool all_open = true, some_open = false;

	for (k = 0; k < count; k++) {
		all_open = all_open && choice[k].open;
		some_open = some_open || choice[k].open;
	}
	for (i = 0; count > 1 && i < choice[0].count; i++) {
		for (k = 1; k < count && among(&choice[k], &choice[0].left[i]); k++)
			;
		if (k == count && *choice[0].left[i].field[CPU_SERIES])
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

/*
 * Whether so many processors are all of a chip with that series. Fewer are what somebody made of
 * some chip (nr_cpus=2, cores off in the firmware's menu), and tell nothing of how many it has.
 */
static bool is_whole(const struct ids *models, const struct cpu_candidate *candidate, size_t cpus)
{
	long row = ids_find(models, &candidate->field[CPU_SERIES]);

	return fits(candidate->cpus, cpus) &&
	       (row < 0 || cpus >= most_of(ids_at(models, (size_t)row, CORES)));
}

void cpu_choice_by_count(struct cpu_choice *choice, const struct cpu_tables *tables, size_t cpus)
{
	struct cpu_choice less = *choice;
	bool whole = false;
	size_t i;

	for (i = 0; i < choice->count; i++)
		whole = whole || is_whole(&tables->models, &choice->left[i], cpus);
	less.count = 0;
	for (i = 0; i < choice->count; i++) {
		const char *range = choice->left[i].cpus;

		if (whole ? fits(range, cpus) : cpus <= most_of(range))
			less.left[less.count++] = choice->left[i];
	}
	if (!less.count || less.count == choice->count)
		return;
	less.certainty = less.count == 1 ? CERTAINTY_LIKELY : CERTAINTY_AMBIGUOUS;
	*choice = less;
}

/* --- by name ------------------------------------------------------------------------------------ */

const char *cpu_exact_model(struct arena *arena, const char *text, const char *from)
{
	const char *at = *from ? strstr(text, from) : NULL;
	size_t size = strlen(from);

	if (!at)
		return NULL;
	size += strspn(at + size, " ");
	return arena_strndup(arena, at, size + strcspn(at + size, " @"));
}

static bool find_name(const struct ids *names, struct arena *arena, struct cpu_named *named)
{
	long row = ids_find(names, &named->text);
	const char *series;

	if (row < 0)
		return false;
	named->row = (size_t)row;
	series = ids_at(names, named->row, SERIES);
	if (!strcmp(series, "="))
		series = cpu_exact_model(arena, named->text, ids_at(names, named->row, MODEL_FROM));
	named->is = (struct cpu_candidate){ .field = { ids_at(names, named->row, 1),
						       ids_at(names, named->row, 2),
						       series ? series : "", "" } };
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
void cpu_find_hint(const struct cpu_reading *r, const struct ids *names, struct cpu_hint *ret_hint)
{
	const struct cpu_kind *kind = r->kind;
	struct cpu_named name[] = {
		{ .text = kind->name, .source = kind->name_source,
		  .certainty = kind->name_certainty },
		{ .text = r->firmware.name, .source = "smbios type 4",
		  .certainty = CERTAINTY_LIKELY },
		{ .text = r->firmware.designation, .source = "smbios type 4",
		  .certainty = CERTAINTY_LIKELY },
		{ .text = board_name(r), .source = CPU_BOARD, .certainty = CERTAINTY_LIKELY },
	};
	size_t i;

	*ret_hint = (struct cpu_hint){ .named = { .text = NULL } };
	for (i = 0; i < ARRAY_SIZE(name); i++) {
		if (!name[i].text || !find_name(names, &r->inventory->arena, &name[i]))
			continue;
		if (!ret_hint->named.text)
			ret_hint->named = name[i];
		else if (cpu_same_series(&ret_hint->named.is, &name[i].is) && !ret_hint->more.text)
			ret_hint->more = name[i];
		else if (!cpu_same_series(&ret_hint->named.is, &name[i].is) &&
			 !ret_hint->other.text && ret_hint->named.certainty != CERTAINTY_CERTAIN)
			ret_hint->other = name[i];
	}
}

/* The candidate that the name means: the series itself, or one whose name goes on ("E2000Q"). */
static long find_candidate(const struct cpu_choice *choice, const struct cpu_named *named)
{
	const char *series = named->is.field[CPU_SERIES];
	long longer = -1;
	size_t i;

	for (i = 0; *series && i < choice->count; i++) {
		const char *is = choice->left[i].field[CPU_SERIES];

		if (!strcmp(is, series))
			return (long)i;
		if (*is && !strncmp(is, series, strlen(series)))
			longer = (long)i;
	}
	return longer;
}

/* The table knows ids of the series, and this is none of them. */
static bool has_other_ids(const struct ids *cpus, const struct cpu_kind *kind, const char *series)
{
	bool known = false;
	size_t row;

	for (row = 0; *series && row < cpus->count; row++) {
		if (strcmp(ids_at(cpus, row, 0), kind->kind) != 0 ||
		    strcmp(candidate_at(cpus, row).field[CPU_SERIES], series) != 0)
			continue;
		if (ids_glob(ids_at(cpus, row, KEY), kind->id))
			return false;
		known = true;
	}
	return known;
}

/*
 * Whether the id and the name cannot both be true. Of an id that names a maker, that maker alone
 * can have made it. What series of his it is, an id proves only against names whose own ids are
 * known: nobody lists the ids of a series that is new, and it may have an older one's.
 */
static bool is_contradicted(const struct cpu_choice *choice, const struct cpu_tables *tables,
			    const struct cpu_kind *kind, const struct cpu_named *named)
{
	const struct cpu_candidate *by_id = choice->by_id;

	if (!choice->by_id_count)
		return false;
	if (!choice->open &&
	    strcmp(by_id->field[CPU_MAKER], named->is.field[CPU_MAKER]) != 0)
		return true;
	return (choice->open || *by_id->field[CPU_SERIES]) &&
	       has_other_ids(&tables->cpus, kind, named->is.field[CPU_SERIES]);
}

static void add_contradiction(struct cpu_choice *choice, const struct cpu_tables *tables,
			      const struct cpu_candidate *is)
{
	if (choice->count < CPU_CANDIDATES_MAX)
		choice->left[choice->count++] = *is;
	choice->certainty = CERTAINTY_CONTRADICTORY;
	choice->source = tables->both;
}

/*
 * A name of a maker's alone ("Loongson-3 V0.4") adds nothing to an id of the same maker. One with a
 * model whose series is not known ("KX-6940S") leaves the series of its line; where the id knows
 * none, it is one that the table does not list. False: it is of another maker.
 */
static bool keep_line(struct cpu_choice *choice, const struct cpu_tables *tables,
		      const struct cpu_named *named)
{
	const char *line = named->is.field[CPU_LINE];
	bool model = *ids_at(&tables->names, named->row, MODEL_FROM);
	bool same_maker = false;
	size_t kept = 0, i;

	if (*named->is.field[CPU_SERIES])
		return false;
	for (i = 0; i < choice->count; i++)
		same_maker = same_maker || !strcmp(choice->left[i].field[CPU_MAKER],
						   named->is.field[CPU_MAKER]);
	for (i = 0; same_maker && model && i < choice->count; i++) {
		if (!*choice->left[i].field[CPU_LINE] ||
		    !strcmp(choice->left[i].field[CPU_LINE], line))
			choice->left[kept++] = choice->left[i];
	}
	if (kept == 1 && !*choice->left[0].field[CPU_LINE]) {
		choice->left[0].field[CPU_LINE] = line;
		choice->certainty = named->certainty;
	}
	if (!same_maker || !model || kept == choice->count)
		return same_maker;
	if (!kept) {
		choice->left[kept++] = named->is;
		choice->certainty = named->certainty;
		choice->source = tables->names.source;
	}
	choice->count = kept;
	return true;
}

/* How many processors a machine with the series can have, by any of its ids; 0: not known. */
static uint64_t most_of_series(const struct ids *cpus, const char *series)
{
	uint64_t most = 0;
	size_t row;

	for (row = 0; *series && row < cpus->count; row++) {
		struct cpu_candidate is = candidate_at(cpus, row);

		if (!strcmp(is.field[CPU_SERIES], series) && most_of(is.cpus) > most)
			most = most_of(is.cpus);
	}
	return most;
}

/* More processors than the named series can have: it, or one with the same id that has so many. */
static void check_count(struct cpu_choice *choice, const struct cpu_tables *tables, size_t cpus)
{
	uint64_t most = most_of_series(&tables->cpus, choice->left[0].field[CPU_SERIES]);
	size_t i;

	if (!most || cpus <= most)
		return;
	choice->most = most;
	choice->certainty = CERTAINTY_CONTRADICTORY;
	choice->source = tables->both;
	for (i = 0; i < choice->by_id_count; i++) {
		if (fits(choice->by_id[i].cpus, cpus))
			add_contradiction(choice, tables, &choice->by_id[i]);
	}
}

void cpu_choice_by_name(struct cpu_choice *choice, const struct cpu_tables *tables,
			const struct cpu_kind *kind, const struct cpu_hint *hint, size_t cpus)
{
	const struct cpu_named *named = &hint->named;
	long found = find_candidate(choice, named);

	if (found >= 0) {
		if (choice->count > 1 || choice->open)
			choice->certainty = named->certainty;
		choice->left[0] = choice->left[found];
		choice->count = 1;
		check_count(choice, tables, cpus);
	} else if (keep_line(choice, tables, named)) {
		return;
	} else if (is_contradicted(choice, tables, kind, named)) {
		add_contradiction(choice, tables, &named->is);
	} else {
		bool doubted = choice->by_id_count && *choice->by_id->field[CPU_SERIES];

		choice->left[0] = named->is;
		choice->count = 1;
		choice->certainty = doubted ? CERTAINTY_LIKELY : named->certainty;
		choice->source = tables->names.source;
		check_count(choice, tables, cpus);
	}
	if (hint->other.text && choice->certainty != CERTAINTY_CERTAIN)
		add_contradiction(choice, tables, &hint->other.is);
}
