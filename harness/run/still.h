/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_STILL_H
#define RUN_STILL_H
/*
 * A thermometer of a processor that sticks: it says the same while work begins or ends. Pure.
 *
 *	struct still still = { .load = load, .load_count = count };
 *	still_take(&still, &sample);		each sample of the series, in the order of time
 *	still_gap(&still);			nothing is known of what lies between
 *	if (still.found)
 *		... still.found_ns, still.found_value, still.step
 *
 * It is judged only where it must move. It has proved in this run that it follows: 3 degrees, and
 * three of its own smallest steps, within half a minute; so neither a zone with coarse steps nor one
 * of a board, nor a constant, is ever called stuck. Then it said exactly the same for STILL_NS before
 * a change of load and for STILL_NS after it, and not its lowest value, below which some cannot go.
 */
#include "harness/model/sample.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STILL_NS 30000000000LL

/* Steps that heat the processor, then one that lets it cool, or the other way. */
struct still_load {
	int64_t from_ns, at_ns, until_ns;
	size_t step;			/* that began at at_ns */
};

struct still {
	const struct still_load *load;	/* borrowed; ascending */
	size_t load_count;
	bool seen, follows, found;	/* seen: since the last gap */
	bool heard;
	int64_t value, since_ns;	/* of the last good sample, and since when it says that */
	int64_t least, smallest;	/* value; change */
	int64_t anchor, anchor_ns;	/* where half a minute of movement began */
	int64_t found_ns, found_value;	/* since when it says what */
	size_t step;
};

void still_take(struct still *still, const struct sample *sample);
void still_gap(struct still *still);

#endif
