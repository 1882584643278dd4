/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is every required step proven done: to its end, long enough, by each worker, with enough work? */
#include "harness/model/verdict_judge.h"

#include "harness/base/scan.h"

#include <inttypes.h>
#include <string.h>

#define N_(text) (text)

/* A step is stopped by a clock that is read now and then: so much earlier is on time. */
static int64_t slack(int64_t planned_ns)
{
	return planned_ns / 50 < 1000000000LL ? planned_ns / 50 : 1000000000LL;
}

static const struct worker_outcome *worker_of(const struct outcome *outcome, unsigned int cpu)
{
	size_t i;

	for (i = 0; i < outcome->worker_count; i++) {
		if (outcome->worker[i].cpu == cpu)
			return &outcome->worker[i];
	}
	return NULL;
}

static void judge_workers(struct judge *j, const struct plan_step *step,
			  const struct outcome *outcome)
{
	struct buf idle = BUF_INIT;
	size_t i;

	for (i = 0; i < step->cpu_count; i++) {
		const struct worker_outcome *worker = worker_of(outcome, step->cpu[i]);

		if (!worker || worker->kind != OUTCOME_DONE || !worker->work ||
		    worker->kernels < step->mode.kernel_count)
			buf_addf(&idle, "%s%u", idle.size ? "," : "", step->cpu[i]);
	}
	if (idle.size || !step->cpu_count)
		judge_reason(j, VERDICT_INCOMPLETE, "work-missing", step->name, "cpus %s",
			     step->cpu_count ? idle.data : "none");
	buf_release(&idle);
}

/* What the machine has: cpus, or with `cpus: cores` cores. */
static int64_t cpus_present(const struct judge *j, enum cpu_choice cpus)
{
	const struct component *machine = inventory_find(&j->record->inventory, "topology/machine");
	const struct component *cpu = inventory_first(&j->record->inventory, "cpu");
	int64_t present = 0;

	if (cpus == CPUS_CORES && machine)
		present = component_get_number(machine, "cores", 0);
	/* Where cores are not known every cpu is one, as in the plan. */
	if (present > 0)
		return present;
	for (; cpu; cpu = inventory_next(cpu))
		present += component_get_number(cpu, "logical_cpus", 0);
	return present;
}

/*
 * `cpus: all` means all the machine has, not all this process was let use. A bench try may be made
 * inside a container.
 */
static void judge_cpus(struct judge *j, const struct profile_step *asked,
		       const struct plan_step *step)
{
	int64_t present;

	if (j->record->plan.stage == STAGE_BENCH ||
	    (asked->cpus != CPUS_ALL && asked->cpus != CPUS_CORES) ||
	    asked->kernel->target != TARGET_CPU)
		return;
	present = cpus_present(j, asked->cpus);
	if (present > 0 && (uint64_t)present <= step->cpu_count)
		return;
	if (present > 0)
		judge_reason(j, VERDICT_INCOMPLETE, "cpus-not-covered", asked->name,
			     "%zu took part, the machine has %lld", step->cpu_count,
			     (long long)present);
	else
		judge_reason(j, VERDICT_INCOMPLETE, "cpus-not-covered", asked->name,
			     "%zu took part, how many the machine has is not known",
			     step->cpu_count);
}

/* What is installed: the greater of what the plan was told and what the inventory says. */
static uint64_t installed_bytes(const struct judge *j)
{
	const struct component *total = inventory_find(&j->record->inventory, "memory/total");
	uint64_t planned = j->record->plan.memory_total_bytes;
	int64_t found = 0;

	if (total)
		found = component_get_number(total, "installed_bytes", 0);
	return found > 0 && (uint64_t)found > planned ? (uint64_t)found : planned;
}

/* Sums over the workers: they are what was counted; saturated, never wrapped. */
static uint64_t sum(uint64_t a, uint64_t b)
{
	return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

/* What counts for every machine of a lot is shown by physical address. */
static bool must_be_physical(enum stage stage)
{
	return stage == STAGE_BATCH || stage == STAGE_MASS;
}

static void judge_coverage(struct judge *j, const struct profile_step *asked,
			   const struct outcome *outcome, uint64_t distinct)
{
	uint64_t installed = installed_bytes(j);
	uint64_t share = 0;
	char have[MILLI_TEXT_SIZE], want[MILLI_TEXT_SIZE];

	if (!asked->min_coverage_milli_percent)
		return;
	if (outcome->frames.count)
		distinct = node_bytes_sum(&outcome->frames);
	else if (must_be_physical(j->profile->stage))
		judge_reason(j, VERDICT_INCOMPLETE, "coverage-virtual", asked->name,
			     "the kernel showed no frame numbers: virtual only");
	if (installed)
		share = (uint64_t)((unsigned __int128)distinct * 100000 / installed);
	if (share < (uint64_t)asked->min_coverage_milli_percent)
		judge_reason(j, VERDICT_INCOMPLETE, "coverage-too-small", asked->name,
			     "%s %% of %llu bytes were verified, %s %% are asked for",
			     format_milli((int64_t)share, have), (unsigned long long)installed,
			     format_milli(asked->min_coverage_milli_percent, want));
}

static void judge_work(struct judge *j, const struct profile_step *asked,
		       const struct plan_step *step, const struct outcome *outcome)
{
	uint64_t work = 0, distinct = 0;
	uint64_t min_work = asked->min_work;
	size_t i;

	for (i = 0; i < outcome->worker_count; i++) {
		work = sum(work, outcome->worker[i].work);
		distinct = sum(distinct, outcome->worker[i].distinct_bytes);
	}
	/* a scaled step owes its share; only a profile that declares it may be scaled */
	if (j->profile->scalable && step->duration_ns < asked->duration_ns)
		min_work = (uint64_t)((unsigned __int128)min_work * (uint64_t)step->duration_ns /
				      (uint64_t)asked->duration_ns);
	if (work < min_work)
		judge_reason(j, VERDICT_INCOMPLETE, "work-too-little", asked->name,
			     "done: %llu, asked for: %llu (unit of work: %s)",
			     (unsigned long long)work, (unsigned long long)min_work,
			     asked->kernel->work_unit);
	judge_coverage(j, asked, outcome, distinct);
}

/* All of its budget was verified: then it was done before its time. */
static bool spent(const struct plan_step *step, const struct outcome *outcome)
{
	uint64_t work = 0;
	size_t i;

	for (i = 0; i < outcome->worker_count; i++)
		work = sum(work, outcome->worker[i].work);
	return step->mode.budget_bytes && work >= step->mode.budget_bytes;
}

static void judge_done(struct judge *j, const struct profile_step *asked,
		       const struct plan_step *step, const struct outcome *outcome)
{
	char done[DURATION_TEXT_SIZE], planned[DURATION_TEXT_SIZE];

	if (outcome->done_ns < step->duration_ns - slack(step->duration_ns) &&
	    !spent(step, outcome))
		judge_reason(j, VERDICT_INCOMPLETE, "step-too-short", step->name, "lasted %s of %s",
			     format_duration(outcome->done_ns, done),
			     format_duration(step->duration_ns, planned));
	judge_workers(j, step, outcome);
	judge_cpus(j, asked, step);
	judge_work(j, asked, step, outcome);
}

static void judge_step(struct judge *j, size_t index)
{
	const struct profile_step *asked = &j->profile->step[index];
	const struct plan_step *step = &j->record->plan.step[index];
	const struct outcome *outcome = judge_last_outcome(j, index);

	if (step->skip || (outcome && outcome->kind == OUTCOME_SKIPPED))
		judge_reason(j, VERDICT_INCOMPLETE, "step-skipped", asked->name, "%s",
			     step->skip ? step->skip :
			     outcome->reason ? outcome->reason : N_("without a reason"));
	else if (!outcome)
		judge_reason(j, VERDICT_INCOMPLETE, "step-missing", asked->name,
			     "it was never started");
	else if (outcome->kind != OUTCOME_DONE && outcome->reason)
		judge_reason(j, VERDICT_INCOMPLETE, "step-unfinished", asked->name, "%s: %s",
			     outcome_kind_name(outcome->kind), outcome->reason);
	else if (outcome->kind != OUTCOME_DONE)
		judge_reason(j, VERDICT_INCOMPLETE, "step-unfinished", asked->name, "%s",
			     outcome_kind_name(outcome->kind));
	else
		judge_done(j, asked, step, outcome);
}

void judge_steps(struct judge *j)
{
	size_t i;

	/* a plan of another shape is already a reason; its steps cannot be compared */
	if (j->record->plan.step_count != j->profile->step_count)
		return;
	for (i = 0; i < j->profile->step_count; i++) {
		if (j->profile->step[i].required)
			judge_step(j, i);
	}
}
