/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `steps`: what runs, on what, for how long, with which parameters of the kernel. */
#include "harness/model/profile_parse.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/base/scan.h"
#include "harness/model/nearest.h"

#include <stdlib.h>
#include <string.h>

enum { CPU_MAX = 65535 };
#define STEP_BYTES_MAX (1ULL << 50)

struct read_step {
	struct profile_step *step;
	const struct tree *params, *memory, *bytes, *coverage, *disk;
};

static void read_name(struct loader *l, const struct tree *value, void *target)
{
	value_name(l, value, &((struct read_step *)target)->step->name);
}

static void read_kernel(struct loader *l, const struct tree *value, void *target)
{
	struct profile_step *step = ((struct read_step *)target)->step;
	const struct kernel_table *table = l->load->kernels;
	struct nearest near = { .word = value->kind == TREE_TEXT ? value->text : "" };
	size_t i;

	step->kernel = kernel_table_find(table, near.word);
	if (step->kernel)
		return;
	for (i = 0; i < table->count; i++)
		nearest_try(&near, table->kernel[i]->name);
	if (nearest_found(&near))
		problem_at(l, value, "there is no kernel '%s'; did you mean '%s'?", near.word,
			   nearest_found(&near));
	else
		problem_at(l, value, "there is no kernel '%s'", near.word);
}

static int compare_cpus(const void *a, const void *b)
{
	unsigned int x = *(const unsigned int *)a, y = *(const unsigned int *)b;

	return x < y ? -1 : x > y;
}

struct cpu_list {
	unsigned int *cpu;
	size_t count, capacity;
};

/* "3" or "4-7"; false when it is neither. */
static bool add_cpus(struct cpu_list *list, const char *text, size_t length)
{
	char piece[24];
	char *dash;
	uint64_t first, last;

	if (length >= sizeof(piece))
		return false;
	memcpy(piece, text, length);
	piece[length] = 0;
	dash = strchr(piece, '-');
	if (dash)
		*dash = 0;
	if (scan_u64(piece, 0, CPU_MAX, &first) < 0 ||
	    scan_u64(dash ? dash + 1 : piece, first, CPU_MAX, &last) < 0)
		return false;
	for (; first <= last; first++) {
		if (list->count > CPU_MAX)
			return false;
		list->cpu = mem_grow(list->cpu, &list->capacity, list->count + 1,
				     sizeof(*list->cpu));
		list->cpu[list->count++] = (unsigned int)first;
	}
	return true;
}

/* "0,2,4-7", as the kernel writes sets of cpus. */
static bool split_cpus(struct cpu_list *list, const char *text)
{
	for (;;) {
		size_t length = strcspn(text, ",");

		if (!add_cpus(list, text, length))
			return false;
		if (!text[length])
			return true;
		text += length + 1;
		text += strspn(text, " ");
	}
}

static void take_cpus(struct loader *l, const struct tree *value, struct cpu_list *list,
		      struct profile_step *step)
{
	size_t i;

	qsort(list->cpu, list->count, sizeof(*list->cpu), compare_cpus);
	for (i = 1; i < list->count; i++) {
		if (list->cpu[i] == list->cpu[i - 1]) {
			problem_at(l, value, "cpu %u is listed twice", list->cpu[i]);
			return;
		}
	}
	step->cpus = CPUS_LIST;
	step->cpu = arena_copy(&l->profile->arena, list->cpu, list->count * sizeof(*list->cpu));
	step->cpu_count = list->count;
}

static void read_cpus(struct loader *l, const struct tree *value, void *target)
{
	struct profile_step *step = ((struct read_step *)target)->step;
	struct cpu_list list = { .cpu = NULL };
	const struct tree *item;
	bool good = value->kind == TREE_TEXT || value->count;

	if (value->kind == TREE_TEXT && !strcmp(value->text, "all")) {
		step->cpus = CPUS_ALL;
		return;
	}
	if (value->kind == TREE_TEXT && !strcmp(value->text, "one")) {
		step->cpus = CPUS_ONE;
		return;
	}
	if (value->kind == TREE_TEXT && !strcmp(value->text, "cores")) {
		step->cpus = CPUS_CORES;
		return;
	}
	if (value->kind == TREE_TEXT)
		good = split_cpus(&list, value->text);
	for (item = value->child; item && good; item = item->next)
		good = value->kind == TREE_LIST && item->kind == TREE_TEXT &&
		       split_cpus(&list, item->text);
	if (good)
		take_cpus(l, value, &list, step);
	else
		problem_at(l, value, "here must stand all, one, cores, or a list of cpus such as 0,2,4-7");
	free(list.cpu);
}

static void read_duration(struct loader *l, const struct tree *value, void *target)
{
	value_duration(l, value, PROFILE_DURATION_MIN, PROFILE_DURATION_MAX,
		       &((struct read_step *)target)->step->duration_ns);
}

static void read_floor(struct loader *l, const struct tree *value, void *target)
{
	value_duration(l, value, PROFILE_DURATION_MIN, PROFILE_DURATION_MAX,
		       &((struct read_step *)target)->step->floor_ns);
}

static void read_required(struct loader *l, const struct tree *value, void *target)
{
	value_bool(l, value, &((struct read_step *)target)->step->required);
}

static void read_bytes(struct loader *l, const struct tree *value, void *target)
{
	struct read_step *r = target;

	r->bytes = value;
	value_bytes(l, value, 1, STEP_BYTES_MAX, &r->step->bytes);
}

static void read_memory(struct loader *l, const struct tree *value, void *target)
{
	struct read_step *r = target;

	r->memory = value;
	value_percent(l, value, &r->step->memory_milli_percent);
}

static void read_min_work(struct loader *l, const struct tree *value, void *target)
{
	value_number(l, value, 1, JSON_INT_MAX, &((struct read_step *)target)->step->min_work);
}

static void read_min_coverage(struct loader *l, const struct tree *value, void *target)
{
	struct read_step *r = target;

	r->coverage = value;
	value_percent(l, value, &r->step->min_coverage_milli_percent);
}

static void read_disk(struct loader *l, const struct tree *value, void *target)
{
	struct read_step *r = target;

	r->disk = value;
	value_name(l, value, &r->step->disk);
}

static void read_from(struct loader *l, const struct tree *value, void *target)
{
	value_text(l, value, &((struct read_step *)target)->step->from);
}

static void read_to(struct loader *l, const struct tree *value, void *target)
{
	value_text(l, value, &((struct read_step *)target)->step->to);
}

static void keep_params(struct loader *l, const struct tree *value, void *target)
{
	if (value_is_map(l, value))
		((struct read_step *)target)->params = value;
}

/* Read by read_mode, which has to know the kernel and the duration. */
static void leave(struct loader *l, const struct tree *value, void *target)
{
	(void)l;
	(void)value;
	(void)target;
}

static const struct field step_field[] = {
	{ "name", read_name },		 { "kernel", read_kernel },
	{ "cpus", read_cpus },		 { "duration", read_duration },
	{ "floor", read_floor },	 { "required", read_required },
	{ "bytes", read_bytes },	 { "memory", read_memory },
	{ "min-work", read_min_work },	 { "min-coverage", read_min_coverage },
	{ "params", keep_params },	 { "disk", read_disk },
	{ "kernels", leave },		 { "slice", leave },
	{ "turns", leave },		 { "edges", leave },
	{ "budget", leave },		 { "beside", leave },
	{ "from", read_from },		 { "to", read_to },
};

static void read_choice(struct loader *l, const struct tree *value, const struct param_spec *spec,
			uint64_t *ret_value)
{
	int index = value->kind == TREE_TEXT ? param_choice_index(spec, value->text) : -1;

	if (index < 0)
		problem_at(l, value, "'%s' must be one of: %s", spec->name, spec->choices);
	else
		*ret_value = (uint64_t)index;
}

static void read_param(struct loader *l, const struct tree *params, const struct param_spec *spec,
		       struct param_value *param)
{
	const struct tree *value = params ? tree_member(params, spec->name) : NULL;

	param->spec = spec;
	param->value = spec->fallback;
	if (!value)
		return;
	if (spec->kind == PARAM_NUMBER)
		value_number(l, value, spec->min, spec->max, &param->value);
	if (spec->kind == PARAM_BYTES)
		value_bytes(l, value, spec->min, spec->max, &param->value);
	if (spec->kind == PARAM_CHOICE)
		read_choice(l, value, spec, &param->value);
}

static void report_unknown_params(struct loader *l, const struct tree *params,
				  const struct kernel_spec *kernel)
{
	const struct tree *member;
	size_t i;

	for (member = params->child; member; member = member->next) {
		struct nearest near = { .word = member->key };

		if (kernel_spec_param(kernel, member->key))
			continue;
		for (i = 0; i < kernel->param_count; i++)
			nearest_try(&near, kernel->param[i].name);
		if (nearest_found(&near))
			problem_add(l->problems, tree_key_place(member),
				    "kernel '%s' has no parameter '%s'; did you mean '%s'?",
				    kernel->name, member->key, nearest_found(&near));
		else
			problem_add(l->problems, tree_key_place(member),
				    "kernel '%s' has no parameter '%s'", kernel->name, member->key);
	}
}

static int compare_params(const void *a, const void *b)
{
	const struct param_value *x = a, *y = b;

	return strcmp(x->spec->name, y->spec->name);
}

static void read_params(struct loader *l, struct read_step *r)
{
	struct profile_step *step = r->step;
	const struct kernel_spec *kernel = step->kernel;
	size_t i;

	if (r->params)
		report_unknown_params(l, r->params, kernel);
	step->param = arena_array(&l->profile->arena, struct param_value, kernel->param_count);
	step->param_count = kernel->param_count;
	for (i = 0; i < kernel->param_count; i++)
		read_param(l, r->params, &kernel->param[i], &step->param[i]);
	if (step->param_count)
		qsort(step->param, step->param_count, sizeof(*step->param), compare_params);
}

/* Sizes have to fit what the kernel works on. */
static void check_sizes(struct loader *l, const struct tree *map, const struct read_step *r)
{
	enum kernel_target target = r->step->kernel->target;

	if (target == TARGET_MEMORY && !r->memory && !r->bytes)
		problem_at(l, map, "a step on memory says how much: 'memory' (a share) or 'bytes'");
	if (target == TARGET_DISK && !r->bytes)
		problem_at(l, map, "a step on a disk says how much: 'bytes'");
	if (target == TARGET_DEVICE && !r->disk)
		problem_at(l, map, "a step on a whole disk says which: 'disk', by its name in "
				   "'fences: disks'");
	if (r->disk && target != TARGET_DEVICE)
		problem_at(l, r->disk, "kernel '%s' works on no whole disk: 'disk' has no place here",
			   r->step->kernel->name);
	if (target == TARGET_PORTS && (!r->step->from || !r->step->to))
		problem_at(l, map, "a step on network ports says which: 'from' and 'to'");
	else if (target == TARGET_PORTS && !strcmp(r->step->from, r->step->to))
		problem_at(l, map, "'from' and 'to' are two ports that a cable joins");
	if (target != TARGET_PORTS && (r->step->from || r->step->to))
		problem_at(l, map, "kernel '%s' uses no network port: 'from' and 'to' have no place here",
			   r->step->kernel->name);
	if (r->memory && r->bytes)
		problem_at(l, r->bytes, "a step has 'memory' or 'bytes', not both");
	if (r->memory && target != TARGET_MEMORY)
		problem_at(l, r->memory,
			   "kernel '%s' does not test memory: 'memory' has no place here",
			   r->step->kernel->name);
	if (r->bytes && target == TARGET_DEVICE)
		problem_at(l, r->bytes, "how much of a whole disk is used is said by its fence: "
					"'bytes' has no place here");
	if (r->bytes && (target == TARGET_CPU || target == TARGET_PORTS))
		problem_at(l, r->bytes, "kernel '%s' takes no size: 'bytes' has no place here",
			   r->step->kernel->name);
	if (r->coverage && target != TARGET_MEMORY)
		problem_at(l, r->coverage,
			   "kernel '%s' does not test memory: 'min-coverage' has no place here",
			   r->step->kernel->name);
}

static void read_one(struct loader *l, const struct tree *map, struct profile_step *step)
{
	const struct tree *kernels = tree_member(map, "kernels");
	const char *const needed[] = { "name", "duration", kernels ? "kernels" : "kernel" };
	struct read_step r = { .step = step };
	size_t i;

	step->name = "";
	step->required = true;
	map_read(l, map, step_field, ARRAY_SIZE(step_field), &r);
	for (i = 0; i < ARRAY_SIZE(needed); i++) {
		if (!tree_member(map, needed[i]))
			map_lacks(l, map, needed[i]);
	}
	if (!step->floor_ns)
		step->floor_ns = PROFILE_DURATION_MIN;
	if (step->duration_ns && step->floor_ns > step->duration_ns)
		problem_at(l, tree_member(map, "floor"), "the floor is longer than the duration");
	if (kernels)
		read_kernels(l, map, kernels, step);
	if (!step->kernel)
		return;
	if (!kernels)
		read_params(l, &r);
	check_sizes(l, map, &r);
	read_mode(l, map, step);
}

void read_step_list(struct loader *l, const struct tree *value)
{
	struct profile *profile = l->profile;
	const struct tree *item;
	size_t i, count = 0;

	if (!value_is_list(l, value))
		return;
	l->steps = value;
	profile->step = arena_array(&profile->arena, struct profile_step, value->count);
	for (item = value->child; item; item = item->next) {
		struct profile_step *step = &profile->step[count];

		if (!value_is_map(l, item))
			continue;
		read_one(l, item, step);
		for (i = 0; i < count; i++) {
			if (step->name[0] && !strcmp(profile->step[i].name, step->name))
				problem_at(l, tree_member(item, "name"),
					   "there are two steps named '%s'", step->name);
		}
		count++;
	}
	profile->step_count = count;
}
