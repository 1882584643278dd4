/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a step shares cpus and time: `turns`, `edges`, `kernels` with `slice`, `beside`, `budget`. */
#include "harness/model/profile_parse.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"

#include <fnmatch.h>
#include <string.h>

#define EDGE_MIN 10000000LL
#define EDGE_MAX 3600000000000LL
#define SLICE_MIN 20000000LL
#define SLICE_MAX EDGE_MAX
#define SLICE_DEFAULT 200000000LL
#define BUDGET_MIN (1ULL << 20)
#define BUDGET_MAX (1ULL << 60)

static void read_turns(struct loader *l, const struct tree *value, struct profile_step *step)
{
	unsigned int turns;

	if (!value_word(l, value, step_turns_name, STEP_TURNS_COUNT, &turns))
		return;
	step->mode.turns = (enum step_turns)turns;
	if (turns && step->kernel->target != TARGET_CPU && step->kernel->target != TARGET_MEMORY)
		problem_at(l, value, "kernel '%s' has one worker: 'turns' has no place here",
			   step->kernel->name);
}

static void read_load(struct loader *l, const struct tree *value, void *target)
{
	value_duration(l, value, EDGE_MIN, EDGE_MAX, &((struct step_mode *)target)->load_ns);
}

static void read_idle(struct loader *l, const struct tree *value, void *target)
{
	value_duration(l, value, EDGE_MIN, EDGE_MAX, &((struct step_mode *)target)->idle_ns);
}

static void read_edges(struct loader *l, const struct tree *value, struct profile_step *step)
{
	static const struct field field[] = { { "load", read_load }, { "idle", read_idle } };
	size_t i;

	if (!value_is_map(l, value))
		return;
	map_read(l, value, field, ARRAY_SIZE(field), &step->mode);
	for (i = 0; i < ARRAY_SIZE(field); i++) {
		if (!tree_member(value, field[i].key))
			map_lacks(l, value, field[i].key);
	}
	if (step->duration_ns && step->mode.load_ns + step->mode.idle_ns > step->duration_ns)
		problem_at(l, value, "one load and one idle time are longer than the step");
}

static void add_kernel(struct loader *l, const struct tree *item, const struct kernel_spec *kernel,
		       struct step_mode *mode)
{
	size_t i;

	for (i = 0; i < mode->kernel_count; i++) {
		if (mode->kernel[i] == kernel)
			return;
	}
	if (kernel->target == TARGET_CPU)
		mode->kernel[mode->kernel_count++] = kernel;
	else
		problem_at(l, item, "kernel '%s' cannot be cut into slices: only those on cpus can",
			   kernel->name);
}

/* A name, or a glob of names; what fits twice counts once. */
static void read_kernel_item(struct loader *l, const struct tree *item, struct step_mode *mode)
{
	const struct kernel_table *table = l->load->kernels;
	bool found = false;
	size_t i;

	for (i = 0; item->kind == TREE_TEXT && i < table->count; i++) {
		if (fnmatch(item->text, table->kernel[i]->name, 0))
			continue;
		found = true;
		add_kernel(l, item, table->kernel[i], mode);
	}
	if (!found)
		problem_at(l, item, "there is no kernel '%s'",
			   item->kind == TREE_TEXT ? item->text : "");
}

void read_kernels(struct loader *l, const struct tree *map, const struct tree *value,
		  struct profile_step *step)
{
	struct step_mode *mode = &step->mode;
	const struct tree *item;

	if (!value_is_list(l, value))
		return;
	if (tree_member(map, "kernel"))
		problem_at(l, value, "a step has 'kernel' or 'kernels', not both");
	if (tree_member(map, "params"))
		problem_at(l, tree_member(map, "params"),
			   "kernels that take turns have no parameters: 'params' has no place here");
	mode->kernel = arena_array(&l->profile->arena, const struct kernel_spec *,
				   l->load->kernels->count);
	for (item = value->child; item; item = item->next)
		read_kernel_item(l, item, mode);
	if (mode->kernel_count < 2)
		problem_at(l, value, "a list of at least two kernels stands here; a single one is 'kernel'");
	if (!mode->kernel_count)
		return;
	step->kernel = mode->kernel[0];
	mode->slice_ns = SLICE_DEFAULT;
}

static void read_slice(struct loader *l, const struct tree *value, struct profile_step *step)
{
	if (!step->mode.kernel_count)
		problem_at(l, value, "a step of one kernel has no 'slice': name several with 'kernels'");
	else
		value_duration(l, value, SLICE_MIN, SLICE_MAX, &step->mode.slice_ns);
}

/* Every worker must come to every kernel, also when the step is scaled. */
static void check_slices(struct loader *l, const struct tree *kernels, struct profile_step *step)
{
	int64_t least = (int64_t)step->mode.kernel_count * step->mode.slice_ns;
	char text[DURATION_TEXT_SIZE];

	if (step->duration_ns && step->duration_ns < least)
		problem_at(l, kernels, "a turn of each of %zu kernels takes %s, longer than the step",
			   step->mode.kernel_count, format_duration(least, text));
	if (step->floor_ns < least)
		step->floor_ns = least;
}

static void read_budget(struct loader *l, const struct tree *value, struct profile_step *step)
{
	if (step->kernel->target != TARGET_MEMORY && step->kernel->target != TARGET_DISK)
		problem_at(l, value, "kernel '%s' counts no bytes: 'budget' has no place here",
			   step->kernel->name);
	else
		value_bytes(l, value, BUDGET_MIN, BUDGET_MAX, &step->mode.budget_bytes);
}

/* Halves of the workers: what has one worker, takes turns or ends by itself does not fit. */
static void read_beside(struct loader *l, const struct tree *value, struct profile_step *step)
{
	const struct kernel_spec *beside =
		value->kind == TREE_TEXT ? kernel_table_find(l->load->kernels, value->text) : NULL;

	step->mode.beside = beside;
	if (!beside)
		problem_at(l, value, "there is no kernel '%s'",
			   value->kind == TREE_TEXT ? value->text : "");
	else if (step->kernel->target != TARGET_MEMORY)
		problem_at(l, value, "kernel '%s' does not test memory: 'beside' has no place here",
			   step->kernel->name);
	else if (beside->target != TARGET_CPU)
		problem_at(l, value, "kernel '%s' does not work on cpus alone: none such runs beside one on memory",
			   beside->name);
	else if (step->mode.turns || step->mode.budget_bytes)
		problem_at(l, value, "with 'beside' all cpus work until the time is up: neither 'turns' nor "
				     "'budget' has a place here");
}

void read_mode(struct loader *l, const struct tree *map, struct profile_step *step)
{
	static const struct {
		const char *key;
		void (*read)(struct loader *l, const struct tree *value, struct profile_step *step);
	} row[] = { { "turns", read_turns },
		    { "edges", read_edges },
		    { "slice", read_slice },
		    { "budget", read_budget },
		    { "beside", read_beside } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		const struct tree *value = tree_member(map, row[i].key);

		if (value)
			row[i].read(l, value, step);
	}
	if (step->mode.kernel_count)
		check_slices(l, tree_member(map, "kernels"), step);
}
