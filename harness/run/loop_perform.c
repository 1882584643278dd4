/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/loop_parts.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/model/plan_step.h"
#include "harness/run/guard.h"
#include "harness/run/hashes.h"
#include "harness/run/mounts.h"
#include "harness/run/port.h"
#include "harness/run/scratch.h"
#include "harness/run/sight.h"
#include "harness/run/step.h"
#include "harness/run/stick.h"
#include "harness/run/whole_disk.h"
#include "harness/sys/clock.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of one step, one by one; what is more is counted. */
enum { MISMATCHES_A_STEP = 256 };

/* The runner waits for this frame. */
static void answer(struct loop *loop, int code)
{
	if (code < 0)
		loop->fault_told = true;
	loop_feed(loop, (struct runner_event){
				.kind = code < 0 ? EVENT_JOURNAL_FAILED : EVENT_DURABLE,
				.detail = loop->book.err.plain });
}

static void do_step_start(struct loop *loop, const struct runner_action *action)
{
	struct frame_step step = { .step = action->step, .attempt = action->attempt };

	loop_flush(loop, true);
	answer(loop, BOOK_ADD(&loop->book, FRAME_STEP_START, step, &step));
}

static void fork_failed(struct loop *loop, const struct err *err)
{
	atomic_store(&loop->shared->step, -1);
	loop_feed(loop, (struct runner_event){ .kind = EVENT_FORK_FAILED, .detail = err->plain });
}

/* "/" as a folder: the identity of a disk is read there, and its health is not asked again. */
static int open_disk(const struct plan_step *step, struct err *err)
{
	AUTO(sysroot_free_at) struct sysroot *root = sysroot_open("/", err);

	if (!root)
		return err->code;
	if (!step->disk)
		return err_set(err, ERR_INTERNAL, "the plan names no disk for step '%s'", step->name);
	if (step->hashes)
		return whole_disk_open_to_read("/dev", root, step->disk, err);
	return whole_disk_open("/dev", root, step->disk, step->disposable, err);
}

/* The plan has asked the same, perhaps of another stick. */
static int make_scratch(const char *run_folder, const char *kept, struct err *err)
{
	AUTO(sysroot_free_at) struct sysroot *root = sysroot_open(NULL, err);

	if (!root || stick_check(root, run_folder, err) < 0)
		return err->code;
	return scratch_make(run_folder, kept, err);
}

static int open_ports(struct loop *loop, struct step_setup *setup, struct err *err)
{
	AUTO(sysroot_free_at) struct sysroot *root = sysroot_open(NULL, err);
	const char *const name[] = { setup->step->from, setup->step->to };
	size_t i;

	for (i = 0; root && i < 2; i++) {
		loop->port_fd[i] = setup->port_fd[i] = port_open(root, name[i], err);
		if (loop->port_fd[i] < 0)
			return err->code;
	}
	return root ? 0 : err->code;
}

/* Somebody may have mounted something since the plan was made. */
static int check_mounts(const struct plan_step *step, struct err *err)
{
	AUTO(sysroot_free_at) struct sysroot *root = sysroot_open(NULL, err);
	AUTO(arena_release) struct arena arena = ARENA_INIT;

	if (!root)
		return err->code;
	return plan_check_mounts(step, mounts_writable(root, &arena), err);
}

static int open_devices(struct loop *loop, struct step_setup *setup, struct err *err)
{
	int *fd = &loop->scratch_fd;

	if (check_mounts(setup->step, err) < 0)
		return err->code;
	switch (setup->step->kernel->target) {
	case TARGET_DISK:
		*fd = setup->scratch_fd = make_scratch(loop->config->folder,
						       setup->step->kernel->kept_file, err);
		break;
	case TARGET_DEVICE:
		fd = &loop->device_fd;
		*fd = setup->device_fd = open_disk(setup->step, err);
		if (*fd < 0 || !setup->step->hashes)
			break;
		fd = &loop->hashes_fd;
		*fd = setup->hashes_fd =
			hashes_open(setup->step->hashes, setup->step->disk->serial, err);
		break;
	case TARGET_PORTS:
		return open_ports(loop, setup, err);
	default:
		return 0;
	}
	return *fd < 0 ? err->code : 0;
}

static void close_devices(struct loop *loop)
{
	size_t i;

	for (i = 0; i < 2; i++) {
		if (loop->port_fd[i] >= 0)
			close(loop->port_fd[i]);
		loop->port_fd[i] = -1;
	}
	if (loop->device_fd >= 0)
		close(loop->device_fd);
	loop->device_fd = -1;
	if (loop->hashes_fd >= 0)
		close(loop->hashes_fd);
	loop->hashes_fd = -1;
	if (loop->scratch_fd < 0)
		return;
	close(loop->scratch_fd);
	loop->scratch_fd = -1;
	scratch_remove(loop->config->folder);
}

/* The kernels of a step, each with the best instruction set it has here; NULL with `err`. */
static struct step_kernel *find_kernels(const struct loop *loop, const struct plan_step *step,
					size_t *ret_count, struct err *err)
{
	size_t count = step->mode.kernel_count ? step->mode.kernel_count : step->mode.beside ? 2 : 1, i;
	struct step_kernel *kernel = mem_zalloc(count * sizeof(*kernel));

	for (i = 0; i < count; i++) {
		const char *name = count > 1 ? plan_step_kernel(step, i) : step->kernel->name;

		kernel[i].stressor = loop->config->find(name);
		if (!kernel[i].stressor) {
			err_set(err, ERR_UNSUPPORTED, "this cuihuo has no kernel '%s'", name);
			free(kernel);
			return NULL;
		}
		kernel[i].isa = isa_best(loop->config->isa_mask & kernel[i].stressor->isa_mask);
	}
	*ret_count = count;
	return kernel;
}

static void start_step(struct loop *loop, struct step_setup *setup, size_t index)
{
	struct err err = ERR_INIT;

	step_lines_reset(setup);
	loop->throttle_told = false;
	loop->mismatches_left = MISMATCHES_A_STEP;
	loop->repeats = 0;
	loop->repeat_seen = false;
	free(loop->taken);
	loop->taken = mem_zalloc(setup->step->cpu_count * sizeof(*loop->taken) + 1);
	atomic_store(&loop->shared->step, (int64_t)index);
	loop->child = step_start(setup, &err);
	if (loop->child < 0) {
		loop->child = 0;
		fork_failed(loop, &err);
		return;
	}
	atomic_store(&loop->shared->child_pid, loop->child);
	loop_feed(loop, (struct runner_event){ .kind = EVENT_CHILD_STARTED });
	loop_show(loop, true);
}

static void do_fork(struct loop *loop, const struct runner_action *action)
{
	const struct plan_step *step = &loop->config->plan->step[action->step];
	struct step_setup setup = { .step = step, .scratch_fd = -1, .device_fd = -1,
				    .hashes_fd = -1, .port_fd = { -1, -1 },
				    .modules = &loop->modules, .shared = loop->shared,
				    .inject = loop->config->inject };
	struct err err = ERR_INIT;
	AUTO_FREE struct step_kernel *kernel = find_kernels(loop, step, &setup.kernel_count, &err);

	setup.kernel = kernel;
	if (kernel && open_devices(loop, &setup, &err) == 0) {
		start_step(loop, &setup, action->step);
		return;
	}
	close_devices(loop);
	fork_failed(loop, &err);
}

static void do_stop_load(struct loop *loop, const struct runner_action *action)
{
	uint32_t none = STOP_NONE;

	/* The watcher may have been first: then its reason stands. */
	atomic_compare_exchange_strong(&loop->shared->stop, &none, (uint32_t)action->stop);
}

static void do_step_end(struct loop *loop, const struct runner_action *action)
{
	uint32_t count = atomic_load(&loop->shared->worker_count);
	struct worker_outcome *worker = mem_zalloc(count * sizeof(*worker) + 1);
	const char **reason = mem_zalloc(count * sizeof(*reason) + 1);
	struct frame_faults *faults = mem_zalloc(count * sizeof(*faults) + 1);
	struct latency_row latency[REQUEST_KINDS];
	struct module_bytes modules[MODULE_RANGES];
	struct frame_step_end end = {
		.step = action->step,
		.attempt = action->attempt,
		.kind = action->outcome,
		.reason = action->reason[0] ? action->reason : NULL,
		.worker = worker,
		.worker_reason = reason,
		.worker_faults = faults,
	};
	size_t i;
	int code;

	loop_restore_speed(loop);
	loop_flush(loop, true);
	/* Lines are the step's only when it came as far as that. */
	if (atomic_load(&loop->shared->step) == (int64_t)action->step) {
		end.worker_count = count;
		end.done_ns = sight_done_ns(loop->shared);
		end.frames.node = loop->shared->frame_node;
		end.frames.count = atomic_load(&loop->shared->frame_nodes);
		end.modules.row = modules;
		if (atomic_load(&loop->shared->modules_known))
			end.modules.count = module_map_rows(&loop->modules,
							    loop->shared->module_bytes, modules);
		end.latency.row = latency;
		end.latency.count = request_times_rows(&loop->shared->times, latency);
		sight_workers(loop->shared, action->outcome, loop->runner.patience.hang_ns, worker,
			      reason);
		for (i = 0; i < count; i++) {
			worker[i].kernel = plan_step_kernel(
				&loop->config->plan->step[action->step],
				atomic_load(&loop->shared->line[i].kernel));
			frame_faults_take(&loop->shared->line[i], &faults[i]);
			loop->errors += worker[i].mismatches + (worker[i].kind == OUTCOME_CRASHED);
		}
	}
	code = BOOK_ADD(&loop->book, FRAME_STEP_END, step_end, &end);
	atomic_store(&loop->shared->step, -1);
	atomic_store(&loop->shared->worker_count, 0);
	close_devices(loop);
	free(worker);
	free(faults);
	free(reason);
	answer(loop, code);
}

static void do_guard(struct loop *loop)
{
	struct run_shared *shared = loop->shared;
	int32_t series = atomic_load(&shared->guard_series);
	int64_t value = atomic_load(&shared->guard_value);
	struct frame_guard guard = {
		.step = atomic_load(&shared->step),
		.stop = true,
		.rule = (size_t)atomic_load(&shared->guard_rule),
		.series = series >= 0 && (size_t)series < loop->series_count
				  ? loop->journal_index[series]
				  : -1,
		.silent = value == INT64_MIN,
		.value = value == INT64_MIN ? 0 : value,
		.why = guard_why_name((enum guard_why)atomic_load(&shared->guard_why)),
	};

	BOOK_ADD(&loop->book, FRAME_GUARD, guard, &guard);
}

/* --- settings --------------------------------------------------------------------------------- */

void loop_change_settings(struct loop *loop)
{
	struct settings *settings = &loop->settings;
	size_t i;

	if (!loop->config->settings_root)
		return;
	settings_find(loop->config->settings_root, settings);
	for (i = 0; i < settings->count; i++) {
		if (BOOK_ADD(&loop->book, FRAME_SETTING, setting, &settings->setting[i]) < 0)
			return;
		loop->settings_changed++;
		/* A refusal is no harm: it is as it was, and putting back finds that. */
		settings_change(loop->config->settings_root, &settings->setting[i], NULL);
	}
}

void loop_restore_one(struct loop *loop, const struct frame_setting *setting)
{
	struct frame_restore restore = { .path = setting->path };
	struct err err = ERR_INIT;

	restore.restored = settings_restore(loop->config->settings_root, setting, &err) == 0;
	restore.reason = restore.restored ? NULL : err.plain;
	BOOK_ADD(&loop->book, FRAME_RESTORE, restore, &restore);
}

static void do_restore(struct loop *loop)
{
	size_t i;

	loop_restore_speed(loop);
	for (i = 0; i < loop->settings_changed; i++)
		loop_restore_one(loop, &loop->settings.setting[i]);
}

void loop_restore_left(struct loop *loop)
{
	const struct setting *setting = loop->past ? loop->past->setting : NULL;

	for (; setting && loop->config->settings_root; setting = setting->next) {
		struct frame_setting left = { setting->path, setting->before, setting->during };

		if (!setting->restored)
			loop_restore_one(loop, &left);
	}
}

/* --- the end ---------------------------------------------------------------------------------- */

static void do_end(struct loop *loop, const struct runner_action *action)
{
	struct frame_end end = { .cause = run_cause_name(action->cause) };

	loop->cause = action->cause;
	watcher_stop(loop->watcher);
	loop_drain(loop);
	loop_flush(loop, true);
	end.ended_wall_s = clock_wall_ns() / 1000000000;
	end.samples_lost = atomic_load(&loop->shared->ring_lost);
	BOOK_ADD(&loop->book, FRAME_END, end, &end);
}

void loop_perform(struct loop *loop, const struct runner_action *action)
{
	struct frame_signal sent = { .signal = action->signal };
	struct frame_fault fault = { .code = action->code, .detail = action->reason };

	switch (action->kind) {
	case ACTION_NONE:
		break;
	case ACTION_STEP_START:
		do_step_start(loop, action);
		break;
	case ACTION_FORK:
		do_fork(loop, action);
		break;
	case ACTION_STOP_LOAD:
		do_stop_load(loop, action);
		break;
	case ACTION_KILL:
		if (loop->child)
			kill(loop->child, SIGKILL);
		break;
	case ACTION_STEP_END:
		do_step_end(loop, action);
		break;
	case ACTION_SIGNAL:
		BOOK_ADD(&loop->book, FRAME_SIGNAL, signal, &sent);
		break;
	case ACTION_GUARD:
		do_guard(loop);
		break;
	case ACTION_FAULT:
		BOOK_ADD(&loop->book, FRAME_FAULT, fault, &fault);
		break;
	case ACTION_RESTORE:
		do_restore(loop);
		break;
	case ACTION_END:
		do_end(loop, action);
		break;
	case ACTION_EXIT:
		loop->exited = true;
		break;
	}
}
