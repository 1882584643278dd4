/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_INJECT_H
#define RUN_INJECT_H
/*
 * Faults that are planted on purpose, to prove that a run finds them. No ordinary build can: it has
 * inject_none.c, which refuses. `make injected` links the same objects with the folder harness/run/inject
 * instead, and its version carries the word INJECTED into every record, report and paper.
 *
 *	code = inject_parse("memory-flip:3", &inject, &err);
 *	inject_begin(&inject, child);	in the child, before its workers begin
 *	inject_samples(...);		in the watcher, before anybody sees them
 *	inject_end(child);		after its workers ended
 *
 * `inject` may be NULL: then nothing is planted.
 */
#include "harness/base/err.h"
#include "harness/model/sample.h"

#include <stddef.h>
#include <stdint.h>

enum inject_kind {
	INJECT_NONE = 0,
	INJECT_MEMORY_FLIP,	/* bits of the memory under test, while it rests */
	INJECT_REGISTER_FLIP,	/* bits of vector registers, while workers work */
	INJECT_WRONG_CORE,	/* one bit of each result on one cpu */
	INJECT_STALE_BLOCK,	/* a disk gives back what was there before */
	INJECT_LOST_SENSOR,	/* readings of a series end */
};

struct inject {
	enum inject_kind kind;
	uint64_t number;	/* of flips; of the cpu */
	const char *glob;	/* LOST_SENSOR: of components; borrowed from the text */
};

struct step_child;

int inject_parse(const char *text, struct inject *inject, struct err *err);
void inject_begin(const struct inject *inject, struct step_child *child);
void inject_end(struct step_child *child);
/* `sample` has one of each series; run_ns is the time since the run began. */
void inject_samples(const struct inject *inject, const struct series *series, size_t count,
		    int64_t run_ns, struct sample *sample);

#endif
