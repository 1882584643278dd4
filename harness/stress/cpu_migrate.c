/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpu.migrate: a thread goes from core to core in the midst of its work, with values in all registers: a second
 * thread moves it to the next cpu of the step while it adds to them, and lets it end there. What one core and
 * the kernel saved, another must have restored, as it was last.
 *
 * Only cpus of the step are gone to, and at the end the worker is back on its own. With one cpu, and in a self-test,
 * it stays there and is only interrupted.
 *
 * How it is verified: hold.h. Work unit: one move, all registers compared. Phase: cpu before << 16 | cpu after.
 * `at`: the register (hold.h).
 */
#include "harness/base/memory.h"
#include "harness/stress/isa/impl.h"
#include "harness/stress/mix.h"
#include "harness/stress/stressor.h"
#include "harness/sys/affinity.h"
#include "harness/sys/clock.h"

#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdlib.h>

#define N_(text)	 (text)
#define PAUSE_NS	 200000 /* at most, before a move: another moment of the work each time */
#define SELF_TEST_PAUSE_NS 2

/* A worker that crashes leaves its mover behind: it waits, on memory that nobody frees. */
struct mover {
	pthread_t thread;
	pid_t worker;
	const unsigned int *cpu;	/* of the step; NULL: stay */
	unsigned int count, index;	/* index: of these, the worker's own */
	int64_t pause_ns;
	uint64_t seed;
	sem_t go;
	_Atomic uint32_t moved, quit;
};

static const struct kernel_spec spec = {
	.name = "cpu.migrate",
	.summary = N_("a thread goes from core to core with values in all registers"),
	.target = TARGET_CPU,
	.at_is_register = true,
	.phase_has_move = true,
	.work_unit = "move",
};

static void *mover_main(void *argument)
{
	struct mover *mover = argument;
	uint64_t n = 0;

	for (;;) {
		while (sem_wait(&mover->go))
			;
		if (atomic_load(&mover->quit))
			return NULL;
		clock_wait_ns((int64_t)(mix_at(mover->seed, ++n) % (uint64_t)mover->pause_ns));
		/* One that was taken away from the process is passed over. */
		if (mover->cpu)
			affinity_pin(mover->worker, mover->cpu[(mover->index + n) % mover->count]);
		atomic_store(&mover->moved, 1);
	}
}

static struct mover *hire(const struct stress_state *state, const struct worker *worker)
{
	struct mover *mover = mem_zalloc(sizeof(*mover));

	mover->worker = affinity_self();
	mover->cpu = worker->count > 1 ? state->cpu : NULL;
	mover->count = worker->count;
	mover->index = worker->index;
	mover->seed = worker->seed;
	mover->pause_ns = state->self_test ? SELF_TEST_PAUSE_NS : PAUSE_NS;
	sem_init(&mover->go, 0, 0);
	if (!pthread_create(&mover->thread, NULL, mover_main, mover))
		return mover;
	sem_destroy(&mover->go);
	free(mover);
	return NULL;
}

static void dismiss(struct mover *mover)
{
	atomic_store(&mover->quit, 1);
	sem_post(&mover->go);
	pthread_join(mover->thread, NULL);
	if (mover->cpu)
		affinity_pin(0, mover->cpu[mover->index]);
	sem_destroy(&mover->go);
	free(mover);
}

static uint64_t here(void)
{
	int cpu = sched_getcpu();

	return cpu < 0 ? 0 : (uint64_t)cpu;
}

static void move(struct mover *mover, const struct hold_impl *impl, struct worker *worker,
		 uint64_t n)
{
	uint64_t seed = mix_at(worker->seed, n), before = here(), times;
	struct hold_state state;

	worker_block(worker, seed, before << 16 | before);
	hold_fill(seed, &state);
	atomic_store(&mover->moved, 0);
	sem_post(&mover->go);
	times = hold_run(impl, &state, (unsigned int)n, &mover->moved, 0);
	worker_block(worker, seed, before << 16 | here());
	hold_check(impl, worker, seed, (unsigned int)n, times, &state);
}

static int prepare(struct stress_state *state, struct err *err)
{
	const struct isa_impl *impl = isa_impl_find(state->isa);

	if (impl && impl->hold)
		return 0;
	return err_set(err, ERR_UNSUPPORTED, "%s has no code for %s in this build", spec.name,
		       isa_name(state->isa));
}

static void finish(struct stress_state *state)
{
	(void)state;
}

static int run(struct stress_state *state, struct worker *worker, struct err *err)
{
	const struct hold_impl *impl = isa_impl_find(state->isa)->hold;
	struct mover *mover = hire(state, worker);
	uint64_t done = 0, n = worker->slice << 32;

	if (!mover)
		return err_set(err, ERR_FULL, "cannot start the thread of %s", spec.name);
	while (worker_go(worker, done)) {
		move(mover, impl, worker, n++);
		done = 1;
	}
	dismiss(mover);
	return 0;
}

extern const struct stressor stressor_cpu_migrate;
const struct stressor stressor_cpu_migrate = {
	.spec = &spec,
	.isa_mask = ISA_VECTORS | 1U << ISA_SCALAR,
	.prepare = prepare,
	.run = run,
	.finish = finish,
};
