/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_GATHER_H
#define RUN_GATHER_H
/* One series while its samples go by: assemble_series.c and assemble_senses.c only. */
#include "harness/run/assembly.h"
#include "harness/run/sense.h"
#include "harness/run/still.h"

enum { SENSES = 2, TRIPS = 4 };

struct cell {
	uint64_t good, bad;
	int64_t min, max;
	__int128 sum;
};

/* The longest time a series was outside one limit. */
struct outside {
	size_t limit;
	bool now;		/* the last good reading was outside */
	int64_t since_ns, longest_ns, worst;
	bool ever;
};

/* One series while its samples go by. */
struct gather {
	struct record_series *series;
	struct cell *cell;		/* RECORD_BUCKETS of them, made with the first sample */
	struct outside *outside;
	size_t outside_count;
	struct sense sense[SENSES];
	const struct gather *trip[TRIPS]; /* of a temperature: where it becomes dangerous */
	size_t trip_count;
	const struct gather *steal;	/* of a speed: what excuses it */
	struct still still;		/* of a temperature of a cpu */
	int64_t previous;		/* last good value */
	int64_t grown, grown_ns;	/* of a counter, and when it first did */
	bool seen;
	bool restarted;			/* no good value since the run was resumed */
};

/* assemble_senses.c */
void gather_find_senses(const struct plan *plan, struct gather *gather, const struct gather *all,
			size_t count);
/* Where the load changed, in the arena of the record; how many. */
size_t gather_loads(const struct assembly *assembly, const struct still_load **ret_load);
void gather_sense(struct gather *gather, const struct sample *sample);
void gather_findings(struct assembly *assembly, struct gather *gather);

#endif
