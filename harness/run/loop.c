/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/loop.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/run/loop_parts.h"
#include "harness/run/scratch.h"
#include "harness/run/sight.h"
#include "harness/sys/clock.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

/* --- events ----------------------------------------------------------------------------------- */

void loop_feed(struct loop *loop, struct runner_event event)
{
	struct runner_actions actions;
	size_t i;

	event.now_ns = book_now(&loop->book);
	sight_take(loop->shared, &event.sight);
	runner_step(&loop->runner, &event, &actions);
	for (i = 0; i < actions.count; i++)
		loop_perform(loop, &actions.action[i]);
}

/* Frames that nobody waits for may fail too; the runner hears of the first one. */
static void tell_fault(struct loop *loop)
{
	if (!loop->book.err.code || loop->fault_told)
		return;
	loop->fault_told = true;
	loop_feed(loop, (struct runner_event){ .kind = EVENT_JOURNAL_FAILED,
					       .detail = loop->book.err.plain });
}

/*
 * The child is seen to be dead before it is reaped, and its pid leaves the shared page in between:
 * the watcher never kills a process that got the same number.
 */
static void reap_child(struct loop *loop)
{
	struct runner_event event = { .kind = EVENT_CHILD_ENDED };
	siginfo_t info = { .si_pid = 0 };
	int status = 0;

	if (!loop->child ||
	    waitid(P_PID, (id_t)loop->child, &info, WEXITED | WNOHANG | WNOWAIT) < 0 ||
	    !info.si_pid)
		return;
	atomic_store(&loop->shared->child_pid, 0);
	waitpid(loop->child, &status, 0);
	loop_drain(loop);
	loop_look_at_guard(loop);
	loop->child = 0;
	event.child.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	event.child.status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
	loop_feed(loop, event);
}

static void reap_watcher(struct loop *loop)
{
	pid_t pid = watcher_pid(loop->watcher);

	if (pid && waitpid(pid, &loop->watcher_status, WNOHANG) == pid)
		watcher_gone(loop->watcher);
}

static void hear_signals(struct loop *loop)
{
	struct signalfd_siginfo info;

	while (read(loop->signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		if (info.ssi_signo != SIGCHLD)
			loop_feed(loop, (struct runner_event){ .kind = EVENT_SIGNAL,
							       .signal = (int)info.ssi_signo });
	}
}

static void turn(struct loop *loop)
{
	struct pollfd ready = { .fd = loop->signal_fd, .events = POLLIN };
	int64_t start_ns = clock_boot_ns();

	poll(&ready, 1, LOOP_TICK_NS / 1000000);
	loop->waited_ns = clock_boot_ns() - start_ns;
	loop_drain(loop);
	hear_signals(loop);
	reap_watcher(loop);
	reap_child(loop);
	if (loop->exited)
		return;
	loop_look_at_guard(loop);
	loop_look_at_watcher(loop);
	loop_feed(loop, (struct runner_event){
				.kind = EVENT_TICK,
				.late_ns = late_wait_ns(LOOP_TICK_NS, loop->waited_ns) });
	loop_flush(loop, false);
	tell_fault(loop);
	loop_show(loop, false);
}

/* --- beginning -------------------------------------------------------------------------------- */

static size_t most_workers(const struct plan *plan)
{
	size_t most = 1, i;

	for (i = 0; i < plan->step_count; i++)
		most = plan->step[i].cpu_count > most ? plan->step[i].cpu_count : most;
	return most;
}

static int map_shared(struct loop *loop, struct err *err)
{
	size_t lines = most_workers(loop->config->plan) * sizeof(struct worker_line);

	loop->shared_size = sizeof(struct run_shared) + lines;
	loop->shared = mmap(NULL, loop->shared_size, PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (loop->shared == MAP_FAILED) {
		loop->shared = NULL;
		return err_set_errno(err, errno, "cannot map %zu bytes of shared memory",
				     loop->shared_size);
	}
	atomic_store(&loop->shared->step, -1);
	atomic_store(&loop->shared->guard_rule, -1);
	atomic_store(&loop->shared->run_start_ns, loop->book.run_start_ns);
	return 0;
}

static int compare_cpus(const void *a, const void *b)
{
	unsigned int x = *(const unsigned int *)a, y = *(const unsigned int *)b;

	return (x > y) - (x < y);
}

/* Every cpu that any step uses, ascending. */
static size_t all_cpus(const struct plan *plan, struct arena *arena, unsigned int **ret_cpu)
{
	size_t count = 0, unique = 0, i;
	unsigned int *cpu;

	for (i = 0; i < plan->step_count; i++)
		count += plan->step[i].cpu_count;
	cpu = arena_array(arena, unsigned int, count + 1);
	for (i = 0, count = 0; i < plan->step_count; i++) {
		if (plan->step[i].cpu_count)
			memcpy(cpu + count, plan->step[i].cpu,
			       plan->step[i].cpu_count * sizeof(*cpu));
		count += plan->step[i].cpu_count;
	}
	qsort(cpu, count, sizeof(*cpu), compare_cpus);
	for (i = 0; i < count; i++) {
		if (!i || cpu[i] != cpu[i - 1])
			cpu[unique++] = cpu[i];
	}
	*ret_cpu = cpu;
	return unique;
}

static void make_watcher(struct loop *loop, struct arena *arena)
{
	const struct plan *plan = loop->config->plan;
	const char **name = arena_array(arena, const char *, plan->step_count + 1);
	struct watcher_plan watch = {
		.set = loop->config->sensors,
		.guard = plan->guard,
		.guard_count = plan->guard_count,
		.blind = plan->blind,
		.interval_ns = loop->config->watcher_interval_ns,
		.step_name = name,
		.step_count = plan->step_count,
		.inject = loop->config->inject,
	};
	unsigned int *cpu;
	size_t i;

	for (i = 0; i < plan->step_count; i++)
		name[i] = plan->step[i].name;
	watch.cpu_count = all_cpus(plan, arena, &cpu);
	watch.cpu = cpu;
	loop->watcher = watcher_new(&watch);
	loop->series = watcher_series(loop->watcher, &loop->series_count);
	loop->reading = mem_zalloc((loop->series_count + 1) * sizeof(*loop->reading));
	loop->journal_index = mem_zalloc((loop->series_count + 1) * sizeof(*loop->journal_index));
}

static bool same_series(const struct series *a, const struct series *b)
{
	return !strcmp(a->source, b->source) && !strcmp(a->metric, b->metric) &&
	       !strcmp(a->component, b->component);
}

/* After a restart sensors may come in another order; one that was not there before is not written. */
static void map_series(struct loop *loop)
{
	size_t i, old;

	for (i = 0; i < loop->series_count; i++) {
		loop->journal_index[i] = loop->past ? -1 : (int)i;
		for (old = 0; loop->past && old < loop->past->series_count; old++) {
			if (same_series(&loop->series[i], &loop->past->series[old]))
				loop->journal_index[i] = (int)old;
		}
	}
}

static int write_start(struct loop *loop, struct err *err)
{
	const struct run_config *config = loop->config;
	struct frame_start start = {
		.run_id = config->run_id,
		.harness_version = config->harness_version,
		.serial = config->serial,
		.lot = config->lot,
		.boot = config->boot,
		.boot_ns = loop->book.run_start_ns,
		.started_wall_s = clock_wall_ns() / 1000000000,
		.profile = config->profile,
		.plan = config->plan,
		.inventory = config->inventory,
		.series = loop->series,
		.series_count = loop->series_count,
	};
	int code = frame_write_start(&loop->book.text, &start, err);

	return code < 0 ? code : book_put(&loop->book, FRAME_START, 0);
}

static int write_begin(struct loop *loop, struct err *err)
{
	struct frame_resume resume = {
		.boot = loop->config->boot,
		.boot_ns = loop->book.run_start_ns,
		.wall_s = clock_wall_ns() / 1000000000,
		.harness_version = loop->config->harness_version,
	};
	int code;

	if (loop->past) {
		resume.lost = loop->past->lost;
		resume.lost_count = loop->past->lost_count;
		code = BOOK_ADD_AT(&loop->book, FRAME_RESUME, resume, &resume, loop->past->time_ns);
	} else {
		code = write_start(loop, err);
	}
	if (code < 0 && err && !err->code)
		*err = loop->book.err;
	return code;
}

static void begin(struct loop *loop)
{
	struct err err = ERR_INIT;
	struct frame_watcher watcher;
	int64_t end_ns = clock_boot_ns() + 1000000000;

	loop_restore_left(loop);
	loop_change_settings(loop);
	if (watcher_start(loop->watcher, loop->shared, &err) < 0) {
		loop->watcher_told = true;
		loop_feed(loop, (struct runner_event){ .kind = EVENT_WATCHER_DIED,
						       .detail = err.plain });
	}
	/* Its first round says whether it is locked; a slow one is not waited for. */
	while (!err.code && !atomic_load(&loop->shared->watcher_locked) && clock_boot_ns() < end_ns &&
	       !atomic_load(&loop->shared->ring_head))
		clock_wait_ns(5000000);
	watcher.locked = atomic_load(&loop->shared->watcher_locked);
	BOOK_ADD(&loop->book, FRAME_WATCHER, watcher, &watcher);
	tell_fault(loop);
	loop_feed(loop, (struct runner_event){ .kind = EVENT_BEGIN });
}

/* --- the whole -------------------------------------------------------------------------------- */

/* nohup asks by ignoring SIGHUP that nobody listens to it. */
static bool is_ignored(int signal)
{
	struct sigaction now;

	return !sigaction(signal, NULL, &now) && now.sa_handler == SIG_IGN;
}

static void signals_to_end(sigset_t *ret_set)
{
	sigemptyset(ret_set);
	sigaddset(ret_set, SIGINT);
	sigaddset(ret_set, SIGTERM);
	if (!is_ignored(SIGHUP))
		sigaddset(ret_set, SIGHUP);
}

void run_hold_signals(void)
{
	sigset_t held;

	signals_to_end(&held);
	sigprocmask(SIG_BLOCK, &held, NULL);
}

static int take_signals(struct loop *loop, sigset_t *before, struct err *err)
{
	sigset_t heard;

	signals_to_end(&heard);
	sigaddset(&heard, SIGCHLD);
	signal(SIGXFSZ, SIG_IGN);
	sigprocmask(SIG_BLOCK, &heard, before);
	loop->signal_fd = signalfd(-1, &heard, SFD_CLOEXEC | SFD_NONBLOCK);
	if (loop->signal_fd < 0)
		return err_set_errno(err, errno, "cannot make a signalfd");
	return 0;
}

/* Signals that came after the last look are taken off, or they would strike when unblocked. */
static void give_signals_back(struct loop *loop, const sigset_t *before)
{
	struct signalfd_siginfo info;

	while (loop->signal_fd >= 0 && read(loop->signal_fd, &info, sizeof(info)) > 0)
		;
	if (loop->signal_fd >= 0)
		close(loop->signal_fd);
	sigprocmask(SIG_SETMASK, before, NULL);
}

static void loop_release(struct loop *loop, struct arena *arena)
{
	watcher_free(loop->watcher);
	settings_release(&loop->settings);
	book_release(&loop->book);
	free(loop->journal_index);
	free(loop->reading);
	free(loop->own_progress);
	free(loop->taken);
	if (loop->shared)
		munmap(loop->shared, loop->shared_size);
	arena_release(arena);
}

int run_loop(const struct run_config *config, struct journal *journal, const struct run_past *past,
	     struct run_result *ret_result, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct loop loop = {
		.config = config,
		.past = past,
		.book = BOOK_INIT(journal, clock_boot_ns() - (past ? past->time_ns : 0)),
		.errors = past ? past->errors : 0,
		.scratch_fd = -1,
		.device_fd = -1,
		.hashes_fd = -1,
		.port_fd = { -1, -1 },
		.signal_fd = -1,
	};
	sigset_t before;
	int code;

	loop.own_progress = mem_zalloc((config->plan->step_count + 1) * sizeof(*loop.progress));
	loop.progress = past ? past->progress : loop.own_progress;
	code = take_signals(&loop, &before, err);
	if (!code)
		code = map_shared(&loop, err);
	if (!code) {
		make_watcher(&loop, &arena);
		loop.modules = module_map_make(config->inventory, &arena);
		map_series(&loop);
		runner_init(&loop.runner, config->plan, loop.progress, config->patience);
		code = write_begin(&loop, err);
	}
	if (!code) {
		begin(&loop);
		while (!loop.exited)
			turn(&loop);
		ret_result->cause = loop.cause;
		ret_result->fault = loop.book.err;
		ret_result->settings_note = loop.settings.note;
	}
	give_signals_back(&loop, &before);
	loop_release(&loop, &arena);
	return code;
}
