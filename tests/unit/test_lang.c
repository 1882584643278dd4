/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue inside the program, and that it holds every text a report can show. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/lang_sentence.h"
#include "harness/sys/disk.h"

#include <glob.h>
#include <string.h>

/* The string literals that stand at `at`, put together, into `out`; the place after them. */
static const char *read_literals(const char *at, struct buf *out)
{
	buf_reset(out);
	for (;;) {
		at += strspn(at, " \t\n");
		if (*at != '"')
			return at;
		for (at++; *at && *at != '"'; at++) {
			if (*at == '\\')
				at++;
			buf_addc(out, *at);
		}
		at += *at == '"';
	}
}

static size_t check_file(const char *path)
{
	static const char mark[] = "N_(";
	AUTO(buf_release) struct buf source = BUF_INIT;
	AUTO(buf_release) struct buf msgid = BUF_INIT;
	const char *at;
	size_t count = 0;

	ck_assert_int_eq(disk_read_file(path, 1 << 22, &source, NULL), 0);
	for (at = source.data; (at = strstr(at, mark)); ) {
		at = read_literals(at + strlen(mark), &msgid);
		if (*at != ')' || !msgid.size)
			continue;
		/* A text that is there is given from the catalogue, even when it is the same. */
		ck_assert_msg(lang_text(LANG_ZH, msgid.data) != msgid.data,
			      "%s: no Chinese text for '%s'", path, msgid.data);
		count++;
	}
	return count;
}

START_TEST(every_text_of_a_report_has_a_chinese_one)
{
	static const char *const pattern[] = {
		TEST_SOURCE_FOLDER "/reports/*.[ch]",
		TEST_SOURCE_FOLDER "/harness/model/stage.c",
		TEST_SOURCE_FOLDER "/harness/model/finding_codes.c",
		TEST_SOURCE_FOLDER "/harness/model/verdict_reasons.c",
	};
	size_t count = 0;
	size_t i;
	size_t j;

	for (i = 0; i < ARRAY_SIZE(pattern); i++) {
		glob_t found;

		ck_assert_int_eq(glob(pattern[i], 0, NULL, &found), 0);
		for (j = 0; j < found.gl_pathc; j++)
			count += check_file(found.gl_pathv[j]);
		globfree(&found);
	}
	ck_assert_uint_gt(count, 250);
}
END_TEST

START_TEST(a_text_without_translation_is_given_back_as_it_is)
{
	static const char unknown[] = "no catalogue holds this sentence";

	ck_assert_ptr_eq(lang_text(LANG_ZH, unknown), unknown);
	ck_assert_str_eq(lang_text(LANG_ZH, ""), "");
	ck_assert_str_eq(lang_text(LANG_EN, "passed, done, valid"), "passed, done, valid");
	ck_assert_str_eq(lang_text(LANG_ZH, "passed, done, valid"), "通过、完成、有效");
}
END_TEST

START_TEST(languages_have_their_usual_names_and_no_others)
{
	ck_assert_int_eq(lang_from_name("en"), LANG_EN);
	ck_assert_int_eq(lang_from_name("zh"), LANG_ZH);
	ck_assert_int_eq(lang_from_name("zh_CN"), LANG_ZH);
	ck_assert_int_eq(lang_from_name("zh-CN"), LANG_ZH);
	ck_assert_int_eq(lang_from_name("ZH"), -1);
	ck_assert_int_eq(lang_from_name(""), -1);
}
END_TEST

static void must_say(const char *english, const char *chinese)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;

	ck_assert_str_eq(lang_sentence(LANG_ZH, &arena, english), chinese);
	ck_assert_ptr_eq(lang_sentence(LANG_EN, &arena, english), english);
}

START_TEST(a_finished_sentence_of_the_evidence_is_said_in_chinese_with_its_values)
{
	must_say("3 of its workers crashed", "有 3 个工作线程崩溃");
	must_say("class dimm, components *: there are 2, expected at least 4",
		 "类别 dimm，部件 *：有 2 个，应至少 4");
	must_say("its process was killed from outside by signal 9 (a person, or the kernel for lack "
		 "of memory)", "其进程被外部以信号 9 结束（有人所为，或内核因内存不足）");
	/* a sentence in a sentence */
	must_say("class firmware could not be read: sys/firmware/dmi/tables/DMI: not readable without root",
		 "无法读取类别 firmware：sys/firmware/dmi/tables/DMI：非 root 用户无法读取");
}
END_TEST

START_TEST(numbers_of_every_width_are_values)
{
	must_say("SMBIOS says 8 cores, but there are 4", "SMBIOS 称有 8 个核心，实际有 4 个");
	must_say("block/sda: smart_power_on_hours is 12000, expected at most 48",
		 "block/sda：smart_power_on_hours 为 12000，应至多 48");
	must_say("block/sda: temperature is -5, expected 0 to 70",
		 "block/sda：temperature 为 -5，应为 0 至 70");
}
END_TEST

START_TEST(each_of_several_reasons_is_said)
{
	must_say("block/sda: size_bytes is 12, expected at least 48; block/sdb: smart is not known",
		 "block/sda：size_bytes 为 12，应至少 48；block/sdb：smart 未知");
	must_say("3 of its workers crashed; nobody translated this",
		 "有 3 个工作线程崩溃；nobody translated this");
	/* differences of one part, whose names and answers are words of the catalogue */
	must_say("block/sda: changed, rotating was no and is yes, driver was 'a, b' and is 'c'",
		 "block/sda：有变化，旋转介质 原为 否，现为 是；驱动 原为 'a, b'，现为 'c'");
	must_say("cpu/0: downgraded, highest frequency was 2300 MHz and is 1800 MHz",
		 "cpu/0：降级，最高频率 原为 2300 MHz，现为 1800 MHz");
	/* a sentence that has such a sign of its own */
	must_say("dimm/A: downgraded, X 8 GiB in the place of X 16 GiB; size was 16 GiB and is 8 GiB",
		 "dimm/A：降级，现为 X 8 GiB，原为 X 16 GiB；容量 原为 16 GiB，现为 8 GiB");
}
END_TEST

START_TEST(a_sentence_that_no_message_makes_stays_as_it_is)
{
	static const char *const other[] = {
		"", "%s", "of its workers crashed", "x of its workers crashed", "a: b",
		"3 of its workers crashed!", "%n%9$s%", "100%", "a; b", "x; ",
	};
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(other); i++)
		ck_assert_ptr_eq(lang_sentence(LANG_ZH, &arena, other[i]), other[i]);
}
END_TEST

UNIT_MAIN("lang", a_finished_sentence_of_the_evidence_is_said_in_chinese_with_its_values,
	  numbers_of_every_width_are_values, each_of_several_reasons_is_said,
	  a_sentence_that_no_message_makes_stays_as_it_is, every_text_of_a_report_has_a_chinese_one,
	  a_text_without_translation_is_given_back_as_it_is,
	  languages_have_their_usual_names_and_no_others)
