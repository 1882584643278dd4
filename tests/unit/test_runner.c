/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/run/runner.h"

#include <signal.h>
#include <string.h>

#define SECOND 1000000000LL
#define HOUR (3600 * SECOND)
enum { STEPS_MAX = 48, LOG_MAX = 512 };

/* A machine that takes as long as it is told, on a clock that costs nothing. */
struct world {
	struct runner runner;
	struct plan plan;
	struct plan_step step[STEPS_MAX];
	struct step_progress progress[STEPS_MAX];
	int64_t now_ns;
	int64_t child_started_ns;	/* -1: no child */
	bool stop_flag;
	bool exited;
	enum run_cause cause;
	/* what goes wrong */
	bool fork_fails, journal_fails;
	bool stuck;			/* the child never ends by itself */
	bool unkillable;
	bool killed;
	struct child_exit exit;
	struct step_sight sight;
	/* what was asked for */
	char log[LOG_MAX];
	struct runner_action last_end;	/* of a step */
	struct runner_action fault;
	unsigned int ended[OUTCOME_FAILED + 1];
};

static const struct kernel_spec kernel = { .name = "cpu.test", .target = TARGET_CPU };

static void world_init(struct world *world, size_t steps, int64_t duration_ns)
{
	size_t i;

	memset(world, 0, sizeof(*world));
	for (i = 0; i < steps; i++)
		world->step[i] = (struct plan_step){ .index = i,
						     .kernel = &kernel,
						     .duration_ns = duration_ns };
	world->plan.step = world->step;
	world->plan.step_count = steps;
	world->child_started_ns = -1;
	runner_init(&world->runner, &world->plan, world->progress, NULL);
}

static void feed(struct world *world, struct runner_event event);

static void note(struct world *world, const char *word)
{
	size_t used = strlen(world->log);

	snprintf(world->log + used, LOG_MAX - used, "%s%s", used ? " " : "", word);
}

static void answer_frame(struct world *world)
{
	feed(world, (struct runner_event){ .kind = world->journal_fails ? EVENT_JOURNAL_FAILED
									: EVENT_DURABLE,
					   .detail = "the disk is full" });
}

static void perform(struct world *world, const struct runner_action *action)
{
	static const char *const word[] = { "?",    "start", "fork",	"stop",	   "kill", "end",
					    "signal", "guard", "fault", "restore", "close", "exit" };

	note(world, word[action->kind]);
	switch (action->kind) {
	case ACTION_STEP_START:
		answer_frame(world);
		break;
	case ACTION_FORK:
		if (!world->fork_fails)
			world->child_started_ns = world->now_ns;
		feed(world, (struct runner_event){ .kind = world->fork_fails ? EVENT_FORK_FAILED
									     : EVENT_CHILD_STARTED,
						   .detail = "no process left" });
		break;
	case ACTION_STOP_LOAD:
		world->stop_flag = true;
		break;
	case ACTION_KILL:
		world->killed = true;
		break;
	case ACTION_STEP_END:
		world->last_end = *action;
		world->ended[action->outcome]++;
		answer_frame(world);
		break;
	case ACTION_FAULT:
		world->fault = *action;
		break;
	case ACTION_END:
		world->cause = action->cause;
		break;
	case ACTION_EXIT:
		world->exited = true;
		break;
	default:
		break;
	}
}

static void feed(struct world *world, struct runner_event event)
{
	struct runner_actions actions;
	size_t i;

	event.now_ns = world->now_ns;
	event.sight = world->sight;
	runner_step(&world->runner, &event, &actions);
	ck_assert_uint_le(actions.count, RUNNER_ACTIONS);
	for (i = 0; i < actions.count; i++)
		perform(world, &actions.action[i]);
}

/* The child lives for the duration of its step, or until it is told or killed. */
static bool child_ends_now(const struct world *world)
{
	int64_t end_ns = world->child_started_ns + world->step[world->runner.step].duration_ns;

	if (world->killed)
		return !world->unkillable;
	return !world->stuck && (world->stop_flag || world->now_ns >= end_ns);
}

static void pass(struct world *world, int64_t ns)
{
	int64_t end = world->now_ns + ns;

	while (world->now_ns < end && !world->exited) {
		world->now_ns += SECOND / 4;
		if (world->child_started_ns >= 0) {
			world->sight.run_ns = world->child_started_ns;
			world->sight.child_beat_ns = world->now_ns;
			world->sight.workers_running = 1;
			if (!world->stuck)
				world->sight.oldest_beat_ns = world->now_ns;
		}
		if (world->child_started_ns >= 0 && child_ends_now(world)) {
			struct child_exit child = world->exit;

			if (world->killed)
				child.signal = SIGKILL;
			world->child_started_ns = -1;
			world->killed = world->stop_flag = false;
			feed(world, (struct runner_event){ .kind = EVENT_CHILD_ENDED,
							   .child = child });
			continue;
		}
		feed(world, (struct runner_event){ .kind = EVENT_TICK });
	}
}

static void begin(struct world *world)
{
	feed(world, (struct runner_event){ .kind = EVENT_BEGIN });
}

START_TEST(a_plan_of_48_hours_runs_every_step_once_and_ends_done)
{
	struct world world;

	world_init(&world, 48, HOUR);
	begin(&world);
	pass(&world, 49 * HOUR);
	ck_assert(world.exited);
	ck_assert_int_eq(world.cause, RUN_DONE);
	ck_assert_uint_eq(world.ended[OUTCOME_DONE], 48);
	ck_assert_int_ge(world.now_ns, 48 * HOUR);
	ck_assert_int_lt(world.now_ns, 48 * HOUR + 60 * SECOND);
}
END_TEST

START_TEST(a_step_starts_only_after_its_start_is_durable)
{
	struct world world;

	world_init(&world, 1, SECOND);
	begin(&world);
	ck_assert_str_eq(world.log, "start fork");
	pass(&world, 2 * SECOND);
	ck_assert_str_eq(world.log, "start fork end restore close exit");
}
END_TEST

START_TEST(skipped_and_finished_steps_are_not_run_and_an_interrupted_one_is_a_new_attempt)
{
	struct world world;

	world_init(&world, 3, SECOND);
	world.step[0].skip = "no such memory";
	world.progress[1] = (struct step_progress){ .attempts = 1, .ended = true };
	world.progress[2] = (struct step_progress){ .attempts = 1 };
	begin(&world);
	pass(&world, 9 * SECOND);
	ck_assert_uint_eq(world.ended[OUTCOME_DONE], 1);
	ck_assert_uint_eq(world.last_end.step, 2);
	ck_assert_uint_eq(world.last_end.attempt, 2);
}
END_TEST

START_TEST(a_full_journal_at_a_steps_start_ends_the_run_as_a_fault_without_load)
{
	struct world world;

	world_init(&world, 2, SECOND);
	world.journal_fails = true;
	begin(&world);
	ck_assert_str_eq(world.log, "start fault restore close exit");
	ck_assert_int_eq(world.cause, RUN_FAULT);
	ck_assert_str_eq(world.fault.code, "journal-full");
	ck_assert_str_eq(world.fault.reason, "the disk is full");
}
END_TEST

START_TEST(a_journal_that_fails_while_a_step_runs_stops_the_load_and_ends_the_run)
{
	struct world world;

	world_init(&world, 2, HOUR);
	begin(&world);
	pass(&world, 10 * SECOND);
	feed(&world, (struct runner_event){ .kind = EVENT_JOURNAL_FAILED, .detail = "full" });
	ck_assert(world.stop_flag);
	pass(&world, 5 * SECOND);
	ck_assert(world.exited);
	ck_assert_str_eq(world.log, "start fork stop end fault restore close exit");
	ck_assert_int_eq(world.last_end.outcome, OUTCOME_FAILED);
	ck_assert_int_eq(world.cause, RUN_FAULT);
}
END_TEST

START_TEST(a_fork_that_fails_is_a_failed_step_and_the_next_one_follows)
{
	struct world world;

	world_init(&world, 2, SECOND);
	world.fork_fails = true;
	begin(&world);
	ck_assert_uint_eq(world.ended[OUTCOME_FAILED], 2);
	ck_assert_str_eq(world.last_end.reason, "no process left");
	ck_assert_int_eq(world.cause, RUN_DONE);
}
END_TEST

START_TEST(when_the_watcher_dies_the_load_stops_and_the_run_ends)
{
	struct world world;

	world_init(&world, 2, HOUR);
	begin(&world);
	pass(&world, SECOND);
	feed(&world, (struct runner_event){ .kind = EVENT_WATCHER_DIED, .detail = "signal 9" });
	ck_assert(world.stop_flag);
	pass(&world, 3 * SECOND);
	ck_assert(world.exited);
	ck_assert_str_eq(world.fault.code, "watcher-died");
	ck_assert_int_eq(world.cause, RUN_FAULT);
}
END_TEST

START_TEST(a_crashed_child_is_an_outcome_with_its_signal_and_the_next_step_follows)
{
	struct world world;

	world_init(&world, 2, 2 * SECOND);
	world.exit.signal = SIGSEGV;
	begin(&world);
	pass(&world, 3 * SECOND);
	ck_assert_uint_eq(world.ended[OUTCOME_CRASHED], 1);
	ck_assert_str_eq(world.last_end.reason, "its process was ended by signal 11");
	world.exit.signal = 0;
	pass(&world, 4 * SECOND);
	ck_assert_uint_eq(world.ended[OUTCOME_DONE], 1);
	ck_assert_int_eq(world.cause, RUN_DONE);
}
END_TEST

START_TEST(a_child_killed_from_outside_is_the_stations_matter)
{
	struct world world;

	world_init(&world, 1, SECOND);
	world.exit.signal = SIGKILL;
	begin(&world);
	pass(&world, 2 * SECOND);
	ck_assert_uint_eq(world.ended[OUTCOME_FAILED], 1);
	ck_assert_ptr_nonnull(strstr(world.last_end.reason, "killed from outside"));
}
END_TEST

START_TEST(a_crashed_worker_counts_before_the_reason_to_stop)
{
	struct world world;

	world_init(&world, 1, HOUR);
	begin(&world);
	pass(&world, SECOND);
	world.sight.workers_crashed = 1;
	feed(&world, (struct runner_event){ .kind = EVENT_SIGNAL, .signal = SIGINT });
	pass(&world, SECOND);
	ck_assert_int_eq(world.last_end.outcome, OUTCOME_CRASHED);
	ck_assert_int_eq(world.cause, RUN_SIGNAL);
}
END_TEST

START_TEST(ctrl_c_is_written_down_and_ends_the_run_within_two_seconds)
{
	struct world world;
	int64_t before;

	world_init(&world, 3, HOUR);
	begin(&world);
	pass(&world, 5 * SECOND);
	before = world.now_ns;
	world.stuck = true; /* the child does not listen */
	feed(&world, (struct runner_event){ .kind = EVENT_SIGNAL, .signal = SIGINT });
	feed(&world, (struct runner_event){ .kind = EVENT_SIGNAL, .signal = SIGTERM });
	pass(&world, 10 * SECOND);
	ck_assert(world.exited);
	ck_assert_int_le(world.now_ns - before, 2 * SECOND);
	ck_assert_str_eq(world.log, "start fork signal stop kill end restore close exit");
	ck_assert_int_eq(world.last_end.outcome, OUTCOME_INTERRUPTED);
	ck_assert_int_eq(world.cause, RUN_SIGNAL);
}
END_TEST

START_TEST(a_guard_stop_ends_the_run)
{
	struct world world;

	world_init(&world, 3, HOUR);
	begin(&world);
	pass(&world, 5 * SECOND);
	feed(&world, (struct runner_event){ .kind = EVENT_GUARD_STOP });
	pass(&world, 5 * SECOND);
	ck_assert_str_eq(world.log, "start fork guard stop end restore close exit");
	ck_assert_int_eq(world.last_end.outcome, OUTCOME_STOPPED_BY_GUARD);
	ck_assert_int_eq(world.cause, RUN_GUARD);
}
END_TEST

START_TEST(a_worker_that_outlives_its_time_is_killed_and_the_next_step_follows)
{
	struct world world;

	world_init(&world, 2, 10 * SECOND);
	world.stuck = true;
	begin(&world);
	pass(&world, 29 * SECOND);
	ck_assert(!world.killed);
	pass(&world, 4 * SECOND);
	ck_assert_uint_eq(world.ended[OUTCOME_TIMED_OUT], 1);
	ck_assert_str_eq(world.last_end.reason, "a worker did not end when time was up");
	world.stuck = false;
	pass(&world, 12 * SECOND);
	ck_assert_uint_eq(world.ended[OUTCOME_DONE], 1);
}
END_TEST

START_TEST(a_machine_that_was_suspended_is_not_taken_for_hung)
{
	struct world world;

	world_init(&world, 1, 10 * SECOND);
	begin(&world);
	pass(&world, 5 * SECOND);
	world.now_ns += 8 * HOUR; /* the boot clock counts it, nobody beat */
	feed(&world, (struct runner_event){ .kind = EVENT_TICK });
	ck_assert(!world.killed);
	pass(&world, SECOND);
	ck_assert_uint_eq(world.ended[OUTCOME_DONE], 1);
}
END_TEST

START_TEST(a_child_that_cannot_be_killed_ends_the_run_as_a_fault)
{
	struct world world;

	world_init(&world, 2, 10 * SECOND);
	world.stuck = world.unkillable = true;
	begin(&world);
	pass(&world, 60 * SECOND);
	ck_assert(world.exited);
	ck_assert_uint_eq(world.ended[OUTCOME_TIMED_OUT], 1);
	ck_assert_int_eq(world.cause, RUN_FAULT);
}
END_TEST

START_TEST(a_child_is_not_held_by_the_kernel_while_the_machine_is_late)
{
	struct world world;

	world_init(&world, 1, HOUR);
	world.stuck = world.unkillable = true;
	begin(&world);
	pass(&world, SECOND);
	feed(&world, (struct runner_event){ .kind = EVENT_SIGNAL, .signal = SIGINT });
	pass(&world, 2 * SECOND);
	ck_assert(world.killed);
	world.now_ns += 30 * SECOND;
	feed(&world, (struct runner_event){ .kind = EVENT_TICK, .late_ns = 30 * SECOND });
	ck_assert(!world.exited);
	feed(&world, (struct runner_event){ .kind = EVENT_CHILD_ENDED,
					    .child = { .signal = SIGKILL } });
	ck_assert(world.exited);
	ck_assert_uint_eq(world.ended[OUTCOME_INTERRUPTED], 1);
	ck_assert_int_eq(world.cause, RUN_SIGNAL);
}
END_TEST

START_TEST(a_child_that_says_why_it_cannot_work_is_a_failed_step)
{
	struct world world;

	world_init(&world, 1, SECOND);
	world.exit.status = 1;
	world.sight.error = "the disk is a tmpfs";
	begin(&world);
	pass(&world, 2 * SECOND);
	ck_assert_int_eq(world.last_end.outcome, OUTCOME_FAILED);
	ck_assert_str_eq(world.last_end.reason, "the disk is a tmpfs");
}
END_TEST

UNIT_MAIN("runner", a_plan_of_48_hours_runs_every_step_once_and_ends_done,
	  a_step_starts_only_after_its_start_is_durable,
	  skipped_and_finished_steps_are_not_run_and_an_interrupted_one_is_a_new_attempt,
	  a_full_journal_at_a_steps_start_ends_the_run_as_a_fault_without_load,
	  a_journal_that_fails_while_a_step_runs_stops_the_load_and_ends_the_run,
	  a_fork_that_fails_is_a_failed_step_and_the_next_one_follows,
	  when_the_watcher_dies_the_load_stops_and_the_run_ends,
	  a_crashed_child_is_an_outcome_with_its_signal_and_the_next_step_follows,
	  a_child_killed_from_outside_is_the_stations_matter,
	  a_crashed_worker_counts_before_the_reason_to_stop,
	  ctrl_c_is_written_down_and_ends_the_run_within_two_seconds, a_guard_stop_ends_the_run,
	  a_worker_that_outlives_its_time_is_killed_and_the_next_step_follows,
	  a_machine_that_was_suspended_is_not_taken_for_hung,
	  a_child_that_cannot_be_killed_ends_the_run_as_a_fault,
	  a_child_is_not_held_by_the_kernel_while_the_machine_is_late,
	  a_child_that_says_why_it_cannot_work_is_a_failed_step)
