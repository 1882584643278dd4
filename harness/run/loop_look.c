/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/loop_parts.h"

#include "harness/run/guard.h"
#include "harness/run/ring.h"
#include "harness/run/sight.h"
#include "harness/sys/clock.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#define SECOND 1000000000LL
#define N_(text) (text)
enum { TAKE = 256 };

static void keep_reading(struct loop *loop, const struct sample *sample)
{
	struct reading *reading = &loop->reading[sample->series];

	reading->good = sample->quality == SAMPLE_GOOD;
	if (reading->good)
		reading->value = sample->value;
}

static void drain_samples(struct loop *loop)
{
	struct sample sample[TAKE];
	size_t count, i;

	do {
		count = ring_take(loop->shared, sample, TAKE);
		for (i = 0; i < count; i++) {
			if (sample[i].series >= loop->series_count)
				continue;
			keep_reading(loop, &sample[i]);
			if (loop->journal_index[sample[i].series] < 0)
				continue;
			sample[i].series = (uint16_t)loop->journal_index[sample[i].series];
			book_sample(&loop->book, &sample[i]);
		}
	} while (count == TAKE);
}

static void add_mismatch(void *context, const struct frame_mismatch *mismatch, int64_t time_ns)
{
	struct loop *loop = context;
	struct frame_mismatch frame = *mismatch;

	frame.attempt = loop->progress[loop->runner.step].attempts;
	frame.kernel = plan_step_kernel(&loop->config->plan->step[loop->runner.step],
					mismatch->kernel_index);
	BOOK_ADD_AT(&loop->book, FRAME_MISMATCH, mismatch, &frame, time_ns);
}

static const struct series *find_hottest(const struct loop *loop, int64_t *ret_value)
{
	const struct series *hottest = NULL;
	size_t i;

	for (i = 0; i < loop->series_count; i++) {
		if (!loop->reading[i].good || strcmp(loop->series[i].metric, "temperature") ||
		    (hottest && loop->reading[i].value <= *ret_value))
			continue;
		hottest = &loop->series[i];
		*ret_value = loop->reading[i].value;
	}
	return hottest;
}

static int64_t hottest_now(const struct loop *loop)
{
	int64_t value;

	return find_hottest(loop, &value) ? value : INT64_MIN;
}

/* How warm it is when wrong data begins to be tried again, and what came of it. */
static void drain_repeats(struct loop *loop)
{
	uint32_t there = atomic_load(&loop->shared->repeats);

	if (there > SHARED_REPEATS) /* a wild write of a broken machine */
		there = SHARED_REPEATS;
	if (!loop->repeat_seen && (atomic_load(&loop->shared->repeating) || there > loop->repeats)) {
		loop->repeat_seen = true;
		loop->warm = hottest_now(loop);
	}
	for (; loop->repeats < there; loop->repeats++) {
		struct frame_repeat frame = {
			.step = loop->runner.step,
			.attempt = loop->progress[loop->runner.step].attempts,
			.repeat = loop->shared->repeat[loop->repeats],
			.warm = loop->warm,
			.rested = hottest_now(loop),
		};

		if (frame.repeat.pass_count > REPEAT_PASSES)
			frame.repeat.pass_count = REPEAT_PASSES;
		BOOK_ADD(&loop->book, FRAME_REPEAT, repeat, &frame);
		loop->repeat_seen = false;
	}
}

void loop_drain(struct loop *loop)
{
	drain_samples(loop);
	if (!loop->child)
		return;
	loop->mismatches_left -= sight_mismatches(loop->shared, loop->taken, loop->mismatches_left,
						  add_mismatch, loop);
	loop_look_at_speed(loop);
	drain_repeats(loop);
}

void loop_flush(struct loop *loop, bool now)
{
	int64_t now_ns = book_now(&loop->book);

	if (!now && now_ns - loop->flushed_ns < SECOND)
		return;
	loop->flushed_ns = now_ns;
	book_flush(&loop->book);
}

static void add_guard(struct loop *loop, struct frame_guard *guard)
{
	guard->step = atomic_load(&loop->shared->step);
	BOOK_ADD(&loop->book, FRAME_GUARD, guard, guard);
}

/* A throttle is told once a step: it may come and go every few seconds. */
void loop_look_at_guard(struct loop *loop)
{
	if (!loop->throttle_told && loop->child && atomic_load(&loop->shared->throttle)) {
		struct frame_guard guard = { .rule = loop->config->plan->guard_count,
					     .series = -1,
					     .silent = true, /* no value is known */
					     .why = "hot" };

		loop->throttle_told = true;
		add_guard(loop, &guard);
	}
	if (!loop->guard_told && atomic_load(&loop->shared->stop) == STOP_GUARD) {
		loop->guard_told = true;
		loop_feed(loop, (struct runner_event){ .kind = EVENT_GUARD_STOP });
	}
}

static void watcher_died(struct loop *loop, const char *how)
{
	loop->watcher_told = true;
	loop_feed(loop, (struct runner_event){ .kind = EVENT_WATCHER_DIED, .detail = how });
}

static void watcher_ended(struct loop *loop)
{
	int status = loop->watcher_status;
	char how[80];

	if (WIFSIGNALED(status))
		snprintf(how, sizeof(how), N_("its process was ended by signal %d"),
			 WTERMSIG(status));
	else
		snprintf(how, sizeof(how), N_("its process ended with status %d"),
			 WEXITSTATUS(status));
	watcher_died(loop, how);
}

static void watcher_silent(struct loop *loop, const struct late_turn *turn)
{
	char state[2] = { turn->look.known ? turn->look.state : '?', '\0' };
	char how[160];

	snprintf(how, sizeof(how),
		 N_("it gave no sign of life for %lld ms, of which it could have for %lld (state %s, processor %d)"),
		 (long long)(turn->now_ns - turn->beat_ns) / 1000000,
		 (long long)loop->late.chance_ns / 1000000, state,
		 turn->look.known ? turn->look.cpu : -1);
	watcher_died(loop, how);
}

void loop_look_at_watcher(struct loop *loop)
{
	pid_t pid = watcher_pid(loop->watcher);
	struct late_turn turn = {
		.now_ns = clock_boot_ns(),
		.beat_ns = (int64_t)atomic_load(&loop->shared->watcher_beat_ns),
		.asked_ns = LOOP_TICK_NS,
		.waited_ns = loop->waited_ns,
	};

	if (loop->watcher_told)
		return;
	if (!pid) {
		watcher_ended(loop);
		return;
	}
	if (late_is_suspect(turn.beat_ns, turn.now_ns))
		late_look(pid, &turn.look);
	if (late_is_dead(&loop->late, &turn))
		watcher_silent(loop, &turn);
}

/* --- progress --------------------------------------------------------------------------------- */

/* What is left of a step's time, which begins with its workers: while it prepares, all of it. */
static int64_t step_left(const struct loop *loop, int64_t now_ns, int64_t step)
{
	int64_t run_ns = atomic_load(&loop->shared->step_run_ns);
	int64_t left = loop->config->plan->step[step].duration_ns;

	if (run_ns)
		left -= now_ns - (run_ns - loop->book.run_start_ns);
	return left > 0 ? left : 0;
}

static int64_t remaining(const struct loop *loop, int64_t now_ns, int64_t step)
{
	const struct plan *plan = loop->config->plan;
	int64_t left = 0;
	size_t i;

	for (i = 0; i < plan->step_count; i++) {
		if (!plan->step[i].skip && !loop->progress[i].ended && (int64_t)i != step)
			left += plan->step[i].duration_ns;
	}
	return step >= 0 ? left + step_left(loop, now_ns, step) : left;
}

void loop_show(struct loop *loop, bool now)
{
	const struct plan *plan = loop->config->plan;
	struct run_progress show = { .elapsed_ns = book_now(&loop->book), .step_name = "" };

	if (!loop->config->progress || (!now && show.elapsed_ns - loop->progress_ns < SECOND))
		return;
	loop->progress_ns = show.elapsed_ns;
	show.step = loop->child ? atomic_load(&loop->shared->step) : -1;
	if (show.step >= 0)
		show.step_name = plan->step[show.step].name;
	show.preparing = show.step >= 0 && !atomic_load(&loop->shared->step_run_ns) &&
			 show.elapsed_ns - loop->runner.since_ns >= SECOND;
	show.step_count = plan->step_count;
	show.remaining_ns = remaining(loop, show.elapsed_ns, show.step);
	show.hottest = find_hottest(loop, &show.hottest_value);
	show.errors = loop->errors + (loop->child ? sight_errors(loop->shared) : 0);
	show.throttled = atomic_load(&loop->shared->throttle);
	loop->config->progress(loop->config->context, &show);
}
