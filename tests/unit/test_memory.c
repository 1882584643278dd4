/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory modules of planted roots: by what the firmware says, and by their own EEPROMs. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "probes/jedec.h"
#include "probes/memory_place.h"
#include "tests/unit/dmi_fixture.h"
#include "tests/unit/roots.h"
#include "tests/unit/spd_fixture.h"

#include <stdio.h>
#include <string.h>

static void plant_spd(struct tree *tree, const char *device, const char *driver,
		      const struct spd_fixture *spd)
{
	char path[128];

	snprintf(path, sizeof(path), "root/sys/bus/i2c/devices/%s/name", device);
	tree_file(tree, path, driver);
	snprintf(path, sizeof(path), "root/sys/bus/i2c/devices/%s/eeprom", device);
	tree_bytes(tree, path, spd->byte, spd->size);
}

/* The inventory of the tree, which is then removed. */
static void probe(struct tree *tree, struct dmi_fixture *dmi, struct inventory *inventory)
{
	tree_file(tree, "root/proc/meminfo", "MemTotal:       16260420 kB\n");
	if (dmi)
		dmi_fixture_write(dmi, tree, "root");
	roots_probe(tree, "root", "memory", inventory);
	tree_remove(tree);
}

static void check_text(const struct inventory *inventory, const char *id, const char *name,
		       const char *value, enum certainty certainty)
{
	const struct component *component = inventory_find(inventory, id);
	const struct attribute *attribute;

	ck_assert_msg(component != NULL, "%s", id);
	attribute = component_attribute(component, name);
	ck_assert_msg(!value == !attribute, "%s %s", id, name);
	if (!value)
		return;
	ck_assert_str_eq(attribute->text, value);
	ck_assert_msg(attribute->certainty == certainty, "%s of %s is %s", name, id,
		      certainty_name(attribute->certainty));
}

static const char *problem(const struct inventory *inventory, const char *code)
{
	const struct problem *at;

	for (at = inventory->problem; at; at = at->next) {
		if (!strcmp(at->code, code))
			return at->detail;
	}
	return NULL;
}

/* The maker of one module that the firmware describes. */
static void check_maker(const struct dmi_fixture_module *module, const char *maker,
			enum certainty certainty)
{
	struct tree tree = tree_make();
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	struct dmi_fixture_module full = *module;

	full.locator = "DIMM0";
	full.mib = 8192;
	dmi_fixture_module(&dmi, &full);
	probe(&tree, &dmi, &inventory);
	check_text(&inventory, "dimm/DIMM0", "maker", maker, certainty);
}

#define UNIIC "UniIC 西安紫光国芯"
#define CXMT "CXMT 长鑫存储"

START_TEST(a_maker_is_known_by_its_number_in_either_byte_order)
{
	check_maker(&(struct dmi_fixture_module){ .jedec_id = { 0x08, 0x1a } }, UNIIC,
		    CERTAINTY_LIKELY);
	check_maker(&(struct dmi_fixture_module){ .jedec_id = { 0x1a, 0x08 } }, UNIIC,
		    CERTAINTY_LIKELY);
	check_maker(&(struct dmi_fixture_module){ .jedec_id = { 0x91, 0x8a } }, CXMT,
		    CERTAINTY_LIKELY);
	check_maker(&(struct dmi_fixture_module){ .jedec_id = { 0x0e, 0x25 } }, NULL, 0);
}
END_TEST

START_TEST(a_maker_is_known_by_a_number_where_the_name_should_be)
{
	static const char *const text[] = { "0x081A", "0x1A08", "081A", "081A000080CE",
					    "Unknown - [0x081A]", "7F7F7F7F7F7F7F7F1A000000",
					    "JEDEC ID:08 1A", "JEDEC ID: 1A 08", "08-1A",
					    "Bank 9, Hex 0x1A", "Bank 9, Hex 0x9A",
					    "7F 7F 7F 7F 7F 7F 7F 7F 1A 00 00 00" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(text); i++)
		check_maker(&(struct dmi_fixture_module){ .manufacturer = text[i] }, UNIIC,
			    CERTAINTY_LIKELY);
	check_maker(&(struct dmi_fixture_module){ .manufacturer = "CE00000000000000" }, "Samsung",
		    CERTAINTY_LIKELY);
	check_maker(&(struct dmi_fixture_module){ .manufacturer = "859B0000802C" }, "Crucial",
		    CERTAINTY_LIKELY);
	check_maker(&(struct dmi_fixture_module){ .manufacturer = "0x0E25" }, NULL, 0);
}
END_TEST

START_TEST(a_name_of_hex_letters_is_a_name)
{
	static const char *const name[] = { "ADATA", "Deed Co", "Face", "Cafe Memory", "CE",
					    "Bank of Memory", "Bank 9, Hex", "12 Volt" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(name); i++)
		ck_assert_msg(!jedec_id_of_text(name[i]).given, "%s", name[i]);
}
END_TEST

START_TEST(a_maker_is_known_by_its_name_as_firmware_spells_it)
{
	static const char *const text[] = { "UniIC", "UnilC", "Unilc", "UNILC",
					    "Xi'an UniIC Semiconductors Co Ltd" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(text); i++)
		check_maker(&(struct dmi_fixture_module){ .manufacturer = text[i] }, UNIIC,
			    CERTAINTY_LIKELY);
	check_maker(&(struct dmi_fixture_module){ .manufacturer = "Hakatronics" }, "Hakatronics",
		    CERTAINTY_LIKELY);
	check_maker(&(struct dmi_fixture_module){ .manufacturer = "Unknown" }, NULL, 0);
}
END_TEST

START_TEST(a_maker_is_known_by_its_part_numbers_where_nothing_else_names_it)
{
	check_maker(&(struct dmi_fixture_module){ .manufacturer = "Unknown",
						  .part_number = "CXMQ3A8MA1GU6-CQ1-Z " },
		    CXMT, CERTAINTY_LIKELY);
	check_maker(&(struct dmi_fixture_module){ .manufacturer = "Unknown",
						  .part_number = "6478545886" },
		    NULL, 0);
}
END_TEST

START_TEST(evidence_that_disagrees_is_contradictory_and_names_both)
{
	check_maker(&(struct dmi_fixture_module){ .manufacturer = "Samsung",
						  .jedec_id = { 0x2c, 0x80 } },
		    "Micron or Samsung", CERTAINTY_CONTRADICTORY);
	check_maker(&(struct dmi_fixture_module){ .manufacturer = "Hynix",
						  .part_number = "M471A1K43DB1-CTD" },
		    "SK hynix or Samsung", CERTAINTY_CONTRADICTORY);
	check_maker(&(struct dmi_fixture_module){ .manufacturer = "Samsung",
						  .jedec_id = { 0xce, 0x80 } },
		    "Samsung", CERTAINTY_LIKELY);
}
END_TEST

START_TEST(a_number_that_the_table_does_not_have_speaks_for_another_maker)
{
	struct tree tree = tree_make();
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;
	struct spd_fixture spd;
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	check_maker(&(struct dmi_fixture_module){ .manufacturer = "Samsung",
						  .jedec_id = { 0x0c, 0x33 } },
		    "Samsung or bank 13 id 0x33", CERTAINTY_CONTRADICTORY);
	/* No maker can have a number of bank 52. */
	check_maker(&(struct dmi_fixture_module){ .manufacturer = "Samsung",
						  .jedec_id = { 0x33, 0x44 } },
		    "Samsung", CERTAINTY_LIKELY);
	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){
		.locator = "DIMM0", .mib = 8192, .manufacturer = "Samsung",
		.part_number = "M378A2K43CB1" });
	spd_fixture_ddr4(&spd);
	spd.byte[320] = 0x0c;
	spd.byte[321] = 0x33;
	spd_fixture_check(&spd);
	plant_spd(&tree, "1-0050", "ee1004\n", &spd);
	probe(&tree, &dmi, &inventory);
	check_text(&inventory, "dimm/DIMM0", "maker", "Samsung or bank 13 id 0x33",
		   CERTAINTY_CONTRADICTORY);
}
END_TEST

START_TEST(a_number_whose_right_order_may_be_a_maker_of_its_own_is_ambiguous_unless_a_name_decides)
{
	check_maker(&(struct dmi_fixture_module){ .jedec_id = { 0x0b, 0x83 } },
		    "Nanya or bank 12 id 0x03", CERTAINTY_AMBIGUOUS);
	check_maker(&(struct dmi_fixture_module){ .manufacturer = "Nanya",
						  .jedec_id = { 0x0b, 0x83 } },
		    "Nanya", CERTAINTY_LIKELY);
	check_maker(&(struct dmi_fixture_module){ .jedec_id = { 0x83, 0x0b } }, "Nanya",
		    CERTAINTY_LIKELY);
}
END_TEST

START_TEST(a_brand_and_the_maker_behind_it_do_not_contradict)
{
	struct tree tree = tree_make();
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;
	struct spd_fixture spd;
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	check_maker(&(struct dmi_fixture_module){ .manufacturer = "Crucial",
						  .jedec_id = { 0x80, 0x2c } },
		    "Crucial", CERTAINTY_LIKELY);
	check_maker(&(struct dmi_fixture_module){ .manufacturer = "Micron",
						  .jedec_id = { 0x85, 0x9b } },
		    "Crucial", CERTAINTY_LIKELY);
	check_maker(&(struct dmi_fixture_module){ .manufacturer = "Lexar",
						  .jedec_id = { 0x89, 0xcd } },
		    "Lexar", CERTAINTY_LIKELY);
	check_maker(&(struct dmi_fixture_module){ .manufacturer = "Lexar",
						  .jedec_id = { 0x80, 0x2c } },
		    "Micron or Lexar", CERTAINTY_CONTRADICTORY);
	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){
		.locator = "DIMM0", .mib = 8192, .manufacturer = "Crucial" });
	spd_fixture_ddr4(&spd);
	spd.byte[320] = 0x80;
	spd.byte[321] = 0x2c;
	spd_fixture_check(&spd);
	plant_spd(&tree, "1-0050", "ee1004\n", &spd);
	probe(&tree, &dmi, &inventory);
	check_text(&inventory, "dimm/DIMM0", "maker", "Micron", CERTAINTY_CERTAIN);
	ck_assert_ptr_null(problem(&inventory, "spd-differs"));
}
END_TEST

START_TEST(a_constant_of_the_firmware_is_no_part_number)
{
	struct tree tree = tree_make();
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){
		.locator = "DIMM1", .mib = 16384, .manufacturer = "Samsung",
		.part_number = "6478545886", .mts = 2668, .configured_mts = 2400 });
	probe(&tree, &dmi, &inventory);
	check_text(&inventory, "dimm/DIMM1", "part_number", "6478545886", CERTAINTY_UNKNOWN);
	ck_assert_ptr_nonnull(strstr(problem(&inventory, "unprogrammed-name"), "part_number"));
}
END_TEST

START_TEST(every_slot_is_listed_with_both_speeds_and_its_channel)
{
	struct tree tree = tree_make();
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	const struct component *total, *slot;

	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){
		.locator = "DIMM0", .bank = "SOCKET 0 CHANNEL 0 DIMM 0", .mib = 16384,
		.mts = 5600, .configured_mts = 4000, .type = 0x22, .manufacturer = "CXMT" });
	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){
		.locator = "DIMM1", .bank = "SOCKET 0 CHANNEL 0 DIMM 1", .manufacturer = "NO DIMM" });
	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){
		.locator = "DIMM2", .bank = "SOCKET 0 CHANNEL 1 DIMM 0" });
	probe(&tree, &dmi, &inventory);
	total = inventory_find(&inventory, "memory/total");
	ck_assert_int_eq(component_get_number(total, "slots", 0), 3);
	ck_assert_int_eq(component_get_number(total, "slots_used", 0), 1);
	ck_assert_int_eq(component_get_number(total, "channels", 0), 2);
	ck_assert_int_eq(component_get_number(total, "channels_used", 0), 1);
	slot = inventory_find(&inventory, "dimm/DIMM0");
	ck_assert_int_eq(component_get_number(slot, "speed_mts", 0), 5600);
	ck_assert_int_eq(component_get_number(slot, "configured_mts", 0), 4000);
	check_text(&inventory, "dimm/DIMM0", "channel", "SOCKET 0 CHANNEL 0", CERTAINTY_LIKELY);
	slot = inventory_find(&inventory, "dimm/DIMM2");
	ck_assert_int_eq(component_get_number(slot, "populated", 1), 0);
}
END_TEST

/* Of the fixed part of type 17 what tells where it belongs and how large it is. */
static void device_of_array(struct dmi_fixture *dmi, uint16_t array, const char *locator)
{
	char fixed[0x15 - 4] = { (char)array, (char)(array >> 8), [8] = 0x00, [9] = 0x20,
				 [0x10 - 4] = 1 };

	dmi_fixture_add(dmi, 17, fixed, sizeof(fixed), locator, NULL);
}

START_TEST(what_an_array_takes_is_added_up_and_flash_is_no_memory)
{
	static const char big[0x17 - 4] = "\x03\x03\x06\x00\x00\x00\x80\xfe\xff\x02\x00"
					  "\x00\x00\x00\x00\x00\x01\x00";
	struct tree tree = tree_make();
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	const struct component *total;
	uint16_t flash;

	/* The device stands before its array: nothing orders a table. */
	dmi_fixture_add(&dmi, 16, "\x03\x03\x06\x00\x00\x00\x04\xfe\xff\x02", 11, NULL, NULL);
	dmi_fixture_add(&dmi, 16, big, sizeof(big), NULL, NULL);
	flash = (uint16_t)(dmi.handle + 3);
	device_of_array(&dmi, flash, "SYSROM");
	device_of_array(&dmi, 0xfffe, "DIMM0");
	dmi_fixture_add(&dmi, 16, "\x03\x05\x03\x00\x40\x00\x00\xfe\xff\x01", 11, NULL, NULL);
	ck_assert_uint_eq(dmi.handle, flash);
	probe(&tree, &dmi, &inventory);
	total = inventory_find(&inventory, "memory/total");
	ck_assert_int_eq(component_get_number(total, "slots", 0), 1);
	ck_assert_int_eq(component_get_number(total, "installed_bytes", 0), INT64_C(8) << 30);
	ck_assert_int_eq(component_get_number(total, "maximum_bytes", 0),
			 (INT64_C(1) << 40) + (INT64_C(64) << 30));
	ck_assert_ptr_null(inventory_find(&inventory, "dimm/SYSROM"));
}
END_TEST

START_TEST(a_slot_without_a_channel_in_its_name_makes_no_count_of_channels)
{
	struct tree tree = tree_make();
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){ .locator = "DIMM_A0", .mib = 8192 });
	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){ .locator = "CHANNEL B",
							       .mib = 8192 });
	probe(&tree, &dmi, &inventory);
	ck_assert_int_eq(component_get_number(inventory_find(&inventory, "memory/total"),
					      "channels", -1), -1);
}
END_TEST

START_TEST(what_a_module_says_of_itself_is_certain_and_stands_above_the_firmware)
{
	struct tree tree = tree_make();
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;
	struct spd_fixture spd;
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){
		.locator = "DIMM0", .mib = 8192, .manufacturer = "Samsung",
		.part_number = "6478545886", .mts = 2666 });
	spd_fixture_ddr4(&spd);
	plant_spd(&tree, "1-0050", "ee1004\n", &spd);
	probe(&tree, &dmi, &inventory);
	check_text(&inventory, "dimm/DIMM0", "maker", UNIIC, CERTAINTY_CERTAIN);
	check_text(&inventory, "dimm/DIMM0", "dram_maker", UNIIC, CERTAINTY_CERTAIN);
	check_text(&inventory, "dimm/DIMM0", "part_number", "SCC08GS03H3F1C-32AA",
		   CERTAINTY_CERTAIN);
	check_text(&inventory, "dimm/DIMM0", "serial", "3A9C71F2", CERTAINTY_CERTAIN);
	check_text(&inventory, "dimm/DIMM0", "made", "2021-W32", CERTAINTY_CERTAIN);
	ck_assert_int_eq(component_get_number(inventory_find(&inventory, "dimm/DIMM0"),
					      "speed_mts", 0), 3200);
	ck_assert_ptr_nonnull(strstr(problem(&inventory, "spd-differs"), "Samsung"));
	ck_assert_ptr_null(inventory_find(&inventory, "spd/1-0050"));
}
END_TEST

START_TEST(modules_are_placed_by_their_serial_numbers_in_either_byte_order)
{
	struct tree tree = tree_make();
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;
	struct spd_fixture spd;
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){
		.locator = "A", .mib = 8192, .serial = "0x11223344" });
	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){
		.locator = "B", .mib = 8192, .serial = "88776655" });
	spd_fixture_ddr4(&spd);
	spd_fixture_serial(&spd, 0x55667788);
	plant_spd(&tree, "0-0050", "ee1004\n", &spd);
	spd_fixture_serial(&spd, 0x11223344);
	spd.byte[324] = 0x40;
	plant_spd(&tree, "0-0052", "ee1004\n", &spd);
	probe(&tree, &dmi, &inventory);
	check_text(&inventory, "dimm/A", "made", "2021-W40", CERTAINTY_CERTAIN);
	check_text(&inventory, "dimm/B", "made", "2021-W32", CERTAINTY_CERTAIN);
	check_text(&inventory, "dimm/A", "serial", "0x11223344", CERTAINTY_LIKELY);
	ck_assert_ptr_null(problem(&inventory, "spd-differs"));
}
END_TEST

START_TEST(twins_name_their_maker_and_keep_their_serial_numbers_apart)
{
	struct tree tree = tree_make();
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;
	struct spd_fixture spd;
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){ .locator = "A", .mib = 8192 });
	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){ .locator = "B", .mib = 8192 });
	spd_fixture_ddr4(&spd);
	plant_spd(&tree, "0-0050", "ee1004\n", &spd);
	spd_fixture_serial(&spd, 0x11223344);
	plant_spd(&tree, "0-0051", "ee1004\n", &spd);
	probe(&tree, &dmi, &inventory);
	check_text(&inventory, "dimm/A", "maker", UNIIC, CERTAINTY_CERTAIN);
	check_text(&inventory, "dimm/B", "maker", UNIIC, CERTAINTY_CERTAIN);
	check_text(&inventory, "dimm/A", "serial", NULL, 0);
	check_text(&inventory, "spd/0-0050", "serial", "3A9C71F2", CERTAINTY_CERTAIN);
	check_text(&inventory, "spd/0-0051", "serial", "11223344", CERTAINTY_CERTAIN);
}
END_TEST

START_TEST(without_smbios_the_modules_themselves_are_the_list)
{
	struct tree tree = tree_make();
	struct spd_fixture spd;
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	spd_fixture_ddr3(&spd);
	plant_spd(&tree, "0-0050", "spd\n", &spd);
	probe(&tree, NULL, &inventory);
	check_text(&inventory, "spd/0-0050", "type", "DDR3", CERTAINTY_CERTAIN);
	check_text(&inventory, "spd/0-0050", "maker", "Ramaxel 记忆科技", CERTAINTY_CERTAIN);
	check_text(&inventory, "spd/0-0050", "dram_maker", "SK hynix", CERTAINTY_CERTAIN);
}
END_TEST

START_TEST(a_damaged_eeprom_is_a_problem_and_a_foreign_one_is_not)
{
	struct tree tree = tree_make();
	struct spd_fixture spd;
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	spd_fixture_ddr4(&spd);
	spd.byte[4] ^= 1;
	plant_spd(&tree, "0-0057", "24c02\n", &spd);
	plant_spd(&tree, "0-0050", "ee1004\n", &spd);
	probe(&tree, NULL, &inventory);
	ck_assert_ptr_nonnull(strstr(problem(&inventory, "spd-damaged"), "0-0050"));
	ck_assert_ptr_null(strstr(problem(&inventory, "spd-damaged"), "0-0057"));
	ck_assert_ptr_null(inventory_find(&inventory, "spd/0-0050"));
}
END_TEST

static void plant_edac(struct tree *tree, const char *name, const char *label, const char *location,
		       const char *mib)
{
	static const char *const file[] = { "dimm_label", "dimm_location", "size" };
	const char *const text[] = { label, location, mib };
	char path[128];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(file); i++) {
		snprintf(path, sizeof(path), "root/sys/devices/system/edac/mc/%s/%s", name, file[i]);
		tree_file(tree, path, text[i]);
	}
}

START_TEST(a_slot_is_the_module_of_a_memory_controller_whose_label_names_it)
{
	struct tree tree = tree_make();
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){
		.locator = "DIMM000 J5", .bank = "SOCKET 0 CHANNEL 0 DIMM 0", .mib = 16384 });
	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){
		.locator = "DIMM_B0", .bank = "NODE 1", .mib = 16384 });
	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){ .locator = "TWIN", .mib = 16384 });
	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){ .locator = "Twin", .mib = 16384 });
	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){ .locator = "DIMM_C0", .mib = 16384 });
	plant_edac(&tree, "mc0/dimm0", "SOCKET 0 CHANNEL 0 DIMM 0 DIMM000 J5\n", "memory 0 \n",
		   "16384\n");
	plant_edac(&tree, "mc1/rank0", "dimm_b0\n", "csrow 0 channel 1 \n", "8192\n");
	plant_edac(&tree, "mc1/rank2", "dimm_b0\n", "csrow 1 channel 1 \n", "8192\n");
	plant_edac(&tree, "mc1/dimm3", "TWIN\n", "channel 3 slot 0 \n", "16384\n");
	plant_edac(&tree, "mc2/dimm0", "DIMM_C0\n", "channel 0 slot 0 \n", "16384\n");
	plant_edac(&tree, "mc3/dimm0", "DIMM_C0\n", "channel 0 slot 0 \n", "16384\n");
	plant_edac(&tree, "mc1/dimm4", "mc#1memory#4\n", "channel 4 slot 0 \n", "0\n");
	probe(&tree, &dmi, &inventory);
	check_text(&inventory, "dimm/DIMM000-J5", "edac", "mc0/dimm0", CERTAINTY_CERTAIN);
	check_text(&inventory, "dimm/DIMM000-J5", "edac_location", "memory 0", CERTAINTY_CERTAIN);
	check_text(&inventory, "dimm/DIMM000-J5", "socket", "SOCKET 0", CERTAINTY_LIKELY);
	check_text(&inventory, "dimm/DIMM000-J5", "channel", "SOCKET 0 CHANNEL 0", CERTAINTY_LIKELY);
	/* Two ranks of one module; the channel is the controller's, as the firmware names none. */
	check_text(&inventory, "dimm/DIMM_B0", "edac", "mc1/rank0 mc1/rank2", CERTAINTY_CERTAIN);
	check_text(&inventory, "dimm/DIMM_B0", "edac_location",
		   "csrow 0 channel 1, csrow 1 channel 1", CERTAINTY_CERTAIN);
	check_text(&inventory, "dimm/DIMM_B0", "channel", "mc1 channel 1", CERTAINTY_CERTAIN);
	check_text(&inventory, "dimm/DIMM_B0", "socket", NULL, 0);
	/* Two slots of one name: neither. */
	check_text(&inventory, "dimm/TWIN", "edac", NULL, 0);
	check_text(&inventory, "dimm/Twin", "edac", NULL, 0);
	ck_assert_ptr_null(inventory_find(&inventory, "edac/mc1/dimm3"));
	/* Two modules of one name: it is neither. */
	check_text(&inventory, "dimm/DIMM_C0", "edac", NULL, 0);
}
END_TEST

/* By its size alone, as both sides know of one only. */
START_TEST(the_only_module_is_that_of_the_memory_controller_when_both_have_the_same_size)
{
	static const struct {
		const char *mib, *edac;
	} row[] = { { "16384\n", "mc0/dimm0" }, { "8192\n", NULL } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct tree tree = tree_make();
		struct dmi_fixture dmi = DMI_FIXTURE_INIT;
		AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

		dmi_fixture_module(&dmi, &(struct dmi_fixture_module){ .locator = "A", .mib = 16384 });
		plant_edac(&tree, "mc0/dimm0", "mc#0channel#0slot#0\n", "channel 0 slot 0 \n",
			   row[i].mib);
		probe(&tree, &dmi, &inventory);
		check_text(&inventory, "dimm/A", "edac", row[i].edac, CERTAINTY_CERTAIN);
	}
}
END_TEST

START_TEST(without_smbios_the_modules_are_those_of_the_memory_controllers)
{
	struct tree tree = tree_make();
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	const struct component *module;

	plant_edac(&tree, "mc0/dimm0", "mc#0channel#0slot#0\n", "channel 0 slot 0 \n", "8192\n");
	plant_edac(&tree, "mc0/dimm1", "mc#0channel#0slot#1\n", "channel 0 slot 1 \n", "0\n");
	plant_edac(&tree, "mc0/rank3", "mc#0csrow#3channel#0\n", "csrow 3 channel 0 \n", "4096\n");
	probe(&tree, NULL, &inventory);
	module = inventory_find(&inventory, "edac/mc0/dimm0");
	ck_assert_ptr_nonnull(module);
	ck_assert_int_eq(component_get_number(module, "size_bytes", 0), INT64_C(8) << 30);
	check_text(&inventory, "edac/mc0/dimm0", "channel", "mc0 channel 0", CERTAINTY_CERTAIN);
	ck_assert_ptr_null(inventory_find(&inventory, "edac/mc0/dimm1"));
	module = inventory_find(&inventory, "edac/mc0/rank3");
	ck_assert_int_eq(component_get_number(module, "size_bytes", -1), -1);
	ck_assert_int_eq(component_get_number(module, "rank_bytes", 0), INT64_C(4) << 30);
}
END_TEST

START_TEST(names_of_slots_and_banks_tell_the_processor_where_they_do)
{
	static const struct {
		const char *locator, *bank, *socket;
	} row[] = {
		{ "DIMM0", "SOCKET 1 CHANNEL 0 DIMM 0", "SOCKET 1" },
		{ "CPU2_DIMM_A1", "NODE 0", "CPU2" },
		{ "DIMM 0", "P1_Node0_Channel1_Dimm0", "P1" },
		{ "CPU_SrcID#1_MC#0_Chan#0_DIMM#0", NULL, "SrcID#1" },
		{ "PROC 1 DIMM 4", NULL, "PROC 1" },
		{ "DIMM_P0_A0", "BANK 0", "P0" },
		{ "DDR4_A", "CHANNEL A", NULL },
		{ "CHIP0", "STEP1", NULL },
		{ "DIMM_A2", "Bank0", NULL },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
		struct memory_channels channels = { .count = 0 };
		struct component *slot = inventory_add(&inventory, "memory", "dimm/x", NULL);

		component_text(&inventory, slot, "locator", row[i].locator, "t", CERTAINTY_CERTAIN);
		if (row[i].bank)
			component_text(&inventory, slot, "bank", row[i].bank, "t",
				       CERTAINTY_CERTAIN);
		memory_channel(&channels, &inventory, slot);
		check_text(&inventory, "dimm/x", "socket", row[i].socket, CERTAINTY_LIKELY);
	}
}
END_TEST

/* Two arrays: type 19 in KiB and in bytes; a module of the second; and one of no array. */
START_TEST(the_firmware_maps_an_array_where_it_maps_no_module)
{
	struct tree tree = tree_make();
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	device_of_array(&dmi, 0x40, "A");
	device_of_array(&dmi, 0x41, "B");
	device_of_array(&dmi, 0xffff, "C");
	dmi_fixture_add(&dmi, 19, "\0\0\0\0\xff\xff\x7f\0\x40\0\x02", 11, NULL, NULL);
	dmi_fixture_add(&dmi, 19, "\xff\xff\xff\xff\xff\xff\xff\xff\x41\0\x02"
				  "\0\0\0\0\1\0\0\0\xff\xff\xff\xff\2\0\0\0", 27, NULL, NULL);
	dmi_fixture_add(&dmi, 19, "\0\0\0\0\xff\xff\x7f\0\xff\xff\x02", 11, NULL, NULL);
	probe(&tree, &dmi, &inventory);
	check_text(&inventory, "dimm/A", "array_mapped", "0x0-0x1ffffffff", CERTAINTY_CERTAIN);
	check_text(&inventory, "dimm/B", "array_mapped", "0x100000000-0x2ffffffff",
		   CERTAINTY_CERTAIN);
	check_text(&inventory, "dimm/C", "array_mapped", NULL, 0);
	check_text(&inventory, "dimm/A", "mapped", NULL, 0);
}
END_TEST

UNIT_MAIN("memory", what_an_array_takes_is_added_up_and_flash_is_no_memory,
	  a_maker_is_known_by_its_number_in_either_byte_order,
	  a_maker_is_known_by_a_number_where_the_name_should_be, a_name_of_hex_letters_is_a_name,
	  a_maker_is_known_by_its_name_as_firmware_spells_it,
	  a_maker_is_known_by_its_part_numbers_where_nothing_else_names_it,
	  evidence_that_disagrees_is_contradictory_and_names_both,
	  a_number_that_the_table_does_not_have_speaks_for_another_maker,
	  a_number_whose_right_order_may_be_a_maker_of_its_own_is_ambiguous_unless_a_name_decides,
	  a_brand_and_the_maker_behind_it_do_not_contradict,
	  a_constant_of_the_firmware_is_no_part_number,
	  every_slot_is_listed_with_both_speeds_and_its_channel,
	  a_slot_without_a_channel_in_its_name_makes_no_count_of_channels,
	  what_a_module_says_of_itself_is_certain_and_stands_above_the_firmware,
	  modules_are_placed_by_their_serial_numbers_in_either_byte_order,
	  twins_name_their_maker_and_keep_their_serial_numbers_apart,
	  without_smbios_the_modules_themselves_are_the_list,
	  a_damaged_eeprom_is_a_problem_and_a_foreign_one_is_not,
	  a_slot_is_the_module_of_a_memory_controller_whose_label_names_it,
	  the_only_module_is_that_of_the_memory_controller_when_both_have_the_same_size,
	  without_smbios_the_modules_are_those_of_the_memory_controllers,
	  names_of_slots_and_banks_tell_the_processor_where_they_do,
	  the_firmware_maps_an_array_where_it_maps_no_module)
