/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One test a reason: the record of a run in which everything went well gives PASS; each test spoils
 * one fact and expects exactly the one reason.
 */
#include "tests/unit/model_fixture.h"
#include "tests/unit/run_fixture.h"
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/model/verdict.h"

#include <stdlib.h>
#include <string.h>

#define DIGEST "0123456789012345678901234567890123456789012345678901234567890123"

static struct outcome *outcome_of(struct record *record, size_t step)
{
	struct outcome *outcome = record->outcome;

	while (outcome && outcome->step != step)
		outcome = outcome->next;
	return outcome;
}

static struct finding *add_finding(struct record *record, const char *code, int64_t step,
				   int64_t time_ns)
{
	struct finding **tail = &record->finding;

	while (*tail)
		tail = &(*tail)->next;
	*tail = finding_new(&record->arena, code, "", step, time_ns);
	return *tail;
}

/* Another attempt at a step, done like the first one. */
static void do_again(struct record *record, size_t step, int64_t started_ns)
{
	struct outcome *last = record->outcome;
	struct outcome *again =
		arena_copy(&record->arena, outcome_of(record, step), sizeof(*again));

	while (last->next)
		last = last->next;
	again->next = NULL;
	again->attempt++;
	again->kind = OUTCOME_DONE;
	again->started_ns = started_ns;
	last->next = again;
}

#define SPOIL(name) static void name(struct record *r)

SPOIL(nothing) { (void)r; }
SPOIL(no_end) { r->complete = false; }
SPOIL(damaged) { r->journal_state = "damaged"; }
SPOIL(no_state) { r->journal_state = NULL; }
SPOIL(torn) { r->journal_state = "torn"; }
SPOIL(lost_many) { r->samples_lost = 1; }
SPOIL(wrong_profile) { r->plan.profile_digest[0] ^= 1; }
SPOIL(cut) { r->plan.cut_short = true; }
SPOIL(blind) { r->plan.blind = true; }
SPOIL(other_guard) { r->plan.guard[0].stop += 1000; }
SPOIL(no_guard) { r->plan.guard_count = 0; }
SPOIL(other_stage) { r->plan.stage = STAGE_FIELD; }
SPOIL(no_stage) { r->plan.stage = STAGE_UNKNOWN; }
SPOIL(bench_stage) { r->plan.stage = STAGE_BENCH; }
SPOIL(in_memory) { r->plan.medium = "tmpfs"; }
SPOIL(fewer_steps) { r->plan.step_count = 3; }
SPOIL(shorter_plan) { r->plan.step[0].duration_ns /= 2; }
SPOIL(other_kernel) { r->plan.step[0].kernel = r->plan.step[1].kernel; }
SPOIL(too_short) { outcome_of(r, 0)->done_ns -= 2 * SECOND_NS; }
SPOIL(injected) { r->harness_version = "0.1.0 INJECTED memory-flip"; }
SPOIL(other_turns) { r->profile.step[0].mode.turns = r->plan.step[0].mode.turns = TURNS_CPU; }
SPOIL(other_mode) { r->plan.step[0].mode.load_ns = r->plan.step[0].mode.idle_ns = 1; }
SPOIL(kernel_without_work)
{
	static const struct kernel_spec *kernel[2];

	kernel[0] = r->plan.step[0].kernel;
	kernel[1] = r->plan.step[1].kernel;
	r->plan.step[0].mode.kernel = kernel;
	r->plan.step[0].mode.kernel_count = 2;
	r->plan.step[0].mode.slice_ns = SECOND_NS;
	r->profile.step[0].mode = r->plan.step[0].mode;
	outcome_of(r, 0)->worker[0].kernels = outcome_of(r, 0)->worker[1].kernels = 2;
	outcome_of(r, 0)->worker[2].kernels = 2;
	outcome_of(r, 0)->worker[3].kernels = 1;
}
/* Of two kernels asked for, one is in the plan. */
static void leave_out(struct record *r, bool makes_code, const char *why)
{
	static const struct kernel_spec made[2] = { { .name = "made", .makes_code = true },
						    { .name = "plain" } };
	static const struct kernel_spec *asked[2], *left[1];
	size_t i;

	asked[0] = &made[makes_code ? 0 : 1];
	asked[1] = left[0] = r->plan.step[0].kernel;
	r->plan.step[0].mode.slice_ns = r->profile.step[0].mode.slice_ns = SECOND_NS;
	r->profile.step[0].kernel = asked[0];
	r->profile.step[0].mode.kernel = asked;
	r->profile.step[0].mode.kernel_count = 2;
	r->plan.step[0].mode.kernel = left;
	r->plan.step[0].mode.kernel_count = 1;
	r->plan.step[0].left_out = why;
	for (i = 0; i < outcome_of(r, 0)->worker_count; i++)
		outcome_of(r, 0)->worker[i].kernels = 1;
}

SPOIL(code_left_out) { leave_out(r, true, "not here"); }
SPOIL(code_left_out_for_nothing) { leave_out(r, true, NULL); }
SPOIL(other_left_out) { leave_out(r, false, "not here"); }
SPOIL(budget_spent)
{
	too_short(r);
	r->profile.step[0].mode.budget_bytes = r->plan.step[0].mode.budget_bytes = 4000;
}
SPOIL(budget_left)
{
	too_short(r);
	r->profile.step[0].mode.budget_bytes = r->plan.step[0].mode.budget_bytes = 4001;
}
SPOIL(other_param) { r->plan.step[1].param[1].value = 1; }
SPOIL(smaller_disk) { r->plan.step[3].param[0].value = 8ULL << 30; }
SPOIL(larger_budget) { r->plan.step[3].param[0].value = 17ULL << 30; }
SPOIL(no_budget) { r->plan.step[3].param[0].value = 0; }
SPOIL(little_budget) { r->plan.step[3].param[0].value = r->plan.step[3].bytes - 1; }
SPOIL(not_required) { r->plan.step[0].required = false; }
SPOIL(skipped) { r->plan.step[0].skip = "no reason at all"; }
SPOIL(skipped_later) { outcome_of(r, 0)->kind = OUTCOME_SKIPPED; }
SPOIL(unknown_end) { outcome_of(r, 0)->kind = OUTCOME_UNKNOWN; }
SPOIL(interrupted) { outcome_of(r, 0)->kind = OUTCOME_INTERRUPTED; }
SPOIL(failed) { outcome_of(r, 0)->kind = OUTCOME_FAILED; }
SPOIL(never_started) { r->outcome = r->outcome->next; }
SPOIL(optional_undone) { outcome_of(r, 3)->kind = OUTCOME_INTERRUPTED; }
SPOIL(a_little_short) { outcome_of(r, 0)->done_ns -= SECOND_NS / 2; }
SPOIL(no_work) { outcome_of(r, 0)->worker[2].work = 0; }
SPOIL(one_worker_less) { outcome_of(r, 0)->worker_count = 3; }
SPOIL(one_not_done) { outcome_of(r, 0)->worker[1].kind = OUTCOME_UNKNOWN; }
SPOIL(little_coverage) { outcome_of(r, 2)->frames = fixture_one_node(&r->arena, GIB); }
SPOIL(virtual_coverage) { outcome_of(r, 2)->frames.count = 0; }
SPOIL(many_workers_one_frame) { outcome_of(r, 2)->worker[0].distinct_bytes = 64 * GIB; }
SPOIL(more_installed)
{
	component_number(&r->inventory,
			 (struct component *)inventory_find(&r->inventory, "memory/total"),
			 "installed_bytes", 64 * (int64_t)GIB, "smbios", CERTAINTY_CERTAIN);
}
SPOIL(more_cpus)
{
	struct component *c = inventory_add(&r->inventory, "cpu", "cpu/1", NULL);

	component_number(&r->inventory, c, "logical_cpus", 4, "proc/cpuinfo", CERTAINTY_CERTAIN);
}
SPOIL(mismatch) { outcome_of(r, 2)->worker[0].mismatches = 1; }
SPOIL(optional_mismatch) { outcome_of(r, 3)->worker[0].mismatches = 1; }
SPOIL(crash_then_done)
{
	outcome_of(r, 0)->kind = OUTCOME_CRASHED;
	do_again(r, 0, r->duration_ns);
}
SPOIL(hang_then_done)
{
	outcome_of(r, 0)->kind = OUTCOME_TIMED_OUT;
	do_again(r, 0, r->duration_ns);
}
SPOIL(guard_then_done)
{
	outcome_of(r, 0)->kind = OUTCOME_STOPPED_BY_GUARD;
	do_again(r, 0, r->duration_ns);
}
SPOIL(interrupted_then_done)
{
	outcome_of(r, 0)->kind = OUTCOME_INTERRUPTED;
	do_again(r, 0, r->duration_ns);
}
SPOIL(found_critical) { add_finding(r, "kernel-error", -1, 5); }
SPOIL(found_unknown) { add_finding(r, "of-next-year", -1, 5); }
SPOIL(found_minor) { add_finding(r, "net-errors", -1, 5); }
SPOIL(station_fault) { add_finding(r, "step-failed", 0, 5); }
SPOIL(station_fault_made_good)
{
	add_finding(r, "step-failed", 0, 5);
	do_again(r, 0, 6);
}
SPOIL(station_fault_after)
{
	add_finding(r, "step-failed", 0, 7);
	do_again(r, 0, 6);
}
SPOIL(runner_died) { add_finding(r, "runner-crashed", -1, 5); }
SPOIL(runner_died_and_resumed)
{
	add_finding(r, "runner-crashed", -1, 5);
	r->interruption = arena_new(&r->arena, struct interruption);
	r->interruption->kind = INTERRUPTION_CRASH;
	r->interruption->time_ns = 5;
	r->interruption->resumed_ns = 6;
}
SPOIL(never_made_good)
{
	runner_died_and_resumed(r);
	r->finding = NULL;
	add_finding(r, "machine-changed", -1, 5);
}
SPOIL(setting_left)
{
	r->setting = arena_new(&r->arena, struct setting);
	r->setting->path = "sys/x";
	r->setting->before = "a";
	r->setting->during = "b";
}
SPOIL(hot_for_long)
{
	struct record_excess *excess = arena_new(&r->arena, struct record_excess);

	excess->longest_ns = 30 * SECOND_NS;
	excess->worst = 99000;
	r->series[0].excess = excess;
}
SPOIL(hot_for_a_moment)
{
	hot_for_long(r);
	r->series[0].excess->longest_ns = SECOND_NS;
}
SPOIL(counter_grew) { r->series[1].last = r->series[1].first + 1000; }
SPOIL(counter_reset) { r->series[1].first = 9000, r->series[1].last = 1000; }
SPOIL(optional_limit_without_series) { r->series[1].good = 0; }
SPOIL(limit_without_series)
{
	r->profile.guard_count = r->plan.guard_count = 0;
	r->series[0].good = 0;
}
SPOIL(limit_mostly_bad) { r->series[0].bad = 20; }
SPOIL(guard_without_reading)
{
	r->profile.limit_count = 0;
	r->series[0].good = 0;
}
SPOIL(wrong_arch) { r->inventory.arch = "loongarch64"; }
SPOIL(no_disk) { inventory_class(&r->inventory, "block", PRESENCE_UNREADABLE, "denied"); }
SPOIL(two_disks) { inventory_add(&r->inventory, "block", "block/sdb", NULL); }
SPOIL(not_applicable) { inventory_class(&r->inventory, "cpu", PRESENCE_ABSENT, "no cpu"); }

static const struct {
	const char *name;
	void (*spoil)(struct record *record);
	enum verdict_kind kind;
	const char *code;	/* of the only reason; "" for PASS */
} row[] = {
	{ "nothing", nothing, VERDICT_PASS, "" },
	{ "no end", no_end, VERDICT_INCOMPLETE, "record-incomplete" },
	{ "damaged", damaged, VERDICT_INCOMPLETE, "journal-damaged" },
	{ "no state", no_state, VERDICT_INCOMPLETE, "journal-damaged" },
	{ "torn but complete", torn, VERDICT_PASS, "" },
	{ "lost", lost_many, VERDICT_INCOMPLETE, "samples-lost" },
	{ "wrong profile", wrong_profile, VERDICT_INCOMPLETE, "profile-mismatch" },
	{ "cut", cut, VERDICT_INCOMPLETE, "cut-short" },
	{ "blind", blind, VERDICT_INCOMPLETE, "blind-not-allowed" },
	{ "other guard", other_guard, VERDICT_INCOMPLETE, "guard-missing" },
	{ "no guard", no_guard, VERDICT_INCOMPLETE, "guard-missing" },
	{ "other stage", other_stage, VERDICT_INCOMPLETE, "stage-mismatch" },
	{ "no stage", no_stage, VERDICT_INCOMPLETE, "stage-mismatch" },
	{ "bench", bench_stage, VERDICT_PASS, "" },
	{ "in memory", in_memory, VERDICT_INCOMPLETE, "medium-refused" },
	{ "fewer steps", fewer_steps, VERDICT_INCOMPLETE, "plan-mismatch" },
	{ "shorter plan", shorter_plan, VERDICT_INCOMPLETE, "plan-mismatch" },
	{ "other kernel", other_kernel, VERDICT_INCOMPLETE, "plan-mismatch" },
	{ "other parameter", other_param, VERDICT_INCOMPLETE, "plan-mismatch" },
	{ "a disk smaller than the budget", smaller_disk, VERDICT_PASS, "" },
	{ "a larger budget", larger_budget, VERDICT_INCOMPLETE, "plan-mismatch" },
	{ "a budget for less than the file", little_budget, VERDICT_INCOMPLETE, "plan-mismatch" },
	{ "a budget for nothing", no_budget, VERDICT_INCOMPLETE, "plan-mismatch" },
	{ "not required", not_required, VERDICT_INCOMPLETE, "plan-mismatch" },
	{ "skipped", skipped, VERDICT_INCOMPLETE, "step-skipped" },
	{ "skipped later", skipped_later, VERDICT_INCOMPLETE, "step-skipped" },
	{ "unknown end", unknown_end, VERDICT_INCOMPLETE, "step-unfinished" },
	{ "interrupted", interrupted, VERDICT_INCOMPLETE, "step-unfinished" },
	{ "failed", failed, VERDICT_INCOMPLETE, "step-unfinished" },
	{ "never started", never_started, VERDICT_INCOMPLETE, "step-missing" },
	{ "an optional step undone", optional_undone, VERDICT_PASS, "" },
	{ "too short", too_short, VERDICT_INCOMPLETE, "step-too-short" },
	{ "a little short", a_little_short, VERDICT_PASS, "" },
	{ "a program that plants faults", injected, VERDICT_INCOMPLETE, "injected" },
	{ "turns that were not taken", other_turns, VERDICT_INCOMPLETE, "plan-mismatch" },
	{ "edges that nobody asked for", other_mode, VERDICT_INCOMPLETE, "plan-mismatch" },
	{ "a worker that left out a kernel", kernel_without_work, VERDICT_INCOMPLETE, "work-missing" },
	{ "a kernel that makes code, where none may be made", code_left_out, VERDICT_PASS, "" },
	{ "the same without a reason", code_left_out_for_nothing, VERDICT_INCOMPLETE, "plan-mismatch" },
	{ "another left out", other_left_out, VERDICT_INCOMPLETE, "plan-mismatch" },
	{ "a budget that was spent early", budget_spent, VERDICT_PASS, "" },
	{ "a budget that was not", budget_left, VERDICT_INCOMPLETE, "step-too-short" },
	{ "no work", no_work, VERDICT_INCOMPLETE, "work-missing" },
	{ "one worker less", one_worker_less, VERDICT_INCOMPLETE, "work-missing" },
	{ "one worker not done", one_not_done, VERDICT_INCOMPLETE, "work-missing" },
	{ "little coverage", little_coverage, VERDICT_INCOMPLETE, "coverage-too-small" },
	{ "virtual coverage", virtual_coverage, VERDICT_INCOMPLETE, "coverage-virtual" },
	{ "the sum of the workers is not what counts", many_workers_one_frame, VERDICT_PASS, "" },
	{ "more installed", more_installed, VERDICT_INCOMPLETE, "coverage-too-small" },
	{ "more cpus", more_cpus, VERDICT_INCOMPLETE, "cpus-not-covered" },
	{ "mismatch", mismatch, VERDICT_FAIL, "mismatch-counted" },
	{ "mismatch of an optional step", optional_mismatch, VERDICT_FAIL, "mismatch-counted" },
	{ "crash, then done", crash_then_done, VERDICT_FAIL, "worker-crashed" },
	{ "hang, then done", hang_then_done, VERDICT_FAIL, "worker-hung" },
	{ "guard, then done", guard_then_done, VERDICT_FAIL, "guard-stop" },
	{ "interrupted, then done", interrupted_then_done, VERDICT_PASS, "" },
	{ "a finding", found_critical, VERDICT_FAIL, "kernel-error" },
	{ "an unknown finding", found_unknown, VERDICT_FAIL, "of-next-year" },
	{ "a minor finding", found_minor, VERDICT_PASS, "" },
	{ "station fault", station_fault, VERDICT_INCOMPLETE, "step-failed" },
	{ "station fault made good", station_fault_made_good, VERDICT_PASS, "" },
	{ "station fault after", station_fault_after, VERDICT_INCOMPLETE, "step-failed" },
	{ "runner died", runner_died, VERDICT_INCOMPLETE, "runner-crashed" },
	{ "runner died, resumed", runner_died_and_resumed, VERDICT_PASS, "" },
	{ "never made good", never_made_good, VERDICT_INCOMPLETE, "machine-changed" },
	{ "setting left", setting_left, VERDICT_INCOMPLETE, "setting-not-restored" },
	{ "hot for long", hot_for_long, VERDICT_FAIL, "limit-exceeded" },
	{ "hot for a moment", hot_for_a_moment, VERDICT_PASS, "" },
	{ "counter grew", counter_grew, VERDICT_FAIL, "edac-corrected" },
	{ "counter reset", counter_reset, VERDICT_FAIL, "edac-corrected" },
	{ "optional limit", optional_limit_without_series, VERDICT_PASS, "" },
	{ "limit without series", limit_without_series, VERDICT_INCOMPLETE, "limit-unproven" },
	{ "limit mostly bad", limit_mostly_bad, VERDICT_INCOMPLETE, "limit-unproven" },
	{ "guard without reading", guard_without_reading, VERDICT_INCOMPLETE, "guard-unproven" },
	{ "wrong architecture", wrong_arch, VERDICT_INCOMPLETE, "does-not-apply" },
	{ "disk unreadable", no_disk, VERDICT_INCOMPLETE, "expectation-unknown" },
	{ "two disks", two_disks, VERDICT_FAIL, "expectation-failed" },
	{ "not applicable", not_applicable, VERDICT_INCOMPLETE, "does-not-apply" },
};

START_TEST(each_spoiled_fact_gives_its_one_reason)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct record record = RECORD_INIT;
		struct verdict verdict = VERDICT_INIT;

		fixture_run(&record);
		row[i].spoil(&record);
		verdict_judge(&record.profile, &record, DIGEST, &verdict);
		ck_assert_msg(verdict.kind == row[i].kind, "%s gives %s (%s: %s)", row[i].name,
			      verdict_name(verdict.kind),
			      verdict.reason ? verdict.reason->code : "",
			      verdict.reason ? verdict.reason->detail : "");
		ck_assert_msg(verdict.reason_count == (row[i].code[0] != 0), "%s gives %zu reasons",
			      row[i].name, verdict.reason_count);
		if (verdict.reason)
			ck_assert_str_eq(verdict.reason->code, row[i].code);
		verdict_release(&verdict);
		record_release(&record);
	}
}
END_TEST

START_TEST(every_reason_of_the_table_is_in_the_tests_above)
{
	size_t i, k;

	for (i = 0; i < reason_code_count; i++) {
		bool found = !strcmp(reason_code[i].code, "work-too-little");	/* its own test */

		for (k = 0; k < ARRAY_SIZE(row); k++)
			found = found || !strcmp(row[k].code, reason_code[i].code);
		ck_assert_msg(found, "no test makes the reason %s", reason_code[i].code);
		ck_assert_ptr_null(finding_code_find(reason_code[i].code));
	}
}
END_TEST

START_TEST(a_zeroed_record_is_incomplete)
{
	struct record record = RECORD_INIT;
	struct verdict verdict = VERDICT_INIT;

	verdict_judge(&record.profile, &record, DIGEST, &verdict);
	ck_assert_int_eq(verdict.kind, VERDICT_INCOMPLETE);
	ck_assert_uint_gt(verdict.reason_count, 3);
	verdict_release(&verdict);
}
END_TEST

START_TEST(fail_beats_incomplete_and_both_are_told)
{
	struct record record = RECORD_INIT;
	struct verdict verdict = VERDICT_INIT;

	fixture_run(&record);
	no_end(&record);
	mismatch(&record);
	verdict_judge(&record.profile, &record, DIGEST, &verdict);
	ck_assert_int_eq(verdict.kind, VERDICT_FAIL);
	ck_assert_uint_eq(verdict.reason_count, 2);
	ck_assert(!verdict_is_guard_stop(&verdict));
	verdict_release(&verdict);
	record_release(&record);
}
END_TEST

START_TEST(only_a_stop_by_the_guard_is_one)
{
	struct record record = RECORD_INIT;
	struct verdict verdict = VERDICT_INIT;

	fixture_run(&record);
	outcome_of(&record, 0)->kind = OUTCOME_STOPPED_BY_GUARD;
	add_finding(&record, "guard-stop", 0, 5);
	verdict_judge(&record.profile, &record, DIGEST, &verdict);
	ck_assert_int_eq(verdict.kind, VERDICT_FAIL);
	ck_assert(verdict_is_guard_stop(&verdict));
	verdict_release(&verdict);
	add_finding(&record, "kernel-error", -1, 5);
	verdict_judge(&record.profile, &record, DIGEST, &verdict);
	ck_assert(!verdict_is_guard_stop(&verdict));
	verdict_release(&verdict);
	record_release(&record);
}
END_TEST

#define QUICK(more)                                                                                \
	"name: q\nversion: 1\nstage: bench\ntitle: {en: Q, zh: Q}\nscalable: yes\n"                \
	"blind: allowed\nguard: [{metric: temperature, stop: 95C}]\n"                              \
	"limits: [{metric: temperature, max: 90C}]\n"                                              \
	"steps:\n  - {name: a, kernel: cpu.integer, duration: 60s" more "}\n"

static enum verdict_kind judge_quick(const char *profile, int64_t asked_ns, const char *want,
				     void (*spoil)(struct record *record))
{
	struct inventory inventory = INVENTORY_INIT;
	struct record record = RECORD_INIT;
	struct verdict verdict = VERDICT_INIT;
	struct plan_machine machine;
	enum verdict_kind kind;

	fixture_run_inventory(&inventory);
	machine = fixture_run_machine(&inventory);
	machine.asked_ns = asked_ns;
	if (spoil == blind)
		machine.series_count = 0;
	fixture_run_of(profile, &machine, &record);
	if (spoil == blind)
		record.series_count = 0;
	verdict_judge(&record.profile, &record, DIGEST, &verdict);
	kind = verdict.kind;
	ck_assert_str_eq(verdict.reason ? verdict.reason->code : "", want);
	verdict_release(&verdict);
	record_release(&record);
	inventory_release(&inventory);
	return kind;
}

START_TEST(a_scaled_step_owes_its_share_of_the_work)
{
	/* four workers do 1000 units each */
	ck_assert_int_eq(judge_quick(QUICK(", min-work: 4000"), 0, "", nothing), VERDICT_PASS);
	ck_assert_int_eq(judge_quick(QUICK(", min-work: 4001"), 0, "work-too-little", nothing),
			 VERDICT_INCOMPLETE);
	ck_assert_int_eq(judge_quick(QUICK(", min-work: 8000"), 30 * SECOND_NS, "", nothing),
			 VERDICT_PASS);
	ck_assert_int_eq(judge_quick(QUICK(", min-work: 8004"), 30 * SECOND_NS, "work-too-little",
				     nothing), VERDICT_INCOMPLETE);
}
END_TEST

START_TEST(a_blind_run_can_pass_where_the_profile_allows_it)
{
	ck_assert_int_eq(judge_quick(QUICK(""), 0, "", blind), VERDICT_PASS);
}
END_TEST

static char *text_of(const struct verdict *verdict)
{
	struct buf out = BUF_INIT;
	struct json_writer w;

	json_start(&w, json_buf_sink, &out);
	verdict_write(&w, verdict);
	ck_assert_int_eq(json_finish(&w, NULL), 0);
	return buf_detach(&out);
}

START_TEST(the_same_evidence_gives_the_same_bytes_and_they_can_be_read)
{
	struct record record = RECORD_INIT;
	struct verdict verdict[3] = { VERDICT_INIT, VERDICT_INIT, VERDICT_INIT };
	struct err err = ERR_INIT;
	char *text[3];
	json_t *root;
	int i;

	fixture_run(&record);
	mismatch(&record);
	cut(&record);
	for (i = 0; i < 2; i++) {
		verdict_judge(&record.profile, &record, DIGEST, &verdict[i]);
		text[i] = text_of(&verdict[i]);
	}
	root = json_read(text[0], strlen(text[0]), "verdict.json", &err);
	ck_assert_int_eq(verdict_read(root, "verdict.json", &verdict[2], &err), 0);
	json_decref(root);
	text[2] = text_of(&verdict[2]);
	ck_assert_str_eq(text[0], text[1]);
	ck_assert_str_eq(text[0], text[2]);
	for (i = 0; i < 3; i++) {
		free(text[i]);
		verdict_release(&verdict[i]);
	}
	record_release(&record);
}
END_TEST

UNIT_MAIN("verdict", each_spoiled_fact_gives_its_one_reason,
	  every_reason_of_the_table_is_in_the_tests_above, a_zeroed_record_is_incomplete,
	  fail_beats_incomplete_and_both_are_told, only_a_stop_by_the_guard_is_one,
	  a_scaled_step_owes_its_share_of_the_work,
	  a_blind_run_can_pass_where_the_profile_allows_it,
	  the_same_evidence_gives_the_same_bytes_and_they_can_be_read)
