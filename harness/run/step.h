/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_STEP_H
#define RUN_STEP_H
/*
 * One step of a plan in a child process: memory or scratch folder, the kernel's prepare, one pinned
 * thread a worker, finish. The workers begin together, or those of one turn after those of another.
 * Where several kernels share a step, worker N begins with kernel N and goes to the next after each
 * slice, so that every core does the work of all kernels and is held against the same answers. Where
 * one works beside another, every second worker does the second, and each half is a step of its own to its
 * kernel: workers, cpus and slices of memory count from 0 there.
 *
 *	step_lines_reset(setup)			the shared page as the step wants it
 *	pid = step_start(&setup, &err)		forks; the caller has no threads
 *	...	the child ends by itself: status 0, or 1 with shared->step_error
 *
 * Whatever the child does is seen in the shared page, also after it died. A worker that is caught by
 * SIGSEGV, SIGBUS, SIGILL or SIGFPE is marked WORKER_CRASHED and the others go on; a fault outside the
 * workers ends the child by that signal. A worker that never returns is the runner's to see.
 *
 * Memory under test is taken in pieces, touched by the worker that will use it (so it lies on that
 * cpu's node), locked where the limit allows, and only while room_available() leaves the reserve alone:
 * a machine with less free memory than planned is tested with less, and the record's distinct bytes
 * say so. Should the kernel have to end somebody after all, it is offered the child first. The child
 * dies with its parent.
 */
#include "harness/base/err.h"
#include "harness/model/plan.h"
#include "harness/run/inject.h"
#include "harness/run/shared.h"
#include "harness/stress/stressor.h"

#include <sys/types.h>

struct step_kernel {
	const struct stressor *stressor;
	enum isa isa;
};

struct step_setup {
	const struct plan_step *step;
	const struct step_kernel *kernel;	/* one, those of step->mode in their order, or that and the one beside */
	size_t kernel_count;
	int scratch_fd;			/* TARGET_DISK: the scratch folder; else -1 */
	int device_fd;			/* TARGET_DEVICE: the disk (whole_disk.h); else -1 */
	int port_fd[2];			/* TARGET_PORTS: sockets (port.h); else -1 */
	int hashes_fd;			/* of a disk that is only read: its hash set; else -1 */
	const struct module_map *modules;	/* which memory module holds what */
	struct run_shared *shared;
	const struct inject *inject;	/* faults to plant (inject.h), or NULL */
};

void step_lines_reset(const struct step_setup *setup);
pid_t step_start(const struct step_setup *setup, struct err *err);

#endif
