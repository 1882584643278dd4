/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A machine and its capture say the same, after the same redaction: the inventory of the machine,
 * redacted by the map the capture was made with, is the inventory of the capture.
 */
#include "tests/unit/planted.h"
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/cmd/capture_make.h"
#include "probes/probe.h"

#include <stdio.h>
#include <string.h>

static struct err err;

/* Of a class with something live-only: is this attribute compared all the same? */
static bool is_compared(const struct probe *probe, const struct attribute *attribute)
{
	return !strcmp(probe->name, "block") && strcmp(attribute->source, "smartctl") != 0;
}

static void write_class(struct json_writer *w, const struct inventory *inventory,
			const struct probe *probe, bool attributes)
{
	const struct component *component = inventory_first(inventory, probe->name);
	const struct class_state *state = inventory_class_state(inventory, probe->name);

	json_begin_array(w, NULL);
	json_text(w, NULL, probe->name);
	json_text(w, NULL, presence_name(state->presence));
	json_text(w, NULL, state->note ? state->note : "");
	for (; component; component = inventory_next(component)) {
		const struct attribute *attribute = component->attribute;

		if (strcmp(component->class, probe->name) != 0)
			continue;
		json_text(w, NULL, component->id);
		json_text(w, NULL, component->parent ? component->parent : "");
		for (; attribute; attribute = attribute->next) {
			if (!attributes && !is_compared(probe, attribute))
				continue;
			json_text(w, NULL, attribute->name);
			json_text(w, NULL, attribute->source);
			json_text(w, NULL, certainty_name(attribute->certainty));
			if (attribute->kind == ATTRIBUTE_TEXT)
				json_text(w, NULL, attribute->text);
			else
				json_int(w, NULL, attribute->number);
		}
	}
	json_end(w);
}

/*
 * What of a class may differ is said by its row (live_only): there the components are compared, but
 * not their attributes; of disks all but what smartctl says.
 */
static void check_same(const struct inventory *machine, const struct inventory *captured)
{
	size_t i;

	for (i = 0; i < probe_count; i++) {
		const struct inventory *side[2] = { machine, captured };
		struct buf text[2] = { BUF_INIT, BUF_INIT };
		size_t j;

		for (j = 0; j < 2; j++) {
			struct json_writer w;

			json_start(&w, json_buf_sink, &text[j]);
			write_class(&w, side[j], probe_table[i], !probe_table[i]->live_only);
			ck_assert_int_eq(json_finish(&w, &err), 0);
		}
		ck_assert_str_eq(text[0].data, text[1].data);
		buf_release(&text[0]);
		buf_release(&text[1]);
	}
}

/*
 * Capture `root`, probe it and the capture, and compare. `out` gets the inventory of the capture.
 */
static void check_root(struct sysroot *root, struct tree *tree, struct inventory *out)
{
	static const uint8_t seed[REDACT_SEED_SIZE] = { 77 };
	AUTO(redact_map_free_at) struct redact_map *map = redact_map_new(seed, &err);
	AUTO(capture_release) struct capture capture = CAPTURE_INIT;
	AUTO(inventory_release) struct inventory machine = INVENTORY_INIT;
	AUTO(sysroot_free_at) struct sysroot *captured = NULL;
	AUTO(buf_release) struct buf text = BUF_INIT;
	AUTO_FREE const char **globs = capture_globs();

	ck_assert_int_eq(capture_machine(&capture, root, globs, map, &err), 0);
	capture_write(&capture, &text);
	tree_bytes(tree, "one.capture", text.data, text.size);
	captured = sysroot_open(tree_path(tree, "one.capture"), &err);
	ck_assert_msg(captured != NULL, "%s", err.plain);
	ck_assert_int_eq(probe_machine(root, NULL, 0, &machine, &err), 0);
	ck_assert_int_eq(probe_machine(captured, NULL, 0, out, &err), 0);
	redact_inventory(map, &machine);
	check_same(&machine, out);
}

START_TEST(this_machine_and_its_capture_say_the_same)
{
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	AUTO(sysroot_free_at) struct sysroot *root = sysroot_open(NULL, &err);
	struct tree tree = tree_make();

	check_root(root, &tree, &inventory);
	ck_assert_ptr_nonnull(inventory_first(&inventory, "cpu"));
	tree_remove(&tree);
}
END_TEST

START_TEST(a_folder_full_of_secrets_and_its_capture_say_the_same)
{
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	AUTO(sysroot_free_at) struct sysroot *root = NULL;
	AUTO(buf_release) struct buf text = BUF_INIT;
	struct tree tree = tree_make();
	struct json_writer w;
	size_t i;

	plant(&tree);
	root = sysroot_open(tree_path(&tree, "root"), &err);
	ck_assert_msg(root != NULL, "%s", err.plain);
	check_root(root, &tree, &inventory);
	ck_assert_ptr_nonnull(inventory_first(&inventory, "memory"));
	ck_assert_ptr_nonnull(inventory_first(&inventory, "usb"));
	json_start(&w, json_buf_sink, &text);
	inventory_write(&w, NULL, &inventory);
	ck_assert_int_eq(json_finish(&w, &err), 0);
	for (i = 0; planted_secret[i]; i++)
		ck_assert_msg(!strstr(text.data, planted_secret[i]), "%s", planted_secret[i]);
	tree_remove(&tree);
}
END_TEST

START_TEST(the_classes_with_something_live_only_are_these)
{
	char names[128] = "";
	size_t i;

	for (i = 0; i < probe_count; i++) {
		if (probe_table[i]->live_only) {
			strncat(names, " ", sizeof(names) - strlen(names) - 1);
			strncat(names, probe_table[i]->name, sizeof(names) - strlen(names) - 1);
		}
	}
	ck_assert_str_eq(names, " usb block sensors");
}
END_TEST

UNIT_MAIN("capture_live", this_machine_and_its_capture_say_the_same,
	  a_folder_full_of_secrets_and_its_capture_say_the_same,
	  the_classes_with_something_live_only_are_these)
