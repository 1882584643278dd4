/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A worker saw wrong data: all workers wait, and its block is tried again on this core and on others
 * (repeat.h). Once a worker and for the first few workers only, each in some seconds; a stop of the
 * step ends it at once. All of it runs in the child's first thread and in threads it starts.
 */
#include "harness/run/step_parts.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/memory.h"
#include "harness/run/speed.h"
#include "harness/sys/affinity.h"
#include "harness/sys/clock.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

#define SECOND 1000000000LL
#define PIECE_NS 2000000LL
#define HOLD_NS	 SECOND		/* to wait for blocks that run */
#define PASS_NS	 SECOND		/* a pass ends then, however few its runs */
#define REST_NS	 (5 * SECOND)

enum { CPUS_MAX = 8192 };

/* The thread comes first: the guard against faults hands that to attempt(). */
struct trial {
	struct step_thread thread;
	struct repeat_pass *pass;
	struct worker_line *line;	/* for these runs alone */
	const struct worker_mismatch_detail *first;
	struct worker_block only;
	size_t worker;
	bool plain;			/* by code without vectors */
};

static bool stopped(const struct step_child *child)
{
	return atomic_load(&child->setup->shared->stop) != STOP_NONE;
}

static void beat(struct step_child *child)
{
	atomic_store(&child->setup->shared->child_beat_ns, clock_boot_ns());
}

static void rest(struct step_child *child, int64_t ns)
{
	int64_t end = clock_boot_ns() + ns;

	while (clock_boot_ns() < end && !stopped(child)) {
		beat(child);
		clock_wait_ns(PIECE_NS);
	}
}

/* --- one pass --------------------------------------------------------------------------------- */

/* Each addition waits for the one before: one a cycle on every processor there is. */
static uint32_t core_mhz(void)
{
	enum { ROUNDS = 20000, UNROLLED = 8, TRIES = 5 };
	uint64_t sum = 1, more = 3;
	int64_t best = INT64_MAX;
	int try, i, k;

	for (try = 0; try < TRIES; try++) {
		int64_t ns = clock_boot_ns();

		for (i = 0; i < ROUNDS; i++) {
			for (k = 0; k < UNROLLED; k++) {
				sum += more;
				__asm__ volatile("" : "+r"(sum), "+r"(more));
			}
		}
		ns = clock_boot_ns() - ns;
		best = ns < best ? ns : best;
	}
	return best > 0 ? (uint32_t)(ROUNDS * UNROLLED * 1000LL / best) : 0;
}

static void count(struct trial *trial)
{
	const struct worker_line *line = trial->line;
	const struct worker_mismatch_detail *first = trial->first;
	uint64_t details = atomic_load(&line->details), i;
	bool alike = false;

	trial->pass->runs++;
	if (!atomic_load(&line->mismatches))
		return;
	trial->pass->wrong++;
	for (i = 0; i < details; i++) {
		trial->pass->bits |= line->detail[i].want ^ line->detail[i].got;
		alike = alike || (line->detail[i].at == first->at &&
				  line->detail[i].got == first->got);
	}
	trial->pass->alike += alike;
}

/* Of those of the step; a wild write of a broken machine names none. */
static size_t kernel_of(const struct step_child *child, const struct worker_mismatch_detail *detail)
{
	return detail->kernel < child->prepared ? detail->kernel : 0;
}

static void attempt(struct step_thread *thread)
{
	struct trial *trial = (struct trial *)thread;
	struct step_child *child = thread->child;
	struct worker worker = child->thread[trial->worker].worker;
	size_t kernel = kernel_of(child, trial->first);
	struct stress_state state = child->state[kernel];
	int64_t end = clock_boot_ns() + PASS_NS;

	worker.line = trial->line;
	worker.hold = NULL;
	worker.throttle = NULL;
	worker.end_ns = INT64_MAX;
	worker.slice_end_ns = worker.idle_ns = 0;
	worker.work_limit = 1;
	worker.only = &trial->only;
	if (trial->plain)
		state.isa = ISA_SCALAR;
	while (trial->pass->runs < REPEAT_RUNS && clock_boot_ns() < end && !stopped(child)) {
		memset(trial->line, 0, sizeof(*trial->line));
		child->setup->kernel[kernel].stressor->run(&state, &worker, NULL);
		count(trial);
	}
	trial->pass->mhz = core_mhz();
}

static void *trial_main(void *argument)
{
	struct trial *trial = argument;

	/* A block that crashes the core is wrong too; its pass ends there. */
	if (!affinity_pin(0, trial->pass->cpu) && !step_fault_guard(&trial->thread, attempt)) {
		trial->pass->runs++;
		trial->pass->wrong++;
	}
	return NULL;
}

static void run_pass(struct trial *trial, struct repeat *repeat, enum repeat_where where,
		     unsigned int cpu)
{
	struct step_child *child = trial->thread.child;
	pthread_t thread;

	if (stopped(child) || repeat->pass_count == REPEAT_PASSES)
		return;
	beat(child);
	trial->pass = &repeat->pass[repeat->pass_count];
	*trial->pass = (struct repeat_pass){ .where = where, .cpu = cpu };
	trial->thread.fault_signal = 0;
	if (pthread_create(&thread, NULL, trial_main, trial))
		return;
	pthread_join(thread, NULL);
	repeat->pass_count += trial->pass->runs > 0;
}

/* --- which cores ------------------------------------------------------------------------------ */

static void threads_of_core(struct sysroot *root, unsigned int cpu, struct buf *out)
{
	char path[96];

	snprintf(path, sizeof(path), "sys/devices/system/cpu/cpu%u/topology/thread_siblings_list",
		 cpu);
	out->size = 0;
	if (sysroot_read_line(root, path, out, NULL) < 0)
		out->size = 0;
}

/* Threads of one core have the same list. */
static bool same_core(struct sysroot *root, const struct buf *mine, unsigned int cpu)
{
	AUTO(buf_release) struct buf other = BUF_INIT;

	threads_of_core(root, cpu, &other);
	return mine->size && mine->size == other.size &&
	       !memcmp(mine->data, other.data, mine->size);
}

struct cores {
	int sibling;			/* -1: none */
	size_t before, count;		/* others in `other`; of these with a lower number */
	unsigned int other[CPUS_MAX];
};

static void find_cores(unsigned int cpu, struct cores *ret_cores)
{
	AUTO(sysroot_free_at) struct sysroot *root = sysroot_open(NULL, NULL);
	AUTO(buf_release) struct buf mine = BUF_INIT;
	cpu_set_t *set = CPU_ALLOC(CPUS_MAX);
	size_t size = CPU_ALLOC_SIZE(CPUS_MAX);
	unsigned int i;

	memset(ret_cores, 0, sizeof(*ret_cores));
	ret_cores->sibling = -1;
	if (root)
		threads_of_core(root, cpu, &mine);
	if (set && !sched_getaffinity(0, size, set)) {
		for (i = 0; i < CPUS_MAX; i++) {
			if (i == cpu || !CPU_ISSET_S(i, size, set))
				continue;
			if (root && same_core(root, &mine, i)) {
				ret_cores->sibling = (int)i;
				continue;
			}
			ret_cores->before += i < cpu;
			ret_cores->other[ret_cores->count++] = i;
		}
	}
	CPU_FREE(set);
}

/* Golden answers are the same for every set of instructions, so that they serve plain code, too. */
static void run_plain(struct trial *trial, struct repeat *repeat)
{
	struct step_child *child = trial->thread.child;

	if (child->state[kernel_of(child, trial->first)].isa == ISA_SCALAR)
		return;
	trial->plain = true;
	run_pass(trial, repeat, REPEAT_PLAIN, repeat->cpu);
	trial->plain = false;
}

static void run_at_speed(struct trial *trial, struct repeat *repeat, enum repeat_where where,
			 enum speed want)
{
	struct run_shared *shared = trial->thread.child->setup->shared;
	enum speed got;

	if (stopped(trial->thread.child))
		return;
	got = speed_ask(shared, repeat->cpu, want);
	if (got == want)
		run_pass(trial, repeat, where, repeat->cpu);
	repeat->clock = got == want	    ? REPEAT_CLOCK_SET :
			got == SPEED_ABSENT ? REPEAT_CLOCK_ABSENT :
					      REPEAT_CLOCK_REFUSED;
	/* An answer that came too late changed it all the same. */
	if (repeat->clock != REPEAT_CLOCK_ABSENT)
		speed_ask(shared, repeat->cpu, SPEED_AS_BEFORE);
}

static void run_passes(struct trial *trial, struct repeat *repeat)
{
	struct step_child *child = trial->thread.child;
	int64_t most = child->setup->step->duration_ns;
	struct cores *cores = mem_zalloc(sizeof(*cores));
	size_t n;

	run_pass(trial, repeat, REPEAT_SAME, repeat->cpu);
	find_cores(repeat->cpu, cores);
	n = cores->count;
	if (cores->sibling >= 0)
		run_pass(trial, repeat, REPEAT_SIBLING, (unsigned int)cores->sibling);
	if (n)
		run_pass(trial, repeat, REPEAT_OTHER, cores->other[cores->before % n]);
	if (n > 1)
		run_pass(trial, repeat, REPEAT_OTHER, cores->other[(cores->before + n / 2) % n]);
	free(cores);
	run_plain(trial, repeat);
	run_at_speed(trial, repeat, REPEAT_SLOW, SPEED_LOWEST);
	if (repeat->clock == REPEAT_CLOCK_SET)
		run_at_speed(trial, repeat, REPEAT_FAST, SPEED_HIGHEST);
	rest(child, most < REST_NS ? most : REST_NS);
	run_pass(trial, repeat, REPEAT_RESTED, repeat->cpu);
}

/* --- when ------------------------------------------------------------------------------------- */

static bool all_wait(const struct step_child *child)
{
	size_t i;

	for (i = 0; i < child->setup->step->cpu_count; i++) {
		const struct worker_line *line = &child->setup->shared->line[i];

		if (atomic_load(&line->state) == WORKER_RUNNING && !atomic_load(&line->held))
			return false;
	}
	return true;
}

static void hold(struct step_child *child)
{
	int64_t end = clock_boot_ns() + HOLD_NS;

	atomic_store(&child->hold, 1);
	while (!all_wait(child) && clock_boot_ns() < end && !stopped(child))
		clock_wait_ns(PIECE_NS);
}

static void try_again(struct step_child *child, size_t worker)
{
	struct run_shared *shared = child->setup->shared;
	uint32_t number = atomic_load(&shared->repeats);
	struct repeat *repeat = &shared->repeat[number];
	struct trial trial = { .thread = { .child = child }, .worker = worker,
			       .first = &shared->line[worker].detail[0] };
	void *line = NULL;

	if (posix_memalign(&line, _Alignof(struct worker_line), sizeof(*trial.line)))
		return;
	trial.line = line;
	trial.only = (struct worker_block){ trial.first->seed, trial.first->phase };
	*repeat = (struct repeat){ .worker = (unsigned int)worker,
				   .cpu = child->setup->step->cpu[worker] };
	atomic_store(&shared->repeating, 1);
	hold(child);
	run_passes(&trial, repeat);
	free(line);
	/* The whole of it is there before it counts. */
	atomic_store(&shared->repeats, number + 1);
	atomic_store(&shared->repeating, 0);
	atomic_store(&child->hold, 0);
}

void step_repeat_look(struct step_child *child)
{
	const struct step_setup *setup = child->setup;
	size_t i, kernel;

	for (i = 0; i < setup->step->cpu_count; i++) {
		if (child->thread[i].repeated || !atomic_load(&setup->shared->line[i].details) ||
		    atomic_load(&setup->shared->repeats) == SHARED_REPEATS || stopped(child))
			continue;
		child->thread[i].repeated = true;
		kernel = kernel_of(child, &setup->shared->line[i].detail[0]);
		if (setup->kernel[kernel].stressor->repeatable)
			try_again(child, i);
	}
}
