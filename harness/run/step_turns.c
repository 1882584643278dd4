/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/step_parts.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/sys/clock.h"

#define LOOK_NS 50000000LL	/* how often the child looks after its workers */

/* --- one worker ------------------------------------------------------------------------------- */

static uint64_t work_of(const struct step_thread *thread)
{
	return atomic_load(&step_line_of(thread)->work);
}

static int run_kernel(struct step_thread *thread, size_t kernel, struct err *err)
{
	struct step_child *child = thread->child;
	const struct step_kernel *what = &child->setup->kernel[kernel];

	atomic_store(&step_line_of(thread)->kernel, (uint32_t)kernel);
	atomic_store(&step_line_of(thread)->isa, (uint32_t)what->isa);
	return what->stressor->run(&child->state[kernel], &thread->worker, err);
}

/*
 * A slice of each kernel, again and again; the next worker is always one kernel ahead. In the first
 * round a slice is one block: on a busy machine too every kernel has had its turn after that.
 */
static int run_slices(struct step_thread *thread, struct err *err)
{
	int64_t slice_ns = thread->child->setup->step->mode.slice_ns;
	size_t count = thread->child->setup->kernel_count;
	AUTO_FREE bool *worked = mem_zalloc(count * sizeof(*worked));
	struct worker *worker = &thread->worker;
	uint64_t turn;
	int64_t now;

	for (turn = 0; (now = clock_boot_ns()) < worker->end_ns && !worker_stopping(worker); turn++) {
		size_t kernel = (size_t)((turn + thread->index) % count);
		uint64_t before = work_of(thread);

		worker->slice_end_ns = turn < count ? now : now + slice_ns;
		worker->slice = turn / count;
		worker->block_start_ns = 0;
		if (run_kernel(thread, kernel, err) < 0)
			return err->code;
		if (worked[kernel] || work_of(thread) == before)
			continue;
		worked[kernel] = true;
		atomic_fetch_add(&step_line_of(thread)->kernels, 1);
	}
	return 0;
}

static void do_work(struct step_thread *thread)
{
	struct err err = ERR_INIT;
	int code = thread->child->setup->step->mode.kernel_count ?
			   run_slices(thread, &err) :
			   run_kernel(thread, thread->kernel, &err);

	if (code < 0)
		step_worker_fails(thread, err.plain);
	else
		atomic_store(&step_line_of(thread)->state, WORKER_ENDED);
}

static void *work_main(void *argument)
{
	step_guarded(argument, do_work);
	return NULL;
}

/* --- all of them ------------------------------------------------------------------------------ */

static bool any_running(const struct step_child *child, size_t first, size_t end)
{
	size_t i;

	for (i = first; i < end; i++) {
		if (atomic_load(&step_line_of(&child->thread[i])->state) == WORKER_RUNNING)
			return true;
	}
	return false;
}

static void run_turn(struct step_child *child, size_t first, size_t end)
{
	const struct plan_step *step = child->setup->step;
	struct run_shared *shared = child->setup->shared;
	int64_t now = clock_boot_ns();
	size_t i;

	for (i = first; i < end; i++) {
		child->thread[i].worker.edges_ns = now;
		child->thread[i].worker.end_ns = now + step->duration_ns / (int64_t)step->turn_count;
		atomic_store(&step_line_of(&child->thread[i])->begin_ns, (uint64_t)now);
	}
	atomic_store(&shared->child_beat_ns, now);
	step_start_threads(child, first, end, work_main, WORKER_RUNNING);
	atomic_store(&shared->turn, (uint64_t)first << 32 | end);
	if (!first)
		atomic_store(&shared->step_run_ns, now);
	while (any_running(child, first, end)) {
		atomic_store(&shared->child_beat_ns, clock_boot_ns());
		step_repeat_look(child);
		clock_wait_ns(LOOK_NS);
	}
	step_join_threads(child, first, end);
	step_repeat_look(child);
	atomic_store(&shared->child_beat_ns, clock_boot_ns());
}

void step_turns_run(struct step_child *child)
{
	const struct plan_step *step = child->setup->step;
	size_t first = 0, end;

	inject_begin(child->setup->inject, child);
	for (; first < step->cpu_count && !atomic_load(&child->setup->shared->stop); first = end) {
		end = first + 1;
		while (end < step->cpu_count &&
		       (!step->turn || step->turn[end] == step->turn[first]))
			end++;
		run_turn(child, first, end);
	}
	inject_end(child);
}
