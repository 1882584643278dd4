/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/work_rate.h"

#include "harness/base/memory.h"

#include <stdlib.h>
#include <string.h>

#define STEP_GAP_NS  1000000000LL
#define CPU_FIRST_NS 2000000000LL /* so that a short step has one */
#define CPU_GAP_NS   10000000000LL
#define CPU_TIME_NS  100000000 /* less of it says nothing of the speed */

void work_rate_init(struct work_rate *rate, size_t step_count, const unsigned int *cpu,
		    size_t cpu_count)
{
	*rate = (struct work_rate){
		.step_count = step_count, .cpu_count = cpu_count, .cpu = cpu, .step = -1
	};
	rate->last = mem_zalloc((2 * step_count + cpu_count + 1) * sizeof(*rate->last));
	rate->cpu_work = mem_zalloc((cpu_count + 1) * sizeof(*rate->cpu_work));
}

void work_rate_release(struct work_rate *rate)
{
	free(rate->last);
	free(rate->cpu_work);
	memset(rate, 0, sizeof(*rate));
}

/* Thousandths of units per second. */
static int64_t rate_of(uint64_t work, int64_t ns)
{
	unsigned __int128 milli = (unsigned __int128)work * 1000 * 1000000000 / (uint64_t)ns;

	return milli > INT64_MAX ? INT64_MAX : (int64_t)milli;
}

static void note(struct sample *sample, uint64_t work, int64_t since_ns, int64_t now_ns)
{
	sample->quality = SAMPLE_GOOD;
	sample->time_ns = now_ns;
	sample->value = rate_of(work, now_ns - since_ns);
}

static uint64_t step_work(const struct work_rate *rate, const struct run_shared *shared)
{
	uint64_t work = 0;
	uint32_t i;

	for (i = rate->first; i < rate->end; i++)
		work += atomic_load(&shared->line[i].work);
	return work;
}

static uint64_t work_of_cpu(const struct work_rate *rate, const struct run_shared *shared,
			    unsigned int cpu, bool *ret_used)
{
	uint64_t work = 0;
	uint32_t i;

	*ret_used = false;
	for (i = rate->first; i < rate->end; i++) {
		if (atomic_load(&shared->line[i].cpu) != cpu)
			continue;
		*ret_used = true;
		work += atomic_load(&shared->line[i].work);
	}
	return work;
}

/* One sample for each cpu in use, unless this look only begins. */
static void look_at_cpus(struct work_rate *rate, const struct run_shared *shared, int64_t now_ns)
{
	size_t i;

	for (i = 0; i < rate->cpu_count; i++) {
		bool used;
		uint64_t work = work_of_cpu(rate, shared, rate->cpu[i], &used);

		if (used && now_ns > rate->cpu_ns && work >= rate->cpu_work[i])
			note(&rate->last[rate->step_count + i], work - rate->cpu_work[i],
			     rate->cpu_ns, now_ns);
		rate->cpu_work[i] = work;
	}
	rate->cpu_ns = now_ns;
	rate->cpu_gap_ns = CPU_GAP_NS;
}

/* The first look, and one at lines that were cleared, only begins. */
static void look_at_speed(struct work_rate *rate, const struct run_shared *shared, int64_t now_ns)
{
	uint64_t cpu_ns = 0, work = 0;
	uint32_t i;

	for (i = rate->first; i < rate->end; i++) {
		cpu_ns += atomic_load(&shared->line[i].cpu_ns);
		work += atomic_load(&shared->line[i].cpu_work);
	}
	if (rate->cpu_ns_sum && work >= rate->cpu_work_sum &&
	    cpu_ns >= rate->cpu_ns_sum + CPU_TIME_NS)
		note(&rate->last[rate->step_count + rate->cpu_count + (size_t)rate->step],
		     work - rate->cpu_work_sum, now_ns - (int64_t)(cpu_ns - rate->cpu_ns_sum),
		     now_ns);
	rate->cpu_ns_sum = cpu_ns;
	rate->cpu_work_sum = work;
}

static void step_begins(struct work_rate *rate, const struct run_shared *shared, int64_t now_ns)
{
	rate->step_ns = rate->cpu_ns = now_ns;
	rate->step_work = step_work(rate, shared);
	rate->cpu_ns_sum = 0;
	look_at_speed(rate, shared, now_ns);
	look_at_cpus(rate, shared, now_ns);
	rate->cpu_gap_ns = CPU_FIRST_NS;
}

/* Not while the step prepares, nor when time is up for one of them: that is no slow machine. */
static bool workers_work(const struct work_rate *rate, const struct run_shared *shared)
{
	bool working = false;
	uint32_t i;

	for (i = rate->first; i < rate->end; i++) {
		uint32_t state = atomic_load(&shared->line[i].state);

		if (state == WORKER_ENDED)
			return false;
		working |= state == WORKER_RUNNING;
	}
	return working;
}

/* The lines of the turn that runs; another turn is looked at like another step. */
static void take_turn(struct work_rate *rate, const struct run_shared *shared)
{
	uint32_t workers = atomic_load(&shared->worker_count);
	uint64_t turn = atomic_load(&shared->turn);
	uint32_t first = (uint32_t)(turn >> 32), end = (uint32_t)turn;

	end = end && end < workers ? end : workers;
	first = first < end ? first : end;
	if (first != rate->first || end != rate->end)
		rate->step = -1;
	rate->first = first;
	rate->end = end;
}

static void look(struct work_rate *rate, const struct run_shared *shared, int64_t now_ns)
{
	int64_t step = atomic_load(&shared->step);
	uint64_t work;

	take_turn(rate, shared);
	if (step < 0 || (uint64_t)step >= rate->step_count || !workers_work(rate, shared)) {
		rate->step = -1;
		return;
	}
	work = step_work(rate, shared);
	if (step != rate->step || work < rate->step_work) {
		rate->step = step;
		step_begins(rate, shared, now_ns);
		return;
	}
	if (now_ns - rate->step_ns >= STEP_GAP_NS) {
		note(&rate->last[step], work - rate->step_work, rate->step_ns, now_ns);
		look_at_speed(rate, shared, now_ns);
		rate->step_work = work;
		rate->step_ns = now_ns;
	}
	if (now_ns - rate->cpu_ns >= rate->cpu_gap_ns)
		look_at_cpus(rate, shared, now_ns);
}

void work_rate_read(struct work_rate *rate, const struct run_shared *shared, int64_t now_ns,
		    struct sample *ret_sample)
{
	look(rate, shared, now_ns);
	memcpy(ret_sample, rate->last, (2 * rate->step_count + rate->cpu_count) * sizeof(*ret_sample));
}
