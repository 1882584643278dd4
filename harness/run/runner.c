/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/runner.h"

#include "harness/base/auto.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#define N_(text) (text)
#define SECOND 1000000000LL

const struct runner_patience runner_patience = {
	.prepare_ns = 120 * SECOND,
	.stall_ns = 600 * SECOND,
	.hang_ns = 20 * SECOND,
	.stop_ns = SECOND * 4 / 5,	/* so that the report is there a second after the stop */
	.kill_ns = 10 * SECOND,
	.ticks = 4,
};

const char *run_cause_name(enum run_cause cause)
{
	static const char *const name[] = { "fault", "guard", "signal", "done" };

	return (unsigned int)cause < ARRAY_SIZE(name) ? name[cause] : name[RUN_FAULT];
}

void runner_init(struct runner *runner, const struct plan *plan, struct step_progress *progress,
		 const struct runner_patience *patience)
{
	memset(runner, 0, sizeof(*runner));
	runner->plan = plan;
	runner->progress = progress;
	runner->patience = patience ? *patience : runner_patience;
}

static struct runner_action *ask(struct runner_actions *actions, enum action_kind kind)
{
	struct runner_action *action = &actions->action[actions->count++];

	memset(action, 0, sizeof(*action));
	action->kind = kind;
	return action;
}

static void enter(struct runner *runner, enum runner_phase phase, int64_t now_ns)
{
	runner->phase = phase;
	runner->since_ns = now_ns;
}

/* --- between steps ---------------------------------------------------------------------------- */

static void end_run(struct runner *runner, int64_t now_ns, struct runner_actions *actions)
{
	static const enum run_cause cause[] = {
		[STOP_NONE] = RUN_DONE,	    [STOP_TIME] = RUN_DONE,  [STOP_GUARD] = RUN_GUARD,
		[STOP_SIGNAL] = RUN_SIGNAL, [STOP_FAULT] = RUN_FAULT,
	};

	enter(runner, RUNNER_ENDED, now_ns);
	if (runner->stop == STOP_FAULT) {
		struct runner_action *fault = ask(actions, ACTION_FAULT);

		fault->code = runner->fault;
		snprintf(fault->reason, sizeof(fault->reason), "%s", runner->fault_detail);
	}
	ask(actions, ACTION_RESTORE);
	ask(actions, ACTION_END)->cause = cause[runner->stop];
	ask(actions, ACTION_EXIT);
}

static bool is_left_to_do(const struct runner *runner, size_t step)
{
	return !runner->plan->step[step].skip && !runner->progress[step].ended;
}

static void next_step(struct runner *runner, int64_t now_ns, struct runner_actions *actions)
{
	const struct plan *plan = runner->plan;
	struct runner_action *action;
	size_t step = 0;

	while (step < plan->step_count && !is_left_to_do(runner, step))
		step++;
	if (runner->stop || step == plan->step_count) {
		end_run(runner, now_ns, actions);
		return;
	}
	runner->step = step;
	runner->hung = false;
	runner->suspect_ticks = 0;
	runner->progress[step].attempts++;
	enter(runner, RUNNER_STARTING, now_ns);
	action = ask(actions, ACTION_STEP_START);
	action->step = step;
	action->attempt = runner->progress[step].attempts;
}

/* --- the end of a step ------------------------------------------------------------------------ */

/* Signals that a broken machine can cause; any other was sent by somebody. */
static bool is_crash(int signal)
{
	return signal == SIGSEGV || signal == SIGBUS || signal == SIGILL || signal == SIGFPE ||
	       signal == SIGABRT || signal == SIGTRAP || signal == SIGSYS;
}

static void close_step(struct runner *runner, enum outcome_kind kind, const char *reason,
		       int64_t now_ns, struct runner_actions *actions)
{
	struct runner_action *action = ask(actions, ACTION_STEP_END);

	enter(runner, RUNNER_CLOSING, now_ns);
	runner->progress[runner->step].ended = true;
	action->step = runner->step;
	action->attempt = runner->progress[runner->step].attempts;
	action->outcome = kind;
	snprintf(action->reason, sizeof(action->reason), "%s", reason ? reason : "");
}

/* A worker's crash and a hang say something of the machine, so they count before why we stopped. */
static void judge_child(struct runner *runner, const struct runner_event *event,
			struct runner_actions *actions)
{
	const struct step_sight *sight = &event->sight;
	const char *reason = NULL;
	char text[RUNNER_REASON_SIZE];
	enum outcome_kind kind;

	if (runner->hung) {
		kind = OUTCOME_TIMED_OUT;
		reason = runner->hang_reason;
	} else if (sight->workers_crashed) {
		kind = OUTCOME_CRASHED;
		snprintf(text, sizeof(text), N_("%zu of its workers crashed"), sight->workers_crashed);
		reason = text;
	} else if (is_crash(event->child.signal)) {
		kind = OUTCOME_CRASHED;
		snprintf(text, sizeof(text), N_("its process was ended by signal %d"),
			 event->child.signal);
		reason = text;
	} else if (runner->stop == STOP_GUARD) {
		kind = OUTCOME_STOPPED_BY_GUARD;
	} else if (runner->stop == STOP_SIGNAL) {
		kind = OUTCOME_INTERRUPTED;
	} else if (runner->stop == STOP_FAULT) {
		kind = OUTCOME_FAILED;
		reason = runner->fault_detail;
	} else if (event->child.signal) {
		kind = OUTCOME_FAILED;
		snprintf(text, sizeof(text),
			 N_("its process was killed from outside by signal %d (a person, or the kernel for lack of memory)"),
			 event->child.signal);
		reason = text;
	} else if (event->child.status || sight->workers_failed) {
		kind = OUTCOME_FAILED;
		reason = sight->error ? sight->error : N_("its process gave no reason");
	} else {
		kind = OUTCOME_DONE;
	}
	close_step(runner, kind, reason, event->now_ns, actions);
}

/* --- while a step runs ------------------------------------------------------------------------ */

static bool has_child(const struct runner *runner)
{
	return runner->phase == RUNNER_RUNNING || runner->phase == RUNNER_STOPPING ||
	       runner->phase == RUNNER_KILLING;
}

/* The run is to end; the first cause counts. */
static void stop_run(struct runner *runner, enum stop_cause cause, int64_t now_ns,
		     struct runner_actions *actions)
{
	if (runner->stop || runner->phase == RUNNER_ENDED)
		return;
	runner->stop = cause;
	if (runner->phase != RUNNER_RUNNING)
		return;
	ask(actions, ACTION_STOP_LOAD)->stop = cause;
	enter(runner, RUNNER_STOPPING, now_ns);
}

static void stop_for_fault(struct runner *runner, const char *code, const struct runner_event *event,
			   struct runner_actions *actions)
{
	if (!runner->stop) {
		runner->fault = code;
		snprintf(runner->fault_detail, sizeof(runner->fault_detail), "%s",
			 event->detail ? event->detail : "");
	}
	stop_run(runner, STOP_FAULT, event->now_ns, actions);
}

static void kill_child(struct runner *runner, int64_t now_ns, struct runner_actions *actions)
{
	ask(actions, ACTION_KILL);
	enter(runner, RUNNER_KILLING, now_ns);
}

/* Why the child counts as hung now, or NULL. */
static const char *hang(const struct runner *runner, const struct step_sight *sight, int64_t now_ns)
{
	const struct runner_patience *patience = &runner->patience;
	int64_t heard = sight->child_beat_ns > runner->since_ns ? sight->child_beat_ns
								: runner->since_ns;
	int64_t end_ns = sight->run_ns + runner->plan->step[runner->step].duration_ns;

	if (sight->run_ns < 0 && now_ns - heard > patience->prepare_ns)
		return N_("it stopped making progress while it prepared");
	if (sight->run_ns < 0)
		return NULL;
	if (!sight->workers_running)
		return now_ns - heard > patience->prepare_ns
			       ? N_("it stopped making progress while it finished")
			       : NULL;
	if (now_ns > end_ns + patience->hang_ns &&
	    now_ns - sight->oldest_beat_ns > patience->hang_ns)
		return N_("a worker did not end when time was up");
	if (now_ns > end_ns + 10 * patience->hang_ns)
		return N_("a worker works on although time is up");
	if (now_ns - sight->oldest_beat_ns > patience->stall_ns)
		return N_("a worker stopped making progress");
	return NULL;
}

static void watch_child(struct runner *runner, const struct runner_event *event,
			struct runner_actions *actions)
{
	const char *reason = hang(runner, &event->sight, event->now_ns);

	runner->suspect_ticks = reason ? runner->suspect_ticks + 1 : 0;
	if (runner->suspect_ticks < runner->patience.ticks)
		return;
	runner->hung = true;
	runner->hang_reason = reason;
	kill_child(runner, event->now_ns, actions);
}

static void on_tick(struct runner *runner, const struct runner_event *event,
		    struct runner_actions *actions)
{
	int64_t waited;

	/* Who lost the time to die in is not held by the kernel. */
	if (runner->phase == RUNNER_STOPPING || runner->phase == RUNNER_KILLING)
		runner->since_ns += event->late_ns;
	waited = event->now_ns - runner->since_ns;
	if (runner->phase == RUNNER_RUNNING) {
		watch_child(runner, event, actions);
	} else if (runner->phase == RUNNER_STOPPING && waited >= runner->patience.stop_ns) {
		kill_child(runner, event->now_ns, actions);
	} else if (runner->phase == RUNNER_KILLING && waited >= runner->patience.kill_ns) {
		/* Held by the kernel, as by a disk that does not answer. No step can follow. */
		runner->hung = true;
		runner->hang_reason = N_("its process cannot be killed: the kernel holds it");
		if (!runner->stop) {
			runner->stop = STOP_FAULT;
			runner->fault = "step-failed";
			snprintf(runner->fault_detail, sizeof(runner->fault_detail), "%s",
				 runner->hang_reason);
		}
		judge_child(runner, event, actions);
	}
}

static void on_journal_failed(struct runner *runner, const struct runner_event *event,
			      struct runner_actions *actions)
{
	stop_for_fault(runner, "journal-full", event, actions);
	/* Nothing runs: the start or the end of a step could not be written. */
	if (runner->phase == RUNNER_STARTING || runner->phase == RUNNER_CLOSING)
		end_run(runner, event->now_ns, actions);
}

static void on_signal(struct runner *runner, const struct runner_event *event,
		      struct runner_actions *actions)
{
	if (runner->stop || runner->phase == RUNNER_ENDED)
		return;
	ask(actions, ACTION_SIGNAL)->signal = event->signal;
	stop_run(runner, STOP_SIGNAL, event->now_ns, actions);
}

static void on_guard(struct runner *runner, const struct runner_event *event,
		     struct runner_actions *actions)
{
	if (runner->stop || runner->phase == RUNNER_ENDED)
		return;
	ask(actions, ACTION_GUARD);
	stop_run(runner, STOP_GUARD, event->now_ns, actions);
}

static void on_durable(struct runner *runner, const struct runner_event *event,
		       struct runner_actions *actions)
{
	struct runner_action *action;

	if (runner->phase == RUNNER_CLOSING) {
		next_step(runner, event->now_ns, actions);
	} else if (runner->phase == RUNNER_STARTING && runner->stop) {
		close_step(runner,
			   runner->stop == STOP_GUARD	? OUTCOME_STOPPED_BY_GUARD
			   : runner->stop == STOP_SIGNAL ? OUTCOME_INTERRUPTED
							 : OUTCOME_FAILED,
			   N_("stopped before it began"), event->now_ns, actions);
	} else if (runner->phase == RUNNER_STARTING) {
		enter(runner, RUNNER_FORKING, event->now_ns);
		action = ask(actions, ACTION_FORK);
		action->step = runner->step;
		action->attempt = runner->progress[runner->step].attempts;
	}
}

static void on_child_started(struct runner *runner, const struct runner_event *event,
			     struct runner_actions *actions)
{
	enter(runner, runner->stop ? RUNNER_STOPPING : RUNNER_RUNNING, event->now_ns);
	if (runner->stop)
		ask(actions, ACTION_STOP_LOAD)->stop = runner->stop;
}

void runner_step(struct runner *runner, const struct runner_event *event,
		 struct runner_actions *ret_actions)
{
	ret_actions->count = 0;
	switch (event->kind) {
	case EVENT_TICK:
		on_tick(runner, event, ret_actions);
		break;
	case EVENT_BEGIN:
		if (runner->phase == RUNNER_NEW)
			next_step(runner, event->now_ns, ret_actions);
		break;
	case EVENT_DURABLE:
		on_durable(runner, event, ret_actions);
		break;
	case EVENT_JOURNAL_FAILED:
		on_journal_failed(runner, event, ret_actions);
		break;
	case EVENT_CHILD_STARTED:
		on_child_started(runner, event, ret_actions);
		break;
	case EVENT_FORK_FAILED:
		close_step(runner, OUTCOME_FAILED, event->detail, event->now_ns, ret_actions);
		break;
	case EVENT_CHILD_ENDED:
		if (has_child(runner))
			judge_child(runner, event, ret_actions);
		break;
	case EVENT_WATCHER_DIED:
		stop_for_fault(runner, "watcher-died", event, ret_actions);
		break;
	case EVENT_GUARD_STOP:
		on_guard(runner, event, ret_actions);
		break;
	case EVENT_SIGNAL:
		on_signal(runner, event, ret_actions);
		break;
	}
}
