/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/plan.h"

#include "harness/base/scan.h"
#include "harness/model/expectation.h"
#include "harness/model/plan_step.h"

#include <string.h>

static int check_parts(const struct profile *profile, const struct plan_machine *machine,
		       struct err *err)
{
	if (!machine->cpu_count)
		return err_set(err, ERR_UNSUPPORTED, "no cpu is known that may be used");
	if (profile->abstract || !profile->step_count)
		return err_set(err, ERR_INPUT,
			       "profile '%s' is only there to be extended; choose one with steps",
			       profile->name);
	return 0;
}

static int check_arch(const struct profile *profile, const struct inventory *inventory,
		      struct err *err)
{
	size_t i;

	if (!profile->arch_count)
		return 0;
	for (i = 0; i < profile->arch_count; i++) {
		if (!strcmp(profile->arch[i], inventory->arch))
			return 0;
	}
	return err_set(err, ERR_UNSUPPORTED,
		       "profile '%s' does not apply to this machine: its architecture is %s",
		       profile->name, inventory->arch);
}

static int check_applies(const struct profile *profile, const struct inventory *inventory,
			 struct err *err)
{
	size_t i;
	int code = check_arch(profile, inventory, err);

	for (i = 0; i < profile->applies_count && code == 0; i++) {
		struct buf why = BUF_INIT;

		if (expectation_check(inventory, &profile->applies[i], &why) != EXPECTATION_HOLDS)
			code = err_set(err, ERR_UNSUPPORTED,
				       "profile '%s' does not apply to this machine: %s",
				       profile->name, why.data);
		buf_release(&why);
	}
	return code;
}

/*
 * A profile speaks for its own stage. Any may be rehearsed as `bench`, which proves nothing; the
 * other way round a quick look would become a certificate of mass production.
 */
static int choose_stage(const struct profile *profile, const struct plan_machine *machine,
			struct plan *plan, struct err *err)
{
	plan->stage = machine->stage ? machine->stage : profile->stage;
	if (plan->stage != profile->stage && plan->stage != STAGE_BENCH)
		return err_set(
			err, ERR_UNSUPPORTED,
			"profile '%s' is for stage %s, not %s; choose a profile of that stage",
			profile->name, stage_name(profile->stage), stage_name(plan->stage));
	return 0;
}

static int check_medium(const struct plan_machine *machine, struct plan *plan, struct err *err)
{
	plan->medium = arena_strdup(&plan->arena, machine->run_medium);
	if ((plan->stage == STAGE_BATCH || plan->stage == STAGE_MASS) &&
	    plan_medium_is_memory(machine->run_medium))
		return err_set(err, ERR_UNSUPPORTED,
			       "stage %s keeps its evidence on a disk, but the run folder lies on "
			       "%s; choose another with --out", stage_name(plan->stage),
			       machine->run_medium);
	return 0;
}

static bool machine_gives(const struct plan_machine *machine, const struct guard_rule *rule,
			  bool only_cpu)
{
	size_t i;

	for (i = 0; i < machine->series_count; i++) {
		const struct series *series = &machine->series[i];

		if (series_matches(series, rule->metric, rule->component) &&
		    (!only_cpu || series_is_cpu_temperature(series)))
			return true;
	}
	return false;
}

/* The rules of the profile are taken over; what the machine cannot give must be allowed to miss. */
static int bind_guard(const struct profile *profile, const struct plan_machine *machine,
		      struct plan *plan, struct err *err)
{
	size_t i;

	plan->guard = arena_array(&plan->arena, struct guard_rule, profile->guard_count);
	plan->guard_count = profile->guard_count;
	plan->blind = true;
	for (i = 0; i < profile->guard_count; i++) {
		const struct guard_rule *rule = &profile->guard[i];

		plan->guard[i] = *rule;
		plan->guard[i].metric = arena_strdup(&plan->arena, rule->metric);
		plan->guard[i].component = arena_strdup(&plan->arena, rule->component);
		if (machine_gives(machine, rule, true))
			plan->blind = false;
		if (!machine_gives(machine, rule, false) && !profile->blind_allowed)
			return err_set(
				err, ERR_UNSUPPORTED,
				"the guard of profile '%s' needs %s of %s, which this machine "
				"does not give",
				profile->name, rule->metric, rule->component);
	}
	if (plan->blind && !profile->blind_allowed)
		return err_set(err, ERR_UNSUPPORTED,
			       "this machine gives no believable cpu temperature and profile '%s' "
			       "does not allow to run blind", profile->name);
	if (plan->blind && profile->blind_approver)
		plan->blind_approver = arena_strdup(&plan->arena, profile->blind_approver);
	return 0;
}

/* a * b / c without overflow, for c > 0 and a result that fits. */
static int64_t scale(int64_t a, int64_t b, int64_t c)
{
	return (int64_t)((__int128)a * b / c);
}

/* Steps that are skipped have no duration. */
static int64_t sum_of_durations(const struct plan *plan)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < plan->step_count; i++)
		sum += plan->step[i].duration_ns;
	return sum;
}

/*
 * --duration: every step by the same factor, but none below its floor. Longer than asked proves no less,
 * whatever the profile; shorter does, unless the profile says that it may be scaled.
 */
static void scale_steps(const struct profile *profile, int64_t asked_ns, struct plan *plan)
{
	int64_t whole = sum_of_durations(plan);
	size_t i;

	if (!asked_ns || !whole)
		return;
	plan->cut_short = !profile->scalable && asked_ns < whole;
	for (i = 0; i < plan->step_count; i++) {
		const struct profile_step *from = &profile->step[i];
		struct plan_step *step = &plan->step[i];
		int64_t scaled = scale(step->asked_ns, asked_ns, whole);
		int64_t floor = from->floor_ns * (int64_t)step->turn_count;

		if (step->skip)
			continue;
		step->duration_ns = scaled > floor ? scaled : floor;
		if (profile->scalable && step->min_work)
			step->min_work = (uint64_t)scale((int64_t)step->min_work, step->duration_ns,
							 step->asked_ns);
	}
}

/* A number that no disk here has is a slip of the pen, and what it was meant for would not be erased. */
static int check_erase(const struct plan_machine *machine, struct err *err)
{
	const char *number = machine->erase;

	while (number && *number) {
		size_t length = strcspn(number, ",");
		const struct component *disk = inventory_first(machine->inventory, "block");

		for (; disk; disk = inventory_next(disk)) {
			const char *serial = component_get_text(disk, "serial");

			if (serial && strlen(serial) == length && !memcmp(serial, number, length))
				break;
		}
		if (!disk)
			return err_set(err, ERR_INPUT, "no disk of this machine has the serial number '%.*s'",
				       (int)length, number);
		number += length + (number[length] == ',');
	}
	return 0;
}

/* A profile that proves something about a product says itself how much memory that takes. */
static int check_memory(const struct profile *profile, const struct plan_machine *machine,
			struct err *err)
{
	if ((!machine->asked_bytes && !machine->asked_milli_percent) ||
	    profile->stage == STAGE_BENCH)
		return 0;
	return err_set(err, ERR_UNSUPPORTED,
		       "profile '%s' says itself how much memory is tested; --memory is for profiles "
		       "of stage bench, such as mem", profile->name);
}

static int bind_steps(const struct profile *profile, const struct plan_machine *machine,
		      struct plan *plan, struct err *err)
{
	char most[DURATION_TEXT_SIZE];
	size_t i;

	plan->step_count = profile->step_count;
	plan->step = arena_array(&plan->arena, struct plan_step, profile->step_count);
	for (i = 0; i < profile->step_count; i++) {
		int code;

		plan->step[i].index = i;
		code = plan_bind_step(profile, machine, plan, &plan->step[i], err);
		if (code < 0)
			return code;
		plan->step[i].duration_ns = plan->step[i].skip ? 0 : plan->step[i].asked_ns;
		plan->asked_ns += plan->step[i].asked_ns;
		if (plan->asked_ns > PLAN_LONGEST_NS)
			return err_set(err, ERR_UNSUPPORTED,
				       "with the turns of all its cpus, this machine would take longer "
				       "than %s for profile '%s'",
				       format_duration(PLAN_LONGEST_NS, most), profile->name);
	}
	scale_steps(profile, machine->asked_ns, plan);
	plan->duration_ns = sum_of_durations(plan);
	return 0;
}

int plan_make(const struct profile *profile, const struct plan_machine *machine, struct plan *plan,
	      struct err *err)
{
	int code = check_parts(profile, machine, err);

	if (code < 0)
		return code;
	plan->profile_name = arena_strdup(&plan->arena, profile->name);
	plan->profile_version = profile->version;
	memcpy(plan->profile_digest, profile->digest, sizeof(plan->profile_digest));
	plan->seed = machine->seed;
	plan->memory_total_bytes = machine->memory_total_bytes;
	plan->memory_total_certain = machine->memory_total_certain;
	plan->telemetry = telemetry_sources_copy(&plan->arena, machine->telemetry,
						 machine->telemetry_count);
	plan->telemetry_count = machine->telemetry_count;
	if ((code = check_applies(profile, machine->inventory, err)) < 0 ||
	    (code = check_erase(machine, err)) < 0 ||
	    (code = check_memory(profile, machine, err)) < 0 ||
	    (code = choose_stage(profile, machine, plan, err)) < 0 ||
	    (code = check_medium(machine, plan, err)) < 0 ||
	    (code = bind_guard(profile, machine, plan, err)) < 0)
		return code;
	return bind_steps(profile, machine, plan, err);
}
