/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpu.switch: four threads on one core, each with other values in all registers and another mode of rounding, give
 * it to each other some thousand times a block: whatever is saved and restored comes back to the
 * right thread, and as it was last, or it is found.
 *
 * How it is verified: hold.h. No call of a function lies between: the values are in registers when the
 * kernel is entered.
 *
 * Work unit: one block, all registers of all threads compared. Phase: block * 4 + thread. `at`: the register
 * (hold.h).
 */
#include "harness/base/memory.h"
#include "harness/stress/isa/impl.h"
#include "harness/stress/mix.h"
#include "harness/stress/stressor.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

#define N_(text) (text)

enum { THREADS = 4, YIELDS = 1000, SELF_TEST_YIELDS = 1 };

struct crew;

struct holder {
	struct hold_state state;
	struct crew *crew;
	unsigned int number;
	uint64_t seed, n;
	pthread_t thread;
	bool started;
	sem_t go;
};

/* A worker that crashes leaves its crew behind: it waits, on memory that nobody frees. */
struct crew {
	struct holder holder[THREADS];	/* the first is the worker itself */
	const struct hold_impl *impl;
	uint64_t yields;
	_Atomic uint32_t quit;
	sem_t done;
};

static const struct kernel_spec spec = {
	.name = "cpu.switch",
	.summary = N_("threads with other values in all registers give a core to each other"),
	.target = TARGET_CPU,
	.at_is_register = true,
	.work_unit = "block",
};

static void hold_one(struct holder *holder)
{
	struct crew *crew = holder->crew;

	hold_fill(holder->seed, &holder->state);
	holder->n = hold_run(crew->impl, &holder->state, holder->number, NULL, crew->yields);
}

static void wait_for(sem_t *sem)
{
	while (sem_wait(sem))
		;
}

static void *holder_main(void *argument)
{
	struct holder *holder = argument;

	for (;;) {
		wait_for(&holder->go);
		if (atomic_load(&holder->crew->quit))
			return NULL;
		hold_one(holder);
		sem_post(&holder->crew->done);
	}
}

static void dismiss(struct crew *crew)
{
	unsigned int i;

	atomic_store(&crew->quit, 1);
	for (i = 1; i < THREADS; i++) {
		if (crew->holder[i].started) {
			sem_post(&crew->holder[i].go);
			pthread_join(crew->holder[i].thread, NULL);
		}
		sem_destroy(&crew->holder[i].go);
	}
	sem_destroy(&crew->done);
	free(crew);
}

/* They run where this thread may run: on its core alone. */
static struct crew *hire(const struct stress_state *state)
{
	struct crew *crew = NULL;
	void *memory = NULL;
	unsigned int i;

	if (posix_memalign(&memory, _Alignof(struct crew), sizeof(*crew)))
		return NULL;
	crew = memory;
	*crew = (struct crew){ .impl = isa_impl_find(state->isa)->hold,
			       .yields = state->self_test ? SELF_TEST_YIELDS : YIELDS };
	sem_init(&crew->done, 0, 0);
	for (i = 0; i < THREADS; i++) {
		struct holder *holder = &crew->holder[i];

		holder->crew = crew;
		holder->number = i;
		if (!i)
			continue;
		sem_init(&holder->go, 0, 0);
		holder->started = !pthread_create(&holder->thread, NULL, holder_main, holder);
	}
	for (i = 1; i < THREADS; i++) {
		if (!crew->holder[i].started) {
			dismiss(crew);
			return NULL;
		}
	}
	return crew;
}

/* Done again, whichever thread is wrong: it is the block that was asked for. */
static uint64_t phase_of(const struct worker *worker, uint64_t n, unsigned int thread)
{
	return worker->only ? worker->only->phase : n * THREADS + thread;
}

static void block(struct crew *crew, struct worker *worker, uint64_t seed, uint64_t n)
{
	unsigned int i;

	for (i = 0; i < THREADS; i++)
		crew->holder[i].seed = mix_at(seed, i);
	for (i = 1; i < THREADS; i++)
		sem_post(&crew->holder[i].go);
	hold_one(&crew->holder[0]);
	for (i = 1; i < THREADS; i++)
		wait_for(&crew->done);
	for (i = 0; i < THREADS; i++) {
		struct holder *holder = &crew->holder[i];

		worker_block(worker, seed, phase_of(worker, n, i));
		hold_check(crew->impl, worker, holder->seed, i, holder->n, &holder->state);
	}
}

static int prepare(struct stress_state *state, struct err *err)
{
	const struct isa_impl *impl = isa_impl_find(state->isa);

	if (impl && impl->hold && impl->hold->yields)
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
	struct crew *crew = hire(state);
	uint64_t done = 0, n = worker->slice << 32;

	if (!crew)
		return err_set(err, ERR_FULL, "cannot start the threads of %s", spec.name);
	while (worker_go(worker, done)) {
		uint64_t seed = worker->only ? worker->only->seed : mix_at(worker->seed, n);

		worker_block(worker, seed, phase_of(worker, n, 0));
		block(crew, worker, seed, n++);
		done = 1;
	}
	dismiss(crew);
	return 0;
}

extern const struct stressor stressor_cpu_switch;
const struct stressor stressor_cpu_switch = {
	.spec = &spec,
	.isa_mask = (ISA_VECTORS & ~(1U << ISA_SVE)) | 1U << ISA_SCALAR,
	.prepare = prepare,
	.run = run,
	.finish = finish,
	.repeatable = true,
};
