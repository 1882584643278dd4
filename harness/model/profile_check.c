/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only the effective profile shows: missing parts, fences, running blind, sums. */
#include "harness/model/profile_parse.h"

#include "harness/base/scan.h"
#include "harness/model/plan.h"

#include <string.h>

static void check_parts(struct loader *l)
{
	const struct profile *profile = l->profile;

	if (!profile->stage && !l->stage)
		map_lacks(l, l->root, "stage");
	if (!profile->title_en && !tree_member(l->root, "title"))
		map_lacks(l, l->root, "title");
	if (!l->steps)
		map_lacks(l, l->root, "steps");
	else if (!profile->step_count)
		problem_at(l, l->steps, "a profile has at least one step");
	if (!profile->guard_count && !profile->blind_allowed)
		problem_at(l, l->root, "no guard: add 'guard', or 'blind: allowed' when somebody "
				       "decided to run without");
}

/* The least a stage must ask: nobody ships a machine on a test that demanded nothing. */
static void check_required(struct loader *l)
{
	size_t i;

	for (i = 0; i < l->profile->step_count; i++) {
		if (l->profile->step[i].required)
			return;
	}
	if (l->profile->step_count)
		problem_at(l, l->steps, "at least one step must be required");
}

static const struct fence_disk *fence_disk_find(const struct profile *profile, const char *name)
{
	size_t i;

	for (i = 0; i < profile->fence_disk_count; i++) {
		if (!strcmp(profile->fence_disk[i].name, name))
			return &profile->fence_disk[i];
	}
	return NULL;
}

/* Two steps on one disk would have to share its budget, and the second would erase what the first read. */
static bool is_taken(const struct profile *profile, size_t step)
{
	size_t i;

	for (i = 0; i < step; i++) {
		if (profile->step[i].disk && !strcmp(profile->step[i].disk, profile->step[step].disk))
			return true;
	}
	return false;
}

static void check_disk(struct loader *l, const struct tree *item, size_t index)
{
	const struct profile_step *step = &l->profile->step[index];
	const struct fence_disk *disk;

	if (!step->disk || !step->kernel || step->kernel->target != TARGET_DEVICE)
		return;
	disk = fence_disk_find(l->profile, step->disk);
	if (!disk)
		problem_at(l, item, "step '%s' works on disk '%s' without a fence: add it to 'fences: "
				    "disks'", step->name, step->disk);
	else if (step->kernel->writes_storage && disk->hashes)
		problem_at(l, item, "step '%s' erases disk '%s', which is only read: its fence has "
				    "'hashes'", step->name, step->disk);
	else if (!step->kernel->writes_storage && !disk->hashes)
		problem_at(l, item, "step '%s' only reads disk '%s': its fence needs 'hashes: FOLDER'",
			   step->name, step->disk);
	else if (step->kernel->writes_storage && is_taken(l->profile, index))
		problem_at(l, item, "step '%s' erases disk '%s', which is another step's", step->name,
			   step->disk);
}

static void check_fences(struct loader *l)
{
	const struct profile *profile = l->profile;
	const struct tree *item = l->steps ? l->steps->child : NULL;
	size_t i;

	for (i = 0; item && i < profile->step_count; item = item->next) {
		const struct profile_step *step = &profile->step[i];

		if (item->kind != TREE_MAP)
			continue;	/* reported, and not among the steps */
		check_disk(l, item, i);
		i++;
		if (!step->kernel || !step->kernel->writes_storage ||
		    step->kernel->target != TARGET_DISK)
			continue;
		if (!profile->fence_scratch)
			problem_at(l, item, "step '%s' writes to storage without a fence: add "
					    "'fences: scratch: SIZE'", step->name);
		else if (step->bytes > profile->fence_scratch_bytes)
			problem_at(l, item, "step '%s' writes more than the fence allows",
				   step->name);
	}
}

static void check_blind(struct loader *l)
{
	const struct profile *profile = l->profile;

	if (profile->blind_allowed && !profile->blind_approver &&
	    (profile->stage == STAGE_BATCH || profile->stage == STAGE_MASS))
		problem_at(l, l->blind ? l->blind : l->root,
			   "stage '%s' may run blind only when somebody answers for it: add "
			   "'blind-approver: NAME'", stage_name(profile->stage));
}

static void check_sum(struct loader *l)
{
	char most[DURATION_TEXT_SIZE];
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < l->profile->step_count; i++)
		sum += l->profile->step[i].duration_ns;	/* 512 steps of 30 days fit */
	if (sum > PLAN_LONGEST_NS)
		problem_at(l, l->steps,
			   "impossible duration: all steps together are longer than %s",
			   format_duration(PLAN_LONGEST_NS, most));
}

void check_profile(struct loader *l)
{
	if (!l->profile->abstract) {
		check_parts(l);
		check_required(l);
	}
	check_fences(l);
	check_blind(l);
	check_sum(l);
}
