/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_SPEED_H
#define RUN_SPEED_H
/*
 * The clock of one core at the lowest and the highest that cpufreq lets it have, while wrong data is
 * tried again there. The child asks, for the journal is the runner's:
 *
 *	child:	speed_ask(shared, cpu, SPEED_LOWEST)	waits for the answer; SPEED_AS_BEFORE at the end
 *	runner:	loop_look_at_speed()			journals the setting, durable, changes it, answers
 *
 * Lowest: the policy's scaling_max_freq becomes its scaling_min_freq; highest: the other way round. So
 * limits that somebody has set are kept, and putting back is one line of one file.
 */
#include "harness/base/arena.h"
#include "harness/run/frame.h"

#include <stdbool.h>
#include <stdint.h>

enum speed {
	SPEED_AS_BEFORE = 0,	/* nothing is changed */
	SPEED_LOWEST,
	SPEED_HIGHEST,
	SPEED_ABSENT,		/* an answer: cpufreq knows nothing of this core */
	SPEED_REFUSED,		/* an answer: it may not be set, or nobody answered */
};

#define SPEED_MASK 7U		/* the rest of the shared words is the number of the question */

struct run_shared;

/* Waits at most some seconds; `stopped` ends it. */
enum speed speed_ask(struct run_shared *shared, unsigned int cpu, enum speed want);
/*
 * What to change on this root for `want`; the answer is `want` when that can be done or is so already
 * (ret_setting->path is NULL then).
 */
enum speed speed_find(const char *root, unsigned int cpu, enum speed want, struct arena *arena,
		      struct frame_setting *ret_setting);
/* A setting that speed_find could have made. */
bool speed_is_ours(const struct frame_setting *setting);

#endif
