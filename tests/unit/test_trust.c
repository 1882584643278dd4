/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/model/trust.h"

#include <string.h>

/* One key of either use; bench ids begin with "be". */
static struct key *make(enum key_use use)
{
	struct key *key = key_make(KEY_ED25519, use, NULL);

	ck_assert_ptr_nonnull(key);
	return key;
}

static int add(struct trust *trust, struct key *key, enum stage stage, struct err *err)
{
	struct trust_key entry = { .key = key, .name = "一号线" };

	entry.stage[stage] = true;
	return trust_add(trust, &entry, err);
}

START_TEST(no_trust_file_can_accept_a_bench_key_for_another_stage)
{
	struct trust trust = TRUST_INIT;
	int stage;

	for (stage = STAGE_BENCH + 1; stage < STAGE_COUNT; stage++)
		ck_assert_int_eq(add(&trust, make(KEY_USE_BENCH), (enum stage)stage, NULL),
				 ERR_INPUT);
	ck_assert_int_eq(add(&trust, make(KEY_USE_PRODUCT), STAGE_BENCH, NULL), ERR_INPUT);
	ck_assert_uint_eq(trust.count, 0);
	ck_assert_int_eq(add(&trust, make(KEY_USE_BENCH), STAGE_BENCH, NULL), 0);
	ck_assert_int_eq(add(&trust, make(KEY_USE_PRODUCT), STAGE_MASS, NULL), 0);
	/* Even an entry that says so in memory does not help. */
	trust.key[0].stage[STAGE_MASS] = true;
	ck_assert_int_eq(trust_allows(&trust.key[0], STAGE_MASS, 0, NULL), ERR_INPUT);
	trust_release(&trust);
}
END_TEST

START_TEST(a_key_is_trusted_for_its_stages_and_its_time_only)
{
	struct trust_key entry = { .key = make(KEY_USE_PRODUCT), .name = "x" };
	struct trust trust = TRUST_INIT;

	entry.stage[STAGE_BATCH] = true;
	entry.has_from = entry.has_until = true;
	entry.from_s = 1000;
	entry.until_s = 2000;
	ck_assert_int_eq(trust_add(&trust, &entry, NULL), 0);
	ck_assert_int_eq(trust_allows(&trust.key[0], STAGE_BATCH, 1000, NULL), 0);
	ck_assert_int_eq(trust_allows(&trust.key[0], STAGE_BATCH, 2000, NULL), 0);
	ck_assert_int_eq(trust_allows(&trust.key[0], STAGE_BATCH, 999, NULL), ERR_INPUT);
	ck_assert_int_eq(trust_allows(&trust.key[0], STAGE_BATCH, 2001, NULL), ERR_INPUT);
	ck_assert_int_eq(trust_allows(&trust.key[0], STAGE_MASS, 1500, NULL), ERR_INPUT);
	trust_release(&trust);
}
END_TEST

START_TEST(a_trust_file_written_reads_back)
{
	struct trust trust = TRUST_INIT;
	struct trust again = TRUST_INIT;
	struct buf text = BUF_INIT;
	struct buf twice = BUF_INIT;

	ck_assert_int_eq(add(&trust, make(KEY_USE_BENCH), STAGE_BENCH, NULL), 0);
	ck_assert_int_eq(add(&trust, key_make(KEY_SM2, KEY_USE_PRODUCT, NULL), STAGE_MASS, NULL),
			 0);
	trust.key[1].has_until = true;
	ck_assert_int_eq(trust_scan_time("2031-02-28T23:59:59Z", &trust.key[1].until_s), 0);
	ck_assert_int_eq(trust_write(&trust, &text, NULL), 0);
	ck_assert_int_eq(trust_read(text.data, text.size, "t", &again, NULL), 0);
	ck_assert_uint_eq(again.count, 2);
	ck_assert_ptr_nonnull(trust_find(&again, key_id(trust.key[1].key)));
	ck_assert_int_eq(trust_write(&again, &twice, NULL), 0);
	ck_assert_str_eq(text.data, twice.data);
	buf_release(&text);
	buf_release(&twice);
	trust_release(&trust);
	trust_release(&again);
}
END_TEST

START_TEST(a_key_is_listed_once)
{
	struct trust trust = TRUST_INIT;
	struct buf pem = BUF_INIT;
	struct key *key = make(KEY_USE_BENCH);

	ck_assert_int_eq(key_write_public(key, &pem, NULL), 0);
	ck_assert_int_eq(add(&trust, key, STAGE_BENCH, NULL), 0);
	key = key_read_public(pem.data, pem.size, "k", NULL);
	ck_assert_int_eq(add(&trust, key, STAGE_BENCH, NULL), ERR_INPUT);
	ck_assert_uint_eq(trust.count, 1);
	buf_release(&pem);
	trust_release(&trust);
}
END_TEST

/* `text` with the first `from` replaced. */
static int read_changed(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	struct trust trust = TRUST_INIT;
	struct buf changed = BUF_INIT;
	int code;

	ck_assert_msg(at != NULL, "no %s in %s", from, text);
	buf_add(&changed, text, (size_t)(at - text));
	buf_adds(&changed, to);
	buf_adds(&changed, at + strlen(from));
	code = trust_read(changed.data, changed.size, "t", &trust, NULL);
	trust_release(&trust);
	buf_release(&changed);
	return code;
}

START_TEST(a_trust_file_with_a_slip_is_refused)
{
	static const struct {
		const char *from, *to;
	} slip[] = {
		{ "\"until\"", "\"untill\"" },	  { "\"v\": 1", "\"v\": 2" },
		{ "\"keys\"", "\"key\"" },	  { "\"bench\"", "\"mass\"" },
		{ "\"bench\"", "\"bank\"" },	  { "[\n        \"bench\"\n      ]", "[]" },
		{ "\"keyid\": \"be", "\"keyid\": \"bf" }, { "\"ed25519\"", "\"sm2\"" },
		{ "T23:59:59Z", "" },		  { "T23:59:59Z", "T23:59:60Z" },
		{ "2031-02-28", "2031-02-30" },	  { "\"key\": \"MC", "\"key\": \"MD" },
		{ "\"v\": 1", "\"v\": 1, \"v\": 1" }, { "一号线", "" },
	};
	struct trust trust = TRUST_INIT;
	struct buf text = BUF_INIT;
	size_t i;

	ck_assert_int_eq(add(&trust, make(KEY_USE_BENCH), STAGE_BENCH, NULL), 0);
	trust.key[0].has_until = true;
	ck_assert_int_eq(trust_scan_time("2031-02-28T23:59:59Z", &trust.key[0].until_s), 0);
	ck_assert_int_eq(trust_write(&trust, &text, NULL), 0);
	ck_assert_int_eq(read_changed(text.data, "2031", "2032"), 0);
	for (i = 0; i < sizeof(slip) / sizeof(slip[0]); i++)
		ck_assert_msg(read_changed(text.data, slip[i].from, slip[i].to) == ERR_INPUT,
			      "%s -> %s", slip[i].from, slip[i].to);
	buf_release(&text);
	trust_release(&trust);
}
END_TEST

UNIT_MAIN("trust", no_trust_file_can_accept_a_bench_key_for_another_stage,
	  a_key_is_trusted_for_its_stages_and_its_time_only, a_trust_file_written_reads_back,
	  a_key_is_listed_once, a_trust_file_with_a_slip_is_refused)
