/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/step.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/run/room.h"
#include "harness/run/step_parts.h"
#include "harness/stress/mix.h"
#include "harness/sys/affinity.h"
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

size_t step_part_count(const struct step_setup *setup)
{
	return setup->step->mode.beside ? 2 : 1;
}

void step_lines_reset(const struct step_setup *setup)
{
	struct run_shared *shared = setup->shared;
	const struct plan_step *step = setup->step;
	size_t i;

	atomic_store(&shared->step_run_ns, 0);
	atomic_store(&shared->child_beat_ns, clock_boot_ns());
	shared->step_error[0] = 0;
	atomic_store(&shared->frame_nodes, 0);
	atomic_store(&shared->modules_known, 0);
	request_times_clear(&shared->times);
	atomic_store(&shared->repeats, 0);
	atomic_store(&shared->repeating, 0);
	atomic_store(&shared->turn, 0);
	for (i = 0; i < step->cpu_count; i++) {
		struct worker_line *line = &shared->line[i];

		memset(line, 0, sizeof(*line));
		atomic_store(&line->cpu, step->cpu[i]);
		atomic_store(&line->kernel, (uint32_t)(i % step_part_count(setup)));
		atomic_store(&line->isa, (uint32_t)setup->kernel[i % step_part_count(setup)].isa);
		atomic_store(&line->turn, step->turn ? step->turn[i] : 0);
		atomic_store(&line->seed, mix_at(step->seed, i));
	}
	atomic_store(&shared->worker_count, (uint32_t)step->cpu_count);
}

/* --- one worker ------------------------------------------------------------------------------- */

struct worker_line *step_line_of(const struct step_thread *thread)
{
	return &thread->child->setup->shared->line[thread->index];
}

void step_worker_fails(struct step_thread *thread, const char *why)
{
	struct worker_line *line = step_line_of(thread);

	snprintf(line->error, sizeof(line->error), "%.*s", (int)sizeof(line->error) - 1, why);
	atomic_store(&line->state, WORKER_FAILED);
}

/* Did it crash in the part before? Then its line says so, and it does no more. */
static bool pinned(struct step_thread *thread)
{
	unsigned int cpu = thread->child->setup->step->cpu[thread->index];
	struct err err = ERR_INIT;
	int failed = affinity_pin(0, cpu);

	if (!failed)
		return true;
	err_set_errno(&err, -failed, "cannot run on cpu %u", cpu);
	step_worker_fails(thread, err.plain);
	return false;
}

void step_guarded(struct step_thread *thread, void (*work)(struct step_thread *thread))
{
	struct worker_line *line = step_line_of(thread);

	if (!pinned(thread) || step_fault_guard(thread, work))
		return;
	snprintf(line->error, sizeof(line->error), "signal %d, code %d, at address %p",
		 thread->fault_signal, thread->fault_code, thread->fault_address);
	atomic_store(&line->signal, (uint32_t)thread->fault_signal);
	atomic_store(&line->state, WORKER_CRASHED);
}

/* Only the first part tests memory. */
static void *memory_main(void *argument)
{
	struct step_thread *thread = argument;

	if (!thread->kernel)
		step_guarded(thread, step_memory_take);
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

void step_start_threads(struct step_child *child, size_t first, size_t end,
			void *(*main_of)(void *), enum worker_state state)
{
	size_t i;

	for (i = first; i < end; i++) {
		struct step_thread *thread = &child->thread[i];
		int failed;

		thread->started = false;
		if (atomic_load(&step_line_of(thread)->state) != WORKER_IDLE)
			continue;
		atomic_store(&step_line_of(thread)->beat_ns, (uint64_t)clock_boot_ns());
		atomic_store(&step_line_of(thread)->state, state);
		failed = pthread_create(&thread->thread, NULL, main_of, thread);
		thread->started = !failed;
		if (failed)
			step_worker_fails(thread, "cannot start a thread");
	}
}

void step_join_threads(struct step_child *child, size_t first, size_t end)
{
	size_t i;

	for (i = first; i < end; i++) {
		if (child->thread[i].started)
			pthread_join(child->thread[i].thread, NULL);
	}
}

static const char no_memory[] = "no free memory to test; close programs and run again";

static void take_memory(struct step_child *child)
{
	size_t i;

	step_start_threads(child, 0, child->setup->step->cpu_count, memory_main, WORKER_IDLE);
	step_join_threads(child, 0, child->setup->step->cpu_count);
	for (i = 0; i < child->setup->step->cpu_count; i++) {
		struct step_thread *thread = &child->thread[i];

		if (thread->kernel || atomic_load(&step_line_of(thread)->state) != WORKER_IDLE)
			continue;
		child->part[0].slice[thread->worker.index] = child->slice[i];
		thread->worker.memory = child->slice[i].memory;
		if (!thread->worker.memory)
			step_worker_fails(thread, no_memory);
	}
}

/* Kernels want a slice for each worker. */
static bool has_memory(const struct step_child *child)
{
	size_t i;

	for (i = 0; i < child->part[0].count; i++) {
		if (!child->part[0].slice[i].size)
			return false;
	}
	return true;
}

static struct stress_state state_of(const struct step_child *child, size_t kernel)
{
	const struct step_setup *setup = child->setup;
	const struct plan_step *step = setup->step;
	size_t number = step->mode.beside ? kernel : 0;
	const struct step_part *part = &child->part[number];

	return (struct stress_state){
		.isa = setup->kernel[kernel].isa,
		.seed = step->seed,
		.worker_count = (unsigned int)part->count,
		.cpu = part->cpu,
		.param = step->param,
		.param_count = number ? 0 : step->param_count,
		.slice = part->slice,
		.folder_fd = setup->scratch_fd,
		.device_fd = setup->device_fd,
		.hashes_fd = setup->hashes_fd,
		.port_fd = { setup->port_fd[0], setup->port_fd[1] },
		.disk_bytes = setup->scratch_fd >= 0 || setup->device_fd >= 0 ? step->bytes : 0,
	};
}

static void init_worker(struct step_child *child, unsigned int index)
{
	const struct step_setup *setup = child->setup;
	const struct plan_step *step = setup->step;
	const struct step_mode *mode = &step->mode;
	size_t parts = step_part_count(setup), kernel = index % parts;
	struct step_part *part = &child->part[kernel];

	part->cpu[index / parts] = step->cpu[index];
	child->thread[index].child = child;
	child->thread[index].index = index;
	child->thread[index].kernel = kernel;
	child->thread[index].worker = (struct worker){
		.line = &setup->shared->line[index],
		.stop = &setup->shared->stop,
		.throttle = &setup->shared->throttle,
		.hold = &child->hold,
		.times = &setup->shared->times,
		.load_ns = mode->load_ns,
		.idle_ns = mode->idle_ns,
		.work_limit = (mode->budget_bytes + step->cpu_count - 1) / step->cpu_count,
		.seed = mix_at(step->seed, index),
		.index = (unsigned int)(index / parts),
		.count = (unsigned int)part->count,
	};
}

static void init_parts(struct step_child *child)
{
	size_t parts = step_part_count(child->setup), i;

	for (i = 0; i < parts; i++) {
		struct step_part *part = &child->part[i];

		part->count = (child->setup->step->cpu_count + parts - 1 - i) / parts;
		part->cpu = mem_zalloc((part->count + 1) * sizeof(*part->cpu));
		part->slice = mem_zalloc((part->count + 1) * sizeof(*part->slice));
	}
}

static void init_child(struct step_child *child)
{
	const struct step_setup *setup = child->setup;
	size_t count = setup->step->cpu_count, i;

	init_parts(child);
	child->slice = mem_zalloc(count * sizeof(*child->slice));
	child->thread = mem_zalloc(count * sizeof(*child->thread));
	child->state = mem_zalloc(setup->kernel_count * sizeof(*child->state));
	for (i = 0; i < setup->kernel_count; i++)
		child->state[i] = state_of(child, i);
	for (i = 0; i < count; i++)
		init_worker(child, (unsigned int)i);
}

static void prepare_kernels(struct step_child *child, struct err *err)
{
	const struct step_setup *setup = child->setup;
	size_t i;

	for (i = 0; i < setup->kernel_count; i++) {
		const struct stressor *stressor = setup->kernel[i].stressor;

		if (stressor->prepare && stressor->prepare(&child->state[i], err) < 0)
			give_up(setup, err);
		child->prepared = i + 1;
		atomic_store(&setup->shared->child_beat_ns, clock_boot_ns());
		if (atomic_load(&setup->shared->stop))
			return;
	}
}

static void finish_kernels(struct step_child *child)
{
	size_t i;

	for (i = 0; i < child->prepared; i++) {
		const struct stressor *stressor = child->setup->kernel[i].stressor;

		if (stressor->finish)
			stressor->finish(&child->state[i]);
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
		if (!has_memory(&child)) {
			err_set(&err, ERR_FULL, "%s", no_memory);
			give_up(setup, &err);
		}
		step_memory_note_frames(&child);
	}
	prepare_kernels(&child, &err);
	step_turns_run(&child);
	step_memory_count_frames(&child);
	finish_kernels(&child);
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
