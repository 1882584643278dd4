/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/watcher.h"

#include "harness/base/arena.h"
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/run/guard.h"
#include "harness/run/inject.h"
#include "harness/run/news.h"
#include "harness/run/ring.h"
#include "harness/run/work_rate.h"
#include "harness/sys/clock.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define JUMP_NS     1000000000LL
#define END_WAIT_NS 2000000000LL

enum { NICENESS = -10, ROUNDS_TO_END = 2 };

struct watcher {
	struct arena arena;
	struct watcher_plan plan;
	struct series *series;
	size_t count;
	size_t sensor_count; /* the first ones; then work, then the clock */
	size_t cpu_count;    /* that have a series of their own */
	pid_t pid;
};

/* The watcher's own state, in its own process. */
struct watch {
	const struct watcher *watcher;
	struct run_shared *shared;
	struct guard_state guard;
	struct work_rate rate;
	struct sample *sample; /* one a series: this round */
	struct news news;
	int64_t wall_offset_ns; /* wall clock minus boot clock */
	int64_t jumps;
	int rounds_stopped;
	pid_t victim;
};

static void add_series(struct watcher *watcher, const struct series *series)
{
	watcher->series[watcher->count++] = *series;
}

static void add_work_series(struct watcher *watcher)
{
	const struct watcher_plan *plan = &watcher->plan;
	struct series work = {
		.source = "work", .metric = "work-rate", .unit = "1/s", .label = ""
	};
	size_t i;

	for (i = 0; i < plan->step_count; i++) {
		work.component = arena_printf(&watcher->arena, "step/%zu", i);
		work.label = plan->step_name[i];
		add_series(watcher, &work);
	}
	work.label = "";
	for (i = 0; i < watcher->cpu_count; i++) {
		work.component = arena_printf(&watcher->arena, "cpu/%u", plan->cpu[i]);
		add_series(watcher, &work);
	}
	work.metric = "work-speed";
	for (i = 0; i < plan->step_count; i++) {
		work.component = arena_printf(&watcher->arena, "step/%zu", i);
		work.label = plan->step_name[i];
		add_series(watcher, &work);
	}
}

struct watcher *watcher_new(const struct watcher_plan *plan)
{
	static const struct series jump = { .source = "clock",
					    .metric = "clock-jump",
					    .component = "clock/wall",
					    .label = "",
					    .unit = "count",
					    .kind = SERIES_COUNTER };
	struct watcher *watcher = mem_zalloc(sizeof(*watcher));
	const struct series *sensor = sensor_set_series(plan->set, &watcher->sensor_count);
	size_t room = SHARED_SERIES - 1 - watcher->sensor_count, i;

	watcher->plan = *plan;
	if (!watcher->plan.interval_ns)
		watcher->plan.interval_ns = WATCHER_INTERVAL_NS;
	if (plan->step_count > room / 2)
		watcher->plan.step_count = room / 2;
	room -= 2 * watcher->plan.step_count;
	watcher->cpu_count = plan->cpu_count < room ? plan->cpu_count : room;
	watcher->series = arena_array(&watcher->arena, struct series, SHARED_SERIES);
	for (i = 0; i < watcher->sensor_count; i++)
		add_series(watcher, &sensor[i]);
	add_work_series(watcher);
	add_series(watcher, &jump);
	return watcher;
}

struct watcher *watcher_free(struct watcher *watcher)
{
	if (!watcher)
		return NULL;
	watcher_stop(watcher);
	arena_release(&watcher->arena);
	free(watcher);
	return NULL;
}

const struct series *watcher_series(const struct watcher *watcher, size_t *ret_count)
{
	*ret_count = watcher->count;
	return watcher->series;
}

static void watch_init(struct watch *watch, const struct watcher *watcher,
		       struct run_shared *shared)
{
	const struct watcher_plan *plan = &watcher->plan;
	const struct guard_plan guard = {
		.rule = plan->guard,
		.rule_count = plan->guard_count,
		.series = watcher->series,
		.series_count = watcher->count,
		.blind = plan->blind,
	};

	memset(watch, 0, sizeof(*watch));
	watch->watcher = watcher;
	watch->shared = shared;
	guard_init(&watch->guard, &guard);
	work_rate_init(&watch->rate, plan->step_count, plan->cpu, watcher->cpu_count);
	watch->sample = mem_zalloc(watcher->count * sizeof(*watch->sample));
	news_init(&watch->news, watcher->series, watcher->count);
	watch->wall_offset_ns = clock_wall_ns() - clock_boot_ns();
}

/* A step of the wall clock against the clock that is never set. */
static void watch_clock(struct watch *watch, int64_t now_ns, struct sample *sample)
{
	int64_t offset_ns = clock_wall_ns() - clock_boot_ns();
	int64_t change_ns = offset_ns - watch->wall_offset_ns;

	if (change_ns > JUMP_NS || change_ns < -JUMP_NS)
		watch->jumps++;
	watch->wall_offset_ns = offset_ns;
	memset(sample, 0, sizeof(*sample));
	sample->series = (uint16_t)(watch->watcher->count - 1);
	sample->quality = SAMPLE_GOOD;
	sample->time_ns = now_ns;
	sample->value = watch->jumps * 1000;
}

static void read_work(struct watch *watch, int64_t now_ns)
{
	size_t first = watch->watcher->sensor_count, i;

	work_rate_read(&watch->rate, watch->shared, now_ns, watch->sample + first);
	for (i = first; i < watch->watcher->count - 1; i++)
		watch->sample[i].series = (uint16_t)i;
}

/* `urgent`: because the guard is at work. */
static void put_news(struct watch *watch, bool urgent)
{
	size_t i;

	for (i = 0; i < watch->watcher->count; i++) {
		const struct sample *sample = &watch->sample[i];

		if (news_is(&watch->news, sample, urgent) && ring_put(watch->shared, sample))
			news_note(&watch->news, sample);
	}
}

static void stop_load(struct watch *watch, const struct guard_decision *decision)
{
	struct run_shared *shared = watch->shared;
	uint32_t none = STOP_NONE;

	if (!atomic_load(&shared->guard_why)) {
		atomic_store(&shared->guard_rule, (int32_t)decision->rule);
		atomic_store(&shared->guard_series, (int32_t)decision->series);
		atomic_store(&shared->guard_value,
			     decision->why == GUARD_WHY_HOT || decision->why == GUARD_WHY_GREW
				     ? decision->value
				     : INT64_MIN);
		atomic_store(&shared->guard_why, (uint32_t)decision->why);
	}
	atomic_compare_exchange_strong(&shared->stop, &none, STOP_GUARD);
}

static bool workers_run(struct run_shared *shared)
{
	uint32_t count = atomic_load(&shared->worker_count), i;

	for (i = 0; i < count; i++)
		if (atomic_load(&shared->line[i].state) == WORKER_RUNNING)
			return true;
	return false;
}

/* Workers that do not hear the stop lose their process: heat must end even when the code hangs. */
static void end_deaf_workers(struct watch *watch)
{
	struct run_shared *shared = watch->shared;
	pid_t child = atomic_load(&shared->child_pid);

	if (child != watch->victim)
		watch->rounds_stopped = 0;
	watch->victim = child;
	if (child > 0 && watch->rounds_stopped++ >= ROUNDS_TO_END && workers_run(shared))
		kill(child, SIGKILL);
}

static void beat(struct run_shared *shared)
{
	atomic_store(&shared->watcher_beat_ns, (uint64_t)clock_boot_ns());
}

static void watch_round(struct watch *watch)
{
	const struct watcher *watcher = watch->watcher;
	struct run_shared *shared = watch->shared;
	int64_t boot_ns = clock_boot_ns();
	int64_t now_ns = boot_ns - atomic_load(&shared->run_start_ns);
	struct guard_decision decision;

	sensor_set_read(watcher->plan.set, now_ns, watch->sample);
	inject_samples(watcher->plan.inject, watcher->series, watcher->sensor_count,
		       now_ns, watch->sample);
	read_work(watch, now_ns);
	watch_clock(watch, now_ns, &watch->sample[watcher->count - 1]);
	decision = guard_step(&watch->guard, watch->sample, now_ns);
	atomic_store(&shared->throttle, decision.action == GUARD_THROTTLE);
	if (decision.action == GUARD_STOP)
		stop_load(watch, &decision);
	if (atomic_load(&shared->stop) == STOP_GUARD)
		end_deaf_workers(watch);
	else
		watch->rounds_stopped = 0;
	put_news(watch, decision.action != GUARD_GO);
	beat(shared);
}

/* Until the next round, or SIGTERM: then true. */
static bool told_to_end(int64_t wait_ns)
{
	struct timespec wait = { .tv_sec = 0 };
	sigset_t term;

	if (wait_ns > 0) {
		wait.tv_sec = wait_ns / 1000000000;
		wait.tv_nsec = wait_ns % 1000000000;
	}
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	return sigtimedwait(&term, NULL, &wait) == SIGTERM;
}

static void prepare_signals(void)
{
	static const int ignored[] = { SIGINT, SIGQUIT, SIGHUP, SIGPIPE, SIGTSTP };
	sigset_t term;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ignored); i++)
		signal(ignored[i], SIG_IGN);
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_SETMASK, &term, NULL);
}

static void __attribute__((noreturn))
watcher_main(const struct watcher *watcher, struct run_shared *shared, pid_t parent)
{
	int64_t interval_ns = watcher->plan.interval_ns, next_ns;
	struct watch watch;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	prctl(PR_SET_NAME, "cuihuo-watcher");
	setpriority(PRIO_PROCESS, 0, NICENESS); /* where the limit allows */
	watch_init(&watch, watcher, shared);
	if (sensor_set_start(watcher->plan.set, NULL) < 0)
		_exit(1);
	beat(shared); /* each of these may take its time on a slow machine */
	atomic_store(&shared->watcher_locked, !mlockall(MCL_CURRENT));
	beat(shared);
	next_ns = clock_boot_ns();
	do {
		watch_round(&watch);
		next_ns += interval_ns;
		if (next_ns < clock_boot_ns()) /* late or suspended: go on from here */
			next_ns = clock_boot_ns();
	} while (!told_to_end(next_ns - clock_boot_ns()));
	sensor_set_last(watcher->plan.set);
	watch_round(&watch);
	_exit(0);
}

pid_t watcher_start(struct watcher *watcher, struct run_shared *shared, struct err *err)
{
	pid_t parent = getpid(), pid;
	sigset_t all, before;

	atomic_store(&shared->guard_rule, -1);
	beat(shared);
	/* The runner's handlers and the terminal's signals never reach the child half made. */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	pid = fork();
	if (!pid) {
		prepare_signals();
		watcher_main(watcher, shared, parent);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (pid < 0)
		return err_set_errno(err, errno, "cannot start the watcher");
	watcher->pid = pid;
	return pid;
}

pid_t watcher_pid(const struct watcher *watcher)
{
	return watcher->pid;
}

void watcher_gone(struct watcher *watcher)
{
	watcher->pid = 0;
}

void watcher_stop(struct watcher *watcher)
{
	int64_t end_ns = clock_boot_ns() + END_WAIT_NS;
	pid_t gone = 0;

	if (!watcher->pid)
		return;
	kill(watcher->pid, SIGTERM);
	while (!gone && clock_boot_ns() < end_ns) {
		gone = waitpid(watcher->pid, NULL, WNOHANG);
		if (!gone)
			clock_wait_ns(1000000);
	}
	if (!gone) {
		kill(watcher->pid, SIGKILL);
		waitpid(watcher->pid, NULL, 0);
	}
	watcher->pid = 0;
}
