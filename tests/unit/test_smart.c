/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "probes/smart.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROGRAM(status, messages)                                                                  \
	"{\"json_format_version\":[1,0],\"smartctl\":{\"version\":[7,3],\"messages\":[" messages    \
	"],\"exit_status\":" #status "}"
#define SAYS(text) "{\"string\":\"" text "\",\"severity\":\"error\"}"

static const char nvme[] = PROGRAM(0, "") ",\"device\":{\"type\":\"nvme\"},"
	"\"smart_status\":{\"passed\":true,\"nvme\":{\"value\":0}},"
	"\"nvme_smart_health_information_log\":{\"temperature\":38,\"percentage_used\":104},"
	"\"temperature\":{\"current\":38},\"power_on_time\":{\"hours\":1234}}\n";

static const char ata[] = PROGRAM(0, "") ",\"model_name\":\"ZHITAI SC001 Active 256GB\","
	"\"firmware_version\":\"ZT016200\",\"logical_block_size\":512,"
	"\"smart_status\":{\"passed\":true},\"power_cycle_count\":17,"
	"\"power_on_time\":{\"hours\":3},\"ata_smart_attributes\":{\"table\":["
	"{\"id\":4,\"name\":\"Start_Stop_Count\",\"raw\":{\"value\":18}},"
	"{\"id\":5,\"name\":\"Reallocated_Sector_Ct\",\"raw\":{\"value\":2}},"
	"{\"id\":197,\"name\":\"Unknown_Attribute\",\"raw\":{\"value\":9}},"
	"{\"id\":231,\"name\":\"SSD_Life_Left\",\"value\":97,\"raw\":{\"value\":400}},"
	"{\"id\":241,\"name\":\"%s\",\"raw\":{\"value\":100}}]}}";

static struct smart parse(const char *text)
{
	struct smart smart;

	smart_parse(text, strlen(text), &smart);
	return smart;
}

static void check_no_number(const struct smart *smart)
{
	ck_assert_int_eq(smart->number[SMART_POWER_ON_HOURS], SMART_NONE);
	ck_assert_int_eq(smart->number[SMART_TEMPERATURE_MILLI_C], SMART_NONE);
	ck_assert_int_eq(smart->number[SMART_PERCENTAGE_USED], SMART_NONE);
	ck_assert_int_eq(smart->number[SMART_CRITICAL_WARNING], SMART_NONE);
	ck_assert_int_eq(smart->number[SMART_MEDIA_ERRORS], SMART_NONE);
}

static void check_only_state(const char *text, enum smart_state state)
{
	struct smart smart = parse(text);

	ck_assert_msg(smart.state == state, "state %d of %s", (int)smart.state, text);
	check_no_number(&smart);
}

START_TEST(what_a_good_disk_says_is_taken)
{
	struct smart smart = parse(nvme);

	ck_assert_int_eq(smart.state, SMART_PASSED);
	ck_assert_int_eq(smart.number[SMART_POWER_ON_HOURS], 1234);
	ck_assert_int_eq(smart.number[SMART_TEMPERATURE_MILLI_C], 38000);
	ck_assert_int_eq(smart.number[SMART_PERCENTAGE_USED], 104);
}
END_TEST

START_TEST(a_status_without_the_hours_that_were_asked_for_is_half_an_answer)
{
	static const char failed[] = PROGRAM(4, "") ",\"smart_status\":{\"passed\":true}}";
	static const char absurd[] = PROGRAM(0, "") ",\"smart_status\":{\"passed\":true},"
		"\"power_on_time\":{\"hours\":4294967295}}";
	static const char none[] = PROGRAM(0, "") ",\"smart_status\":{\"passed\":true}}";
	static const char old[] = PROGRAM(4, "") ",\"smart_status\":{\"passed\":true},"
		"\"power_on_time\":{\"hours\":3}}";

	ck_assert(parse(failed).is_partial);
	ck_assert(parse(absurd).is_partial);
	ck_assert(!parse(none).is_partial);	/* there are disks that count no hours */
	ck_assert(!parse(old).is_partial);
}
END_TEST

START_TEST(starts_and_bytes_written_are_taken_where_their_unit_is_said)
{
	static const struct {
		const char *name;
		int64_t bytes;
	} row[] = {
		{ "Total_LBAs_Written", 51200 },
		{ "Host_Writes_32MiB", INT64_C(3200) << 20 },
		{ "Host_Writes_GiB", INT64_C(100) << 30 },
		{ "Unknown_Attribute", SMART_NONE },
	};
	struct smart smart;
	size_t i;

	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		char text[1024];

		snprintf(text, sizeof(text), ata, row[i].name);
		smart = parse(text);
		ck_assert_msg(smart.number[SMART_WRITTEN_BYTES] == row[i].bytes, "%s", row[i].name);
		ck_assert_int_eq(smart.number[SMART_POWER_CYCLES], 17);
		ck_assert_int_eq(smart.number[SMART_PERCENTAGE_USED], 3);
		ck_assert_int_eq(smart.number[SMART_START_STOPS], 18);
		ck_assert_int_eq(smart.number[SMART_REALLOCATED_SECTORS], 2);
		ck_assert_int_eq(smart.number[SMART_PENDING_SECTORS], SMART_NONE);
		ck_assert_str_eq(smart.model, "ZHITAI SC001 Active 256GB");
		ck_assert_str_eq(smart.firmware, "ZT016200");
	}
	smart = parse(PROGRAM(0, "") ",\"smart_status\":{\"passed\":true},"
			"\"nvme_smart_health_information_log\":{\"data_units_written\":2,"
			"\"available_spare\":100,\"unsafe_shutdowns\":4}}");
	ck_assert_int_eq(smart.number[SMART_WRITTEN_BYTES], 1024000);
	ck_assert_int_eq(smart.number[SMART_SPARE_PERCENT], 100);
	ck_assert_int_eq(smart.number[SMART_UNSAFE_SHUTDOWNS], 4);
}
END_TEST

#define NVME_LOG(passed, warning)                                                                  \
	PROGRAM(0, "") ",\"smart_status\":{\"passed\":" passed "},"                                \
	"\"nvme_smart_health_information_log\":{\"critical_warning\":" warning                     \
	",\"media_errors\":3}}"

START_TEST(a_warning_is_what_the_disk_says_and_nothing_when_it_says_nothing)
{
	static const struct {
		const char *text;
		int64_t warning;
	} row[] = {
		{ NVME_LOG("true", "0"), 0 },
		{ NVME_LOG("false", "4"), 4 },
		{ NVME_LOG("true", "2"), 2 },
		{ PROGRAM(8, "") ",\"smart_status\":{\"passed\":false}}", 1 },
		{ PROGRAM(0, "") ",\"smart_status\":{\"passed\":true}}", 0 },
		{ PROGRAM(2, SAYS("Smartctl open device: /dev/sda failed")) "}", SMART_NONE },
		{ "", SMART_NONE },
	};
	struct smart smart = parse(row[0].text);
	size_t i;

	ck_assert_int_eq(smart.number[SMART_MEDIA_ERRORS], 3);
	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		smart = parse(row[i].text);
		ck_assert_msg(smart_warning(&smart) == row[i].warning, "%s", row[i].text);
	}
}
END_TEST

START_TEST(a_failing_disk_has_failed_and_keeps_its_numbers)
{
	struct smart smart = parse(PROGRAM(24, "") ",\"smart_status\":{\"passed\":false},"
					   "\"power_on_time\":{\"hours\":50123,\"minutes\":7},"
					   "\"temperature\":{\"current\":-4}}");

	ck_assert_int_eq(smart.state, SMART_FAILED);
	ck_assert_int_eq(smart.number[SMART_POWER_ON_HOURS], 50123);
	ck_assert_int_eq(smart.number[SMART_TEMPERATURE_MILLI_C], -4000);
	ck_assert_int_eq(smart.number[SMART_PERCENTAGE_USED], SMART_NONE);
}
END_TEST

START_TEST(a_program_before_7_0_is_too_old)
{
	check_only_state("smartctl 6.6 2017-11-05 r4594 [aarch64-linux-4.19] (local build)\n\n"
			 "=======> UNRECOGNIZED OPTION: json=c\n", SMART_TOO_OLD);
	check_only_state("{\"smartctl\":{\"version\":[7,3]},\"smart_status\":{\"passed\":true}}",
			 SMART_TOO_OLD);
	check_only_state("{\"json_format_version\":[0,1],\"smartctl\":{\"version\":[6,7]},"
			 "\"smart_status\":{\"passed\":true},\"power_on_time\":{\"hours\":1}}",
			 SMART_TOO_OLD);
}
END_TEST

START_TEST(a_disk_that_may_not_be_opened_is_refused)
{
	check_only_state(PROGRAM(2, SAYS("Smartctl open device: /dev/sda failed: Permission denied"))
			 "}", SMART_REFUSED);
	check_only_state(PROGRAM(2, SAYS("Smartctl open device: /dev/sda failed: "
					 "Operation not permitted")) "}", SMART_REFUSED);
}
END_TEST

START_TEST(a_disk_without_smart_does_not_offer_it)
{
	check_only_state(PROGRAM(1, SAYS("/dev/vda: Unable to detect device type")) "}",
			 SMART_NOT_OFFERED);
	check_only_state(PROGRAM(4, "") ",\"smart_support\":{\"available\":false}}",
			 SMART_NOT_OFFERED);
}
END_TEST

START_TEST(without_a_status_there_is_no_guess)
{
	check_only_state(PROGRAM(0, "") "}", SMART_UNREADABLE);
	check_only_state(PROGRAM(4, "") ",\"smart_status\":{\"passed\":1}}", SMART_UNREADABLE);
	check_only_state(PROGRAM(2, SAYS("Smartctl open device: /dev/sdb failed: No such device"))
			 ",\"smart_support\":{\"available\":false}}", SMART_UNREADABLE);
	check_only_state(PROGRAM(0, "") ",\"smart_support\":{\"available\":true,"
					"\"enabled\":false}}", SMART_UNREADABLE);
}
END_TEST

START_TEST(numbers_that_cannot_be_are_left_out)
{
	check_only_state(PROGRAM(0, "") ",\"smart_status\":{\"passed\":true},"
		"\"power_on_time\":{\"hours\":9223372036854775807},"
		"\"temperature\":{\"current\":65535},"
		"\"nvme_smart_health_information_log\":{\"percentage_used\":-1}}", SMART_PASSED);
	check_only_state(PROGRAM(0, "") ",\"smart_status\":{\"passed\":true},"
		"\"power_on_time\":[12],\"temperature\":{\"current\":\"38\"}}", SMART_PASSED);
}
END_TEST

START_TEST(a_large_count_is_taken_and_what_cannot_be_is_said)
{
	static const struct {
		const char *errors;
		int64_t number, implausible;
	} row[] = {
		{ "1000000001", 1000000001, SMART_NONE },
		{ "9007199254740991", 9007199254740991, SMART_NONE },
		{ "9007199254740992", SMART_NONE, 9007199254740992 },
		{ "18446744073709551615", SMART_NONE, INT64_MAX },
		{ "340282366920938463463374607431768211455", SMART_NONE, INT64_MAX },
		{ "-1", SMART_NONE, -1 },
		{ "\"1\"", SMART_NONE, SMART_NONE },
	};
	size_t i;

	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		char text[1024];
		struct smart smart;

		snprintf(text, sizeof(text), PROGRAM(0, "") ",\"smart_status\":{\"passed\":true},"
			 "\"model_name\":\"\\\"1234567890123456789012\","
			 "\"nvme_smart_health_information_log\":{"
			 "\"media_errors\":%s,\"percentage_used\":300},"
			 "\"temperature\":{\"current\":65535},\"power_cycle_count\":17}",
			 row[i].errors);
		smart = parse(text);
		ck_assert_int_eq(smart.state, SMART_PASSED);
		ck_assert_msg(smart.number[SMART_MEDIA_ERRORS] == row[i].number, "%s", text);
		ck_assert_msg(smart.implausible[SMART_MEDIA_ERRORS] == row[i].implausible, "%s",
			      text);
		/* and the rest of the answer stands */
		ck_assert_int_eq(smart.number[SMART_POWER_CYCLES], 17);
		ck_assert_int_eq(smart.implausible[SMART_POWER_CYCLES], SMART_NONE);
		ck_assert_int_eq(smart.implausible[SMART_PERCENTAGE_USED], 300);
		ck_assert_int_eq(smart.implausible[SMART_TEMPERATURE_MILLI_C], 65535);
		ck_assert_str_eq(smart.model, "\"1234567890123456789012");
	}
}
END_TEST

START_TEST(several_counts_in_one_raw_value_are_implausible)
{
	struct smart smart = parse(PROGRAM(0, "") ",\"smart_status\":{\"passed\":true},"
		"\"ata_smart_attributes\":{\"table\":[{\"id\":5,\"name\":"
		"\"Reallocated_Sector_Ct\",\"raw\":{\"value\":281474976710656}}]}}");

	ck_assert_int_eq(smart.number[SMART_REALLOCATED_SECTORS], SMART_NONE);
	ck_assert_int_eq(smart.implausible[SMART_REALLOCATED_SECTORS], 281474976710656);
}
END_TEST

START_TEST(an_answer_of_another_kind_is_damaged)
{
	check_only_state("", SMART_DAMAGED);
	check_only_state("\xff\xfe UNRECOGNIZED", SMART_DAMAGED);
	check_only_state("[]", SMART_DAMAGED);
	check_only_state("{}", SMART_DAMAGED);
	check_only_state("{\"json_format_version\":[1,0],\"smartctl\":7,"
			 "\"smart_status\":{\"passed\":true}}", SMART_DAMAGED);
}
END_TEST

START_TEST(an_answer_that_is_cut_anywhere_is_damaged)
{
	size_t cut;

	for (cut = 0; cut < sizeof(nvme) - 2; cut++) {
		/* A copy of exactly that size, so that a sanitizer sees every byte too far. */
		char *part = malloc(cut ? cut : 1);
		struct smart smart;

		memcpy(part, nvme, cut);
		smart_parse(part, cut, &smart);
		ck_assert_msg(smart.state == SMART_DAMAGED, "cut at %zu", cut);
		check_no_number(&smart);
		free(part);
	}
}
END_TEST

/* One attribute, and what is taken of it. */
static int64_t taken(const char *attribute, enum smart_number number)
{
	char text[1024];

	snprintf(text, sizeof(text),
		 PROGRAM(0, "") ",\"smart_status\":{\"passed\":true},\"logical_block_size\":512,"
		 "\"ata_smart_attributes\":{\"table\":[{%s}]}}", attribute);
	return parse(text).number[number];
}

#define ATTRIBUTE(id, name, value, raw)                                                            \
	"\"id\":" #id ",\"name\":\"" name "\",\"value\":" #value ",\"raw\":" raw
#define RAW(value) "{\"value\":" #value ",\"string\":\"" #value "\"}"

START_TEST(each_maker_of_ssds_says_its_wear_in_its_own_words)
{
	static const struct {
		const char *attribute;
		int64_t used;
	} row[] = {
		{ ATTRIBUTE(177, "Wear_Leveling_Count", 97, RAW(41)), 3 },
		{ ATTRIBUTE(173, "Wear_Leveling_Count", 99, RAW(12)), 1 },
		{ ATTRIBUTE(233, "Media_Wearout_Indicator", 94, RAW(17)), 6 },
		{ ATTRIBUTE(231, "SSD_Life_Left", 100, RAW(93)), 7 },
		{ ATTRIBUTE(169, "Remaining_Lifetime_Perc", 100, RAW(98)), 2 },
		{ ATTRIBUTE(202, "Percent_Lifetime_Remain", 96, RAW(4)), 4 },
		{ ATTRIBUTE(202, "Percent_Lifetime_Used", 95, RAW(5)), 5 },
		{ ATTRIBUTE(202, "Perc_Rated_Life_Used", 100, RAW(0)), 0 },
		{ ATTRIBUTE(173, "Drive_Life_Used%", 100, RAW(8)), 8 },
		{ ATTRIBUTE(248, "Lifetime_Remaining%", 100, RAW(0)), 0 },
		{ ATTRIBUTE(202, "Perc_Rated_Life_Used", 100, RAW(1000)), SMART_NONE },
		{ ATTRIBUTE(233, "Flash_Writes_GiB", 50, RAW(50)), SMART_NONE },
	};
	size_t i;

	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		ck_assert_msg(taken(row[i].attribute, SMART_PERCENTAGE_USED) == row[i].used, "%s: %lld",
			      row[i].attribute,
			      (long long)taken(row[i].attribute, SMART_PERCENTAGE_USED));
}
END_TEST

START_TEST(bytes_written_are_taken_of_each_unit_that_a_name_says)
{
	static const struct {
		const char *attribute;
		int64_t bytes;
	} row[] = {
		{ ATTRIBUTE(246, "Total_LBAs_Written", 100, RAW(100)), 51200 },
		{ ATTRIBUTE(225, "Host_Writes_32MiB", 100, RAW(100)), INT64_C(3355443200) },
		{ ATTRIBUTE(175, "Host_Writes_MiB", 100, RAW(3)), 3 << 20 },
		{ ATTRIBUTE(199, "Host_Writes_GiB", 100, RAW(3)), INT64_C(3) << 30 },
		{ ATTRIBUTE(241, "Total_Writes_GB", 100, RAW(3)), INT64_C(3000000000) },
		{ ATTRIBUTE(241, "Lifetime_Wts_Frm_Hst_GB", 100, RAW(3)), INT64_C(3000000000) },
		{ ATTRIBUTE(241, "Host_Writes", 100, RAW(3)), SMART_NONE },
		{ ATTRIBUTE(243, "NAND_Writes_32MiB", 100, RAW(3)), SMART_NONE },
		{ ATTRIBUTE(245, "TLC_Writes_32MiB", 100, RAW(3)), SMART_NONE },
	};
	size_t i;

	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		ck_assert_msg(taken(row[i].attribute, SMART_WRITTEN_BYTES) == row[i].bytes, "%s",
			      row[i].attribute);
}
END_TEST

START_TEST(of_several_counts_in_one_raw_value_the_one_that_is_shown_counts)
{
	ck_assert_int_eq(taken(ATTRIBUTE(5, "Reallocated_Sector_Ct", 100,
					 "{\"value\":281470681808898,\"string\":\"2 (65535 2)\"}"),
			       SMART_REALLOCATED_SECTORS), 2);
	ck_assert_int_eq(taken(ATTRIBUTE(5, "Reallocate_NAND_Blk_Cnt", 100, RAW(7)),
			       SMART_REALLOCATED_SECTORS), 7);
	ck_assert_int_eq(taken(ATTRIBUTE(197, "Pending_Sector_Count", 100, RAW(1)),
			       SMART_PENDING_SECTORS), 1);
}
END_TEST

START_TEST(a_sas_disk_says_how_many_defects_grew)
{
	struct smart smart = parse(PROGRAM(0, "") ",\"smart_status\":{\"passed\":true},"
				   "\"scsi_grown_defect_list\":3}");

	ck_assert_int_eq(smart.number[SMART_REALLOCATED_SECTORS], 3);
}
END_TEST

UNIT_MAIN("smart", what_a_good_disk_says_is_taken,
	  each_maker_of_ssds_says_its_wear_in_its_own_words,
	  bytes_written_are_taken_of_each_unit_that_a_name_says,
	  of_several_counts_in_one_raw_value_the_one_that_is_shown_counts,
	  a_sas_disk_says_how_many_defects_grew,
	  a_status_without_the_hours_that_were_asked_for_is_half_an_answer,
	  a_warning_is_what_the_disk_says_and_nothing_when_it_says_nothing,
	  starts_and_bytes_written_are_taken_where_their_unit_is_said,
	  a_failing_disk_has_failed_and_keeps_its_numbers,
	  a_program_before_7_0_is_too_old, a_disk_that_may_not_be_opened_is_refused,
	  a_disk_without_smart_does_not_offer_it, without_a_status_there_is_no_guess,
	  numbers_that_cannot_be_are_left_out, a_large_count_is_taken_and_what_cannot_be_is_said,
	  several_counts_in_one_raw_value_are_implausible, an_answer_of_another_kind_is_damaged,
	  an_answer_that_is_cut_anywhere_is_damaged)
