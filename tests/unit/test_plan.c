/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/model_fixture.h"
#include "tests/unit/run_fixture.h"
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/model/expectation.h"

#include <string.h>

#define MINUTE (60 * SECOND_NS)
#define MIB (1ULL << 20)

#define HEAD "name: t\nversion: 1\nstage: bench\ntitle: {en: T, zh: T}\n"
#define GUARD "guard:\n  - {metric: temperature, stop: 95C}\n"
#define TWO                                                                                        \
	"steps:\n  - {name: a, kernel: cpu.integer, duration: 60s, floor: 20s, min-work: 600}\n"   \
	"  - {name: b, kernel: cpu.integer, duration: 40s, cpus: one}\n"

struct bench {
	struct inventory inventory;
	struct plan_machine machine;
	struct profile profile;
	struct plan plan;
	struct err err;
};

static void bench_open(struct bench *b, const char *profile)
{
	*b = (struct bench){ .inventory = INVENTORY_INIT, .profile = PROFILE_INIT,
			     .plan = PLAN_INIT, .err = ERR_INIT };
	fixture_run_inventory(&b->inventory);
	b->machine = fixture_run_machine(&b->inventory);
	fixture_profile(profile, &b->profile);
}

static int bench_plan(struct bench *b)
{
	plan_release(&b->plan);
	err_clear(&b->err);
	return plan_make(&b->profile, &b->machine, &b->plan, &b->err);
}

static void bench_close(struct bench *b)
{
	plan_release(&b->plan);
	profile_release(&b->profile);
	inventory_release(&b->inventory);
}

static void must_refuse(struct bench *b, int code, const char *part)
{
	ck_assert_int_eq(bench_plan(b), code);
	ck_assert_msg(strstr(b->err.text, part) != NULL, "'%s' is not in '%s'", part, b->err.text);
}

START_TEST(a_plan_binds_cpus_bytes_durations_and_seeds)
{
	struct bench b;
	const struct plan *plan = &b.plan;

	bench_open(&b, fixture_full);
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_uint_eq(plan->step_count, 4);
	ck_assert_uint_eq(plan->step[0].cpu_count, 4);
	ck_assert_uint_eq(plan->step[1].cpu_count, 3);
	ck_assert_uint_eq(plan->step[1].cpu[1], 2);
	ck_assert_uint_eq(plan->step[3].cpu_count, 1);
	/* 80 % of 14 GiB, whole MiB */
	ck_assert_uint_eq(plan->step[2].bytes / MIB, 14 * 1024 * 80 / 100);
	ck_assert_uint_eq(plan->step[2].bytes % MIB, 0);
	ck_assert_uint_eq(plan->step[3].bytes, 2 * GIB);
	ck_assert_int_eq(plan->duration_ns, 220 * MINUTE);
	ck_assert_int_eq(plan->asked_ns, 220 * MINUTE);
	/* splitmix64 of seed 42 */
	ck_assert_uint_eq(plan->step[0].seed, 0xbdd732262feb6e95ULL);
	ck_assert_uint_ne(plan->step[1].seed, plan->step[0].seed);
	ck_assert(!plan->cut_short && !plan->blind);
	ck_assert_str_eq(plan->profile_digest, b.profile.digest);
	bench_close(&b);
}
END_TEST

START_TEST(memory_never_takes_the_reserve)
{
	static const struct {
		uint64_t free, bytes;
		bool skip;
	} row[] = {
		{ 14 * GIB, 14 * 1024 * MIB * 9 / 10, false }, /* a tenth stays */
		{ 2 * GIB, 1536 * MIB, false },		       /* 512 MiB stay */
		{ 513 * MIB, 0, true },			       /* 1 MiB for 4 workers is nothing */
		{ 100 * MIB, 0, true },
	};
	struct bench b;
	size_t i;

	bench_open(&b, HEAD GUARD "steps:\n  - {name: m, kernel: mem.march, duration: 1m, "
				  "memory: 100%}\n");
	for (i = 0; i < ARRAY_SIZE(row); i++) {
		b.machine.memory_free_bytes = row[i].free;
		ck_assert_int_eq(bench_plan(&b), 0);
		ck_assert_uint_eq(b.plan.step[0].bytes, row[i].bytes - row[i].bytes % MIB);
		ck_assert_int_eq(b.plan.step[0].skip != NULL, row[i].skip);
	}
	bench_close(&b);
}
END_TEST

START_TEST(a_fixed_size_of_memory_that_is_not_there_is_skipped_with_its_reason)
{
	struct bench b;

	bench_open(&b, HEAD GUARD "steps:\n  - {name: m, kernel: mem.march, duration: 1m, "
				  "bytes: 13GiB}\n");
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_str_eq(b.plan.step[0].skip, "needs 13 GiB of memory, 12.5 GiB may be used");
	ck_assert_int_eq(b.plan.step[0].duration_ns, 0);
	ck_assert_int_eq(b.plan.duration_ns, 0);
	bench_close(&b);
}
END_TEST

START_TEST(a_disk_step_is_skipped_where_there_is_no_disk_or_no_space)
{
	struct bench b;

	bench_open(&b,
		   HEAD GUARD "fences: {scratch: 1GiB}\nsteps:\n"
			      "  - {name: d, kernel: disk.verify, duration: 1m, bytes: 1GiB}\n");
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_ptr_null(b.plan.step[0].skip);
	b.machine.run_medium = "overlay";
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_ptr_nonnull(strstr(b.plan.step[0].skip, "overlay"));
	b.machine.run_medium = "tmpfs";
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_ptr_nonnull(strstr(b.plan.step[0].skip, "tmpfs"));
	b.machine.run_medium = "ext4";
	b.machine.disk_free_bytes = GIB + 63 * MIB;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_str_eq(b.plan.step[0].skip, "needs 1 GiB on disk, 1.0 GiB are free");
	bench_close(&b);
}
END_TEST

/* All that is written, as its JSON says of the step. */
static void expect_written(struct bench *b, size_t step, const char *key)
{
	struct buf text = BUF_INIT;
	struct json_writer w;
	json_t *root;
	char got[64];

	json_start(&w, json_buf_sink, &text);
	plan_write(&w, NULL, &b->plan);
	ck_assert_int_eq(json_finish(&w, NULL), 0);
	root = json_read(text.data, text.size, "plan", &b->err);
	snprintf(got, sizeof(got), "%lld", (long long)json_integer_value(json_object_get(
		 json_array_get(json_object_get(root, "steps"), step), "written_bytes")));
	ck_assert_str_eq(got, key);
	json_decref(root);
	buf_release(&text);
}

START_TEST(a_run_writes_the_disk_of_its_folder_no_more_than_once)
{
	struct bench b;

	bench_open(&b,
		   HEAD GUARD "fences: {scratch: 1GiB}\nsteps:\n"
			      "  - {name: d, kernel: disk.verify, duration: 1m, bytes: 1GiB}\n"
			      "  - {name: e, kernel: disk.verify, duration: 1m, bytes: 1GiB, "
			      "params: {budget: 4GiB}}\n"
			      "  - {name: f, kernel: disk.verify, duration: 1m, bytes: 1GiB}\n");
	/* Not known how large it is, or large enough. */
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_uint_eq(plan_written_in_folder(&b.plan, 3), 36 * GIB);
	b.machine.disk_size_bytes = 36 * GIB;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_uint_eq(plan_written_in_folder(&b.plan, 3), 36 * GIB);
	/* The first takes its 16 GiB, the second less than it asks for, the third finds nothing left. */
	b.machine.disk_size_bytes = 19 * GIB + 4095;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_uint_eq(plan_written_in_folder(&b.plan, 3), 19 * GIB);
	expect_written(&b, 0, "17179869184");
	expect_written(&b, 1, "3221225472");
	expect_written(&b, 2, "0");
	ck_assert_uint_eq(b.plan.step[1].param_count, 1);
	ck_assert_uint_eq(b.plan.step[1].param[0].value, 3 * GIB);
	ck_assert_ptr_nonnull(strstr(b.plan.step[2].skip, "the steps before it write as much"));
	/* Less than its file is no test of the second. */
	b.machine.disk_size_bytes = 17 * GIB - 1;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_ptr_nonnull(strstr(b.plan.step[1].skip, "the steps before it write as much"));
	b.machine.disk_size_bytes = 17 * GIB;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_uint_eq(b.plan.step[1].param[0].value, GIB);
	b.machine.disk_size_bytes = 8 * GIB;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_uint_eq(b.plan.step[0].param[0].value, 8 * GIB);
	ck_assert_ptr_null(b.plan.step[0].skip);
	bench_close(&b);
}
END_TEST

START_TEST(only_a_scalable_profile_is_scaled_and_never_below_the_floor)
{
	struct bench b;

	bench_open(&b, HEAD GUARD "scalable: yes\n" TWO);
	b.machine.asked_ns = 50 * SECOND_NS;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_int_eq(b.plan.step[0].duration_ns, 30 * SECOND_NS);
	ck_assert_uint_eq(b.plan.step[0].min_work, 300);
	ck_assert_int_eq(b.plan.step[1].duration_ns, 20 * SECOND_NS);
	ck_assert_int_eq(b.plan.asked_ns, 100 * SECOND_NS);
	ck_assert(!b.plan.cut_short);
	b.machine.asked_ns = 10 * SECOND_NS;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_int_eq(b.plan.step[0].duration_ns, 20 * SECOND_NS);
	ck_assert_int_eq(b.plan.step[1].duration_ns, 4 * SECOND_NS);
	b.machine.asked_ns = 200 * SECOND_NS;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_int_eq(b.plan.step[0].duration_ns, 120 * SECOND_NS);
	bench_close(&b);
}
END_TEST

START_TEST(any_other_profile_is_cut_short_and_says_so_or_takes_longer)
{
	struct bench b;

	bench_open(&b, HEAD GUARD TWO);
	b.machine.asked_ns = 50 * SECOND_NS;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert(b.plan.cut_short);
	ck_assert_int_eq(b.plan.duration_ns, 50 * SECOND_NS);
	ck_assert_uint_eq(b.plan.step[0].min_work, 600);
	b.machine.asked_ns = 100 * SECOND_NS;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert(!b.plan.cut_short);
	b.machine.asked_ns = 900 * SECOND_NS;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert(!b.plan.cut_short);
	ck_assert_int_eq(b.plan.duration_ns, 900 * SECOND_NS);
	ck_assert_int_eq(b.plan.step[0].duration_ns, 540 * SECOND_NS);
	ck_assert_uint_eq(b.plan.step[0].min_work, 600);
	bench_close(&b);
}
END_TEST

START_TEST(batch_and_mass_refuse_a_run_folder_in_memory)
{
	struct bench b;

	bench_open(&b, fixture_full);
	b.machine.run_medium = "tmpfs";
	must_refuse(&b, ERR_UNSUPPORTED, "stage mass keeps its evidence on a disk");
	b.machine.stage = STAGE_BENCH;
	ck_assert_int_eq(bench_plan(&b), 0);
	bench_close(&b);
}
END_TEST

START_TEST(a_profile_speaks_for_its_own_stage_or_for_bench)
{
	struct bench b;

	bench_open(&b, HEAD GUARD TWO);
	b.machine.stage = STAGE_MASS;
	must_refuse(&b, ERR_UNSUPPORTED, "is for stage bench, not mass");
	bench_close(&b);
}
END_TEST

static const struct series disk_only[] = {
	{ "lmsensors", "temperature", "hwmon/nvme/0/temp1", "Composite", "C", SERIES_GAUGE },
};

START_TEST(a_machine_without_a_cpu_temperature_is_refused_unless_blind_is_allowed)
{
	struct bench b;

	bench_open(&b, HEAD GUARD TWO);
	b.machine.series_count = 0;
	must_refuse(&b, ERR_UNSUPPORTED, "needs temperature of *");
	b.machine.series = disk_only;	/* a disk is no cpu */
	b.machine.series_count = 1;
	must_refuse(&b, ERR_UNSUPPORTED, "no believable cpu temperature");
	bench_close(&b);
	bench_open(&b, HEAD GUARD "blind: allowed\nblind-approver: Li\n" TWO);
	b.machine.series = disk_only;
	b.machine.series_count = 1;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert(b.plan.blind);
	ck_assert_str_eq(b.plan.blind_approver, "Li");
	ck_assert_uint_eq(b.plan.guard_count, 1);
	bench_close(&b);
}
END_TEST

START_TEST(a_machine_the_profile_is_not_for_is_refused)
{
	struct bench b;

	bench_open(&b, HEAD GUARD TWO "applies-to:\n  arch: [aarch64]\n");
	must_refuse(&b, ERR_UNSUPPORTED, "its architecture is x86_64");
	bench_close(&b);
	bench_open(&b, HEAD GUARD TWO "applies-to:\n  inventory:\n    - {class: block, component: "
				      "'block/nvme*', count: 1}\n");
	must_refuse(&b, ERR_UNSUPPORTED, "components block/nvme*: there are 0, expected 1");
	bench_close(&b);
	bench_open(&b, HEAD GUARD
		   "steps:\n  - {name: a, kernel: cpu.integer, duration: 1s, cpus: 4}\n");
	must_refuse(&b, ERR_UNSUPPORTED, "wants cpu 4");
	bench_close(&b);
	bench_open(&b, "name: t\nversion: 1\nabstract: yes\n");
	must_refuse(&b, ERR_INPUT, "only there to be extended");
	bench_close(&b);
}
END_TEST

START_TEST(a_plan_read_back_gives_the_same_bytes)
{
	struct buf first = BUF_INIT, second = BUF_INIT;
	struct plan again = PLAN_INIT;
	struct json_writer w;
	struct bench b;
	json_t *root;

	bench_open(&b, fixture_full);
	b.machine.disk_free_bytes = 0;
	ck_assert_int_eq(bench_plan(&b), 0);
	json_start(&w, json_buf_sink, &first);
	plan_write(&w, NULL, &b.plan);
	ck_assert_int_eq(json_finish(&w, NULL), 0);
	root = json_read(first.data, first.size, "plan", &b.err);
	ck_assert_int_eq(plan_read(root, "plan", &fixture_kernels, &again, &b.err), 0);
	json_decref(root);
	json_start(&w, json_buf_sink, &second);
	plan_write(&w, NULL, &again);
	ck_assert_int_eq(json_finish(&w, NULL), 0);
	ck_assert_str_eq(first.data, second.data);
	buf_release(&first);
	buf_release(&second);
	plan_release(&again);
	bench_close(&b);
}
END_TEST

START_TEST(expectations_hold_fail_or_are_not_known)
{
	static const char *const kx[] = { "KX-6640MA" };
	static const char *const other[] = { "FT-2000", "D2000" };
	static const struct {
		struct expectation e;
		enum expectation_answer answer;
		const char *why;
	} row[] = {
		{ { .rule = EXPECT_PRESENT, .class = "cpu", .component = "*", .min = INT64_MIN,
		    .max = INT64_MAX },
		  EXPECTATION_HOLDS, "" },
		{ { .rule = EXPECT_PRESENT, .class = "usb", .component = "*", .min = INT64_MIN,
		    .max = INT64_MAX },
		  EXPECTATION_FAILS, "class usb is absent, expected to be present" },
		{ { .rule = EXPECT_PRESENT, .class = "firmware", .component = "*", .min = INT64_MIN,
		    .max = INT64_MAX },
		  EXPECTATION_UNKNOWN, "class firmware could not be read: permission denied" },
		{ { .rule = EXPECT_ABSENT, .class = "nothing", .component = "*", .min = INT64_MIN,
		    .max = INT64_MAX },
		  EXPECTATION_UNKNOWN, "class nothing could not be read" },
		{ { .rule = EXPECT_ABSENT, .class = "usb", .component = "*", .min = INT64_MIN,
		    .max = INT64_MAX },
		  EXPECTATION_HOLDS, "" },
		{ { .rule = EXPECT_COUNT, .class = "block", .component = "*", .min = 1, .max = 2 },
		  EXPECTATION_HOLDS, "" },
		{ { .rule = EXPECT_COUNT, .class = "block", .component = "*", .min = 2,
		    .max = INT64_MAX },
		  EXPECTATION_FAILS,
		  "class block, components *: there are 1, expected at least 2" },
		{ { .rule = EXPECT_NUMBER, .class = "memory", .component = "*",
		    .attribute = "size_bytes", .min = INT64_MIN, .max = 8LL << 30 },
		  EXPECTATION_FAILS,
		  "memory/total: size_bytes is 17179869184, expected at most 8589934592" },
		{ { .rule = EXPECT_NUMBER, .class = "memory", .component = "*",
		    .attribute = "guess_bytes", .min = 1, .max = 1 },
		  EXPECTATION_UNKNOWN, "memory/total: guess_bytes is ambiguous" },
		{ { .rule = EXPECT_NUMBER, .class = "memory", .component = "*",
		    .attribute = "speed_mts", .min = 1, .max = 1 },
		  EXPECTATION_UNKNOWN, "memory/total: speed_mts is not known" },
		{ { .rule = EXPECT_NUMBER, .class = "memory", .component = "dimm/*",
		    .attribute = "size_bytes", .min = 1, .max = 1 },
		  EXPECTATION_FAILS, "class memory has no component dimm/*" },
		{ { .rule = EXPECT_EQUALS, .class = "cpu", .component = "*", .attribute = "name",
		    .min = INT64_MIN, .max = INT64_MAX, .text = kx, .text_count = 1 },
		  EXPECTATION_HOLDS, "" },
		{ { .rule = EXPECT_ONE_OF, .class = "cpu", .component = "*", .attribute = "name",
		    .min = INT64_MIN, .max = INT64_MAX, .text = other, .text_count = 2 },
		  EXPECTATION_FAILS, "cpu/0: name is 'KX-6640MA', expected 'FT-2000' / 'D2000'" },
		{ { .rule = EXPECT_EQUALS, .class = "cpu", .component = "*",
		    .attribute = "logical_cpus", .min = INT64_MIN, .max = INT64_MAX, .text = kx,
		    .text_count = 1 },
		  EXPECTATION_UNKNOWN, "cpu/0: logical_cpus is no text: 4" },
	};
	struct inventory inventory = INVENTORY_INIT;
	size_t i;

	fixture_run_inventory(&inventory);
	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct buf why = BUF_INIT;

		ck_assert_int_eq(expectation_check(&inventory, &row[i].e, &why), row[i].answer);
		ck_assert_str_eq(why.data, row[i].why);
		buf_release(&why);
	}
	inventory_release(&inventory);
}
END_TEST

START_TEST(memory_that_a_person_asks_for_is_taken_by_profiles_of_stage_bench_alone)
{
#define MEMORY "steps:\n  - {name: m, kernel: mem.march, duration: 60s, memory: 50%}\n"
	struct bench b;

	bench_open(&b, HEAD GUARD "blind: allowed\n" MEMORY);
	b.machine.asked_bytes = 64 * MIB;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_uint_eq(b.plan.step[0].bytes, 64 * MIB);
	b.machine.asked_bytes = 0;
	b.machine.asked_milli_percent = 25000;
	ck_assert_int_eq(bench_plan(&b), 0);
	/* whole MiB, never more than the share */
	ck_assert_uint_eq(b.plan.step[0].bytes / MIB, 14 * 1024 / 4 - 1);
	/* the reserve stays, whatever is asked */
	b.machine.asked_milli_percent = 100000;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_uint_eq(b.plan.step[0].bytes / MIB, 14 * 1024 * 9 / 10);
	bench_close(&b);
	bench_open(&b, "name: t\nversion: 1\nstage: field\ntitle: {en: T, zh: T}\n" GUARD MEMORY);
	b.machine.asked_bytes = 64 * MIB;
	must_refuse(&b, ERR_UNSUPPORTED, "says itself how much memory");
	bench_close(&b);
#undef MEMORY
}
END_TEST

/* "CPUS TURNS", a digit each. */
static void expect_cpus(const struct plan_step *step, const char *wanted)
{
	AUTO(buf_release) struct buf got = BUF_INIT;
	size_t i;

	for (i = 0; i < step->cpu_count; i++)
		buf_addf(&got, "%u", step->cpu[i]);
	buf_addc(&got, ' ');
	for (i = 0; step->turn && i < step->cpu_count; i++)
		buf_addf(&got, "%u", step->turn[i]);
	ck_assert_str_eq(got.data, wanted);
}

START_TEST(cpus_take_turns_one_by_one_or_core_by_core)
{
	/* as most x86 kernels number siblings: 0 with 2, 1 with 3 */
	static const unsigned int core[] = { 0, 1, 0, 1 };
	struct bench b;

	bench_open(&b, HEAD GUARD "scalable: yes\nsteps:\n"
		   "  - {name: a, kernel: cpu.integer, duration: 60s, turns: cpu}\n"
		   "  - {name: b, kernel: cpu.integer, duration: 60s, turns: core, floor: 20s}\n"
		   "  - {name: c, kernel: cpu.integer, duration: 60s, cpus: cores}\n"
		   "  - {name: d, kernel: cpu.integer, duration: 60s, cpus: one, turns: cpu}\n");
	b.machine.core = core;
	ck_assert_int_eq(bench_plan(&b), 0);
	expect_cpus(&b.plan.step[0], "0123 0123");
	expect_cpus(&b.plan.step[1], "0213 0011");
	expect_cpus(&b.plan.step[2], "01 ");
	expect_cpus(&b.plan.step[3], "0 0");
	ck_assert_uint_eq(b.plan.step[0].turn_count, 4);
	ck_assert_uint_eq(b.plan.step[1].turn_count, 2);
	/* what a profile says is the time of each turn */
	ck_assert_int_eq(b.plan.step[0].duration_ns, 240 * SECOND_NS);
	ck_assert_int_eq(b.plan.step[1].duration_ns, 120 * SECOND_NS);
	ck_assert_int_eq(b.plan.asked_ns, 480 * SECOND_NS);
	b.machine.asked_ns = 48 * SECOND_NS;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_int_eq(b.plan.step[0].duration_ns, 24 * SECOND_NS);
	ck_assert_int_eq(b.plan.step[1].duration_ns, 40 * SECOND_NS);
	/* a machine that does not tell its cores has one a cpu */
	b.machine.core = NULL;
	ck_assert_int_eq(bench_plan(&b), 0);
	expect_cpus(&b.plan.step[1], "0123 0123");
	bench_close(&b);
}
END_TEST

START_TEST(turns_of_all_cpus_may_be_too_long_for_a_machine)
{
	struct bench b;

	bench_open(&b, HEAD GUARD "steps:\n"
		   "  - {name: a, kernel: cpu.integer, duration: 30d, turns: cpu}\n");
	must_refuse(&b, ERR_UNSUPPORTED, "would take longer than 90d");
	bench_close(&b);
}
END_TEST

START_TEST(a_plan_with_turns_and_kernels_reads_back_and_no_other_order_of_turns)
{
	struct bench b;
	struct plan again = PLAN_INIT;
	struct buf text = BUF_INIT;
	struct json_writer w;
	json_t *root;

	bench_open(&b, HEAD GUARD "steps:\n"
		   "  - {name: a, kernels: ['cpu.*'], duration: 60s, turns: cpu}\n");
	ck_assert_int_eq(bench_plan(&b), 0);
	json_start(&w, json_buf_sink, &text);
	plan_write(&w, NULL, &b.plan);
	ck_assert_int_eq(json_finish(&w, NULL), 0);
	root = json_read(text.data, text.size, "p", NULL);
	ck_assert_int_eq(plan_read(root, "p", &fixture_kernels, &again, NULL), 0);
	ck_assert_uint_eq(again.step[0].turn_count, 4);
	ck_assert(step_mode_same(&again.step[0].mode, &b.plan.step[0].mode));
	ck_assert_str_eq(plan_step_kernel(&again.step[0], 1), "cpu.float");
	ck_assert_str_eq(step_mode_kernels(&again.arena, &again.step[0].mode,
					   again.step[0].kernel), "cpu.integer + 2");
	plan_release(&again);
	json_array_set_new(json_object_get(json_array_get(json_object_get(root, "steps"), 0),
					   "turn"), 1, json_integer(2));
	ck_assert_int_eq(plan_read(root, "p", &fixture_kernels, &again, &b.err), ERR_INPUT);
	ck_assert_msg(strstr(b.err.text, "'turn'") != NULL, "%s", b.err.text);
	plan_release(&again);
	json_decref(root);
	buf_release(&text);
	bench_close(&b);
}
END_TEST

START_TEST(processors_beside_memory_need_two_cpus_and_a_plan_of_them_reads_back)
{
	struct bench b;
	struct plan again = PLAN_INIT;
	struct buf text = BUF_INIT;
	struct json_writer w;
	json_t *root;

	bench_open(&b, HEAD GUARD "steps:\n"
		   "  - {name: a, kernel: mem.march, bytes: 64MiB, duration: 60s, beside: cpu.vector}\n");
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_ptr_null(b.plan.step[0].skip);
	json_start(&w, json_buf_sink, &text);
	plan_write(&w, NULL, &b.plan);
	ck_assert_int_eq(json_finish(&w, NULL), 0);
	root = json_read(text.data, text.size, "p", NULL);
	ck_assert_int_eq(plan_read(root, "p", &fixture_kernels, &again, NULL), 0);
	ck_assert(step_mode_same(&again.step[0].mode, &b.plan.step[0].mode));
	ck_assert_str_eq(plan_step_kernel(&again.step[0], 0), "mem.march");
	ck_assert_str_eq(plan_step_kernel(&again.step[0], 1), "cpu.vector");
	ck_assert_ptr_null(plan_step_kernel(&again.step[0], 2));
	ck_assert_str_eq(step_mode_kernels(&again.arena, &again.step[0].mode,
					   again.step[0].kernel), "mem.march + cpu.vector");
	json_object_set_new(json_object_get(json_array_get(json_object_get(root, "steps"), 0),
					    "mode"), "beside", json_string("cpu.none"));
	plan_release(&again);
	ck_assert_int_eq(plan_read(root, "p", &fixture_kernels, &again, &b.err), ERR_INPUT);
	plan_release(&again);
	json_decref(root);
	buf_release(&text);
	b.machine.cpu_count = 1;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_msg(strstr(b.plan.step[0].skip, "need two cpus") != NULL, "%s", b.plan.step[0].skip);
	bench_close(&b);
}
END_TEST

START_TEST(where_no_code_may_be_made_the_kernels_that_make_it_are_left_out_with_the_reason)
{
	static const struct err refused = { ERR_UNSUPPORTED, "错误 13", "errno 13" };
	struct bench b;
	struct plan again = PLAN_INIT;
	struct buf text = BUF_INIT;
	struct json_writer w;
	json_t *root;

	bench_open(&b, HEAD GUARD "steps:\n"
		   "  - {name: a, kernels: [made.program, 'cpu.*'], duration: 60s}\n"
		   "  - {name: b, kernel: made.program, duration: 60s}\n"
		   "  - {name: c, kernel: cpu.integer, duration: 60s}\n");
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_uint_eq(b.plan.step[0].mode.kernel_count, 4);
	ck_assert_ptr_null(b.plan.step[0].left_out);
	ck_assert_ptr_null(b.plan.step[1].skip);
	b.machine.code_refused = &refused;
	ck_assert_int_eq(bench_plan(&b), 0);
	ck_assert_uint_eq(b.plan.step[0].mode.kernel_count, 3);
	ck_assert_str_eq(b.plan.step[0].kernel->name, "cpu.integer");
	ck_assert_str_eq(plan_step_kernel(&b.plan.step[0], 2), "cpu.vector");
	ck_assert_ptr_null(b.plan.step[0].skip);
	ck_assert_str_eq(b.plan.step[0].left_out_shown, "错误 13");
	ck_assert_str_eq(b.plan.step[1].skip, "errno 13");
	ck_assert_str_eq(b.plan.step[1].skip_shown, "错误 13");
	ck_assert(!b.plan.step[2].skip && !b.plan.step[2].left_out);
	json_start(&w, json_buf_sink, &text);
	plan_write(&w, NULL, &b.plan);
	ck_assert_int_eq(json_finish(&w, NULL), 0);
	root = json_read(text.data, text.size, "p", NULL);
	ck_assert_int_eq(plan_read(root, "p", &fixture_kernels, &again, NULL), 0);
	ck_assert_str_eq(again.step[0].left_out, "errno 13");
	ck_assert(step_mode_same(&again.step[0].mode, &b.plan.step[0].mode));
	plan_release(&again);
	json_decref(root);
	buf_release(&text);
	bench_close(&b);
}
END_TEST

UNIT_MAIN("plan", processors_beside_memory_need_two_cpus_and_a_plan_of_them_reads_back,
	  where_no_code_may_be_made_the_kernels_that_make_it_are_left_out_with_the_reason,
	  cpus_take_turns_one_by_one_or_core_by_core,
	  turns_of_all_cpus_may_be_too_long_for_a_machine,
	  a_plan_with_turns_and_kernels_reads_back_and_no_other_order_of_turns,
	  memory_that_a_person_asks_for_is_taken_by_profiles_of_stage_bench_alone,
	  a_plan_binds_cpus_bytes_durations_and_seeds, memory_never_takes_the_reserve,
	  a_fixed_size_of_memory_that_is_not_there_is_skipped_with_its_reason,
	  a_disk_step_is_skipped_where_there_is_no_disk_or_no_space,
	  a_run_writes_the_disk_of_its_folder_no_more_than_once,
	  only_a_scalable_profile_is_scaled_and_never_below_the_floor,
	  any_other_profile_is_cut_short_and_says_so_or_takes_longer,
	  batch_and_mass_refuse_a_run_folder_in_memory,
	  a_profile_speaks_for_its_own_stage_or_for_bench,
	  a_machine_without_a_cpu_temperature_is_refused_unless_blind_is_allowed,
	  a_machine_the_profile_is_not_for_is_refused, a_plan_read_back_gives_the_same_bytes,
	  expectations_hold_fail_or_are_not_known)
