/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Golden configuration: what differs, what counts, what follows. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/base/lang_sentence.h"
#include "harness/model/delta_effect.h"
#include "harness/stress/stressor.h"
#include "harness/sys/disk.h"
#include "harness/sys/pack.h"

#include <stdio.h>
#include <string.h>

#define IDS TEST_SOURCE_FOLDER "/probes/ids"

static struct component *add(struct inventory *inventory, const char *class, const char *id,
			     const char *parent)
{
	if (!inventory_class_state(inventory, class))
		inventory_class(inventory, class, PRESENCE_PRESENT, NULL);
	return inventory_add(inventory, class, id, parent);
}

static void text(struct inventory *inventory, struct component *component, const char *name,
		 const char *value)
{
	component_text(inventory, component, name, value, "test", CERTAINTY_CERTAIN);
}

static void number(struct inventory *inventory, struct component *component, const char *name,
		   int64_t value)
{
	component_number(inventory, component, name, value, "test", CERTAINTY_CERTAIN);
}

static void dimm(struct inventory *inventory, const char *slot, const char *part, int64_t gib,
		 const char *serial)
{
	struct component *module = add(inventory, "memory", slot, "memory/total");

	text(inventory, module, "part_number", part);
	text(inventory, module, "serial", serial);
	number(inventory, module, "size_bytes", gib << 30);
	number(inventory, module, "populated", 1);
}

static struct component *pci(struct inventory *inventory, const char *id, const char *parent,
			     const char *device)
{
	struct component *component = add(inventory, "pci", id, parent);

	text(inventory, component, "vendor_id", "19e5");
	text(inventory, component, "device_id", device);
	return component;
}

static void disk(struct inventory *inventory, const char *id, const char *parent,
		 const char *model, const char *firmware)
{
	struct component *component = add(inventory, "block", id, parent);

	text(inventory, component, "model", model);
	text(inventory, component, "firmware", firmware);
}

/* "KIND id>id" of every difference, "!" before those that do not count; then the answer. */
static const char *said(const struct inventory *was, const struct inventory *now)
{
	static struct buf out = BUF_INIT;
	AUTO(deltas_release) struct deltas deltas = DELTAS_INIT;
	const struct delta *delta;

	deltas_make(was, now, &deltas);
	buf_reset(&out);
	for (delta = deltas.delta; delta; delta = delta->next) {
		AUTO(buf_release) struct buf sentence = BUF_INIT;

		delta_sentence(delta, &sentence);
		ck_assert_uint_gt(sentence.size, 0);
		buf_addf(&out, "%s%s %s>%s, ", delta->passing ? "!" : "",
			 delta_kind_name(delta->kind), delta->was ? delta->was : "",
			 delta->now ? delta->now : "");
	}
	buf_adds(&out, deltas_answer_name(deltas_answer(&deltas)));
	return out.data;
}

#define PAIR                                                                                       \
	AUTO(inventory_release) struct inventory was = INVENTORY_INIT;                             \
	AUTO(inventory_release) struct inventory now = INVENTORY_INIT

static void read_golden(const char *name, struct inventory *inventory)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	json_t *root;

	buf_addf(&path, TEST_SOURCE_FOLDER "/tests/golden/%s.json", name);
	ck_assert_int_eq(disk_read_file(path.data, 1 << 20, &bytes, NULL), 0);
	root = json_read(bytes.data, bytes.size, name, NULL);
	ck_assert_int_eq(inventory_read(root, name, inventory, NULL), 0);
	json_decref(root);
}

START_TEST(a_machine_is_the_same_as_itself_and_as_its_bill_of_materials)
{
	static const char *const machine[] = { "greatwall-td120a2", "loongson-3a6000-nuc",
					       "taishan-200-2280" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(machine); i++) {
		AUTO(inventory_release) struct inventory bom = INVENTORY_INIT;
		AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

		read_golden(machine[i], &inventory);
		bom_make(&inventory, NULL, &bom);
		ck_assert_str_eq(said(&inventory, &inventory), "same");
		ck_assert_str_eq(said(&bom, &inventory), "same");
		ck_assert_ptr_nonnull(inventory_first(&bom, "pci"));
	}
}
END_TEST

START_TEST(another_unit_of_the_same_build_is_the_same)
{
	PAIR;
	struct component *board, *port;

	dimm(&was, "dimm/A", "M393", 16, "S1");
	dimm(&now, "dimm/A", "M393", 16, "S2");
	board = add(&was, "board", "board/system", NULL);
	text(&was, board, "manufacturer", "Great Wall");
	text(&was, board, "product", "TD120");
	text(&was, board, "serial", "1");
	board = add(&now, "board", "board/system", NULL);
	text(&now, board, "manufacturer", "Great Wall");
	text(&now, board, "product", "TD120");
	text(&now, board, "serial", "2");
	text(&now, board, "asset_tag", "X");
	port = pci(&was, "pci/0000:00:01.0", NULL, "a120");
	number(&was, port, "link_width", 8);
	text(&was, port, "device", "what a table called it");
	port = pci(&now, "pci/0000:00:01.0", NULL, "a120");
	number(&now, port, "link_width", 4);
	text(&now, port, "device", "what a newer table calls it");
	text(&now, port, "learnt_later", "by a newer program");
	text(&now, port, "subsystem_id", "19e5:d215");
	number(&now, add(&now, "sensors", "sensor/x/temp1", NULL), "value_milli", 50000);
	ck_assert_str_eq(said(&was, &now), "same");
}
END_TEST

START_TEST(modules_removed_added_and_smaller_are_told_by_slot)
{
	PAIR;

	dimm(&was, "dimm/A", "BIG", 16, "1");
	dimm(&was, "dimm/B", "BIG", 16, "2");
	dimm(&was, "dimm/C", "BIG", 16, "3");
	dimm(&now, "dimm/A", "BIG", 16, "1");
	dimm(&now, "dimm/B", "SMALL", 8, "2");
	number(&now, add(&now, "memory", "dimm/C", "memory/total"), "populated", 0);
	ck_assert_str_eq(said(&was, &now), "downgraded dimm/B>dimm/B, removed dimm/C>, different");
	ck_assert_str_eq(said(&now, &was), "changed dimm/B>dimm/B, added >dimm/C, different");
}
END_TEST

START_TEST(the_same_modules_in_other_slots_have_moved)
{
	PAIR;

	dimm(&was, "dimm/A", "ONE", 16, "1");
	dimm(&was, "dimm/B", "TWO", 16, "2");
	dimm(&was, "dimm/C", "THREE", 16, "3");
	dimm(&now, "dimm/A", "TWO", 16, "2");
	dimm(&now, "dimm/B", "ONE", 16, "1");
	dimm(&now, "dimm/D", "THREE", 16, "3");
	ck_assert_str_eq(said(&was, &now), "moved dimm/A>dimm/B, moved dimm/B>dimm/A, "
					   "moved dimm/C>dimm/D, different");
}
END_TEST

START_TEST(two_modules_that_are_alike_may_change_places)
{
	PAIR;

	dimm(&was, "dimm/A", "ONE", 16, "1");
	dimm(&was, "dimm/B", "ONE", 16, "2");
	dimm(&now, "dimm/A", "ONE", 16, "2");
	dimm(&now, "dimm/B", "ONE", 16, "1");
	ck_assert_str_eq(said(&was, &now), "same");
}
END_TEST

START_TEST(numbers_of_busses_and_names_of_disks_follow_from_what_else_is_there)
{
	PAIR;

	pci(&was, "pci/0000:00:02.0", NULL, "root");
	pci(&was, "pci/0000:02:00.0", "pci/0000:00:02.0", "raid");
	disk(&was, "block/sda", "pci/0000:02:00.0", "SSD1", "1");
	pci(&now, "pci/0000:00:01.0", NULL, "root");
	pci(&now, "pci/0000:02:00.0", "pci/0000:00:01.0", "card");
	pci(&now, "pci/0000:00:02.0", NULL, "root");
	pci(&now, "pci/0000:03:00.0", "pci/0000:00:02.0", "raid");
	disk(&now, "block/sda", "pci/0000:02:00.0", "NEW", "1");
	disk(&now, "block/sdb", "pci/0000:03:00.0", "SSD1", "1");
	ck_assert_str_eq(said(&was, &now), "added >pci/0000:00:01.0, added >pci/0000:02:00.0, "
					   "added >block/sda, different");
}
END_TEST

START_TEST(a_card_in_another_slot_has_moved_with_what_hangs_on_it)
{
	PAIR;

	pci(&was, "pci/0000:00:01.0", NULL, "root");
	pci(&was, "pci/0000:00:02.0", NULL, "root");
	pci(&was, "pci/0000:01:00.0", "pci/0000:00:01.0", "nvme");
	disk(&was, "block/nvme0n1", "pci/0000:01:00.0", "SSD1", "1");
	pci(&now, "pci/0000:00:01.0", NULL, "root");
	pci(&now, "pci/0000:00:02.0", NULL, "root");
	pci(&now, "pci/0000:01:00.0", "pci/0000:00:02.0", "nvme");
	disk(&now, "block/nvme0n1", "pci/0000:01:00.0", "SSD1", "1");
	ck_assert_str_eq(said(&was, &now), "moved pci/0000:01:00.0>pci/0000:01:00.0, "
					   "moved block/nvme0n1>block/nvme0n1, different");
}
END_TEST

static struct component *card(struct inventory *inventory, int64_t lanes, const char *class_id)
{
	struct component *port = pci(inventory, "pci/0000:00:01.0", NULL, "a120");
	struct component *below = pci(inventory, "pci/0000:01:00.0", "pci/0000:00:01.0", "d100");

	number(inventory, port, "link_width", lanes);
	number(inventory, below, "link_width", lanes);
	text(inventory, below, "class_id", class_id);
	number(inventory, below, "link_width_max", 16);
	return below;
}

START_TEST(a_card_that_uses_fewer_lanes_is_downgraded)
{
	PAIR;

	card(&was, 16, "0107");
	card(&now, 8, "0107");
	ck_assert_str_eq(said(&was, &now), "downgraded pci/0000:01:00.0>pci/0000:01:00.0, different");
	ck_assert_str_eq(said(&now, &was), "changed pci/0000:01:00.0>pci/0000:01:00.0, different");
	ck_assert_str_eq(said(&was, &was), "same");
}
END_TEST

START_TEST(a_display_uses_as_many_lanes_as_it_has_work_for)
{
	PAIR;

	card(&was, 16, "0300");
	card(&now, 8, "0300");
	ck_assert_str_eq(said(&was, &now), "same");
}
END_TEST

START_TEST(a_device_that_lost_its_driver_has_changed)
{
	PAIR;
	struct component *of = card(&was, 16, "0107");

	text(&was, of, "driver", "nvme");
	number(&was, of, "driver_bound", 1);
	number(&now, card(&now, 16, "0107"), "driver_bound", 0);
	ck_assert_str_eq(said(&was, &now), "changed pci/0000:01:00.0>pci/0000:01:00.0, different");
}
END_TEST

static void cpu(struct inventory *inventory, const char *model, const char *sku, const char *table,
		int64_t khz)
{
	struct component *component = add(inventory, "cpu", "cpu/0", NULL);

	text(inventory, component, "midr", "0x481fd010");
	component_text(inventory, component, "model", model, table, CERTAINTY_LIKELY);
	component_text(inventory, component, "sku", sku, "smbios type 4", CERTAINTY_LIKELY);
	number(inventory, component, "max_khz", khz);
}

START_TEST(processors_that_share_an_id_are_told_apart_by_model_and_bin)
{
	static const struct {
		const char *model, *sku, *table;
		int64_t khz;
		const char *answer;
	} row[] = {
		{ "Kunpeng 920", "4826", "cpus.tsv 2026-11-23", 2600000, "same" },
		{ "Kunpeng 930", "4826", "cpus.tsv 2026-11-23", 2600000, "changed" },
		{ "Kunpeng 920", "6426", "cpus.tsv 2026-11-23", 2600000, "changed" },
		{ "Kunpeng 920", "4826", "cpus.tsv 2026-11-23", 2200000, "downgraded" },
		{ "Kunpeng 920", "4826", "cpus.tsv 2026-11-23", 2550000, "same" },
		/* What a newer table calls it is no other processor. */
		{ "Kunpeng 930", "4826", "cpus.tsv 2027-01-01", 2600000, "same" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		PAIR;

		cpu(&was, "Kunpeng 920", "4826", "cpus.tsv 2026-11-23", 2600000);
		cpu(&now, row[i].model, row[i].sku, row[i].table, row[i].khz);
		ck_assert_msg(strstr(said(&was, &now), row[i].answer) == said(&was, &now),
			      "row %zu: %s", i, said(&was, &now));
	}
}
END_TEST

START_TEST(a_disk_at_another_port_of_its_controller_has_moved)
{
	PAIR;
	AUTO(inventory_release) struct inventory bom = INVENTORY_INIT;

	disk(&was, "block/sda", NULL, "SSD1", "1");
	text(&was, was.component, "slot", "pci-0000:02:00.0-ata-1");
	disk(&now, "block/sda", NULL, "SSD1", "1");
	/* The number of the bus follows from what else is plugged in. */
	text(&now, now.component, "slot", "pci-0000:03:00.0-ata-2");
	was.component->parent = now.component->parent = "pci/0000:02:00.0";
	pci(&was, "pci/0000:02:00.0", NULL, "a120");
	pci(&now, "pci/0000:02:00.0", NULL, "a120");
	bom_make(&was, NULL, &bom);
	ck_assert_str_eq(said(&bom, &now), "moved block/sda>block/sda, different");
	now.component->attribute = NULL;
	text(&now, now.component, "model", "SSD1");
	text(&now, now.component, "slot", "pci-0000:03:00.0-ata-1");
	ck_assert_str_eq(said(&bom, &now), "same");
}
END_TEST

START_TEST(firmware_is_a_change_and_the_disk_stays_the_disk)
{
	PAIR;
	AUTO(deltas_release) struct deltas deltas = DELTAS_INIT;

	disk(&was, "block/sda", NULL, "SSD1", "1.0");
	disk(&now, "block/sda", NULL, "SSD1", "1.1");
	deltas_make(&was, &now, &deltas);
	ck_assert_ptr_nonnull(deltas.delta);
	ck_assert_int_eq(deltas.delta->kind, DELTA_CHANGED);
	ck_assert_str_eq(deltas.delta->value->name, "firmware");
	ck_assert_ptr_null(deltas.delta->value->next);
	ck_assert_ptr_null(deltas.count);
}
END_TEST

START_TEST(what_could_not_be_seen_is_not_called_missing)
{
	PAIR;

	dimm(&was, "dimm/A", "ONE", 16, "1");
	inventory_class(&now, "memory", PRESENCE_PRESENT, NULL);
	inventory_problem(&now, "memory", "permission", "only root");
	ck_assert_str_eq(said(&was, &now), "unknown dimm/A>, unknown");
	ck_assert_str_eq(said(&now, &was), "unknown >dimm/A, unknown");
	inventory_class(&now, "memory", PRESENCE_UNREADABLE, "broken");
	ck_assert_str_eq(said(&was, &now), "unknown >, unknown");
	ck_assert_str_eq(said(&now, &was), "unknown >, unknown");
	pci(&was, "pci/0000:00:01.0", NULL, "a120");
	ck_assert_str_eq(said(&was, &now), "unknown >, unknown >, unknown");
	ck_assert_str_eq(said(&now, &was), "unknown >, unknown");
	pci(&now, "pci/0000:00:01.0", NULL, "a121");
	ck_assert_str_eq(said(&was, &now),
			 "unknown >, changed pci/0000:00:01.0>pci/0000:00:01.0, different");
}
END_TEST

START_TEST(a_part_that_does_not_say_what_it_is_cannot_be_told)
{
	PAIR;
	struct component *module;

	dimm(&was, "dimm/A", "ONE", 16, "1");
	module = add(&now, "memory", "dimm/A", NULL);
	number(&now, module, "size_bytes", 16LL << 30);
	ck_assert_str_eq(said(&was, &now), "unknown dimm/A>dimm/A, unknown");
	ck_assert_str_eq(said(&now, &was), "same");
	component_text(&now, module, "part_number", "ONE or TWO", "test", CERTAINTY_AMBIGUOUS);
	ck_assert_str_eq(said(&was, &now), "unknown dimm/A>dimm/A, unknown");
}
END_TEST

START_TEST(what_comes_and_goes_is_told_and_does_not_count)
{
	PAIR;
	struct component *stick;

	stick = add(&was, "usb", "usb/1-2", NULL);
	text(&was, stick, "vendor_id", "24ae");
	text(&was, stick, "device_id", "4110");
	inventory_class(&now, "usb", PRESENCE_ABSENT, NULL);
	inventory_class(&was, "block", PRESENCE_ABSENT, NULL);
	disk(&now, "block/sda", NULL, "STICK", "1");
	number(&now, add(&now, "block", "block/sdb", NULL), "removable", 1);
	ck_assert_str_eq(said(&was, &now),
			 "!removed usb/1-2>, added >block/sda, !added >block/sdb, different");
}
END_TEST

START_TEST(kinds_are_counted)
{
	PAIR;
	AUTO(deltas_release) struct deltas deltas = DELTAS_INIT;

	dimm(&was, "dimm/A", "ONE", 16, "1");
	dimm(&was, "dimm/B", "ONE", 16, "2");
	dimm(&was, "dimm/C", "TWO", 16, "3");
	dimm(&now, "dimm/A", "ONE", 16, "1");
	dimm(&now, "dimm/D", "TWO", 16, "3");
	deltas_make(&was, &now, &deltas);
	ck_assert_ptr_nonnull(deltas.count);
	ck_assert_str_eq(deltas.count->part, "ONE 16 GiB");
	ck_assert_uint_eq(deltas.count->was, 2);
	ck_assert_uint_eq(deltas.count->now, 1);
	ck_assert_ptr_null(deltas.count->next);
}
END_TEST

START_TEST(a_bill_of_materials_names_parts_and_no_single_machine)
{
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	AUTO(inventory_release) struct inventory bom = INVENTORY_INIT;
	static const char *const except[] = { "os", "kernel", NULL };
	static const char *const single[] = { "serial", "uuid", "mac", "wwn", "asset_tag",
					      "chip_id" };
	const struct component *component;
	size_t i;

	read_golden("greatwall-td120a2", &inventory);
	bom_make(&inventory, except, &bom);
	ck_assert_ptr_null(inventory_class_state(&bom, "os"));
	ck_assert_ptr_null(inventory_first(&bom, "kernel"));
	ck_assert_ptr_null(inventory_first(&bom, "sensors"));
	ck_assert_ptr_null(inventory_first(&bom, "usb"));
	for (component = bom.component; component; component = component->next) {
		for (i = 0; i < ARRAY_SIZE(single); i++)
			ck_assert_ptr_null(component_attribute(component, single[i]));
	}
}
END_TEST

/* --- makers of memory ------------------------------------------------------------------------- */

struct made { /* NULL: not said */
	const char *part, *manufacturer, *jedec_id, *maker;
	enum certainty certainty;	/* of maker */
};

static void module(struct inventory *inventory, const struct made *made)
{
	struct component *module = add(inventory, "memory", "dimm/A", "memory/total");

	number(inventory, module, "size_bytes", 16LL << 30);
	text(inventory, module, "type", "DDR4");
	component_text(inventory, module, "part_number", made->part ? made->part : "6478545886",
		       "smbios type 17", made->part ? CERTAINTY_CERTAIN : CERTAINTY_UNKNOWN);
	if (made->manufacturer)
		text(inventory, module, "manufacturer", made->manufacturer);
	if (made->jedec_id)
		text(inventory, module, "jedec_id", made->jedec_id);
	if (made->maker)
		component_text(inventory, module, "maker", made->maker, "jedec.tsv",
			       made->certainty);
}

#define CHANGED "changed dimm/A>dimm/A, different"
#define BOTH "UNILC or Samsung", CERTAINTY_CONTRADICTORY
#define LIKELY(maker) maker, CERTAINTY_LIKELY

static const struct {
	struct made was, now;
	const char *said;
} made[] = {
	/* another name, another id, and both, without a part number */
	{ { NULL, "UNILC", NULL, LIKELY("UNILC") }, { NULL, "Samsung", NULL, LIKELY("Samsung") },
	  CHANGED },
	{ { NULL, "UNILC", "8a:d6", LIKELY("UNILC") }, { NULL, "UNILC", "80:ce", BOTH }, CHANGED },
	{ { NULL, NULL, "8a:d6", LIKELY("UNILC") }, { NULL, NULL, "80:ce", LIKELY("Samsung") },
	  CHANGED },
	{ { NULL, "Nobody", NULL, NULL, CERTAINTY_UNKNOWN },
	  { NULL, "No other", NULL, NULL, CERTAINTY_UNKNOWN }, CHANGED },
	/* with one, too: the part number says UNILC still */
	{ { "SCC16", "UniIC", NULL, LIKELY("UNILC") }, { "SCC16", "Samsung", NULL, BOTH },
	  CHANGED },
	/* one maker in another writing is one maker; so are doubts that are the same */
	{ { NULL, "UniIC", NULL, LIKELY("UNILC") }, { NULL, "UNILC", "8a:d6", LIKELY("UNILC") },
	  "same" },
	{ { NULL, "UniIC", NULL, LIKELY("UNILC") }, { NULL, NULL, "8a:d6", LIKELY("UNILC") },
	  "same" },
	{ { NULL, "Samsung", "8a:d6", BOTH }, { NULL, "Samsung", "8a:d6", BOTH }, "same" },
	/* who says nothing may be anybody, but for the part number */
	{ { NULL, "UNILC", NULL, LIKELY("UNILC") }, { NULL, NULL, NULL, NULL, CERTAINTY_UNKNOWN },
	  "unknown dimm/A>dimm/A, unknown" },
	{ { "SCC16", "UNILC", NULL, LIKELY("UNILC") },
	  { "SCC16", NULL, NULL, NULL, CERTAINTY_UNKNOWN }, "same" },
};

START_TEST(a_memory_module_of_another_maker_is_another_whatever_its_part_number_says)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(made); i++) {
		PAIR;
		AUTO(inventory_release) struct inventory bom = INVENTORY_INIT;

		module(&was, &made[i].was);
		module(&now, &made[i].now);
		ck_assert_msg(!strcmp(said(&was, &now), made[i].said), "%zu: %s", i,
			      said(&was, &now));
		bom_make(&was, NULL, &bom);
		ck_assert_msg(!strcmp(said(&bom, &now), made[i].said), "bill %zu: %s", i,
			      said(&bom, &now));
	}
}
END_TEST

START_TEST(bridges_in_a_circle_end)
{
	PAIR;

	pci(&was, "pci/0000:00:01.0", "pci/0000:00:02.0", "a");
	pci(&was, "pci/0000:00:02.0", "pci/0000:00:01.0", "b");
	ck_assert_str_eq(said(&was, &was), "same");
	pci(&now, "pci/0000:00:01.0", NULL, "a");
	ck_assert_ptr_nonnull(strstr(said(&was, &now), "different"));
}
END_TEST

/* --- what follows ----------------------------------------------------------------------------- */

/* The tests that must run again, then those conclusions that hold. */
static const char *follows(const struct inventory *was, const struct inventory *now)
{
	static const char *const test[] = { "cpu.float", "disk.verify", "mem.march" };
	static struct buf out = BUF_INIT;
	AUTO(ids_release) struct ids rules = IDS_INIT;
	AUTO(deltas_release) struct deltas deltas = DELTAS_INIT;
	AUTO(delta_effects_release) struct delta_effects effects = DELTA_EFFECTS_INIT;
	size_t i;

	ck_assert_int_eq(pack_read(&rules, IDS, &pack_changes, NULL), 0);
	deltas_make(was, now, &deltas);
	delta_effects_make(&rules, &deltas, test, ARRAY_SIZE(test), &effects);
	buf_reset(&out);
	for (i = 0; i < effects.test_count; i++)
		buf_addf(&out, "%s%s", effects.test[i].cause ? effects.test[i].name : "",
			 effects.test[i].cause ? " " : "");
	buf_addc(&out, '|');
	for (i = 0; i < DELTA_CONCLUSIONS; i++)
		buf_addf(&out, "%s%s", effects.conclusion[i].cause ? "" : " ",
			 effects.conclusion[i].cause ? "" : effects.conclusion[i].name);
	return out.data;
}

START_TEST(a_change_breaks_what_it_touches_and_no_more)
{
	PAIR;

	dimm(&was, "dimm/A", "ONE", 16, "1");
	dimm(&now, "dimm/A", "ONE", 16, "2");
	ck_assert_str_eq(follows(&was, &now),
			 "| cpu disk memory network parts system temperature");
	dimm(&now, "dimm/B", "ONE", 16, "2");
	ck_assert_str_eq(follows(&was, &now), "mem.march | cpu disk network system temperature");
	disk(&was, "block/sda", NULL, "SSD1", "1.0");
	disk(&now, "block/sda", NULL, "SSD1", "1.1");
	ck_assert_str_eq(follows(&was, &now),
			 "disk.verify mem.march | cpu network system temperature");
}
END_TEST

START_TEST(memory_does_not_hold_where_the_maker_of_a_module_changed)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(made); i++) {
		bool holds = !strcmp(made[i].said, "same");
		PAIR;

		module(&was, &made[i].was);
		module(&now, &made[i].now);
		ck_assert_msg(!strcmp(follows(&was, &now),
				      holds ? "| cpu disk memory network parts system temperature" :
					      "mem.march | cpu disk network system temperature"),
			      "%zu: %s", i, follows(&was, &now));
	}
}
END_TEST

START_TEST(another_board_breaks_everything_and_what_no_rule_knows_does_too)
{
	PAIR;
	AUTO(inventory_release) struct inventory blind = INVENTORY_INIT;

	text(&was, add(&was, "board", "board/baseboard", NULL), "product", "A");
	text(&now, add(&now, "board", "board/baseboard", NULL), "product", "B");
	ck_assert_str_eq(follows(&was, &now), "cpu.float disk.verify mem.march |");
	ck_assert_str_eq(follows(&was, &blind), "cpu.float disk.verify mem.march |");
}
END_TEST

START_TEST(the_same_chip_on_another_card_of_the_same_house_inherits)
{
	PAIR;
	struct component *card = pci(&was, "pci/0000:00:01.0", NULL, "a120");

	text(&was, card, "subsystem_id", "19e5:0001");
	card = pci(&now, "pci/0000:00:01.0", NULL, "a120");
	text(&now, card, "subsystem_id", "19e5:0002");
	/* All that was tested; but the list of parts names the other card. */
	ck_assert_str_eq(follows(&was, &now), "| cpu disk memory network system temperature");
	inventory_release(&now);
	card = pci(&now, "pci/0000:00:01.0", NULL, "a120");
	text(&now, card, "subsystem_id", "1028:0001");
	ck_assert_str_eq(follows(&was, &now), "disk.verify | cpu memory temperature");
}
END_TEST

START_TEST(the_same_generation_of_processor_and_the_same_chip_inherit_what_does_not_depend_on_more)
{
	PAIR;
	struct component *part = add(&was, "cpu", "cpu/0", NULL);

	text(&was, part, "model_number", "59");
	text(&was, part, "stepping", "14");
	part = add(&now, "cpu", "cpu/0", NULL);
	text(&now, part, "model_number", "59");
	text(&now, part, "stepping", "15");
	ck_assert_str_eq(follows(&was, &now), "cpu.float | disk memory network system");
	text(&now, part, "model_number", "91");
	ck_assert_str_eq(follows(&was, &now), "cpu.float disk.verify mem.march |");
	inventory_release(&was);
	inventory_release(&now);
	text(&was, pci(&was, "pci/0000:00:01.0", NULL, "a120"), "revision", "20");
	text(&now, pci(&now, "pci/0000:00:01.0", NULL, "a120"), "revision", "21");
	ck_assert_str_eq(follows(&was, &now), "| cpu disk memory network system temperature");
	pci(&now, "pci/0000:00:02.0", NULL, "a121");
	ck_assert_str_eq(follows(&was, &now), "disk.verify | cpu memory temperature");
}
END_TEST

START_TEST(what_no_longer_holds_can_be_tested_again)
{
	AUTO(ids_release) struct ids rules = IDS_INIT;
	size_t row;

	/* Parts and system are judged in every run, whatever its tests. */
	ck_assert_int_eq(pack_read(&rules, IDS, &pack_changes, NULL), 0);
	for (row = 0; row < rules.count; row++) {
		const char *breaks = ids_at(&rules, row, DELTA_RULE_BREAKS);
		const char *again = ids_at(&rules, row, DELTA_RULE_AGAIN);

		ck_assert_msg(!strstr(breaks, "cpu") || strstr(again, "cpu."), "row %zu", row);
		ck_assert_msg(!strstr(breaks, "temperature") || strstr(again, "cpu."), "row %zu",
			      row);
		ck_assert_msg(!strstr(breaks, "memory") || strstr(again, "mem."), "row %zu", row);
		ck_assert_msg(!strstr(breaks, "disk") || strstr(again, "disk."), "row %zu", row);
		ck_assert_msg(!strstr(breaks, "network") || strstr(again, "net."), "row %zu", row);
	}
}
END_TEST

START_TEST(a_part_that_moved_and_has_other_firmware_says_both)
{
	PAIR;
	AUTO(deltas_release) struct deltas deltas = DELTAS_INIT;
	AUTO(buf_release) struct buf sentence = BUF_INIT;

	pci(&was, "pci/0000:00:01.0", NULL, "port");
	pci(&was, "pci/0000:00:02.0", NULL, "port");
	pci(&now, "pci/0000:00:01.0", NULL, "port");
	pci(&now, "pci/0000:00:02.0", NULL, "port");
	disk(&was, "block/sda", "pci/0000:00:01.0", "SSD1", "1.0");
	disk(&now, "block/sda", "pci/0000:00:02.0", "SSD1", "1.1");
	deltas_make(&was, &now, &deltas);
	delta_sentence(deltas.delta, &sentence);
	ck_assert_str_eq(sentence.data,
			 "block/sda: moved to block/sda, SSD1; firmware was '1.0' and is '1.1'");
}
END_TEST

static bool is_word(const char *word, size_t size)
{
	char glob[32];
	size_t i;

	ck_assert_uint_lt(size, sizeof(glob));
	snprintf(glob, sizeof(glob), "%.*s", (int)size, word);

	if (size == 3 && !strncmp(word, "all", 3))
		return true;
	for (i = 0; i < DELTA_CONCLUSIONS; i++) {
		if (strlen(delta_conclusion[i]) == size &&
		    !strncmp(delta_conclusion[i], word, size))
			return true;
	}
	for (i = 0; i < stressor_count; i++) {
		if (ids_glob(glob, stressor_table[i]->spec->name))
			return true;
	}
	return false;
}

START_TEST(every_word_of_the_rules_is_a_conclusion_or_a_test)
{
	AUTO(ids_release) struct ids rules = IDS_INIT;
	size_t row, column;

	ck_assert_int_eq(pack_read(&rules, IDS, &pack_changes, NULL), 0);
	ck_assert_uint_gt(rules.count, 10);
	for (row = 0; row < rules.count; row++) {
		for (column = DELTA_RULE_BREAKS; column <= DELTA_RULE_AGAIN; column++) {
			const char *word = ids_at(&rules, row, column);

			for (; *word; word += strcspn(word, " "), word += strspn(word, " "))
				ck_assert_msg(is_word(word, strcspn(word, " ")), "%s", word);
		}
	}
}
END_TEST

START_TEST(a_line_leader_reads_it_in_chinese)
{
	PAIR;
	AUTO(deltas_release) struct deltas deltas = DELTAS_INIT;
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	AUTO(buf_release) struct buf english = BUF_INIT;

	dimm(&was, "dimm/A", "ONE", 16, "1");
	dimm(&now, "dimm/A", "ONE", 8, "1");
	deltas_make(&was, &now, &deltas);
	delta_sentence(deltas.delta, &english);
	ck_assert_str_eq(english.data, "dimm/A: downgraded, ONE 8 GiB in the place of ONE 16 GiB; "
				       "size was 16 GiB and is 8 GiB");
	ck_assert_str_eq(lang_sentence(LANG_ZH, &arena, english.data),
			 "dimm/A：降级，现为 ONE 8 GiB，原为 ONE 16 GiB；容量 原为 "
			 "16 GiB，现为 8 GiB");
}
END_TEST

UNIT_MAIN("delta", a_card_that_uses_fewer_lanes_is_downgraded,
	  a_display_uses_as_many_lanes_as_it_has_work_for,
	  a_device_that_lost_its_driver_has_changed,
	  processors_that_share_an_id_are_told_apart_by_model_and_bin,
	  a_disk_at_another_port_of_its_controller_has_moved,
	  a_machine_is_the_same_as_itself_and_as_its_bill_of_materials,
	  another_unit_of_the_same_build_is_the_same,
	  modules_removed_added_and_smaller_are_told_by_slot,
	  the_same_modules_in_other_slots_have_moved,
	  two_modules_that_are_alike_may_change_places,
	  numbers_of_busses_and_names_of_disks_follow_from_what_else_is_there,
	  a_card_in_another_slot_has_moved_with_what_hangs_on_it,
	  firmware_is_a_change_and_the_disk_stays_the_disk,
	  what_could_not_be_seen_is_not_called_missing,
	  a_part_that_does_not_say_what_it_is_cannot_be_told,
	  what_comes_and_goes_is_told_and_does_not_count, kinds_are_counted,
	  a_bill_of_materials_names_parts_and_no_single_machine,
	  a_memory_module_of_another_maker_is_another_whatever_its_part_number_says,
	  memory_does_not_hold_where_the_maker_of_a_module_changed, bridges_in_a_circle_end,
	  a_change_breaks_what_it_touches_and_no_more,
	  another_board_breaks_everything_and_what_no_rule_knows_does_too,
	  the_same_chip_on_another_card_of_the_same_house_inherits,
	  the_same_generation_of_processor_and_the_same_chip_inherit_what_does_not_depend_on_more,
	  what_no_longer_holds_can_be_tested_again,
	  a_part_that_moved_and_has_other_firmware_says_both,
	  every_word_of_the_rules_is_a_conclusion_or_a_test, a_line_leader_reads_it_in_chinese)
