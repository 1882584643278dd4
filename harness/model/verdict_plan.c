/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is the plan one that this profile allows on this machine, and is the machine what it expects? */
#include "harness/model/verdict_judge.h"

#include "harness/base/auto.h"
#include "harness/model/delta.h"
#include "harness/model/expectation.h"
#include "harness/model/plan_step.h"

#include <string.h>

/* Each difference is a reason of its own: whoever mends the machine works through a list. */
static void judge_bom(struct judge *j, const struct expectation *expectation)
{
	struct deltas deltas = DELTAS_INIT;
	const struct delta *delta;

	deltas_make(expectation->bom, &j->record->inventory, &deltas);
	for (delta = deltas.delta; delta; delta = delta->next) {
		const char *id = delta->was ? delta->was : delta->now;
		struct buf why = BUF_INIT;

		if (delta->passing)
			continue;
		delta_sentence(delta, &why);
		if (delta->kind == DELTA_UNKNOWN)
			judge_reason(j, VERDICT_INCOMPLETE, "expectation-unknown",
				     id ? id : delta->class, "%s", why.data);
		else
			judge_reason(j, VERDICT_FAIL,
				     expectation->finding ? expectation->finding :
							    "expectation-failed",
				     id, "%s", why.data);
		buf_release(&why);
	}
	deltas_release(&deltas);
}

static void judge_expectation(struct judge *j, const struct expectation *expectation)
{
	struct buf why = BUF_INIT;
	enum expectation_answer answer =
		expectation_check(&j->record->inventory, expectation, &why);

	if (answer == EXPECTATION_FAILS)
		judge_reason(j, VERDICT_FAIL,
			     expectation->finding ? expectation->finding : "expectation-failed",
			     expectation->class, "%s", why.data);
	if (answer == EXPECTATION_UNKNOWN)
		judge_reason(j, VERDICT_INCOMPLETE, "expectation-unknown", expectation->class, "%s",
			     why.data);
	buf_release(&why);
}

static void judge_applies(struct judge *j)
{
	const struct profile *profile = j->profile;
	const char *arch = j->record->inventory.arch;
	bool found = !profile->arch_count;
	size_t i;

	for (i = 0; i < profile->arch_count && arch; i++)
		found = found || !strcmp(profile->arch[i], arch);
	if (!found)
		judge_reason(j, VERDICT_INCOMPLETE, "does-not-apply", NULL,
			     "the architecture is %s", arch ? arch : "not known");
	for (i = 0; i < profile->applies_count; i++) {
		struct buf why = BUF_INIT;

		if (expectation_check(&j->record->inventory, &profile->applies[i], &why) !=
		    EXPECTATION_HOLDS)
			judge_reason(j, VERDICT_INCOMPLETE, "does-not-apply",
				     profile->applies[i].class, "%s", why.data);
		buf_release(&why);
	}
}

/* A step is given no more to write into the run folder than the disk there holds: plan_bind_budget. */
static bool is_lowered(const struct plan_step *step, const struct param_value *asked,
		       const struct param_value *planned)
{
	return step->kernel->target == TARGET_DISK && plan_param_is_budget(planned->spec) &&
	       planned->value >= planned->spec->min && planned->value >= step->bytes &&
	       planned->value < asked->value;
}

static bool same_params(const struct profile_step *asked, const struct plan_step *step)
{
	size_t i;

	if (asked->param_count != step->param_count)
		return false;
	for (i = 0; i < asked->param_count; i++) {
		if (asked->param[i].spec != step->param[i].spec ||
		    (asked->param[i].value != step->param[i].value &&
		     !is_lowered(step, &asked->param[i], &step->param[i])))
			return false;
	}
	return true;
}

/* Turns as asked: who takes them one by one has as many as cpus. */
static bool same_turns(const struct plan_step *step)
{
	switch (step->mode.turns) {
	case TURNS_CPU:
		return step->turn_count == step->cpu_count;
	case TURNS_CORE:
		return step->turn;
	default:
		return step->turn_count == 1;
	}
}

/* As asked, but for kernels that make code where the plan says why there are none. */
static bool same_kernels(const struct profile_step *asked, const struct plan_step *step)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	struct step_mode left;

	if (!step->left_out)
		return asked->kernel == step->kernel && step_mode_same(&asked->mode, &step->mode);
	left = step_mode_without_code(&arena, &asked->mode);
	return left.kernel_count && left.kernel_count < asked->mode.kernel_count &&
	       left.kernel[0] == step->kernel && step_mode_same(&left, &step->mode);
}

static bool same_step(const struct judge *j, const struct profile_step *asked,
		      const struct plan_step *step)
{
	int64_t least = asked->duration_ns;

	if (j->profile->scalable || j->record->plan.cut_short)
		least = asked->floor_ns;
	return !strcmp(asked->name, step->name) && same_kernels(asked, step) &&
	       asked->required == step->required && same_params(asked, step) &&
	       (step->skip || (same_turns(step) &&
			       step->duration_ns >= least * (int64_t)step->turn_count));
}

static void judge_planned_steps(struct judge *j)
{
	const struct profile *profile = j->profile;
	const struct plan *plan = &j->record->plan;
	size_t i;

	if (!profile->step_count || profile->abstract || plan->step_count != profile->step_count) {
		judge_reason(j, VERDICT_INCOMPLETE, "plan-mismatch", NULL,
			     "%zu steps planned, %zu in the profile", plan->step_count,
			     profile->step_count);
		return;
	}
	for (i = 0; i < profile->step_count; i++) {
		if (!same_step(j, &profile->step[i], &plan->step[i]))
			judge_reason(j, VERDICT_INCOMPLETE, "plan-mismatch", profile->step[i].name,
				     "the planned step is not the profile's");
	}
}

void judge_plan(struct judge *j)
{
	const struct profile *profile = j->profile;
	const struct plan *plan = &j->record->plan;
	size_t i;

	for (i = 0; i < profile->expectation_count; i++) {
		if (profile->expectation[i].rule == EXPECT_BOM)
			judge_bom(j, &profile->expectation[i]);
		else
			judge_expectation(j, &profile->expectation[i]);
	}
	judge_applies(j);
	if (strcmp(plan->profile_digest, profile->digest))
		judge_reason(j, VERDICT_INCOMPLETE, "profile-mismatch", NULL,
			     "planned from %.16s, judged by %.16s", plan->profile_digest,
			     profile->digest);
	judge_planned_steps(j);
	if (plan->stage == STAGE_UNKNOWN ||
	    (plan->stage != profile->stage && plan->stage != STAGE_BENCH))
		judge_reason(j, VERDICT_INCOMPLETE, "stage-mismatch", NULL,
			     "run for stage %s, the profile is for %s", stage_name(plan->stage),
			     stage_name(profile->stage));
	if (plan->cut_short)
		judge_reason(j, VERDICT_INCOMPLETE, "cut-short", NULL,
			     "the profile may not be shortened");
	if ((plan->stage == STAGE_BATCH || plan->stage == STAGE_MASS) &&
	    (!plan->medium || plan_medium_is_memory(plan->medium)))
		judge_reason(j, VERDICT_INCOMPLETE, "medium-refused", NULL,
			     "the run folder lay on %s",
			     plan->medium ? plan->medium : "an unknown medium");
}
