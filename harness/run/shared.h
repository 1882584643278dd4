/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_SHARED_H
#define RUN_SHARED_H
/*
 * The memory that runner, watcher and step children share (anonymous MAP_SHARED, made by the runner
 * before the first fork, mapped at the same address in all of them).
 *
 *	runner	owns the journal; starts watcher and children; drains the ring of samples
 *	watcher	samples, guards, may set stop and throttle; never waits for a disk
 *	child	one per step; its workers write their lines
 *
 * Who writes what stands beside each member. `stop` is set and never cleared within a step; the
 * runner clears it between steps, together with the guard members. `throttle` is the watcher's alone.
 */
#include "harness/model/sample.h"
#include "harness/run/frames.h"
#include "harness/run/module_map.h"
#include "harness/run/repeat.h"
#include "harness/stress/worker.h"

#include <stdatomic.h>
#include <stdint.h>

enum stop_cause {
	STOP_NONE = 0,
	STOP_TIME,		/* the step is over */
	STOP_GUARD,		/* guard_rule, guard_series, guard_value say which */
	STOP_SIGNAL,		/* Ctrl-C */
	STOP_FAULT,		/* journal full, watcher dead: the station */
};

#define SHARED_RING 65536	/* samples; a power of two */
#define SHARED_SERIES 4096	/* series at most */
#define SHARED_REPEATS 4	/* workers of a step whose wrong data is tried again */

struct run_shared {
	_Atomic uint32_t stop;			/* workers end soon; runner and watcher: enum stop_cause */
	_Atomic uint32_t throttle;		/* watcher: workers pause half of the time */
	_Atomic int64_t step;			/* runner: index of the running step, -1 between */
	_Atomic uint32_t worker_count;		/* runner: lines in use */
	_Atomic int32_t child_pid;		/* runner: of the step's child, 0 between steps;
						   cleared before it is reaped: the watcher kills */
	_Atomic uint64_t turn;			/* child: lines of the turn that runs: first << 32 | end; 0: all */
	_Atomic int64_t step_run_ns;		/* child: clock_boot_ns when its workers began; 0 before */
	_Atomic int64_t child_beat_ns;		/* child: clock_boot_ns of its last sign of life */
	_Atomic int64_t run_start_ns;		/* runner: clock_boot_ns of the run's time 0 */
	_Atomic uint64_t watcher_beat_ns;	/* watcher: clock_boot_ns of its last round */
	_Atomic uint32_t watcher_locked;	/* watcher: 1 when mlockall worked */
	_Atomic int32_t guard_rule;		/* watcher: index of the rule that stopped, -1 */
	_Atomic int32_t guard_series;		/* watcher: index of the series */
	_Atomic int64_t guard_value;		/* watcher: thousandths; INT64_MIN: silent */
	_Atomic uint32_t guard_why;		/* watcher: enum guard_why of guard.h */
	_Atomic uint64_t ring_head;		/* watcher: samples put so far */
	_Atomic uint64_t ring_tail;		/* runner: samples taken so far */
	_Atomic uint64_t ring_lost;		/* watcher: dropped because the ring was full */
	_Atomic uint32_t frame_nodes;		/* child: entries of frame_node, 0: not known */
	struct node_bytes frame_node[FRAMES_NODES];	/* child: physical memory verified */
	_Atomic uint32_t modules_known;		/* child: module_bytes are filled */
	uint64_t module_bytes[MODULE_RANGES];	/* child: verified in each range of the modules' map */
	struct request_times times;		/* child: of requests to a device */
	_Atomic uint32_t speed_cpu, speed_asked; /* child: speed.h */
	_Atomic uint32_t speed_answer;		/* runner: likewise */
	_Atomic uint32_t repeating;		/* child: workers wait, wrong data is tried again */
	_Atomic uint32_t repeats;		/* child: complete entries of repeat */
	struct repeat repeat[SHARED_REPEATS];	/* child */
	char step_error[160];			/* child: why the step could not work, in English */
	struct sample ring[SHARED_RING];
	struct worker_line line[];		/* runner sizes it: one a worker */
};

#endif
