/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_REPEAT_H
#define RUN_REPEAT_H
/*
 * A wrong result of a processor, tried again. While all other workers wait, the block that went wrong
 * is done up to REPEAT_RUNS times in each of these passes, as far as the machine has the cores:
 *
 *	same	on the core that was wrong, at once, while it is warm
 *	sibling	on the other hardware thread of that core
 *	other	on up to two other cores, near and far
 *	plain	on the first core by code that uses no vectors, where it was wrong with some
 *	slow	on the first core at the lowest clock that cpufreq lets it have (speed.h)
 *	fast	on the first core at the highest
 *	rested	on the first core after some seconds without any load
 *
 * repeat_judge says what that means; it is never stored. Facts behind it: half of the faults that
 * fleets find come back within a minute on the same core alone, the others need heat or chance.
 *
 *	struct repeat repeat = { .cpu = 3, .pass_count = 4, .pass = { ... } };
 *	words = repeat_judge(&repeat);		words.kind: "consistent"
 */
#include "harness/base/arena.h"
#include "harness/base/buf.h"
#include "harness/base/err.h"
#include "harness/run/journal.h"

#include <stdint.h>

enum { REPEAT_PASSES = 8, REPEAT_RUNS = 100 };

enum repeat_where {
	REPEAT_SAME = 0,
	REPEAT_SIBLING,
	REPEAT_OTHER,
	REPEAT_RESTED,
	REPEAT_PLAIN,
	REPEAT_SLOW,
	REPEAT_FAST,
};

enum repeat_clock {
	REPEAT_CLOCK_UNKNOWN = 0,	/* nobody asked */
	REPEAT_CLOCK_SET,
	REPEAT_CLOCK_ABSENT,		/* the core has no cpufreq policy */
	REPEAT_CLOCK_REFUSED,		/* the policy may not be changed */
};

struct repeat_pass {
	enum repeat_where where;
	unsigned int cpu;
	uint32_t runs, wrong;
	uint32_t alike;		/* of the wrong ones: the word first seen, with the same wrong value */
	uint32_t mhz;		/* of a chain of additions beside it; less when cpu time is stolen */
	uint64_t bits;		/* of a word, that were wrong at least once */
};

struct repeat {
	unsigned int worker, cpu;	/* that saw it */
	uint32_t pass_count;		/* fewer than planned: the step was told to stop */
	struct repeat_pass pass[REPEAT_PASSES];
	enum repeat_clock clock;
};

struct repeat_words {
	const char *kind;	/* "consistent" "intermittent" "not-repeated" */
	const char *cores;	/* "one-core" "several-cores" "unknown"; NULL: not repeated */
	const char *heat;	/* "always" "warm-only" "rested-only"; NULL: not known */
	const char *code;	/* "every-set" "this-set-only" of instructions; NULL: not known */
	const char *clock;	/* "any" "low-only" "high-only" "absent" "refused"; NULL: not known */
};

const char *repeat_where_name(enum repeat_where where);
struct repeat_words repeat_judge(const struct repeat *repeat);

/* The journal's frame (docs/formats/journal.md); the rules of frame.h. */
struct frame_repeat {
	size_t step;
	uint64_t attempt;
	struct repeat repeat;
	/* The hottest reading, thousandths of a degree; INT64_MIN: none is known. */
	int64_t warm, rested;
};

void frame_write_repeat(struct buf *out, const struct frame_repeat *value);
int frame_read_repeat(const struct frame *frame, struct arena *arena,
		      struct frame_repeat *ret_value, struct err *err);

#endif
