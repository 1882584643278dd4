/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_CPU_CHOICE_H
#define PROBES_CPU_CHOICE_H
/*
 * Which series a processor may be. What the id register allows comes first, then the kinds of cores
 * that stand together, then a name or the count of processors.
 *
 *	cpu_choice_by_id(&choice[i], &tables, &kind[i], &kinds);		every kind
 *	cpu_choice_keep_common(choice, kinds);
 *	cpu_choice_by_name(&choice[i], &tables, &kind[i], &hint);	when a name is known
 *
 * Texts are the tables'; they live until those are released.
 */
#include "probes/cpu.h"

enum cpu_field { CPU_MAKER, CPU_LINE, CPU_SERIES, CPU_CORE, CPU_FIELDS };

struct cpu_candidate {
	const char *field[CPU_FIELDS];
	const char *cpus;		/* range of processors that a machine with it has */
};

enum { CPU_CANDIDATES_MAX = 16 };

/* What is left of a kind's candidates, and all that its id allows. */
struct cpu_choice {
	struct cpu_candidate left[CPU_CANDIDATES_MAX], by_id[CPU_CANDIDATES_MAX];
	size_t count, by_id_count;
	bool open;			/* makers that the table does not list have the id too */
	bool mixed;			/* an open core stands beside: the series is not proven */
	uint64_t most;			/* processors with that name, fewer than there are; 0: fits */
	enum certainty certainty;
	const char *implementer;	/* of the core, by the register; NULL: not known */
	const char *source;		/* the tables that led here */
};

/* How many kinds of cores, by their ids; all: no processor is offline, so there are no more. */
struct cpu_kinds {
	size_t count;
	bool all;
};

struct cpu_tables {
	struct ids cpus, implementers, names, models, makers;
	const char *both;		/* the source of what cpus and names say together */
};

/* A name that the table of names knows. */
struct cpu_named {
	const char *text;		/* NULL: none */
	const char *source;
	enum certainty certainty;
	struct cpu_candidate is;
	size_t row;
};

/* The best of the names that a machine gives, one that means the same, and one that does not. */
struct cpu_hint {
	struct cpu_named named, more, other;
};

bool cpu_same_series(const struct cpu_candidate *a, const struct cpu_candidate *b);
/* Whether the first candidate that is left is a series, and not a maker alone. */
bool cpu_choice_knows_series(const struct cpu_choice *choice);

void cpu_choice_by_id(struct cpu_choice *choice, const struct cpu_tables *tables,
		      const struct cpu_kind *kind, const struct cpu_kinds *kinds);
void cpu_choice_keep_common(struct cpu_choice *choice, size_t count);
/*
 * Processors can be switched off, so the count makes a choice likely, never certain, and a count that
 * is not all of any series' chip leaves every series that has as many.
 */
void cpu_choice_by_count(struct cpu_choice *choice, const struct cpu_tables *tables, size_t cpus);
/* Of more processors than the named series can have, the name contradicts; cpus 0: not to be asked. */
void cpu_choice_by_name(struct cpu_choice *choice, const struct cpu_tables *tables,
			const struct cpu_kind *kind, const struct cpu_hint *hint, size_t cpus);

/*
 * The exact model as the name has it, from where the table says on to the end of the word:
 * "KX-6640MA" of "ZHAOXIN KaiXian KX-6640MA@2.2+GHz", "C86 7185" of "Hygon C86 7185 32-core". NULL
 * where that is not in it.
 */
const char *cpu_exact_model(struct arena *arena, const char *text, const char *from);

void cpu_find_hint(const struct cpu_reading *r, const struct ids *names, struct cpu_hint *ret_hint);

#endif
