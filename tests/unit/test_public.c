/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A report for strangers: of a run on the machine into which every kind of secret is planted, whose
 * kernel log stands in the findings, no form of the report holds any of them.
 */
#include "tests/unit/model_fixture.h"
#include "tests/unit/planted.h"
#include "tests/unit/record_fixture.h"
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/cmd/capture_make.h"
#include "harness/model/redact_record.h"
#include "probes/probe.h"
#include "reports/report.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static struct err err;
static struct record record;
static struct verdict verdict;

static void add_log(const char *log)
{
	struct finding **tail = &record.finding;
	char detail[512];

	for (; *log; log += strcspn(log, "\n") + 1) {
		snprintf(detail, sizeof(detail), "%.*s", (int)strcspn(log, "\n"), log);
		*tail = finding_new(&record.arena, "kernel-error", "", -1, 5);
		finding_evidence(&record.arena, *tail, "detail", "%s", detail);
		tail = &(*tail)->next;
	}
}

/* The record of a run on that machine. `learn`: its files are at hand when the report is made. */
static int make_public(bool learn)
{
	static const uint8_t seed[REDACT_SEED_SIZE] = { 42 };
	AUTO(redact_map_free_at) struct redact_map *map = redact_map_new(seed, &err);
	AUTO(sysroot_free_at) struct sysroot *root = NULL;
	AUTO(buf_release) struct buf log = BUF_INIT;
	AUTO(inventory_release) struct inventory machine = INVENTORY_INIT;
	struct tree tree = tree_make();
	int code;

	plant(&tree);
	root = sysroot_open(tree_path(&tree, "root"), &err);
	ck_assert_msg(root != NULL, "%s", err.plain);
	record = (struct record)RECORD_INIT;
	verdict = (struct verdict)VERDICT_INIT;
	fixture_record(STAGE_BENCH, &record);
	ck_assert_int_eq(probe_machine(root, NULL, 0, &machine, &err), 0);
	inventory_merge(&record.inventory, &machine);
	record.serial = SYSTEM_SERIAL;
	ck_assert_int_eq(sysroot_read(root, "dev/kmsg", &log, &err), 0);
	add_log(log.data);
	verdict_judge(&record.profile, &record, "d", &verdict);
	if (learn)
		capture_learn(map, root);
	code = redact_record(map, &fixture_kernels, &record, &verdict, &err);
	tree_remove(&tree);
	return code;
}

static void release(void)
{
	record_release(&record);
	verdict_release(&verdict);
}

static void check_absent(const struct buf *text, const char *secret)
{
	char upper[64];
	size_t i;

	ck_assert_msg(!memmem(text->data, text->size, secret, strlen(secret)), "%s", secret);
	for (i = 0; secret[i]; i++)
		upper[i] = (char)toupper((unsigned char)secret[i]);
	ck_assert_msg(!memmem(text->data, text->size, upper, i), "%s in capitals", secret);
}

static void write_reports(struct buf *out)
{
	static const enum report_format format[] = { REPORT_TEXT, REPORT_HTML };
	size_t i;

	for (i = 0; i < 2 * ARRAY_SIZE(format); i++) {
		struct report report = { .record = &record, .verdict = &verdict,
					 .lang = i % 2 ? LANG_ZH : LANG_EN, .is_public = true };

		ck_assert_int_eq(report_write(&report, format[i / 2], out, &err), 0);
	}
	fixture_record_write(&record, out);
}

START_TEST(no_planted_secret_is_in_any_form_of_a_public_report)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	size_t i;

	ck_assert_msg(make_public(true) == 0, "%s", err.plain);
	write_reports(&text);
	for (i = 0; planted_secret[i]; i++)
		check_absent(&text, planted_secret[i]);
	ck_assert_ptr_nonnull(strstr(text.data, "TN140A2"));
	ck_assert_ptr_nonnull(strstr(text.data, "replaced by others of the same form"));
	ck_assert_ptr_nonnull(strstr(text.data, "3f2a91c00102030405060708090a0b0c"));
	release();
}
END_TEST

START_TEST(numbers_of_units_are_known_from_the_record_alone)
{
	static const char *const secret[] = {
		MAC, MAC_PLAIN, MAC_DASHES, MAC_EUI64, UUID, ROOT_UUID, SYSTEM_SERIAL,
		SYSTEM_SERIAL_LOWER, BOARD_SERIAL, CHASSIS_SERIAL, ASSET, DIMM_SERIAL,
		DIMM_SERIAL_LOWER, CPU_ID, DISK_SERIAL, DISK_WWN, USB_SERIAL, PRODUCT_KEY, IP,
		HOST, PASSWORD, SSID,
	};
	AUTO(buf_release) struct buf text = BUF_INIT;
	size_t i;

	ck_assert_msg(make_public(false) == 0, "%s", err.plain);
	write_reports(&text);
	for (i = 0; i < ARRAY_SIZE(secret); i++)
		check_absent(&text, secret[i]);
	release();
}
END_TEST

/* Of the first component of that class that has it. */
static const char *text_of(const char *class, const char *name)
{
	const struct component *component = inventory_first(&record.inventory, class);
	const char *text = NULL;

	for (; component && !text; component = inventory_next(component))
		text = component_get_text(component, name);
	return text ? text : "";
}

START_TEST(words_that_only_look_like_a_number_stay)
{
	ck_assert_msg(make_public(false) == 0, "%s", err.plain);
	ck_assert_str_eq(text_of("kernel", "machine"), "aarch64");
	ck_assert_str_eq(text_of("net", "mac_assignment"), "permanent");
	release();
}
END_TEST

START_TEST(what_was_planted_is_in_the_report_that_is_not_public)
{
	static const char *const some[] = { MAC, UUID, SYSTEM_SERIAL, BOARD_SERIAL, ASSET,
					    DISK_SERIAL, USB_SERIAL, HOST, FULL_NAME, PRODUCT_KEY };
	AUTO(buf_release) struct buf text = BUF_INIT;
	AUTO(inventory_release) struct inventory machine = INVENTORY_INIT;
	AUTO(sysroot_free_at) struct sysroot *root = NULL;
	AUTO(buf_release) struct buf log = BUF_INIT;
	struct tree tree = tree_make();
	size_t i;

	plant(&tree);
	root = sysroot_open(tree_path(&tree, "root"), &err);
	record = (struct record)RECORD_INIT;
	verdict = (struct verdict)VERDICT_INIT;
	fixture_record(STAGE_BENCH, &record);
	ck_assert_int_eq(probe_machine(root, NULL, 0, &machine, &err), 0);
	inventory_merge(&record.inventory, &machine);
	ck_assert_int_eq(sysroot_read(root, "dev/kmsg", &log, &err), 0);
	add_log(log.data);
	verdict_judge(&record.profile, &record, "d", &verdict);
	fixture_record_write(&record, &text);
	for (i = 0; i < ARRAY_SIZE(some); i++)
		ck_assert_msg(strstr(text.data, some[i]), "%s", some[i]);
	tree_remove(&tree);
	release();
}
END_TEST

START_TEST(the_verdict_stays_and_only_its_words_change)
{
	ck_assert_int_eq(make_public(false), 0);
	ck_assert_int_eq(verdict.kind, VERDICT_FAIL);
	ck_assert_uint_ne(verdict.reason_count, 0);
	ck_assert_str_ne(record.serial, SYSTEM_SERIAL);
	ck_assert_uint_eq(strlen(record.serial), strlen(SYSTEM_SERIAL));
	release();
}
END_TEST

UNIT_MAIN("public", no_planted_secret_is_in_any_form_of_a_public_report,
	  numbers_of_units_are_known_from_the_record_alone,
	  words_that_only_look_like_a_number_stay, what_was_planted_is_in_the_report_that_is_not_public,
	  the_verdict_stays_and_only_its_words_change)
