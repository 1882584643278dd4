/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/step.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/run/room.h"
#include "harness/run/step_parts.h"
#include "harness/stress/mix.h"
#include "harness/sys/clock.h"
#include "harness/sys/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { EXIT_OK = 0, EXIT_NOT_ABLE = 1 };
#define LOOK_NS 50000000LL	/* how often the child looks after its workers */

void step_lines_reset(const struct step_setup *setup)
{
	struct run_shared *shared = setup->shared;
	const struct plan_step *step = setup->step;
	size_t i;

	atomic_store(&shared->step_run_ns, 0);
	atomic_store(&shared->child_beat_ns, clock_boot_ns());
	shared->step_error[0] = 0;
	atomic_store(&shared->frame_nodes, 0);
	request_times_clear(&shared->times);
	atomic_store(&shared->repeats, 0);
	atomic_store(&shared->repeating, 0);
	for (i = 0; i < step->cpu_count; i++) {
		struct worker_line *line = &shared->line[i];

		memset(line, 0, sizeof(*line));
		atomic_store(&line->cpu, step->cpu[i]);
		atomic_store(&line->isa, (uint32_t)setup->isa);
		atomic_store(&line->seed, mix_at(step->seed, i));
	}
	atomic_store(&shared->worker_count, (uint32_t)step->cpu_count);
}

/* --- one worker ------------------------------------------------------------------------------- */

static struct worker_line *line_of(const struct step_thread *thread)
{
	return &thread->child->setup->shared->line[thread->index];
}

static void worker_fails(struct step_thread *thread, const char *why)
{
	struct worker_line *line = line_of(thread);

	snprintf(line->error, sizeof(line->error), "%.*s", (int)sizeof(line->error) - 1, why);
	atomic_store(&line->state, WORKER_FAILED);
}

/* A cpu set of any size. */
int step_pin(unsigned int cpu)
{
	cpu_set_t *set = CPU_ALLOC(cpu + 1);
	size_t size = CPU_ALLOC_SIZE(cpu + 1);
	int failed;

	if (!set)
		return -ENOMEM;
	CPU_ZERO_S(size, set);
	CPU_SET_S(cpu, size, set);
	failed = sched_setaffinity(0, size, set) < 0 ? -errno : 0;
	CPU_FREE(set);
	return failed;
}

/* Did it crash in the part before? Then its line says so, and it does no more. */
static bool pinned(struct step_thread *thread)
{
	unsigned int cpu = thread->child->setup->step->cpu[thread->index];
	struct err err = ERR_INIT;
	int failed = step_pin(cpu);

	if (!failed)
		return true;
	err_set_errno(&err, -failed, "cannot run on cpu %u", cpu);
	worker_fails(thread, err.plain);
	return false;
}

static void guarded(struct step_thread *thread, void (*work)(struct step_thread *thread))
{
	struct worker_line *line = line_of(thread);

	if (!pinned(thread) || step_fault_guard(thread, work))
		return;
	snprintf(line->error, sizeof(line->error), "signal %d, code %d, at address %p",
		 thread->fault_signal, thread->fault_code, thread->fault_address);
	atomic_store(&line->signal, (uint32_t)thread->fault_signal);
	atomic_store(&line->state, WORKER_CRASHED);
}

static void *memory_main(void *argument)
{
	guarded(argument, step_memory_take);
	return NULL;
}

static void do_work(struct step_thread *thread)
{
	struct step_child *child = thread->child;
	struct err err = ERR_INIT;

	if (child->setup->stressor->run(&child->state, &thread->worker, &err) < 0)
		worker_fails(thread, err.plain);
	else
		atomic_store(&line_of(thread)->state, WORKER_ENDED);
}

static void *work_main(void *argument)
{
	guarded(argument, do_work);
	return NULL;
}

/* --- the child -------------------------------------------------------------------------------- */

static void __attribute__((noreturn)) give_up(const struct step_setup *setup, const struct err *err)
{
	char *error = setup->shared->step_error;
	int room = (int)sizeof(setup->shared->step_error);

	snprintf(error, (size_t)room, "%.*s", room - 1, err->plain);
	_exit(EXIT_NOT_ABLE);
}

/* Start `main_of` on a thread of every worker that can still work, with that state. */
static void start_threads(struct step_child *child, void *(*main_of)(void *),
			  enum worker_state state)
{
	size_t i;

	for (i = 0; i < child->setup->step->cpu_count; i++) {
		struct step_thread *thread = &child->thread[i];
		int failed;

		thread->started = false;
		if (atomic_load(&line_of(thread)->state) != WORKER_IDLE)
			continue;
		atomic_store(&line_of(thread)->beat_ns, (uint64_t)clock_boot_ns());
		atomic_store(&line_of(thread)->state, state);
		failed = pthread_create(&thread->thread, NULL, main_of, thread);
		thread->started = !failed;
		if (failed)
			worker_fails(thread, "cannot start a thread");
	}
}

static void join_threads(struct step_child *child)
{
	size_t i;

	for (i = 0; i < child->setup->step->cpu_count; i++) {
		if (child->thread[i].started)
			pthread_join(child->thread[i].thread, NULL);
	}
}

static bool any_running(const struct step_child *child)
{
	size_t i;

	for (i = 0; i < child->setup->step->cpu_count; i++) {
		if (atomic_load(&line_of(&child->thread[i])->state) == WORKER_RUNNING)
			return true;
	}
	return false;
}

static void take_memory(struct step_child *child)
{
	size_t i;

	start_threads(child, memory_main, WORKER_IDLE);
	join_threads(child);
	for (i = 0; i < child->setup->step->cpu_count; i++) {
		struct step_thread *thread = &child->thread[i];

		if (atomic_load(&line_of(thread)->state) != WORKER_IDLE)
			continue;
		thread->worker.memory = child->state.slice[i].memory;
		if (!thread->worker.memory)
			worker_fails(thread, "no free memory to test; close programs and run again");
	}
}

static void work(struct step_child *child)
{
	const struct step_setup *setup = child->setup;
	int64_t now = clock_boot_ns();
	size_t i;

	for (i = 0; i < setup->step->cpu_count; i++)
		child->thread[i].worker.end_ns = now + setup->step->duration_ns;
	atomic_store(&setup->shared->child_beat_ns, now);
	start_threads(child, work_main, WORKER_RUNNING);
	atomic_store(&setup->shared->step_run_ns, now);
	while (any_running(child)) {
		atomic_store(&setup->shared->child_beat_ns, clock_boot_ns());
		step_repeat_look(child);
		clock_wait_ns(LOOK_NS);
	}
	join_threads(child);
	step_repeat_look(child);
	atomic_store(&setup->shared->child_beat_ns, clock_boot_ns());
}

static void init_child(struct step_child *child)
{
	const struct step_setup *setup = child->setup;
	const struct plan_step *step = setup->step;
	size_t i;

	child->state = (struct stress_state){
		.isa = setup->isa,
		.seed = step->seed,
		.worker_count = (unsigned int)step->cpu_count,
		.param = step->param,
		.param_count = step->param_count,
		.slice = mem_zalloc(step->cpu_count * sizeof(*child->state.slice)),
		.folder_fd = setup->scratch_fd,
		.device_fd = setup->device_fd,
		.hashes_fd = setup->hashes_fd,
		.disk_bytes = setup->scratch_fd >= 0 || setup->device_fd >= 0 ? step->bytes : 0,
	};
	child->thread = mem_zalloc(step->cpu_count * sizeof(*child->thread));
	for (i = 0; i < step->cpu_count; i++) {
		child->thread[i].child = child;
		child->thread[i].index = (unsigned int)i;
		child->thread[i].worker = (struct worker){
			.line = &setup->shared->line[i],
			.stop = &setup->shared->stop,
			.throttle = &setup->shared->throttle,
			.hold = &child->hold,
			.seed = mix_at(step->seed, i),
			.times = &setup->shared->times,
			.index = (unsigned int)i,
			.count = (unsigned int)step->cpu_count,
		};
	}
}

/* The terminal's keys are for the runner; a child that is asked to end by name ends. */
static void quiet_process(pid_t parent)
{
	int null;
	sigset_t none;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(EXIT_NOT_ABLE);
	prctl(PR_SET_NAME, "cuihuo-step");
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	signal(SIGTERM, SIG_DFL);
	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (null < 0)
		return;
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	close(null);
}

/* Raising it is everybody's right. Where there is no such file the kernel chooses by size. */
static void offer_to_the_oom_killer(void)
{
	AUTO_FD int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	if (fd >= 0)
		disk_write_all(fd, "1000", 4);
}

static void __attribute__((noreturn)) child_main(const struct step_setup *setup, pid_t parent)
{
	struct step_child child = { .setup = setup };
	struct err err = ERR_INIT;

	quiet_process(parent);
	offer_to_the_oom_killer();
	step_fault_install();
	init_child(&child);
	if (setup->step->kernel->target == TARGET_MEMORY) {
		child.root = sysroot_open(NULL, &err);
		if (!child.root)
			give_up(setup, &err);
		child.reserve = room_reserve(child.root);
		take_memory(&child);
		step_memory_note_frames(&child);
	}
	if (setup->stressor->prepare && setup->stressor->prepare(&child.state, &err) < 0)
		give_up(setup, &err);
	work(&child);
	step_memory_count_frames(&child);
	if (setup->stressor->finish)
		setup->stressor->finish(&child.state);
	_exit(EXIT_OK);
}

pid_t step_start(const struct step_setup *setup, struct err *err)
{
	pid_t parent = getpid();
	pid_t pid;

	pid = fork();
	if (pid < 0)
		return err_set_errno(err, errno, "cannot start the process of a step");
	if (!pid)
		child_main(setup, parent);
	return pid;
}
