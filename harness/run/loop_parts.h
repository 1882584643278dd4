/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_LOOP_PARTS_H
#define RUN_LOOP_PARTS_H
/* What the files of the loop share: loop*.c only. */
#include "harness/run/book.h"
#include "harness/run/late.h"
#include "harness/run/loop.h"
#include "harness/run/settings.h"
#include "harness/run/shared.h"
#include "harness/run/watcher.h"

#include <signal.h>
#include <sys/types.h>

#define LOOP_TICK_NS 250000000LL

struct reading {		/* the last one of a series */
	int64_t value;
	bool good;
};

struct loop {
	const struct run_config *config;
	const struct run_past *past;		/* NULL for a new run */
	struct run_shared *shared;
	size_t shared_size;
	struct watcher *watcher;
	const struct series *series;		/* the watcher's table */
	size_t series_count;
	int *journal_index;			/* of each of those in the journal's table, or -1 */
	struct reading *reading;		/* one a series */
	struct book book;
	struct runner runner;
	struct step_progress *progress;
	struct step_progress *own_progress;	/* of a new run */
	struct settings settings;
	size_t settings_changed;
	struct arena speed_arena;
	struct frame_setting speed;		/* of a core, while wrong data is tried again; path NULL: none */
	uint32_t speed_told;			/* the question that was answered last */
	uint64_t *taken;			/* mismatches written down, one a worker */
	size_t mismatches_left;
	uint32_t repeats;			/* written down of this step */
	bool repeat_seen;			/* one goes on, and `warm` is of its beginning */
	int64_t warm;				/* hottest reading, INT64_MIN: none */
	uint64_t errors;			/* of steps that ended */
	pid_t child;
	int scratch_fd, device_fd, hashes_fd;	/* of the step that runs; else -1 */
	int port_fd[2];			/* likewise */
	struct module_map modules;
	int signal_fd;
	bool throttle_told, guard_told, watcher_told, fault_told;
	int64_t waited_ns;			/* for events, in this turn */
	struct late late;			/* of the watcher */
	int watcher_status;			/* of waitpid, once it is reaped */
	int64_t flushed_ns, progress_ns;	/* run times */
	bool exited;
	enum run_cause cause;
};

/* loop.c: tell the runner and do what it asks for. */
void loop_feed(struct loop *loop, struct runner_event event);

/* loop_perform.c */
void loop_perform(struct loop *loop, const struct runner_action *action);
/* Put back what an earlier runner changed and could not put back. */
void loop_restore_left(struct loop *loop);
/* loop_speed.c: answer the child; put back what was changed for it. */
void loop_look_at_speed(struct loop *loop);
void loop_restore_speed(struct loop *loop);
void loop_restore_one(struct loop *loop, const struct frame_setting *setting);
/* Journal and change the settings; those that cannot be changed are left. */
void loop_change_settings(struct loop *loop);

/* loop_look.c: everything that is seen and not told. */
void loop_drain(struct loop *loop);		/* samples and mismatches into the book */
void loop_flush(struct loop *loop, bool now);	/* samples into the journal, once a second */
void loop_look_at_guard(struct loop *loop);
void loop_look_at_watcher(struct loop *loop);
void loop_show(struct loop *loop, bool now);	/* progress, once a second */

#endif
