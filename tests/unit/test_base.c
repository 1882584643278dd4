/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/crc32c.h"
#include "harness/base/digest.h"
#include "harness/base/json_read.h"
#include "harness/base/scan.h"
#include "harness/base/text.h"

#include <string.h>

START_TEST(sm3_of_abc_is_the_value_of_the_standard)
{
	char text[DIGEST_TEXT_SIZE];

	ck_assert_int_eq(digest_sm3_text("abc", 3, text, NULL), 0);
	ck_assert_str_eq(text, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
}
END_TEST

START_TEST(crc32c_of_the_digits_is_the_check_value)
{
	ck_assert_uint_eq(crc32c_add(0, "123456789", 9), 0xe3069283);
	ck_assert_uint_eq(crc32c_add(crc32c_add(0, "1234", 4), "56789", 5), 0xe3069283);
}
END_TEST

START_TEST(a_key_out_of_order_makes_the_writer_fail)
{
	struct buf buf = BUF_INIT;
	struct err err = ERR_INIT;
	struct json_writer w;

	json_start(&w, json_buf_sink, &buf);
	json_begin_object(&w, NULL);
	json_int(&w, "b", 1);
	json_int(&w, "a", 1);
	json_end(&w);
	ck_assert_int_eq(json_finish(&w, &err), ERR_INTERNAL);
	buf_release(&buf);
}
END_TEST

START_TEST(the_writer_makes_the_shortest_canonical_text)
{
	struct buf buf = BUF_INIT;
	struct err err = ERR_INIT;
	struct json_writer w;

	json_start(&w, json_buf_sink, &buf);
	json_begin_object(&w, NULL);
	json_begin_array(&w, "a");
	json_int(&w, NULL, -JSON_INT_MAX);
	json_bool(&w, NULL, true);
	json_end(&w);
	json_text(&w, "b", "\x01\n\"\\淬");
	json_hex(&w, "c", 0x1f);
	json_end(&w);
	ck_assert_int_eq(json_finish(&w, &err), 0);
	ck_assert_str_eq(buf.data, "{\"a\":[-9007199254740991,true],\"b\":\"\\u0001\\n\\\"\\\\淬\","
				   "\"c\":\"0x000000000000001f\"}");
	ck_assert_int_eq(json_check_canonical(buf.data, buf.size, "x", &err), 0);
	buf_release(&buf);
}
END_TEST

START_TEST(a_number_beyond_2_53_is_refused)
{
	struct buf buf = BUF_INIT;
	struct json_writer w;

	json_start(&w, json_buf_sink, &buf);
	json_int(&w, NULL, JSON_INT_MAX + 1);
	ck_assert_int_eq(json_finish(&w, NULL), ERR_INTERNAL);
	buf_release(&buf);
}
END_TEST

START_TEST(reading_refuses_what_is_not_canonical_or_twice)
{
	static const char *const bad[] = { "{\"b\":1,\"a\":2}", "{ \"a\":1}", "{\"a\":1,\"a\":2}",
					   "{\"a\":1.5}",	"{\"a\":\"\\u0041\"}", "[1] " };
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err err = ERR_INIT;

		ck_assert_int_eq(json_check_canonical(bad[i], strlen(bad[i]), "x", &err), ERR_INPUT);
		ck_assert(err.text[0]);
	}
}
END_TEST

START_TEST(durations_bytes_and_thousandths_are_exact_or_refused)
{
	int64_t n;
	uint64_t u;

	ck_assert_int_eq(scan_duration("1h30m", &n), 0);
	ck_assert_int_eq(n, 5400000000000);
	ck_assert_int_eq(scan_duration("1.5s", &n), 0);
	ck_assert_int_eq(n, 1500000000);
	ck_assert_int_eq(scan_bytes("1.5GiB", &u), 0);
	ck_assert_uint_eq(u, 1610612736);
	ck_assert_int_eq(scan_milli("-95.25", &n), 0);
	ck_assert_int_eq(n, -95250);
	ck_assert_int_eq(scan_bytes("1.55GiB", &u), ERR_INPUT);
	ck_assert_int_eq(scan_milli("0.1234", &n), ERR_INPUT);
	ck_assert_int_eq(scan_milli("0.1230", &n), 0);
	ck_assert_int_eq(scan_duration("10", &n), ERR_INPUT);
	ck_assert_int_eq(scan_duration("", &n), ERR_INPUT);
	ck_assert_int_eq(scan_duration("1x", &n), ERR_INPUT);
	ck_assert_int_eq(scan_duration("300000000000d", &n), ERR_INPUT);
	ck_assert_int_eq(scan_u64("18446744073709551615", 0, UINT64_MAX, &u), 0);
	ck_assert_int_eq(scan_u64("18446744073709551616", 0, UINT64_MAX, &u), ERR_INPUT);
	ck_assert_int_eq(scan_u64("-1", 0, UINT64_MAX, &u), ERR_INPUT);
}
END_TEST

START_TEST(text_is_utf8_or_gbk_or_hex_and_never_lost)
{
	struct arena arena = ARENA_INIT;
	enum text_encoding how;

	ck_assert_str_eq(text_decode(&arena, " \xe9\x95\xbf\xe5\x9f\x8e ", 8, &how), "长城");
	ck_assert_int_eq(how, TEXT_UTF8);
	ck_assert_str_eq(text_decode(&arena, "\xb3\xa4\xb3\xc7", 4, &how), "长城");
	ck_assert_int_eq(how, TEXT_GBK);
	ck_assert_str_eq(text_decode(&arena, "\x01\xff", 2, &how), "hex:01ff");
	ck_assert_int_eq(how, TEXT_HEX);
	arena_release(&arena);
}
END_TEST

static const char *clean(char *text)
{
	text_clean(text);
	return text;
}

START_TEST(no_text_drives_a_terminal_or_turns_a_line_around)
{
	char escape[] = "a\033[31mb\r\nc\td\x7f", c1[] = "\xc2\x9b" "5mx", half[] = "\xe9\x95";
	char turned[] = "a\xe2\x80\xae" "b", good[] = "长城 85°C", nothing[] = "";

	ck_assert_str_eq(clean(escape), "a?[31mb??c?d?");
	ck_assert_str_eq(clean(c1), "?5mx");
	ck_assert_str_eq(clean(half), "??");
	ck_assert_str_eq(clean(turned), "a?b");
	ck_assert_str_eq(clean(good), "长城 85°C");
	ck_assert_str_eq(clean(nothing), "");
}
END_TEST

START_TEST(a_clean_text_is_not_copied_and_another_is_not_changed)
{
	struct arena arena = ARENA_INIT;
	const char *good = "长城", *bad = "\033c";

	ck_assert_ptr_eq(text_cleaned(&arena, good), good);
	ck_assert_str_eq(text_cleaned(&arena, bad), "?c");
	ck_assert_str_eq(bad, "\033c");
	arena_release(&arena);
}
END_TEST

START_TEST(an_error_quotes_a_stranger_without_obeying_him)
{
	struct err err = ERR_INIT;

	err_set(&err, ERR_INPUT, "'%s' and '%.4s'", "\033[2J", "a长城");
	ck_assert_str_eq(err.text, "'?[2J' and 'a长'");
	err_clear(&err);
	err_set(&err, ERR_INPUT, "'%.2s'", "长城");
	err_prefix(&err, "%s", "\r");
	ck_assert_str_eq(err.plain, "?: '?" "?'");
	ck_assert(text_is_utf8(err.text, strlen(err.text)));
}
END_TEST

UNIT_MAIN("base", sm3_of_abc_is_the_value_of_the_standard, crc32c_of_the_digits_is_the_check_value,
	  a_key_out_of_order_makes_the_writer_fail, the_writer_makes_the_shortest_canonical_text,
	  a_number_beyond_2_53_is_refused, reading_refuses_what_is_not_canonical_or_twice,
	  durations_bytes_and_thousandths_are_exact_or_refused,
	  text_is_utf8_or_gbk_or_hex_and_never_lost,
	  no_text_drives_a_terminal_or_turns_a_line_around,
	  a_clean_text_is_not_copied_and_another_is_not_changed,
	  an_error_quotes_a_stranger_without_obeying_him)
