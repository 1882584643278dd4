/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_WATCHER_H
#define RUN_WATCHER_H
/*
 * The process that samples and guards: small, locked in memory where the limit allows, and never
 * waiting for a disk, whatever the runner's journal is waiting for.
 *
 *	struct watcher_plan plan = { .set = set, .guard = ..., .step_name = ..., .cpu = ... };
 *	struct watcher *watcher = watcher_new(&plan);
 *	series = watcher_series(watcher, &count);	indices of struct sample; for the journal
 *	pid = watcher_start(watcher, shared, &err);	forks; run_start_ns is set, no thread runs
 *	...	ring_take(shared, ...); late_is_dead(&late, &turn)
 *	watcher_stop(watcher);				one last round of samples, then it ends
 *	watcher_free(watcher);
 *
 * Each round (every interval) the watcher reads all series, puts what is news into the ring, steps
 * the guard and writes watcher_beat_ns. On a stop it fills guard_rule, guard_series, guard_value
 * and guard_why, then sets stop to STOP_GUARD when nothing else has stopped the step; workers that
 * still run two rounds later lose their process (SIGKILL to child_pid). It sets and clears
 * throttle. It writes the guard members once: the runner sets guard_rule to -1 and guard_why to 0
 * when it clears stop for another step.
 *
 * The table of series is that of the sensor set, then one "work-rate" a step ("step/N"), one a cpu
 * ("cpu/N"), one "work-speed" a step, then "clock-jump"; docs/formats/series.md has them all.
 *
 * It ignores the terminal's signals and dies with the runner. Dying itself is the station's fault:
 * the runner reaps it (watcher_pid) or sees no beat (late.h) and stops the load.
 */
#include "harness/model/profile.h"
#include "harness/run/shared.h"
#include "harness/sensor/source.h"

#include <stdbool.h>
#include <sys/types.h>

#define WATCHER_INTERVAL_NS 500000000LL

struct watcher_plan {
	struct sensor_set *set;			/* borrowed until watcher_free; not started */
	const struct guard_rule *guard;		/* borrowed */
	size_t guard_count;
	bool blind;				/* of struct plan */
	int64_t interval_ns;			/* 0: WATCHER_INTERVAL_NS */
	const char *const *step_name;		/* borrowed; label of the series "step/N" */
	size_t step_count;
	const unsigned int *cpu;		/* borrowed; cpus that may carry a worker */
	size_t cpu_count;
	const struct inject *inject;		/* borrowed; faults to plant (inject.h), or NULL */
};

struct watcher;
struct watcher *watcher_new(const struct watcher_plan *plan);
struct watcher *watcher_free(struct watcher *watcher);	/* stops it when it runs */
const struct series *watcher_series(const struct watcher *watcher, size_t *ret_count);

/* Its pid, or an error. */
pid_t watcher_start(struct watcher *watcher, struct run_shared *shared, struct err *err);
pid_t watcher_pid(const struct watcher *watcher);	/* 0 when it was not started or is reaped */
/* The caller has reaped it by itself (SIGCHLD): its pid is nobody's now. */
void watcher_gone(struct watcher *watcher);
/* Tell it to end, wait for that (at most two seconds, then kill) and reap it. */
void watcher_stop(struct watcher *watcher);

#endif
