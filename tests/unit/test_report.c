/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reports of the records in report_fixture.c, against tests/golden. With CUIHUO_GOLDEN=DIR in the
 * environment every report and record is written to DIR instead: into tests/golden after a change
 * that was meant, into a temporary folder by the tests of the command and of the browser.
 */
#include "tests/unit/report_fixture.h"
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/model/metric.h"
#include "harness/model/smart.h"
#include "harness/sys/disk.h"
#include "reports/labels.h"
#include "reports/metric_title.h"
#include "reports/report.h"
#include "reports/writer.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_report(const struct record *record, const struct verdict *verdict,
			 enum report_format format, enum lang lang, struct buf *out)
{
	struct report report = { .record = record, .verdict = verdict, .lang = lang };
	struct err err = ERR_INIT;

	ck_assert_msg(report_write(&report, format, out, &err) == 0, "%s", err.text);
}

static void fixture_report(enum fixture fixture, enum report_format format, enum lang lang,
			   struct buf *out)
{
	struct record record;
	struct verdict verdict;

	report_fixture(fixture, &record, &verdict);
	write_report(&record, &verdict, format, lang, out);
	report_fixture_release(&record, &verdict);
}

static size_t count_of(const char *text, const char *part)
{
	size_t count = 0;

	while ((text = strstr(text, part))) {
		count++;
		text += strlen(part);
	}
	return count;
}

/* --- golden ----------------------------------------------------------------------------------- */

static void file_name(struct buf *path, const char *folder, enum fixture fixture, enum lang lang,
		      const char *suffix)
{
	buf_reset(path);
	buf_addf(path, "%s/report-%s-%s%s", folder, report_fixture_name(fixture),
		 lang == LANG_ZH ? "zh" : "en", suffix);
}

static void write_record(const char *folder, enum fixture fixture)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	AUTO(buf_release) struct buf text = BUF_INIT;
	struct json_writer w;
	struct record record;
	struct verdict verdict;
	struct err err = ERR_INIT;

	report_fixture(fixture, &record, &verdict);
	json_start(&w, json_buf_sink, &text);
	record_write(&w, &record);
	ck_assert_msg(json_finish(&w, &err) == 0, "%s", err.text);
	report_fixture_release(&record, &verdict);
	buf_addf(&path, "%s/record-%s.json", folder, report_fixture_name(fixture));
	ck_assert_int_eq(disk_replace(path.data, text.data, text.size, 0, NULL), 0);
}

static void compare(const char *path, const struct buf *got)
{
	AUTO(buf_release) struct buf want = BUF_INIT;
	struct err err = ERR_INIT;
	size_t i;

	ck_assert_msg(disk_read_file(path, 1 << 24, &want, &err) == 0, "%s", err.text);
	for (i = 0; i < want.size && i < got->size && want.data[i] == got->data[i]; i++)
		;
	ck_assert_msg(want.size == got->size && i == want.size,
		      "%s differs at byte %zu: got '%.60s', want '%.60s'", path, i, got->data + i,
		      want.data + i);
}

START_TEST(reports_are_the_golden_ones_in_both_languages)
{
	static const struct {
		enum fixture fixture;
		enum report_format format;
		const char *suffix;
	} golden[] = {
		{ FIXTURE_PASS, REPORT_HTML, ".html" },
		{ FIXTURE_PASS, REPORT_TEXT, ".txt" },
		{ FIXTURE_FAIL, REPORT_TEXT, ".txt" },
		{ FIXTURE_INCOMPLETE, REPORT_TEXT, ".txt" },
	};
	AUTO(buf_release) struct buf path = BUF_INIT;
	AUTO(buf_release) struct buf got = BUF_INIT;
	unsigned int lang;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(golden); i++) {
		for (lang = LANG_EN; lang <= LANG_ZH; lang++) {
			buf_reset(&got);
			fixture_report(golden[i].fixture, golden[i].format, (enum lang)lang, &got);
			file_name(&path, TEST_SOURCE_FOLDER "/tests/golden", golden[i].fixture,
				  (enum lang)lang, golden[i].suffix);
			if (getenv("CUIHUO_GOLDEN"))
				continue;
			compare(path.data, &got);
		}
	}
}
END_TEST

START_TEST(all_reports_are_written_where_somebody_asks_for_them)
{
	static const char *const suffix[] = { [REPORT_TEXT] = ".txt", [REPORT_HTML] = ".html" };
	const char *folder = getenv("CUIHUO_GOLDEN");
	AUTO(buf_release) struct buf path = BUF_INIT;
	AUTO(buf_release) struct buf text = BUF_INIT;
	unsigned int fixture, format, lang;

	for (fixture = 0; folder && fixture < FIXTURE_COUNT; fixture++) {
		for (format = REPORT_TEXT; format <= REPORT_HTML; format++) {
			for (lang = LANG_EN; lang <= LANG_ZH; lang++) {
				buf_reset(&text);
				fixture_report(fixture, format, lang, &text);
				file_name(&path, folder, fixture, lang, suffix[format]);
				ck_assert_int_eq(disk_replace(path.data, text.data, text.size, 0,
							      NULL), 0);
			}
		}
		write_record(folder, fixture);
	}
}
END_TEST

START_TEST(the_same_record_gives_the_same_bytes)
{
	AUTO(buf_release) struct buf first = BUF_INIT;
	AUTO(buf_release) struct buf second = BUF_INIT;

	fixture_report(FIXTURE_FAIL, REPORT_HTML, LANG_ZH, &first);
	fixture_report(FIXTURE_FAIL, REPORT_HTML, LANG_ZH, &second);
	ck_assert_str_eq(first.data, second.data);
}
END_TEST

/* --- what any HTML report must be ------------------------------------------------------------- */

/* Every tag that opens is closed in order; attributes are quoted; nothing raw stands in text. */
static void check_well_formed(const char *html)
{
	char open[64][24];
	size_t depth = 0;
	const char *at = strstr(html, "<html");

	ck_assert_ptr_nonnull(at);
	while ((at = strchr(at, '<'))) {
		const char *end = strchr(at, '>');
		bool closing = at[1] == '/';
		const char *name = at + 1 + closing;
		size_t length = strcspn(name, " />\n");

		ck_assert_ptr_nonnull(end);
		ck_assert_msg(length > 0 && length < 24 && isalpha((unsigned char)*name),
			      "a bare '<' at: %.40s", at);
		ck_assert_msg(count_of(at, "\"") == 0 ||
				      !memchr(at + 1, '<', (size_t)(end - at - 1)),
			      "'<' inside a tag: %.40s", at);
		if (closing) {
			ck_assert_msg(depth > 0 && !strncmp(open[depth - 1], name, length) &&
					      !open[depth - 1][length],
				      "closed without being open: %.40s", at);
			depth--;
		} else if (end[-1] != '/') {
			ck_assert_uint_lt(depth, 64);
			snprintf(open[depth++], sizeof(open[0]), "%.*s", (int)length, name);
		}
		at = end;
	}
	ck_assert_uint_eq(depth, 0);
}

static void check_clean(const struct buf *out)
{
	size_t i;

	ck_assert(text_is_utf8(out->data, out->size));
	for (i = 0; i < out->size; i++)
		ck_assert_msg((unsigned char)out->data[i] >= 0x20 || out->data[i] == '\n',
			      "control character %d in: %.40s", out->data[i], out->data + i);
	ck_assert_ptr_null(strstr(out->data, "\xe2\x80\xae"));
}

START_TEST(every_html_report_is_well_formed_and_needs_nothing_else)
{
	static const char *const never[] = { "<script", "http:", "https:", "//", "src=", "@import",
					     "url(", "onload", "<iframe" };
	unsigned int fixture;
	size_t i;

	for (fixture = 0; fixture < FIXTURE_COUNT; fixture++) {
		AUTO(buf_release) struct buf out = BUF_INIT;

		fixture_report(fixture, REPORT_HTML, fixture % 2 ? LANG_ZH : LANG_EN, &out);
		check_well_formed(out.data);
		check_clean(&out);
		for (i = 0; i < ARRAY_SIZE(never); i++)
			ck_assert_msg(!strstr(out.data, never[i]), "holds %s", never[i]);
	}
}
END_TEST

START_TEST(the_verdict_stands_on_top_in_both_languages)
{
	static const char *const word[][2] = { [FIXTURE_PASS] = { "PASS", "合格" },
					       [FIXTURE_FAIL] = { "FAIL", "不合格" },
					       [FIXTURE_INCOMPLETE] = { "INCOMPLETE", "未完成" },
					       [FIXTURE_SERVER] = { "PASS", "合格" } };
	unsigned int fixture, lang;

	for (fixture = 0; fixture < FIXTURE_COUNT; fixture++) {
		for (lang = LANG_EN; lang <= LANG_ZH; lang++) {
			AUTO(buf_release) struct buf out = BUF_INIT;
			AUTO(buf_release) struct buf want = BUF_INIT;

			buf_addf(&want, "<span>%s</span> <small>%s</small>", word[fixture][lang],
				 word[fixture][!lang]);
			fixture_report(fixture, REPORT_HTML, lang, &out);
			ck_assert_ptr_nonnull(strstr(out.data, want.data));
			ck_assert_ptr_nonnull(strstr(out.data, lang ? "<html lang=\"zh-CN\">"
								    : "<html lang=\"en\">"));
		}
	}
}
END_TEST

/* --- texts that mean harm --------------------------------------------------------------------- */

#define HARM "<script>alert('x')</script>\"&\x01\x1b[31m\n\t\xff\xe2\x80\xae"

static void spoil(struct record *record, struct verdict *verdict)
{
	static char endless[70000];
	struct component *part;

	memset(endless, 'W', sizeof(endless) - 1);
	record->serial = HARM;
	record->lot = endless;
	record->profile.title_en = record->profile.title_zh = HARM;
	record->plan.step[0].name = HARM;
	record->plan.blind = true;
	record->plan.blind_approver = HARM;
	record->outcome->reason = HARM;
	record->outcome->worker[0].isa = HARM;
	record->series[0].series.label = HARM;
	record->series[0].series.component = HARM "/" HARM "/" HARM;
	record->series[1].series.unit = HARM;
	record->series[1].series.metric = HARM;
	record->finding->evidence->name = HARM;
	record->finding->evidence->value = endless;
	record->finding->component = HARM;
	record->journal_state = HARM;
	record->profile.limit[0].component = HARM;
	verdict->reason->subject = verdict->reason->detail = verdict->reason->code = HARM;
	part = inventory_add(&record->inventory, "block", HARM, NULL);
	component_text(&record->inventory, part, HARM, endless, HARM, CERTAINTY_CERTAIN);
	inventory_class(&record->inventory, HARM, PRESENCE_ABSENT, "%s", HARM);
	inventory_problem(&record->inventory, HARM, HARM, "%s", HARM);
}

START_TEST(harmful_text_is_shown_and_does_nothing)
{
	unsigned int format;

	for (format = REPORT_TEXT; format <= REPORT_HTML; format++) {
		AUTO(buf_release) struct buf out = BUF_INIT;
		struct record record;
		struct verdict verdict;

		report_fixture(FIXTURE_FAIL, &record, &verdict);
		spoil(&record, &verdict);
		write_report(&record, &verdict, format, LANG_EN, &out);
		check_clean(&out);
		if (format == REPORT_HTML) {
			check_well_formed(out.data);
			ck_assert_ptr_null(strstr(out.data, "<script"));
			ck_assert_ptr_nonnull(strstr(out.data, "&lt;script&gt;alert(&#39;x&#39;)"));
		}
		ck_assert_ptr_nonnull(strstr(out.data, "… [+69399]"));
		report_fixture_release(&record, &verdict);
	}
}
END_TEST

START_TEST(numbers_at_their_ends_break_nothing)
{
	static const int64_t end[] = { INT64_MIN, INT64_MAX, -1, 0 };
	size_t i;
	size_t j;

	for (i = 0; i < ARRAY_SIZE(end); i++) {
		AUTO(buf_release) struct buf out = BUF_INIT;
		struct record record;
		struct verdict verdict;

		report_fixture(FIXTURE_FAIL, &record, &verdict);
		for (j = 0; j < record.series_count; j++) {
			struct record_series *series = &record.series[j];

			series->bucket[0].min = series->bucket[0].mean = end[i];
			series->bucket[1].max = end[(i + 1) % ARRAY_SIZE(end)];
			series->bucket[1].index = (uint64_t)end[i];
			series->first = end[i];
			series->last = end[(i + 1) % ARRAY_SIZE(end)];
		}
		record.duration_ns = end[i];
		record.started_wall_s = record.ended_wall_s = end[i];
		record.bucket_ns = end[(i + 1) % ARRAY_SIZE(end)];
		record.outcome->started_ns = end[i];
		record.outcome->work = UINT64_MAX;
		record.profile.limit[0].max = end[i];
		record.plan.duration_ns = end[i];
		write_report(&record, &verdict, REPORT_HTML, LANG_EN, &out);
		check_well_formed(out.data);
		report_fixture_release(&record, &verdict);
	}
}
END_TEST

/* --- what is in it ---------------------------------------------------------------------------- */

START_TEST(charts_are_drawn_in_whole_numbers)
{
	AUTO(buf_release) struct buf out = BUF_INIT;
	const char *at;

	fixture_report(FIXTURE_PASS, REPORT_HTML, LANG_EN, &out);
	at = out.data;
	ck_assert_uint_gt(count_of(at, " points=\""), 20);
	while ((at = strstr(at, " points=\""))) {
		at += strlen(" points=\"");
		ck_assert_uint_eq(strspn(at, "0123456789, "), strcspn(at, "\""));
	}
}
END_TEST

START_TEST(every_temperature_frequency_and_work_rate_has_its_place_in_a_chart)
{
	AUTO(buf_release) struct buf out = BUF_INIT;

	fixture_report(FIXTURE_PASS, REPORT_HTML, LANG_EN, &out);
	ck_assert_uint_eq(count_of(out.data, "<svg "), 11);
	ck_assert_uint_eq(count_of(out.data, "<title id="), 11);
	ck_assert_uint_eq(count_of(out.data, "<desc id="), 11);
	ck_assert_ptr_nonnull(strstr(out.data, ">Temperature: hwmon/coretemp (°C)<"));
	ck_assert_ptr_nonnull(strstr(out.data, ">Frequency: cpu (MHz)<"));
	ck_assert_ptr_nonnull(strstr(out.data, ">Work rate: 3 memory (GB/s)<"));
	ck_assert_ptr_nonnull(strstr(out.data, ">Work rate of each processor: 3 memory (MB/s)<"));
}
END_TEST

START_TEST(two_hundred_series_stay_a_few_charts)
{
	AUTO(buf_release) struct buf out = BUF_INIT;

	fixture_report(FIXTURE_SERVER, REPORT_HTML, LANG_EN, &out);
	ck_assert_uint_eq(count_of(out.data, "<svg "), 11);
	ck_assert_ptr_nonnull(strstr(out.data, "128 series of cpu"));
	ck_assert_ptr_nonnull(strstr(out.data, "64 series of hwmon/coretemp"));
	ck_assert_ptr_nonnull(strstr(out.data, "<td>0-127</td>"));
	ck_assert_uint_lt(out.size, 100000);
}
END_TEST

START_TEST(what_was_not_covered_is_said)
{
	AUTO(buf_release) struct buf out = BUF_INIT;

	fixture_report(FIXTURE_INCOMPLETE, REPORT_TEXT, LANG_EN, &out);
	ck_assert_ptr_nonnull(strstr(out.data, "* Run blind: no believable processor temperature"));
	ck_assert_ptr_nonnull(
		strstr(out.data, "* Step 4, disk: skipped; the run folder lies on tmpfs"));
	ck_assert_ptr_nonnull(strstr(out.data, "* Memory: 13 GiB of 16 GiB were not verified."));
	ck_assert_ptr_nonnull(
		strstr(out.data, "* Temperature: this machine offers no such reading."));
	ck_assert_ptr_nonnull(
		strstr(out.data, "* Firmware: not readable; sys/firmware/dmi/tables/DMI: not readable without root"));
	ck_assert_ptr_nonnull(strstr(out.data, "* 12 samples were lost"));
	ck_assert_ptr_nonnull(strstr(out.data, "proves nothing by itself"));
}
END_TEST

START_TEST(text_fits_a_terminal_of_a_hundred_columns)
{
	unsigned int fixture, lang;

	for (fixture = 0; fixture < FIXTURE_COUNT; fixture++) {
		for (lang = LANG_EN; lang <= LANG_ZH; lang++) {
			AUTO(buf_release) struct buf out = BUF_INIT;
			char *line;
			char *rest;

			fixture_report(fixture, REPORT_TEXT, lang, &out);
			for (line = strtok_r(out.data, "\n", &rest); line;
			     line = strtok_r(NULL, "\n", &rest))
				ck_assert_msg(text_columns(line) <= 100, "too wide: %s", line);
		}
	}
}
END_TEST

START_TEST(every_metric_and_every_stage_has_a_name_for_readers)
{
	size_t i;

	for (i = 0; i < metric_count; i++)
		ck_assert_msg(metric_title(metric_table[i].name) != metric_table[i].name,
			      "metric_title.c has no title for '%s'", metric_table[i].name);
	for (i = 0; i < STAGE_COUNT; i++)
		ck_assert_str_ne(stage_title((enum stage)i), "");
}
END_TEST

START_TEST(attributes_have_names_and_units_for_readers)
{
	static const struct {
		struct attribute attribute;
		const char *label;
		const char *value;
	} row[] = {
		{ { .name = "uuid", .text = "0" }, "UUID", "0" },
		{ { .name = "wwn", .text = "x" }, "WWN", "x" },
		{ { .name = "size_bytes", .kind = ATTRIBUTE_NUMBER, .number = 8LL << 30 }, "size",
		  "8 GiB" },
		{ { .name = "mtu_bytes", .kind = ATTRIBUTE_NUMBER, .number = 1500 },
		  "largest frame", "1500 B" },
		{ { .name = "max_khz", .kind = ATTRIBUTE_NUMBER, .number = 2600000 },
		  "highest frequency", "2600 MHz" },
		{ { .name = "new_thing_mts", .kind = ATTRIBUTE_NUMBER, .number = 3200 },
		  "new thing", "3200 MT/s" },
		{ { .name = "odd_bytes", .kind = ATTRIBUTE_NUMBER, .number = -1 }, "odd", "-1 B" },
	};
	struct arena arena = ARENA_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		ck_assert_str_eq(label_attribute(&arena, row[i].attribute.name), row[i].label);
		ck_assert_str_eq(label_value(&arena, &row[i].attribute), row[i].value);
	}
	arena_release(&arena);
}
END_TEST

/* Probes are asked in roots.c: these numbers are those that only a disk of a live machine says. */
START_TEST(every_number_of_a_disk_has_a_name_for_readers)
{
	size_t i;

	for (i = 0; i < SMART_NUMBERS; i++)
		ck_assert_msg(label_known(smart_number_name((enum smart_number)i)) != NULL, "%s",
			      smart_number_name((enum smart_number)i));
}
END_TEST

START_TEST(a_certificate_is_named_when_there_is_one)
{
	AUTO(buf_release) struct buf out = BUF_INIT;
	struct record record;
	struct verdict verdict;
	struct report report = { .record = &record, .verdict = &verdict,
				 .certificate = "BENCH-20261123-3F2A91C0" };

	report_fixture(FIXTURE_PASS, &record, &verdict);
	ck_assert_int_eq(report_write(&report, REPORT_TEXT, &out, NULL), 0);
	ck_assert_ptr_nonnull(strstr(out.data, "BENCH-20261123-3F2A91C0"));
	report_fixture_release(&record, &verdict);
}
END_TEST

START_TEST(the_writer_is_found_by_the_name_of_the_file)
{
	ck_assert_int_eq(writer_for_file("a.b/report.html")->format, REPORT_HTML);
	ck_assert_int_eq(writer_for_file("x.txt")->format, REPORT_TEXT);
	ck_assert_ptr_null(writer_for_file(".html"));
	ck_assert_ptr_null(writer_for_file("report.pdf"));
	ck_assert_ptr_null(writer_find((enum report_format)99));
}
END_TEST

UNIT_MAIN("report", reports_are_the_golden_ones_in_both_languages,
	  all_reports_are_written_where_somebody_asks_for_them,
	  the_same_record_gives_the_same_bytes,
	  every_html_report_is_well_formed_and_needs_nothing_else,
	  the_verdict_stands_on_top_in_both_languages, harmful_text_is_shown_and_does_nothing,
	  numbers_at_their_ends_break_nothing, charts_are_drawn_in_whole_numbers,
	  every_temperature_frequency_and_work_rate_has_its_place_in_a_chart,
	  two_hundred_series_stay_a_few_charts, what_was_not_covered_is_said,
	  text_fits_a_terminal_of_a_hundred_columns, a_certificate_is_named_when_there_is_one,
	  attributes_have_names_and_units_for_readers,
	  every_number_of_a_disk_has_a_name_for_readers,
	  every_metric_and_every_stage_has_a_name_for_readers,
	  the_writer_is_found_by_the_name_of_the_file)
