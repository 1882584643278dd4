/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much the steps write. A run writes no disk more than once: a fence of a whole disk says so itself, and
 * the budgets of all steps that write into the run folder together are no more than its file system holds.
 */
#include "harness/model/plan_step.h"

#include <string.h>

#define MIB (1ULL << 20)

bool plan_param_is_budget(const struct param_spec *spec)
{
	return !strcmp(spec->name, "budget");
}

/* The profile names every parameter of a kernel, its defaults as well. NULL: it has no budget of its own. */
static struct param_value *budget_of(const struct plan_step *step)
{
	size_t i;

	for (i = 0; i < step->param_count; i++) {
		if (plan_param_is_budget(step->param[i].spec))
			return &step->param[i];
	}
	return NULL;
}

uint64_t plan_step_written(const struct plan_step *step)
{
	const struct param_value *budget = budget_of(step);

	if (step->skip || !step->kernel->writes_storage)
		return 0;
	return budget ? budget->value : step->bytes;
}

uint64_t plan_written_in_folder(const struct plan *plan, size_t count)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		if (plan->step[i].kernel->target == TARGET_DISK)
			sum += plan_step_written(&plan->step[i]);
	}
	return sum;
}

int plan_bind_budget(const struct plan_machine *machine, const struct plan *plan,
		     struct plan_step *step, struct err *err)
{
	struct param_value *budget = budget_of(step);
	uint64_t before = plan_written_in_folder(plan, step->index);
	uint64_t left = machine->disk_size_bytes;

	if (!left || !budget)
		return 0;
	left = left > before ? (left - before) / MIB * MIB : 0;
	if (budget->value <= left)
		return 0;
	/* What it cannot even write once it does not test. */
	if (left < budget->spec->min || left < step->bytes)
		return err_set(err, ERR_UNSUPPORTED,
			       "the steps before it write as much as the disk of the run folder "
			       "holds: give them less with the parameter 'budget'");
	budget->value = left;
	return 0;
}
