/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which cpus a step runs on, and whose turn is when. */
#include "harness/model/plan_step.h"

#include <stdlib.h>

/* A cpu, and the first one of its core. */
struct place {
	unsigned int cpu, core;
};

static const unsigned int *find_cpu(const struct plan_machine *machine, unsigned int cpu)
{
	size_t i;

	for (i = 0; i < machine->cpu_count; i++) {
		if (machine->cpu[i] == cpu)
			return &machine->cpu[i];
	}
	return NULL;
}

/* A cpu whose core is not known is one of its own. */
static struct place place_of(const struct plan_machine *machine, const unsigned int *cpu)
{
	return (struct place){ *cpu, machine->core ? machine->core[cpu - machine->cpu] : *cpu };
}

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->core != y->core)
		return x->core < y->core ? -1 : 1;
	return x->cpu < y->cpu ? -1 : x->cpu > y->cpu;
}

static size_t one_of_each_core(struct place *place, size_t count)
{
	size_t kept = 0, i;

	for (i = 0; i < count; i++) {
		if (!kept || place[i].core != place[kept - 1].core)
			place[kept++] = place[i];
	}
	return kept;
}

/* The cpus that the step may use, those of a core beside each other. */
static int choose_places(const struct profile_step *from, const struct plan_machine *machine,
			 struct place *place, struct err *err)
{
	bool listed = from->cpus == CPUS_LIST;
	size_t count = listed ? from->cpu_count : machine->cpu_count;
	size_t i;

	for (i = 0; i < count; i++) {
		const unsigned int *cpu = listed ? find_cpu(machine, from->cpu[i])
						 : &machine->cpu[i];

		if (!cpu)
			return err_set(
				err, ERR_UNSUPPORTED,
				"step '%s' wants cpu %u, which this machine does not have or "
				"does not let us use",
				from->name, from->cpu[i]);
		place[i] = place_of(machine, cpu);
	}
	if (from->cpus == CPUS_CORES || from->mode.turns == TURNS_CORE)
		qsort(place, count, sizeof(*place), compare_places);
	return 0;
}

static void take_turns(struct plan *plan, struct plan_step *step, const struct place *place,
		       enum step_turns turns)
{
	size_t i;

	step->turn_count = 1;
	if (turns == TURNS_TOGETHER)
		return;
	step->turn = arena_array(&plan->arena, unsigned int, step->cpu_count);
	for (i = 1; i < step->cpu_count; i++) {
		bool same = turns == TURNS_CORE && place[i].core == place[i - 1].core;

		step->turn[i] = step->turn[i - 1] + !same;
	}
	step->turn_count = step->cpu_count ? step->turn[step->cpu_count - 1] + 1 : 1;
}

int plan_bind_cpus(const struct profile_step *from, const struct plan_machine *machine,
		   struct plan *plan, struct plan_step *step, struct err *err)
{
	bool one = from->cpus == CPUS_ONE || from->kernel->target == TARGET_DISK ||
		   from->kernel->target == TARGET_DEVICE || from->kernel->target == TARGET_PORTS;
	size_t count = from->cpus == CPUS_LIST ? from->cpu_count : machine->cpu_count;
	struct place *place = arena_array(&plan->arena, struct place, count);
	size_t i;
	int code = choose_places(from, machine, place, err);

	if (code < 0)
		return code;
	if (from->cpus == CPUS_CORES)
		count = one_of_each_core(place, count);
	step->cpu_count = one ? 1 : count;
	step->cpu = arena_array(&plan->arena, unsigned int, step->cpu_count);
	for (i = 0; i < step->cpu_count; i++)
		step->cpu[i] = place[i].cpu;
	take_turns(plan, step, place, from->mode.turns);
	return 0;
}

const char *plan_step_kernel(const struct plan_step *step, size_t index)
{
	if (step->mode.beside && index < 2)
		return index ? step->mode.beside->name : step->kernel->name;
	return index < step->mode.kernel_count ? step->mode.kernel[index]->name : NULL;
}
