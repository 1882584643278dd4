/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_GUARD_H
#define RUN_GUARD_H
/*
 * What protects the machine while it is heated: rules and readings in, go on / throttle / stop out.
 * Pure: no clock, no files, no memory shared with anybody.
 *
 *	struct guard_state guard;
 *	guard_init(&guard, &plan);
 *	decision = guard_step(&guard, samples, now_ns);		each round, one sample a series
 *	guard_release(&guard);
 *
 * A rule watches every series of its metric whose component matches its glob.
 *
 * - hot: at or above `stop` for `hold_ns` (0: at once). A reading that is not good does not end it.
 * - throttle: at or above `throttle`, until it is a thirty-second part (3 %) below.
 * - silent: no good reading for `silent_ns` counts as hot and stops. Implausible and stale readings
 *   are not good ones. A good reading ends the silence.
 * - a counter is judged by how much it grew since its first good reading, never by its height.
 * - a series that never gave one good reading is excused when its group (cpu temperatures, or the
 *   others) has a member that did under the same rule; and one that is no cpu temperature also when
 *   the rule watches cpu temperatures. In a blind run every such series is excused: running without
 *   a sensor was somebody's decision, made when the run was planned. A metric with no series at all
 *   is the plan's to refuse.
 *
 * One round counts for at most GUARD_ROUND_MAX_NS, so that a machine that was suspended is neither
 * silent nor hot for the time it slept.
 */
#include "harness/model/profile.h"
#include "harness/model/sample.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GUARD_SILENT_NS 10000000000LL	/* when a rule does not say */
#define GUARD_ROUND_MAX_NS 5000000000LL

enum guard_action {
	GUARD_STOP = 0,
	GUARD_THROTTLE,
	GUARD_GO,
};

enum guard_why {
	GUARD_WHY_NONE = 0,
	GUARD_WHY_HOT,		/* value is the reading */
	GUARD_WHY_GREW,		/* a counter; value is by how much */
	GUARD_WHY_SILENT,	/* no reading in time; value is the last good one, or INT64_MIN */
	GUARD_WHY_IMPLAUSIBLE,	/* silent, and the last reading could not be; value as for silent */
};

const char *guard_why_name(enum guard_why why);	/* "hot", "silent", ... */

struct guard_decision {
	enum guard_action action;
	enum guard_why why;	/* NONE when action is GO */
	size_t rule;		/* index of the rule, */
	size_t series;		/* and of the series, that decided */
	int64_t value;		/* thousandths */
};

struct guard_plan {
	const struct guard_rule *rule;		/* borrowed until guard_release */
	size_t rule_count;
	const struct series *series;		/* borrowed during guard_init */
	size_t series_count;
	bool blind;				/* of struct plan */
};

struct guard_watch;
struct guard_state {
	const struct guard_rule *rule;
	struct guard_watch *watch;		/* one for each pair of rule and series */
	size_t count;
	bool blind;
	bool started;
	int64_t last_ns;
};

void guard_init(struct guard_state *guard, const struct guard_plan *plan);
void guard_release(struct guard_state *guard);
struct guard_decision guard_step(struct guard_state *guard, const struct sample *sample,
				 int64_t now_ns);

#endif
