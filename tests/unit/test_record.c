/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/model_fixture.h"
#include "tests/unit/run_fixture.h"
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/model/json_noun.h"
#include "harness/sys/disk.h"

#include <stdlib.h>
#include <string.h>

#define GOLDEN TEST_SOURCE_FOLDER "/tests/golden/record.json"

/* Something of everything a record can hold. */
static void add_trouble(struct record *record)
{
	struct arena *arena = &record->arena;
	struct finding *finding = finding_new(arena, "memory-mismatch", "dimm/P0-C2", 2, 5000);
	struct interruption *interruption = arena_new(arena, struct interruption);
	struct setting *setting = arena_new(arena, struct setting);
	struct record_excess *excess = arena_new(arena, struct record_excess);

	finding_evidence(arena, finding, "want", "0x%016llx", 0xdeadbeefULL);
	finding_evidence(arena, finding, "got", "0x%016llx", 0xdeadbeeeULL);
	finding_evidence(arena, finding, "line", "%s", "\xc4\xda\xb4\xe6");
	finding->next = finding_new(arena, "from-the-future", "", -1, -1);
	record->finding = finding;
	interruption->kind = INTERRUPTION_REBOOT;
	interruption->time_ns = 77;
	interruption->resumed_ns = 99;
	interruption->boot_before = "b1";
	interruption->boot_after = "b2";
	interruption->next = arena_new(arena, struct interruption);
	interruption->next->kind = INTERRUPTION_CRASH;
	interruption->next->resumed_ns = -1;
	record->interruption = interruption;
	setting->path = "sys/x";
	setting->before = "powersave";
	setting->during = "performance";
	record->setting = setting;
	excess->limit = 1;
	excess->longest_ns = 3;
	excess->worst = 99000;
	record->series[1].excess = excess;
	record->outcome->worker[0].kind = OUTCOME_CRASHED;
	record->outcome->worker[0].signal = 11;
	record->outcome->kind = OUTCOME_CRASHED;
	record->outcome->reason = "signal 11";
}

START_TEST(a_record_read_back_gives_the_same_bytes)
{
	struct record record = RECORD_INIT, again = RECORD_INIT;
	struct err err = ERR_INIT;
	AUTO_FREE char *first = NULL;
	AUTO_FREE char *second = NULL;

	fixture_run(&record);
	add_trouble(&record);
	first = fixture_run_text(&record);
	if (record_parse(first, strlen(first), "record.json", &fixture_kernels, &again, &err) < 0)
		ck_abort_msg("%s", err.text);
	second = fixture_run_text(&again);
	ck_assert_str_eq(first, second);
	ck_assert_int_eq(json_check_canonical(first, strlen(first), "record", &err), 0);
	ck_assert_str_eq(again.profile.digest, again.plan.profile_digest);
	ck_assert_str_eq(finding_get(again.finding, "line"), "内存");
	ck_assert_str_eq(finding_get(again.finding, "line_encoding"), "gbk");
	ck_assert_int_eq(again.finding->next->code->severity, SEVERITY_CRITICAL);
	record_release(&record);
	record_release(&again);
}
END_TEST

START_TEST(the_form_of_a_record_is_the_one_that_is_kept)
{
	struct record record = RECORD_INIT;
	struct err err = ERR_INIT;
	AUTO_FREE char *text = NULL;
	AUTO(buf_release) struct buf golden = BUF_INIT;

	fixture_run(&record);
	add_trouble(&record);
	text = fixture_run_text(&record);
	if (getenv("UPDATE_GOLDEN"))
		disk_replace(GOLDEN, text, strlen(text), 0, &err);
	if (disk_read_file(GOLDEN, 1 << 20, &golden, &err) < 0)
		ck_abort_msg("%s", err.text);
	ck_assert_msg(!strcmp(text, golden.data),
		      "not the bytes of %s; when the change is meant, "
		      "set UPDATE_GOLDEN=1 and read the difference",
		      GOLDEN);
	record_release(&record);
}
END_TEST

static char *replaced(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	struct buf out = BUF_INIT;

	ck_assert_ptr_nonnull(at);
	buf_add(&out, text, (size_t)(at - text));
	buf_adds(&out, to);
	buf_adds(&out, at + strlen(from));
	return buf_detach(&out);
}

START_TEST(what_is_not_exactly_a_record_is_refused_with_a_reason)
{
	static const char *const change[][3] = {
		{ "{\"bucket_ns\":", "{\"aaa\":1,\"bucket_ns\":", "not the canonical form" },
		{ "\"format\":1", "\"format\":2", "record format 2" },
		{ "\"format\":1,", "", "key 'format' is missing" },
		{ "\"journal_state\":\"clean\"", "\"journal_state\":\"fine\"", "cannot be 'fine'" },
		{ "\"kind\":\"crashed\"", "\"kind\":\"ok\"", "cannot be 'ok'" },
		{ "\"step\":3", "\"step\":4", "a step that is not planned" },
		{ "\"limit\":1", "\"limit\":2", "a limit that the profile does not have" },
		{ "[0,10,0,", "[0,-10,0,", "six numbers" },
		{ "[0,10,0,", "[0,0,", "six numbers" },
		{ "\"kernel\":\"cpu.integer\"", "\"kernel\":\"cpu.magic\"",
		  "no kernel 'cpu.magic'" },
		{ "\"rounds\":4", "\"rings\":4", "no parameter 'rings'" },
		{ "\"algorithm\":\"ss\"", "\"algorithm\":\"xx\"", "'algorithm' has a wrong value" },
		{ "\"attempt\":1", "\"attempt\":-1", "must not be negative" },
		{ "\"cpu\":[0,2,3]", "\"cpu\":[0,2,-3]", "must hold numbers of cpus" },
		{ "\"journal_digest\":\"aa", "\"journal_digest\":\"AA", "must be a digest" },
		{ "\"evidence\":{\"got\":", "\"evidence\":{\"got\":1,\"gut\":", "must be a text" },
		{ "\"complete\":true", "\"complete\":1", "must be true or false" },
		{ "\"watcher_locked\":true}", "\"watcher_locked\":true}\n",
		  "not the canonical form" },
		{ "{\"bucket_ns\"", " {\"bucket_ns\"", "not the canonical form" },
		{ "\"harness_version\":\"0.1.0\"", "\"harness_version\":\"0.1\\u002e0\"",
		  "not the canonical form" },
	};
	struct record record = RECORD_INIT;
	AUTO_FREE char *text = NULL;
	size_t i;

	fixture_run(&record);
	add_trouble(&record);
	text = fixture_run_text(&record);
	for (i = 0; i < ARRAY_SIZE(change); i++) {
		AUTO_FREE char *bad = replaced(text, change[i][0], change[i][1]);
		struct record again = RECORD_INIT;
		struct err err = ERR_INIT;

		ck_assert_int_eq(
			record_parse(bad, strlen(bad), "r", &fixture_kernels, &again, &err),
			ERR_INPUT);
		ck_assert_msg(strstr(err.plain, change[i][2]) != NULL, "%s: %s", change[i][1],
			      err.plain);
		record_release(&again);
	}
	record_release(&record);
}
END_TEST

START_TEST(a_counter_beyond_2_53_is_written_as_the_greatest_number)
{
	struct record record = RECORD_INIT, again = RECORD_INIT;
	struct err err = ERR_INIT;
	AUTO_FREE char *text = NULL;

	fixture_run(&record);
	record.outcome->worker[0].work = UINT64_MAX;
	text = fixture_run_text(&record);
	ck_assert_int_eq(record_parse(text, strlen(text), "r", &fixture_kernels, &again, &err), 0);
	ck_assert_uint_eq(again.outcome->worker[0].work, JSON_INT_MAX);
	record_release(&record);
	record_release(&again);
}
END_TEST

UNIT_MAIN("record", a_record_read_back_gives_the_same_bytes,
	  the_form_of_a_record_is_the_one_that_is_kept,
	  what_is_not_exactly_a_record_is_refused_with_a_reason,
	  a_counter_beyond_2_53_is_written_as_the_greatest_number)
