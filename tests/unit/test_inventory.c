/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/model/inventory.h"

#include <string.h>

static void fill(struct inventory *inventory)
{
	struct component *cpu = inventory_add(inventory, "cpu", "cpu/0", NULL);
	struct component *core = inventory_add(inventory, "cpu", "cpu/0/core/1", "cpu/0");

	component_text(inventory, cpu, "model", "Loongson-3A6000", "proc/cpuinfo",
		       CERTAINTY_CERTAIN);
	component_number(inventory, cpu, "cores", 4, "sys/devices/system/cpu", CERTAINTY_LIKELY);
	component_bytes(inventory, core, "name", "\xb3\xa4\xb3\xc7", 4, "smbios type 4",
			CERTAINTY_AMBIGUOUS);
	component_bytes(inventory, core, "raw", "\x01\xff", 2, "smbios type 4", CERTAINTY_UNKNOWN);
	inventory_class(inventory, "cpu", PRESENCE_PRESENT, NULL);
	inventory_class(inventory, "usb", PRESENCE_ABSENT, "looked at %s", "sys/bus/usb");
	inventory_problem(inventory, "cpu", "library", "it said \"%s\"", "no");
	inventory_pack(inventory, "2026-11-23", "1234");
}

static void write_text(const struct inventory *inventory, struct buf *out)
{
	struct json_writer w;

	json_start(&w, json_buf_sink, out);
	inventory_write(&w, NULL, inventory);
	ck_assert_int_eq(json_finish(&w, NULL), 0);
}

static int read_text(const char *text, struct inventory *inventory, struct err *err)
{
	json_t *object = json_read(text, strlen(text), "test", err);
	int code = object ? inventory_read(object, "test", inventory, err) : ERR_INPUT;

	json_decref(object);
	return code;
}

START_TEST(what_is_written_and_read_again_is_written_the_same)
{
	struct inventory inventory = INVENTORY_INIT;
	struct inventory again = INVENTORY_INIT;
	struct inventory merged = INVENTORY_INIT;
	struct buf first = BUF_INIT, second = BUF_INIT, third = BUF_INIT;
	struct err err = ERR_INIT;

	fill(&inventory);
	write_text(&inventory, &first);
	ck_assert_int_eq(json_check_canonical(first.data, first.size, "test", &err), 0);
	ck_assert_int_eq(read_text(first.data, &again, &err), 0);
	write_text(&again, &second);
	ck_assert_str_eq(first.data, second.data);
	inventory_merge(&merged, &again);
	write_text(&merged, &third);
	ck_assert_str_eq(first.data, third.data);
	ck_assert_ptr_nonnull(strstr(first.data, "\"encoding\":\"gbk\""));
	ck_assert_ptr_nonnull(strstr(first.data, "长城"));
	ck_assert_ptr_nonnull(strstr(first.data, "hex:01ff"));
	buf_release(&first);
	buf_release(&second);
	buf_release(&third);
	inventory_release(&inventory);
	inventory_release(&again);
	inventory_release(&merged);
}
END_TEST

START_TEST(a_second_component_of_the_same_id_gets_a_number)
{
	struct inventory inventory = INVENTORY_INIT;

	inventory_add(&inventory, "memory", "dimm/DIMM0", NULL);
	ck_assert_str_eq(inventory_add(&inventory, "memory", "dimm/DIMM0", NULL)->id,
			 "dimm/DIMM0#2");
	ck_assert_str_eq(inventory_add(&inventory, "memory", "dimm/DIMM0", NULL)->id,
			 "dimm/DIMM0#3");
	inventory_release(&inventory);
}
END_TEST

START_TEST(the_last_value_of_an_attribute_wins_and_names_stay_in_order)
{
	struct inventory inventory = INVENTORY_INIT;
	struct component *c = inventory_add(&inventory, "cpu", "cpu/0", NULL);

	component_text(&inventory, c, "b", "one", "x", CERTAINTY_LIKELY);
	component_number(&inventory, c, "c", 1, "x", CERTAINTY_LIKELY);
	component_number(&inventory, c, "a", 1, "x", CERTAINTY_LIKELY);
	component_number(&inventory, c, "b", 7, "y", CERTAINTY_CERTAIN);
	ck_assert_str_eq(c->attribute->name, "a");
	ck_assert_str_eq(c->attribute->next->name, "b");
	ck_assert_str_eq(c->attribute->next->next->name, "c");
	ck_assert_ptr_null(c->attribute->next->next->next);
	ck_assert_int_eq(component_get_number(c, "b", -1), 7);
	ck_assert_ptr_null(component_get_text(c, "b"));
	inventory_release(&inventory);
}
END_TEST

START_TEST(empty_text_adds_nothing_and_a_number_beyond_2_53_is_a_problem)
{
	struct inventory inventory = INVENTORY_INIT;
	struct component *c = inventory_add(&inventory, "cpu", "cpu/0", NULL);

	component_text(&inventory, c, "a", "  ", "x", CERTAINTY_LIKELY);
	component_number(&inventory, c, "b", INT64_MAX, "x", CERTAINTY_LIKELY);
	ck_assert_ptr_null(c->attribute);
	ck_assert_str_eq(inventory.problem->code, "number-out-of-range");
	inventory_release(&inventory);
}
END_TEST

START_TEST(reading_refuses_every_other_form)
{
	static const char *const bad[] = {
		"[]",
		"{}",
		"{\"arch\":\"a\",\"classes\":[],\"components\":[],\"problems\":[],\"root\":\"r\","
		"\"x\":1}",
		"{\"arch\":\"a\",\"classes\":[1],\"components\":[],\"problems\":[],\"root\":\"r\"}",
		"{\"arch\":\"a\",\"classes\":[{\"class\":\"c\",\"presence\":\"maybe\"}],"
		"\"components\":[],\"problems\":[],\"root\":\"r\"}",
		"{\"arch\":\"a\",\"classes\":[],\"components\":[{\"attributes\":{},\"class\":\"c\","
		"\"id\":\"i\"},{\"attributes\":{},\"class\":\"c\",\"id\":\"i\"}],"
		"\"problems\":[],\"root\":\"r\"}",
		"{\"arch\":\"a\",\"classes\":[],\"components\":[{\"attributes\":{\"n\":"
		"{\"certainty\":\"certain\",\"source\":\"s\",\"value\":true}},\"class\":\"c\","
		"\"id\":\"i\"}],"
		"\"problems\":[],\"root\":\"r\"}",
		"{\"arch\":\"a\",\"classes\":[],\"components\":[{\"attributes\":{\"n\":"
		"{\"certainty\":\"sure\",\"source\":\"s\",\"value\":1}},\"class\":\"c\","
		"\"id\":\"i\"}],"
		"\"problems\":[],\"root\":\"r\"}",
		"{\"arch\":\"a\",\"classes\":[],\"components\":[],\"problems\":[{\"class\":\"c\"}],"
		"\"root\":\"r\"}",
	};
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct inventory inventory = INVENTORY_INIT;
		struct err err = ERR_INIT;

		ck_assert_int_eq(read_text(bad[i], &inventory, &err), ERR_INPUT);
		ck_assert(err.text[0]);
		ck_assert_ptr_null(inventory.component);
	}
}
END_TEST

START_TEST(an_inventory_without_end_is_refused_before_it_costs_time)
{
	struct inventory inventory = INVENTORY_INIT;
	AUTO(buf_release) struct buf text = BUF_INIT;
	struct err err = ERR_INIT;
	int i;

	buf_adds(&text, "{\"arch\":\"a\",\"classes\":[],\"components\":[");
	for (i = 0; i < 8193; i++)
		buf_addf(&text, "%s{\"attributes\":{},\"class\":\"c\",\"id\":\"%d\"}", i ? "," : "", i);
	buf_adds(&text, "],\"problems\":[],\"root\":\"r\"}");
	ck_assert_int_eq(read_text(text.data, &inventory, &err), ERR_INPUT);
	ck_assert_str_eq(err.plain, "test: key 'components' has more than 8192 members: no machine has");
}
END_TEST

UNIT_MAIN("inventory", what_is_written_and_read_again_is_written_the_same,
	  a_second_component_of_the_same_id_gets_a_number,
	  the_last_value_of_an_attribute_wins_and_names_stay_in_order,
	  empty_text_adds_nothing_and_a_number_beyond_2_53_is_a_problem,
	  reading_refuses_every_other_form, an_inventory_without_end_is_refused_before_it_costs_time)
