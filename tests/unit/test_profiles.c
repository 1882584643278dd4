/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The profiles that are shipped, the example of the manual, and the metrics they speak of. */
#include "tests/unit/model_fixture.h"
#include "tests/unit/record_fixture.h"
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/cmd/kernels.h"
#include "harness/model/metric.h"
#include "harness/model/verdict.h"
#include "harness/stress/stressor.h"
#include "harness/sys/disk.h"

#include <string.h>

#define SECOND 1000000000LL
#define HOUR (3600 * SECOND)
#define FOLDER TEST_SOURCE_FOLDER "/profiles/"

static int open_shipped(void *context, const char *name, struct buf *out, const char **ret_path,
			struct err *err)
{
	struct arena *arena = context;

	*ret_path = arena_printf(arena, strchr(name, '/') ? "%s%s" : "%s%s.yaml",
				 strchr(name, '/') ? "" : FOLDER, name);
	return disk_read_file(*ret_path, 1 << 20, out, err);
}

static void load(const char *name, struct profile *profile)
{
	struct arena arena = ARENA_INIT;
	struct kernel_table kernels = kernels_table(&profile->arena);
	struct profile_load how = { .kernels = &kernels, .open = open_shipped, .context = &arena };
	struct profile_problems problems = PROFILE_PROBLEMS_INIT;
	struct err err = ERR_INIT;

	if (profile_load(name, &how, profile, &problems, &err) < 0)
		ck_abort_msg("%s: %s: %zu:%zu: %s", name, err.text,
			     problems.count ? problems.problem[0].line : 0,
			     problems.count ? problems.problem[0].column : 0,
			     problems.count ? problems.problem[0].message : "");
	profile_problems_release(&problems);
	arena_release(&arena);
}

static int64_t duration_of(const struct profile *profile)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < profile->step_count; i++)
		sum += profile->step[i].duration_ns;
	return sum;
}

START_TEST(quick_takes_about_two_minutes_is_scalable_and_may_run_blind)
{
	struct profile p = PROFILE_INIT;

	load("quick", &p);
	ck_assert_int_eq(p.stage, STAGE_BENCH);
	ck_assert(p.scalable && p.blind_allowed);
	ck_assert_int_ge(duration_of(&p), 90 * SECOND);
	ck_assert_int_le(duration_of(&p), 150 * SECOND);
	ck_assert_uint_eq(p.step_count, 5);
	profile_release(&p);
}
END_TEST

START_TEST(every_stage_has_a_profile_of_sensible_length)
{
	static const int64_t hours[STAGE_COUNT] = {
		[STAGE_TRIAL] = 24,	  [STAGE_FIRST_ARTICLE] = 2, [STAGE_BATCH] = 48,
		[STAGE_MASS] = 4,	  [STAGE_SAMPLE] = 24,	     [STAGE_RELIABILITY] = 168,
		[STAGE_REWORK] = 8,	  [STAGE_FIELD] = 1,
	};
	int stage;

	for (stage = STAGE_BENCH + 1; stage < STAGE_COUNT; stage++) {
		struct profile p = PROFILE_INIT;
		const char *name = stage_name((enum stage)stage);

		load(name, &p);
		ck_assert_str_eq(p.name, name);
		ck_assert_int_eq(p.stage, stage);
		ck_assert_msg(duration_of(&p) == hours[stage] * HOUR, "%s", name);
		ck_assert(!p.scalable && !p.blind_allowed && p.guard_count);
		ck_assert_str_eq(p.source[p.source_count - 1].name, "common.yaml");
		profile_release(&p);
	}
}
END_TEST

START_TEST(common_and_new_are_only_there_to_be_extended)
{
	static const char *const name[] = { "common", "new" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(name); i++) {
		struct profile p = PROFILE_INIT;

		load(name[i], &p);
		ck_assert(p.abstract);
		profile_release(&p);
	}
}
END_TEST

struct wear {
	const char *class, *id, *attribute;
	int64_t new, used;
};

static const struct wear wear[] = {
	{ "block", "block/sdz", "smart_power_on_hours", 96, 8760 },
	{ "block", "block/sdz", "smart_power_cycles", 60, 400 },
	{ "block", "block/sdz", "smart_start_stops", 60, 400 },
	{ "block", "block/sdz", "smart_written_bytes", INT64_C(64) << 30, INT64_C(20) << 40 },
	{ "power", "power/BAT0", "cycle_count", 3, 150 },
	{ "net", "net/eth9", "mac_unique", 1, 0 },
};

/* How often the verdict names the code, of a machine that is new but for one number. */
static size_t reasons(const struct profile *profile, const char *code, const struct wear *spoilt)
{
	struct record record = RECORD_INIT;
	struct verdict verdict = VERDICT_INIT;
	const struct reason *reason;
	size_t count = 0;
	size_t i;

	fixture_record(STAGE_BENCH, &record);
	for (i = 0; i < ARRAY_SIZE(wear); i++) {
		struct component *part = (struct component *)inventory_find(&record.inventory,
									    wear[i].id);

		if (!part)
			part = inventory_add(&record.inventory, wear[i].class, wear[i].id, NULL);
		component_number(&record.inventory, part, wear[i].attribute,
				 &wear[i] == spoilt ? wear[i].used : wear[i].new, "s",
				 CERTAINTY_CERTAIN);
		inventory_class(&record.inventory, wear[i].class, PRESENCE_PRESENT, NULL);
	}
	verdict_judge(profile, &record, "d", &verdict);
	for (reason = verdict.reason; reason; reason = reason->next)
		count += !strcmp(reason->code, code);
	verdict_release(&verdict);
	record_release(&record);
	return count;
}

START_TEST(a_part_with_a_past_and_a_borrowed_address_fail_where_machines_are_new)
{
	static const char *const new[] = { "trial", "first-article", "batch", "mass", "sample" };
	static const char *const other[] = { "rework", "field", "reliability" };
	struct profile p = PROFILE_INIT;
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(new); i++) {
		load(new[i], &p);
		ck_assert_uint_eq(reasons(&p, "used-part", NULL), 0);
		ck_assert_uint_eq(reasons(&p, "mac-not-unique", NULL), 0);
		for (k = 0; k < ARRAY_SIZE(wear); k++) {
			const char *code = strcmp(wear[k].class, "net") ? "used-part"
									: "mac-not-unique";

			ck_assert_msg(reasons(&p, code, &wear[k]) == 1, "%s: %s", new[i],
				      wear[k].attribute);
		}
		profile_release(&p);
	}
	/* There, parts have a past: but no port has a borrowed address anywhere. */
	for (i = 0; i < ARRAY_SIZE(other); i++) {
		load(other[i], &p);
		for (k = 0; k < ARRAY_SIZE(wear); k++)
			ck_assert_uint_eq(reasons(&p, "used-part", &wear[k]), 0);
		ck_assert_uint_eq(reasons(&p, "mac-not-unique", &wear[ARRAY_SIZE(wear) - 1]), 1);
		profile_release(&p);
	}
}
END_TEST

/* The example is looked up by name "manual/example"; what it extends is shipped. */
static int open_example(void *context, const char *name, struct buf *out, const char **ret_path,
			struct err *err)
{
	AUTO(buf_release) struct buf page = BUF_INIT;
	const char *start, *end;
	int code;

	if (strcmp(name, "manual/example"))
		return open_shipped(context, name, out, ret_path, err);
	*ret_path = "docs/formats/profile.md";
	code = disk_read_file(TEST_SOURCE_FOLDER "/docs/formats/profile.md", 1 << 20, &page, err);
	if (code < 0)
		return code;
	start = strstr(page.data, "```yaml\n");
	ck_assert_ptr_nonnull(start);
	end = strstr(start + 8, "```\n");
	ck_assert_ptr_nonnull(end);
	buf_add(out, start + 8, (size_t)(end - start - 8));
	return 0;
}

START_TEST(the_example_of_the_manual_is_a_good_profile)
{
	struct arena arena = ARENA_INIT;
	struct profile p = PROFILE_INIT;
	struct profile_load how = { .kernels = &fixture_kernels, .open = open_example,
				    .context = &arena };
	struct profile_problems problems = PROFILE_PROBLEMS_INIT;
	struct err err = ERR_INIT;

	if (profile_load("manual/example", &how, &p, &problems, &err) < 0)
		ck_abort_msg("%s: %zu: %s", err.text, problems.count ? problems.problem[0].line : 0,
			     problems.count ? problems.problem[0].message : "");
	ck_assert_uint_eq(p.step_count, 4);
	ck_assert_uint_eq(p.expectation_count, 5);
	profile_problems_release(&problems);
	profile_release(&p);
	arena_release(&arena);
}
END_TEST

START_TEST(every_counter_and_gauge_of_the_table_stands_in_the_manual)
{
	AUTO(buf_release) struct buf page = BUF_INIT;
	size_t i;

	ck_assert_int_eq(
		disk_read_file(TEST_SOURCE_FOLDER "/docs/formats/profile.md", 1 << 20, &page, NULL),
		0);
	for (i = 0; i < metric_count; i++) {
		struct arena arena = ARENA_INIT;
		const char *name = arena_printf(&arena, "`%s`", metric_table[i].name);

		ck_assert_msg(strstr(page.data, name) != NULL, "%s", name);
		arena_release(&arena);
	}
}
END_TEST

START_TEST(memory_processors_and_disk_have_a_profile_each_for_any_machine)
{
	static const struct {
		const char *name;
		enum kernel_target target;
	} row[] = { { "mem", TARGET_MEMORY }, { "cpu", TARGET_CPU }, { "disk", TARGET_DISK } };
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct profile p = PROFILE_INIT;

		load(row[i].name, &p);
		ck_assert_int_eq(p.stage, STAGE_BENCH);
		ck_assert(!p.scalable && p.blind_allowed && p.guard_count);
		ck_assert_int_eq(duration_of(&p), 120 * SECOND);
		for (k = 0; k < p.step_count; k++)
			ck_assert_int_eq(p.step[k].kernel->target, row[i].target);
		profile_release(&p);
	}
}
END_TEST

/* Seconds of work that the steps on cpus give each cpu, as many turns as it has: one. */
static int64_t seconds_a_core(const struct profile *profile)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < profile->step_count; i++) {
		if (profile->step[i].kernel->target == TARGET_CPU)
			sum += profile->step[i].duration_ns / SECOND;
	}
	return sum;
}

START_TEST(of_the_shipped_profiles_only_quick_may_be_cut_short)
{
	static const char *const whole[] = { "mem", "cpu", "disk", "screen", "qualify", "burn-in" };
	size_t i;
	int stage;

	for (i = 0; i < ARRAY_SIZE(whole); i++) {
		struct profile p = PROFILE_INIT;

		load(whole[i], &p);
		ck_assert_msg(!p.scalable, "%s", whole[i]);
		profile_release(&p);
	}
	for (stage = STAGE_BENCH + 1; stage < STAGE_COUNT; stage++) {
		struct profile p = PROFILE_INIT;

		load(stage_name((enum stage)stage), &p);
		ck_assert_msg(!p.scalable, "%s", p.name);
		profile_release(&p);
	}
}
END_TEST

START_TEST(screening_takes_a_minute_a_core_qualification_ten_and_burn_in_a_day)
{
	struct profile p = PROFILE_INIT;
	bool core = false, alone = false, unshared = false, edges = false;
	size_t i, k, cpu = 0, most = 0;

	load("screen", &p);
	ck_assert_int_eq(seconds_a_core(&p), 60);
	profile_release(&p);
	load("qualify", &p);
	ck_assert_int_eq(seconds_a_core(&p), 600);
	for (i = 0; i < p.step_count; i++) {
		core |= p.step[i].mode.turns == TURNS_CORE;
		alone |= p.step[i].mode.turns == TURNS_CPU;
		unshared |= p.step[i].cpus == CPUS_CORES;
		edges |= p.step[i].mode.idle_ns > 0;
	}
	ck_assert(core && alone && unshared && edges);
	profile_release(&p);
	load("burn-in", &p);
	ck_assert_int_eq(duration_of(&p), 24 * HOUR);
	for (i = 0; i < p.step_count; i++)
		most = p.step[i].mode.kernel_count > most ? p.step[i].mode.kernel_count : most;
	for (k = 0; k < stressor_count; k++)
		cpu += stressor_table[k]->spec->target == TARGET_CPU;
	ck_assert_msg(most == cpu, "every core does the work of every kernel");
	profile_release(&p);
}
END_TEST

START_TEST(the_memory_of_every_stage_is_tested_by_the_whole_set)
{
	int stage;

	for (stage = STAGE_BENCH + 1; stage < STAGE_COUNT; stage++) {
		struct profile p = PROFILE_INIT;
		bool full = false;
		size_t i;

		load(stage_name((enum stage)stage), &p);
		for (i = 0; i < p.step_count; i++)
			full |= !strcmp(p.step[i].kernel->name, "mem.full") &&
				p.step[i].min_coverage_milli_percent;
		ck_assert_msg(full, "%s", p.name);
		profile_release(&p);
	}
}
END_TEST

UNIT_MAIN("profiles", screening_takes_a_minute_a_core_qualification_ten_and_burn_in_a_day,
	  the_memory_of_every_stage_is_tested_by_the_whole_set,
	  of_the_shipped_profiles_only_quick_may_be_cut_short,
	  quick_takes_about_two_minutes_is_scalable_and_may_run_blind,
	  memory_processors_and_disk_have_a_profile_each_for_any_machine,
	  every_stage_has_a_profile_of_sensible_length, common_and_new_are_only_there_to_be_extended,
	  a_part_with_a_past_and_a_borrowed_address_fail_where_machines_are_new,
	  the_example_of_the_manual_is_a_good_profile,
	  every_counter_and_gauge_of_the_table_stands_in_the_manual)
