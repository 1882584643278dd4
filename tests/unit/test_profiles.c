/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The profiles that are shipped, the example of the manual, and the metrics they speak of. */
#include "tests/unit/model_fixture.h"
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/model/metric.h"
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
	struct profile_load how = { .kernels = &fixture_kernels, .open = open_shipped,
				    .context = &arena };
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

START_TEST(quick_takes_about_two_minutes_and_only_quick_is_scalable_and_blind)
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
		ck_assert_str_eq(p.source[1].name, "common.yaml");
		profile_release(&p);
	}
}
END_TEST

START_TEST(common_is_only_there_to_be_extended)
{
	struct profile p = PROFILE_INIT;

	load("common", &p);
	ck_assert(p.abstract);
	profile_release(&p);
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

UNIT_MAIN("profiles", quick_takes_about_two_minutes_and_only_quick_is_scalable_and_blind,
	  every_stage_has_a_profile_of_sensible_length, common_is_only_there_to_be_extended,
	  the_example_of_the_manual_is_a_good_profile,
	  every_counter_and_gauge_of_the_table_stands_in_the_manual)
