/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/model/finding.h"
#include "harness/model/stage.h"
#include "harness/sys/disk.h"

#include <string.h>

START_TEST(codes_are_unique_words_with_a_summary_and_advice)
{
	size_t i, k;

	for (i = 0; i < finding_code_count; i++) {
		const struct finding_code *row = &finding_code[i];

		ck_assert_uint_eq(strspn(row->code, "abcdefghijklmnopqrstuvwxyz-"),
				  strlen(row->code));
		ck_assert(row->summary[0] && row->advice[0]);
		for (k = 0; k < i; k++)
			ck_assert_str_ne(row->code, finding_code[k].code);
		ck_assert_ptr_eq(finding_code_find(row->code), row);
	}
}
END_TEST

START_TEST(every_code_stands_on_its_page_with_its_words)
{
	AUTO(buf_release) struct buf page = BUF_INIT;
	AUTO(buf_release) struct buf row = BUF_INIT;
	size_t i;

	ck_assert_int_eq(disk_read_file(TEST_SOURCE_FOLDER "/docs/formats/findings.md", 1 << 20,
					&page, NULL), 0);
	for (i = 0; i < finding_code_count; i++) {
		const struct finding_code *code = &finding_code[i];

		buf_reset(&row);
		buf_addf(&row, "| `%s` | %s | %s | %s | %s |", code->code,
			 severity_name(code->severity), fault_of_name(code->fault_of),
			 code->summary, code->advice);
		ck_assert_msg(strstr(page.data, row.data) != NULL, "%s", row.data);
	}
}
END_TEST

START_TEST(evidence_is_kept_in_order_and_the_last_value_wins)
{
	struct arena arena = ARENA_INIT;
	struct finding *finding = finding_new(&arena, "cpu-mismatch", "cpu/0", 1, 10);

	finding_evidence(&arena, finding, "want", "1");
	finding_evidence(&arena, finding, "cpu", "3");
	finding_evidence(&arena, finding, "want", "2");
	ck_assert_str_eq(finding->evidence->name, "cpu");
	ck_assert_str_eq(finding->evidence->next->value, "2");
	ck_assert_ptr_null(finding->evidence->next->next);
	ck_assert_ptr_null(finding_get(finding, "got"));
	arena_release(&arena);
}
END_TEST

START_TEST(an_unknown_code_is_kept_and_counts_as_the_worst)
{
	struct arena arena = ARENA_INIT;
	struct finding *finding = finding_new(&arena, "of-next-year", NULL, -1, -1);

	ck_assert_str_eq(finding->code->code, "of-next-year");
	ck_assert_int_eq(finding->code->severity, SEVERITY_CRITICAL);
	ck_assert_int_eq(finding->code->fault_of, FAULT_OF_PRODUCT);
	arena_release(&arena);
}
END_TEST

START_TEST(every_stage_has_a_name_that_leads_back_to_it)
{
	int i;

	for (i = STAGE_UNKNOWN + 1; i < STAGE_COUNT; i++)
		ck_assert_int_eq(stage_from_name(stage_name((enum stage)i)), i);
	ck_assert_int_eq(stage_from_name("unknown"), STAGE_UNKNOWN);
	ck_assert_int_eq(stage_from_name(""), STAGE_UNKNOWN);
	ck_assert_str_eq(stage_name((enum stage)99), "unknown");
}
END_TEST

UNIT_MAIN("finding", codes_are_unique_words_with_a_summary_and_advice,
	  every_code_stands_on_its_page_with_its_words,
	  evidence_is_kept_in_order_and_the_last_value_wins,
	  an_unknown_code_is_kept_and_counts_as_the_worst,
	  every_stage_has_a_name_that_leads_back_to_it)
