/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Faults in the child of a step. Flips come from a thread beside the workers, some each second;
 * wrong and stale data passes through the checkpoint between what a kernel made or read and its check.
 */
#include "harness/run/inject.h"

#include "harness/base/memory.h"
#include "harness/run/inject/registers.h"
#include "harness/run/step_parts.h"
#include "harness/stress/mix.h"
#include "harness/sys/clock.h"

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define SEED	    0x696e6a656374ULL
#define PAUSE_NS    10000000LL
#define REGISTER_SIGNAL SIGUSR1

struct step_inject {
	const struct inject *inject;
	struct step_child *child;
	pthread_t thread;
	bool started;
	_Atomic uint32_t stop;
	/* STALE_BLOCK: what was read first, and where. */
	uint64_t kept_at;
	void *kept;
	size_t kept_size;
};

/* --- at the checkpoint ------------------------------------------------------------------------ */

static void spoil_on_core(struct worker *worker, uint64_t at, void *data, size_t size)
{
	const struct step_inject *own = worker->tampers;
	uint64_t word;

	(void)at;
	if (size < sizeof(word) || sched_getcpu() != (int)own->inject->number)
		return;
	memcpy(&word, data, sizeof(word));
	word ^= 1ULL << 17;
	memcpy(data, &word, sizeof(word));
}

/* The place that was read first is never seen to change again, whatever it is read with. */
static void give_stale(struct worker *worker, uint64_t at, void *data, size_t size)
{
	struct step_inject *own = worker->tampers;

	if (!own->kept) {
		own->kept = mem_zalloc(size);
		memcpy(own->kept, data, size);
		own->kept_at = at;
		own->kept_size = size;
	} else if (at <= own->kept_at && own->kept_at - at + own->kept_size <= size) {
		memcpy((char *)data + (own->kept_at - at), own->kept, own->kept_size);
	}
}

/* --- beside the workers ----------------------------------------------------------------------- */

static void flip_memory(struct step_child *child, uint64_t random)
{
	const struct stress_slice *slice = &child->part[0].slice[random % child->part[0].count];
	uint64_t words = slice->memory ? slice->size / sizeof(uint64_t) : 0;

	if (words)
		__atomic_fetch_xor((uint64_t *)slice->memory + mix_at(random, 1) % words,
				   1ULL << mix_at(random, 2) % 64, __ATOMIC_RELAXED);
}

static void flip_register(struct step_child *child, uint64_t random)
{
	struct step_thread *thread = &child->thread[random % child->setup->step->cpu_count];
	union sigval value = { .sival_int = (int)(mix_at(random, 1) & 0xffff) };

	if (thread->started && atomic_load(&step_line_of(thread)->state) == WORKER_RUNNING)
		pthread_sigqueue(thread->thread, REGISTER_SIGNAL, value);
}

static void on_register_signal(int number, siginfo_t *info, void *context)
{
	(void)number;
	inject_register(context, (unsigned int)info->si_value.sival_int);
}

static void *flip_main(void *argument)
{
	struct step_inject *own = argument;
	uint64_t done;

	for (done = 0; done < own->inject->number && !atomic_load(&own->stop); done++) {
		uint64_t random = mix_at(SEED ^ own->child->setup->step->seed, done);

		clock_wait_ns(PAUSE_NS);
		if (own->inject->kind == INJECT_MEMORY_FLIP)
			flip_memory(own->child, random);
		else
			flip_register(own->child, random);
	}
	return NULL;
}

static void start_flips(struct step_inject *own)
{
	struct sigaction action = { .sa_sigaction = on_register_signal,
				    .sa_flags = SA_SIGINFO | SA_RESTART };

	sigaction(REGISTER_SIGNAL, &action, NULL);
	own->started = !pthread_create(&own->thread, NULL, flip_main, own);
}

/* --- all of it -------------------------------------------------------------------------------- */

static bool tests_cpus(const struct step_thread *thread)
{
	return thread->child->setup->kernel[thread->kernel].stressor->spec->target == TARGET_CPU;
}

static void tamper_with(struct step_inject *own, worker_tamper *tamper)
{
	size_t i;

	for (i = 0; i < own->child->setup->step->cpu_count; i++) {
		if (tamper == spoil_on_core && !tests_cpus(&own->child->thread[i]))
			continue;
		own->child->thread[i].worker.tamper = tamper;
		own->child->thread[i].worker.tampers = own;
	}
}

void inject_begin(const struct inject *inject, struct step_child *child)
{
	enum kernel_target target = child->setup->step->kernel->target;
	struct step_inject *own;

	if (!inject)
		return;
	own = child->inject = mem_zalloc(sizeof(*own));
	own->inject = inject;
	own->child = child;
	if (inject->kind == INJECT_WRONG_CORE)
		tamper_with(own, spoil_on_core);
	if (inject->kind == INJECT_STALE_BLOCK &&
	    (target == TARGET_DISK || target == TARGET_DEVICE))
		tamper_with(own, give_stale);
	if ((inject->kind == INJECT_MEMORY_FLIP && target == TARGET_MEMORY) ||
	    (inject->kind == INJECT_REGISTER_FLIP && target == TARGET_CPU))
		start_flips(own);
}

void inject_end(struct step_child *child)
{
	struct step_inject *own = child->inject;

	if (!own)
		return;
	atomic_store(&own->stop, 1);
	if (own->started)
		pthread_join(own->thread, NULL);
	free(own->kept);
	free(own);
	child->inject = NULL;
}
