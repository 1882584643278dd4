/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_RUNNER_H
#define RUN_RUNNER_H
/*
 * What a run does next: pure. It sees events and asks for actions; a loop (loop.h) performs them and
 * tells what came of it. No clock, no process, no file: a plan of two days runs in a test in no time.
 *
 *	runner_init(&runner, &plan, progress, &patience);
 *	runner_step(&runner, &(struct runner_event){ .kind = EVENT_BEGIN, .now_ns = 0 }, &actions);
 *	for (i = 0; i < actions.count; i++) perform(&actions.action[i]);
 *	...	until an ACTION_EXIT
 *
 * Actions are performed in order. ACTION_STEP_START and ACTION_STEP_END are answered by EVENT_DURABLE
 * or EVENT_JOURNAL_FAILED before anything else; any other frame that cannot be written gives
 * EVENT_JOURNAL_FAILED too. ACTION_FORK is answered by EVENT_CHILD_STARTED or EVENT_FORK_FAILED.
 * EVENT_CHILD_ENDED comes once for each child started.
 *
 * A step that crashed, hung or failed does not end the run: the rest is evidence too. A guard stop, a
 * signal and a fault of the station do.
 */
#include "harness/model/plan.h"
#include "harness/model/record.h"
#include "harness/run/shared.h"

#include <stdbool.h>
#include <stdint.h>

enum event_kind {
	EVENT_TICK = 0,		/* sight is filled; several a second */
	EVENT_BEGIN,		/* the start is durable, the watcher runs */
	EVENT_DURABLE,
	EVENT_JOURNAL_FAILED,	/* detail says why */
	EVENT_CHILD_STARTED,
	EVENT_FORK_FAILED,	/* detail says why */
	EVENT_CHILD_ENDED,	/* sight and child are filled */
	EVENT_WATCHER_DIED,	/* detail says how */
	EVENT_GUARD_STOP,
	EVENT_SIGNAL,		/* signal says which */
};

/* What the shared page shows of the running step. */
struct step_sight {
	int64_t run_ns;			/* run time at which its workers began; -1 before */
	int64_t child_beat_ns;		/* run time of the child's last sign of life */
	size_t workers_running;
	int64_t oldest_beat_ns;		/* of those that run: who was heard least lately */
	size_t workers_crashed, workers_failed;
	const char *error;		/* English: of the child or its first failed worker; or NULL */
};

struct child_exit {
	int signal;			/* that ended it, or 0 */
	int status;
};

struct runner_event {
	enum event_kind kind;
	int64_t now_ns;			/* since run start */
	int signal;
	const char *detail;		/* English */
	int64_t late_ns;		/* of a tick: how much of the time before it the machine lost */
	struct step_sight sight;
	struct child_exit child;
};

enum action_kind {
	ACTION_NONE = 0,
	ACTION_STEP_START,	/* write the frame: step, attempt */
	ACTION_FORK,		/* start the child of step */
	ACTION_STOP_LOAD,	/* set the stop flag to cause */
	ACTION_KILL,		/* the child, at once */
	ACTION_STEP_END,	/* write the frame: step, attempt, outcome, reason */
	ACTION_SIGNAL,		/* write the frame: signal */
	ACTION_GUARD,		/* write the frame: what the watcher said */
	ACTION_FAULT,		/* write the frame: code, reason */
	ACTION_RESTORE,		/* put settings back */
	ACTION_END,		/* write the frame: cause */
	ACTION_EXIT,		/* nothing more will be asked */
};

enum run_cause {
	RUN_FAULT = 0,
	RUN_GUARD,
	RUN_SIGNAL,
	RUN_DONE,
};

#define RUNNER_REASON_SIZE 256

struct runner_action {
	enum action_kind kind;
	size_t step;
	uint64_t attempt;
	enum stop_cause stop;
	enum outcome_kind outcome;
	enum run_cause cause;
	int signal;
	const char *code;			/* of a finding */
	char reason[RUNNER_REASON_SIZE];	/* English; "" for none */
};

#define RUNNER_ACTIONS 6

struct runner_actions {
	size_t count;
	struct runner_action action[RUNNER_ACTIONS];
};

/* How long things may take. */
struct runner_patience {
	int64_t prepare_ns;	/* a child that prepares or finishes gives a sign of life within this */
	int64_t stall_ns;	/* so does a worker before the end of the step */
	int64_t hang_ns;	/* and past its end within this */
	int64_t stop_ns;	/* from the stop flag to the end of the child */
	int64_t kill_ns;	/* from SIGKILL to the end of the child */
	unsigned int ticks;	/* in a row that must see a hang: a suspended machine is no hang */
};

extern const struct runner_patience runner_patience;

/* What an earlier runner did of each step, for resume; all zero for a new run. */
struct step_progress {
	uint64_t attempts;	/* begun so far */
	bool ended;		/* the last one came to an end: it is not run again */
};

enum runner_phase {
	RUNNER_NEW = 0,
	RUNNER_STARTING,	/* the step-start frame is being written */
	RUNNER_FORKING,
	RUNNER_RUNNING,
	RUNNER_STOPPING,	/* the stop flag is set */
	RUNNER_KILLING,
	RUNNER_CLOSING,		/* the step-end frame is being written */
	RUNNER_ENDED,
};

struct runner {
	const struct plan *plan;		/* borrowed */
	struct step_progress *progress;		/* borrowed; one a step; kept up to date */
	struct runner_patience patience;
	enum runner_phase phase;
	size_t step;				/* valid from STARTING to CLOSING */
	int64_t since_ns;			/* when the phase began */
	enum stop_cause stop;			/* why the run ends; STOP_NONE while it goes on */
	const char *fault;			/* finding code of a STOP_FAULT */
	char fault_detail[RUNNER_REASON_SIZE];
	bool hung;
	unsigned int suspect_ticks;
	const char *hang_reason;
};

void runner_init(struct runner *runner, const struct plan *plan, struct step_progress *progress,
		 const struct runner_patience *patience);
void runner_step(struct runner *runner, const struct runner_event *event,
		 struct runner_actions *ret_actions);

const char *run_cause_name(enum run_cause cause);	/* "fault" "guard" "signal" "done" */

#endif
