/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Displays, sound, input, power, trusted computing and management controllers, on planted roots. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "probes/edid.h"
#include "tests/unit/roots.h"

#include <stdlib.h>
#include <string.h>

/* --- EDID ------------------------------------------------------------------------------------ */

static void set_sum(uint8_t *block)
{
	uint8_t sum = 0;
	size_t i;

	for (i = 0; i < EDID_BLOCK - 1; i++)
		sum = (uint8_t)(sum + block[i]);
	block[EDID_BLOCK - 1] = (uint8_t)-sum;
}

/* A panel of BOE ("BOE" is 09 E5), 1920x1080, 309x174 mm, with a name or only a text. */
static void make_edid(uint8_t block[EDID_BLOCK], uint8_t text_tag)
{
	static const uint8_t timing[18] = { 0x36, 0x36, 0x80, 0xa0, 0x70, 0x38, 0x20, 0x40, 0x30,
					    0x20, 0x36, 0x00, 0x35, 0xae, 0x10, 0x00, 0x00, 0x1a };

	memset(block, 0, EDID_BLOCK);
	memcpy(block, "\x00\xff\xff\xff\xff\xff\xff\x00\x09\xe5", 10);
	memcpy(block + 10, "\x02\x09\x31\x75\x04\x2a\x14\x21\x01\x04\xa5\x1f\x11", 13);
	memcpy(block + 54, timing, sizeof(timing));
	block[72 + 3] = text_tag;
	memcpy(block + 72 + 5, "NV140FHM-N48\n", 13);
	block[90 + 3] = 0x10;	/* an unused descriptor */
	set_sum(block);
}

START_TEST(a_display_says_its_maker_model_size_and_mode)
{
	uint8_t block[EDID_BLOCK];
	struct edid edid;

	make_edid(block, 0xfc);
	ck_assert_int_eq(edid_parse(block, sizeof(block), &edid), EDID_GOOD);
	ck_assert_str_eq(edid.maker, "BOE");
	ck_assert_uint_eq(edid.product, 0x0902);
	ck_assert_uint_eq(edid.serial, 0x2a047531);
	ck_assert_uint_eq(edid.year, 2023);
	ck_assert_uint_eq(edid.week, 20);
	ck_assert_uint_eq(edid.width, 1920);
	ck_assert_uint_eq(edid.height, 1080);
	ck_assert_uint_eq(edid.width_mm, 309);
	ck_assert_uint_eq(edid.height_mm, 174);
	ck_assert_str_eq(edid.name, "NV140FHM-N48");
	ck_assert(edid.is_digital && edid.version == 1 && edid.revision == 4);
}
END_TEST

START_TEST(an_edid_with_one_wrong_bit_is_not_believed)
{
	uint8_t block[EDID_BLOCK];
	size_t bit;

	make_edid(block, 0xfc);
	for (bit = 0; bit < 8 * EDID_BLOCK; bit++) {
		struct edid edid;

		block[bit / 8] ^= (uint8_t)(1 << bit % 8);
		ck_assert_msg(edid_parse(block, sizeof(block), &edid) != EDID_GOOD, "bit %zu", bit);
		ck_assert_uint_eq(edid.product, 0);
		block[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}
END_TEST

START_TEST(an_edid_that_is_cut_says_so)
{
	uint8_t block[2 * EDID_BLOCK] = { 0 };
	struct edid edid;
	size_t size;

	make_edid(block, 0xfc);
	block[126] = 1;		/* one more block: eight zeros and no checksum */
	set_sum(block);
	for (size = 0; size < sizeof(block); size++)
		ck_assert_int_eq(edid_parse(block, size, &edid), size < 8 ? EDID_FOREIGN : EDID_CUT);
	ck_assert_int_eq(edid_parse(block, sizeof(block), &edid), EDID_GOOD);
	block[200] = 1;
	ck_assert_int_eq(edid_parse(block, sizeof(block), &edid), EDID_BAD_CHECKSUM);
}
END_TEST

/* --- helpers ----------------------------------------------------------------------------------- */

static struct tree tree;
static struct inventory inventory;

static void begin(void)
{
	tree = tree_make();
	inventory = (struct inventory)INVENTORY_INIT;
	tree_folder(&tree, "m/proc");
}

static void end(void)
{
	inventory_release(&inventory);
	tree_remove(&tree);
}

static void check_text(const char *id, const char *name, const char *text, enum certainty certainty)
{
	const struct component *component = inventory_find(&inventory, id);
	const struct attribute *attribute;

	ck_assert_msg(component != NULL, "no %s", id);
	attribute = component_attribute(component, name);
	ck_assert_msg(attribute && attribute->kind == ATTRIBUTE_TEXT, "no %s of %s", name, id);
	ck_assert_str_eq(attribute->text, text);
	ck_assert_msg(attribute->certainty == certainty, "%s of %s is %s", name, id,
		      certainty_name(attribute->certainty));
}

static int64_t number_of(const char *id, const char *name)
{
	ck_assert_msg(inventory_find(&inventory, id) != NULL, "no %s", id);
	return component_get_number(inventory_find(&inventory, id), name, -1);
}

static enum presence presence_of(const char *class)
{
	return inventory_class_state(&inventory, class)->presence;
}

/* --- displays ---------------------------------------------------------------------------------- */

#define DRM "m/sys/devices/pci0000:00/0000:00:02.0/drm/card0/"

static void link_connector(const char *name)
{
	struct buf path = BUF_INIT, target = BUF_INIT;

	buf_addf(&path, "m/sys/class/drm/%s", name);
	buf_addf(&target, "../../devices/pci0000:00/0000:00:02.0/drm/card0/%s", name);
	tree_link(&tree, path.data, target.data);
	buf_release(&path);
	buf_release(&target);
}

static void plant_connector(const char *name, const char *status, const uint8_t *edid, size_t size)
{
	struct buf path = BUF_INIT;

	buf_addf(&path, DRM "%s/status", name);
	tree_file(&tree, path.data, status);
	buf_reset(&path);
	buf_addf(&path, DRM "%s/edid", name);
	tree_bytes(&tree, path.data, edid, size);
	buf_release(&path);
	link_connector(name);
}

START_TEST(connected_displays_are_named_by_the_table)
{
	uint8_t named[EDID_BLOCK], panel[EDID_BLOCK], damaged[EDID_BLOCK];

	begin();
	make_edid(named, 0xfc);
	make_edid(panel, 0xfe);
	make_edid(damaged, 0xfc);
	damaged[20] ^= 1;
	plant_connector("card0-eDP-1", "connected\n", panel, sizeof(panel));
	plant_connector("card0-HDMI-A-1", "connected\n", named, sizeof(named));
	plant_connector("card0-HDMI-A-2", "disconnected\n", named, 0);
	plant_connector("card0-DP-1", "connected\n", damaged, sizeof(damaged));
	plant_connector("card0-VGA-1", "unknown\n", named, 0);
	plant_connector("card0-Writeback-1", "unknown\n", named, 0);
	roots_probe(&tree, "m", "display", &inventory);
	ck_assert_int_eq(presence_of("display"), PRESENCE_PRESENT);
	check_text("display/HDMI-A-1", "maker", "BOE 京东方", CERTAINTY_LIKELY);
	check_text("display/HDMI-A-1", "model", "NV140FHM-N48", CERTAINTY_CERTAIN);
	check_text("display/HDMI-A-1", "serial", "0x2a047531", CERTAINTY_CERTAIN);
	check_text("display/eDP-1", "model", "NV140FHM-N48", CERTAINTY_LIKELY);
	ck_assert_str_eq(inventory_find(&inventory, "display/eDP-1")->parent, "pci/0000:00:02.0");
	ck_assert_int_eq(number_of("display/eDP-1", "width_pixels"), 1920);
	/* What is damaged tells nothing, what has no EDID is there all the same. */
	ck_assert_ptr_null(component_attribute(inventory_find(&inventory, "display/DP-1"),
					       "pnp_id"));
	ck_assert_str_eq(inventory.problem->code, "edid-damaged");
	ck_assert_ptr_null(inventory.problem->next);
	check_text("display/VGA-1", "status", "unknown", CERTAINTY_CERTAIN);
	ck_assert_ptr_null(inventory_find(&inventory, "display/HDMI-A-2"));
	ck_assert_ptr_null(inventory_find(&inventory, "display/Writeback-1"));
	end();
}
END_TEST

/* --- sound, input, power ------------------------------------------------------------------------ */

START_TEST(a_codec_hangs_on_its_sound_card)
{
#define HDA "m/sys/devices/pci0000:00/0000:00:07.0/"
	begin();
	tree_file(&tree, HDA "sound/card0/id", "LOONGSON\n");
	tree_link(&tree, HDA "sound/card0/device", "../../../0000:00:07.0");
	tree_link(&tree, HDA "driver", "../../../bus/pci/drivers/snd_hda_intel");
	tree_link(&tree, "m/sys/class/sound/card0",
		  "../../devices/pci0000:00/0000:00:07.0/sound/card0");
	tree_file(&tree, "m/sys/class/sound/timer/dev", "116:33\n");
	tree_file(&tree, HDA "hdaudioC0D0/vendor_id", "0x10ec0269\n");
	tree_file(&tree, HDA "hdaudioC0D0/vendor_name", "Realtek\n");
	tree_file(&tree, HDA "hdaudioC0D0/chip_name", "ALC269VC\n");
	tree_link(&tree, "m/sys/bus/hdaudio/devices/hdaudioC0D0",
		  "../../../devices/pci0000:00/0000:00:07.0/hdaudioC0D0");
	roots_probe(&tree, "m", "audio", &inventory);
	check_text("audio/card0", "name", "LOONGSON", CERTAINTY_CERTAIN);
	check_text("audio/card0", "driver", "snd_hda_intel", CERTAINTY_CERTAIN);
	ck_assert_str_eq(inventory_find(&inventory, "audio/card0")->parent, "pci/0000:00:07.0");
	check_text("audio/card0/codec0", "vendor_id", "10ec", CERTAINTY_CERTAIN);
	check_text("audio/card0/codec0", "device_id", "0269", CERTAINTY_CERTAIN);
	check_text("audio/card0/codec0", "model", "ALC269VC", CERTAINTY_CERTAIN);
	ck_assert_str_eq(inventory_find(&inventory, "audio/card0/codec0")->parent, "audio/card0");
	end();
#undef HDA
}
END_TEST

#define LETTERS "B: KEY=1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe\n"

START_TEST(input_devices_are_told_apart_by_what_they_can_send)
{
	begin();
	tree_file(&tree, "m/proc/bus/input/devices",
		  "I: Bus=0019 Vendor=0000 Product=0001 Version=0000\nN: Name=\"Power Button\"\n"
		  "S: Sysfs=/devices/LNXSYSTM:00/LNXPWRBN:00/input/input0\nB: EV=3\n"
		  "B: KEY=10000000000000 0\n\n"
		  "I: Bus=0003 Vendor=046d Product=c31c Version=0110\nN: Name=\"USB Keyboard\"\n"
		  "S: Sysfs=/devices/pci0000:00/0000:00:04.0/usb2/2-1/2-1.4/2-1.4:1.0/0003:046D:C31C"
		  ".0001/input/input5\nU: Uniq=\nB: EV=120013\n" LETTERS "\n"
		  "I: Bus=0003 Vendor=15ca Product=00c3 Version=0111\nN: Name=\"Optical \"Mouse\"\"\n"
		  "S: Sysfs=/devices/pci0000:00/0000:00:04.0/usb2/2-2/2-2:1.0/input/input6\n"
		  "B: EV=17\nB: KEY=70000 0 0 0 0\nB: REL=903\n\n"
		  "I: Bus=0018 Vendor=06cb Product=cd7e Version=0100\nN: Name=\"Touchpad\"\n"
		  "S: Sysfs=/devices/platform/i2c/input/input7\nB: EV=1b\n"
		  "B: KEY=e520 10000 0 0 0 0\nB: ABS=2e0800000000003\n\n"
		  "I: Bus=0000 Vendor=0000 Product=0000 Version=0000\nN: Name=\"Made by a program\"\n"
		  "S: Sysfs=/devices/virtual/input/input9\nB: EV=120013\n" LETTERS);
	roots_probe(&tree, "m", "input", &inventory);
	check_text("input/buttons-0000:0001", "name", "Power Button", CERTAINTY_CERTAIN);
	check_text("input/keyboard-046d:c31c", "kind", "keyboard", CERTAINTY_LIKELY);
	ck_assert_str_eq(inventory_find(&inventory, "input/keyboard-046d:c31c")->parent,
			 "usb/2-1.4");
	check_text("input/mouse-15ca:00c3", "name", "Optical \"Mouse\"", CERTAINTY_CERTAIN);
	check_text("input/touchpad-06cb:cd7e", "bus_id", "0018", CERTAINTY_CERTAIN);
	ck_assert_ptr_null(inventory_find(&inventory, "input/keyboard-0000:0000"));
	end();
}
END_TEST

START_TEST(a_battery_says_how_much_of_it_is_left)
{
#define BAT "m/sys/class/power_supply/BAT0/"
	begin();
	tree_file(&tree, BAT "type", "Battery\n");
	tree_file(&tree, BAT "manufacturer", "SCUD\n");
	tree_file(&tree, BAT "model_name", "TN140\n");
	tree_file(&tree, BAT "serial_number", "00421\n");
	tree_file(&tree, BAT "cycle_count", "3\n");
	tree_file(&tree, BAT "energy_full", "48000000\n");
	tree_file(&tree, BAT "energy_full_design", "50000000\n");
	tree_file(&tree, "m/sys/class/power_supply/AC/type", "Mains\n");
	tree_file(&tree, "m/sys/class/power_supply/AC/online", "1\n");
	roots_probe(&tree, "m", "power", &inventory);
	check_text("power/BAT0", "kind", "Battery", CERTAINTY_CERTAIN);
	check_text("power/BAT0", "serial", "00421", CERTAINTY_CERTAIN);
	ck_assert_int_eq(number_of("power/BAT0", "design_mwh"), 50000);
	ck_assert_int_eq(number_of("power/BAT0", "full_percent_of_design"), 96);
	ck_assert_int_eq(number_of("power/BAT0", "cycle_count"), 3);
	ck_assert_int_eq(number_of("power/AC", "online"), 1);
	end();
#undef BAT
}
END_TEST

/* --- trusted computing -------------------------------------------------------------------------- */

#define ACPI "m/sys/devices/LNXSYSTM:00/LNXSYBUS:00/"

static void announce(const char *name, const char *status)
{
	struct buf path = BUF_INIT, target = BUF_INIT;

	buf_addf(&path, ACPI "%s/status", name);
	tree_file(&tree, path.data, status);
	buf_reset(&path);
	buf_addf(&path, "m/sys/bus/acpi/devices/%s", name);
	buf_addf(&target, "../../../devices/LNXSYSTM:00/LNXSYBUS:00/%s", name);
	tree_link(&tree, path.data, target.data);
	buf_release(&path);
	buf_release(&target);
}

static void drive(const char *acpi, const char *class, const char *name, const char *driver)
{
	struct buf path = BUF_INIT, target = BUF_INIT;

	buf_addf(&path, ACPI "%s/%s/%s/device", acpi, class, name);
	buf_addf(&target, "../../../%s", acpi);
	tree_link(&tree, path.data, target.data);
	buf_reset(&path);
	buf_reset(&target);
	buf_addf(&path, "m/sys/class/%s/%s", class, name);
	buf_addf(&target, "../../devices/LNXSYSTM:00/LNXSYBUS:00/%s/%s/%s", acpi, class, name);
	tree_link(&tree, path.data, target.data);
	buf_reset(&path);
	buf_reset(&target);
	buf_addf(&path, ACPI "%s/driver", acpi);
	buf_addf(&target, "../../../../bus/acpi/drivers/%s", driver);
	tree_link(&tree, path.data, target.data);
	buf_release(&path);
	buf_release(&target);
}

START_TEST(a_tcm_is_no_tpm_although_it_stands_in_the_class_of_tpms)
{
	begin();
	announce("HYGT0201:00", "15\n");
	announce("HYGT0101:00", "0\n");		/* in the tables of the firmware, not on the board */
	drive("HYGT0201:00", "tpm", "tpm0", "tcm_hygon");
	roots_probe(&tree, "m", "tpm", &inventory);
	check_text("tpm/tpm0", "kind", "TCM", CERTAINTY_CERTAIN);
	check_text("tpm/tpm0", "acpi_id", "HYGT0201:00", CERTAINTY_CERTAIN);
	check_text("tpm/tpm0", "maker", "Hygon 海光", CERTAINTY_LIKELY);
	check_text("tpm/tpm0", "driver", "tcm_hygon", CERTAINTY_CERTAIN);
	ck_assert_ptr_null(inventory_find(&inventory, "tpm/acpi/HYGT0201:00"));
	ck_assert_ptr_null(inventory_find(&inventory, "tpm/acpi/HYGT0101:00"));
	end();
}
END_TEST

START_TEST(a_module_without_a_driver_is_there_and_a_problem)
{
	begin();
	announce("ZIC0601:00", "15\n");
	announce("SMO0768:00", "15\n");
	announce("PNP0C0A:00", "31\n");		/* a battery */
	roots_probe(&tree, "m", "tpm", &inventory);
	check_text("tpm/acpi/ZIC0601:00", "kind", "TCM", CERTAINTY_LIKELY);
	check_text("tpm/acpi/ZIC0601:00", "maker", "Nationz 国民技术", CERTAINTY_LIKELY);
	check_text("tpm/acpi/SMO0768:00", "kind", "TPM or TCM", CERTAINTY_AMBIGUOUS);
	ck_assert_ptr_null(inventory_find(&inventory, "tpm/acpi/PNP0C0A:00"));
	ck_assert_str_eq(inventory.problem->code, "no-driver");
	ck_assert_int_eq(presence_of("tpm"), PRESENCE_PRESENT);
	end();
}
END_TEST

START_TEST(a_module_is_known_by_an_id_it_is_compatible_with)
{
	bool driven;

	for (driven = false;; driven = true) {
		begin();
		announce("STM7308:00", "15\n");
		tree_file(&tree, ACPI "STM7308:00/modalias", "acpi:STM7308:MSFT0101:\n");
		announce("STM7304:00", "0\n");	/* not on this board */
		tree_file(&tree, ACPI "STM7304:00/modalias", "acpi:STM7304:MSFT0101:\n");
		announce("ABCD0001:00", "15\n");
		tree_file(&tree, ACPI "ABCD0001:00/modalias", "acpi:ABCD0001:\n");
		if (driven)
			drive("STM7308:00", "tpm", "tpm0", "tpm_tis");
		roots_probe(&tree, "m", "tpm", &inventory);
		check_text(driven ? "tpm/tpm0" : "tpm/acpi/STM7308:00", "acpi_id", "STM7308:00",
			   CERTAINTY_CERTAIN);
		check_text(driven ? "tpm/tpm0" : "tpm/acpi/STM7308:00", "kind", "TPM",
			   driven ? CERTAINTY_CERTAIN : CERTAINTY_LIKELY);
		ck_assert_ptr_null(inventory_first(&inventory, "tpm")->next);
		if (driven)
			ck_assert_ptr_null(inventory.problem);
		else
			ck_assert_str_eq(inventory.problem->code, "no-driver");
		end();
		if (driven)
			break;
	}
}
END_TEST

START_TEST(a_driven_module_names_its_id_though_no_table_has_it)
{
	begin();
	announce("ABCD0001:00", "15\n");
	drive("ABCD0001:00", "tpm", "tpm0", "tpm_tis");
	roots_probe(&tree, "m", "tpm", &inventory);
	check_text("tpm/tpm0", "acpi_id", "ABCD0001:00", CERTAINTY_CERTAIN);
	check_text("tpm/tpm0", "kind", "TPM", CERTAINTY_CERTAIN);
	end();
}
END_TEST

START_TEST(a_tcm_is_found_whatever_class_its_driver_made_and_without_one)
{
	begin();
	announce("TCMS0001:00", "15\n");
	drive("TCMS0001:00", "nztcm", "tcm0", "nztcm_spi");
	tree_file(&tree, "m/dev/tcm0", "");
	roots_probe(&tree, "m", "tpm", &inventory);
	check_text("tpm/tcm0", "kind", "TCM", CERTAINTY_CERTAIN);
	check_text("tpm/tcm0", "acpi_id", "TCMS0001:00", CERTAINTY_CERTAIN);
	check_text("tpm/tcm0", "driver", "nztcm_spi", CERTAINTY_CERTAIN);
	ck_assert_ptr_null(inventory.problem);
	end();
	begin();
	tree_file(&tree, "m/dev/tcm0", "");
	tree_file(&tree, "m/dev/tpmrm0", "");
	tree_folder(&tree, "m/sys");
	roots_probe(&tree, "m", "tpm", &inventory);
	check_text("tpm/tcm0", "kind", "TCM", CERTAINTY_LIKELY);
	ck_assert_ptr_null(inventory_find(&inventory, "tpm/tpmrm0"));
	ck_assert_int_eq(presence_of("tpm"), PRESENCE_PRESENT);
	end();
}
END_TEST

START_TEST(a_tcm_that_a_driver_of_tpms_took_is_a_contradiction)
{
	begin();
	announce("ZIC0601:00", "15\n");
	drive("ZIC0601:00", "tpm", "tpm0", "tpm_tis");
	roots_probe(&tree, "m", "tpm", &inventory);
	check_text("tpm/tpm0", "kind", "TCM or TPM", CERTAINTY_CONTRADICTORY);
	check_text("tpm/tpm0", "name", "TCM 1.x of Nationz", CERTAINTY_LIKELY);
	end();
}
END_TEST

START_TEST(an_id_of_both_kinds_is_decided_by_the_driver)
{
	begin();
	announce("SMO0768:00", "15\n");
	announce("SMO0768:01", "15\n");
	drive("SMO0768:00", "tpm", "tpm0", "tpm_tis_spi");
	tree_file(&tree, ACPI "SMO0768:00/tpm/tpm0/tpm_version_major", "2\n");
	drive("SMO0768:01", "misc", "tcm0", "tcm_tis_spi");
	tree_file(&tree, "m/sys/class/misc/rfkill/dev", "10:242\n");
	roots_probe(&tree, "m", "tpm", &inventory);
	check_text("tpm/tpm0", "kind", "TPM", CERTAINTY_CERTAIN);
	ck_assert_int_eq(number_of("tpm/tpm0", "version_major"), 2);
	check_text("tpm/tcm0", "kind", "TCM", CERTAINTY_CERTAIN);
	ck_assert_ptr_null(inventory_find(&inventory, "tpm/rfkill"));
	end();
}
END_TEST

static const uint8_t modules[] = {
	38, 0x12, 1, 0, 1, 0x20, 0x20, 0xff, 0xa3, 0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	43, 0x1f, 2, 0, 'N', 'T', 'Z', 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 'T', 'P', 'M', 0, 0,
	127, 4, 3, 0, 0, 0,
};

START_TEST(the_table_of_the_firmware_tells_of_modules_too)
{
	begin();
	tree_bytes(&tree, "m/sys/firmware/dmi/tables/DMI", modules, sizeof(modules));
	roots_probe(&tree, "m", NULL, &inventory);
	check_text("tpm/smbios", "vendor_id", "NTZ", CERTAINTY_LIKELY);
	check_text("tpm/smbios", "maker", "Nationz 国民技术", CERTAINTY_LIKELY);
	check_text("tpm/smbios", "description", "TPM", CERTAINTY_LIKELY);
	ck_assert_int_eq(number_of("tpm/smbios", "version_major"), 2);
	check_text("bmc/smbios", "interface", "KCS", CERTAINTY_LIKELY);
	check_text("bmc/smbios", "ipmi_version", "2.0", CERTAINTY_LIKELY);
	end();
}
END_TEST

/* The maker's letters are in the registry of TPM makers, who make TCM too. */
START_TEST(what_the_table_describes_as_tcm_is_one)
{
	uint8_t table[sizeof(modules)];
	size_t i;

	memcpy(table, modules, sizeof(modules));
	for (i = 0; i + 3 < sizeof(table); i++) {
		if (!memcmp(table + i, "TPM", 4))
			table[i + 1] = 'C';
	}
	begin();
	tree_bytes(&tree, "m/sys/firmware/dmi/tables/DMI", table, sizeof(table));
	roots_probe(&tree, "m", NULL, &inventory);
	check_text("tpm/smbios", "description", "TCM", CERTAINTY_LIKELY);
	check_text("tpm/smbios", "kind", "TCM", CERTAINTY_LIKELY);
	check_text("tpm/smbios", "maker", "Nationz 国民技术", CERTAINTY_LIKELY);
	end();
}
END_TEST

START_TEST(a_controller_is_known_by_what_it_told_the_kernel)
{
#define BMC "m/sys/devices/platform/ipmi_bmc.0/"
	begin();
	tree_file(&tree, BMC "firmware_revision", "3.36\n");
	tree_file(&tree, BMC "ipmi_version", "2.0\n");
	tree_file(&tree, BMC "manufacturer_id", "0x0007db\n");
	tree_file(&tree, BMC "product_id", "0x0001\n");
	tree_file(&tree, BMC "guid", "01234567-89ab-cdef-0123-456789abcdef\n");
	tree_link(&tree, "m/sys/bus/platform/devices/ipmi_bmc.0",
		  "../../../devices/platform/ipmi_bmc.0");
	tree_file(&tree, "m/sys/devices/platform/ipmi_si.0/ipmi/ipmi0/dev", "240:0\n");
	tree_link(&tree, "m/sys/devices/platform/ipmi_si.0/ipmi/ipmi0/device", "../../../ipmi_si.0");
	tree_link(&tree, "m/sys/devices/platform/ipmi_si.0/driver",
		  "../../../bus/platform/drivers/ipmi_si");
	tree_link(&tree, "m/sys/class/ipmi/ipmi0",
		  "../../devices/platform/ipmi_si.0/ipmi/ipmi0");
	roots_probe(&tree, "m", "bmc", &inventory);
	check_text("bmc/ipmi_bmc.0", "firmware", "3.36", CERTAINTY_CERTAIN);
	check_text("bmc/ipmi_bmc.0", "maker", "Huawei 华为", CERTAINTY_LIKELY);
	ck_assert_int_eq(number_of("bmc/ipmi_bmc.0", "manufacturer_id"), 2011);
	check_text("bmc/ipmi0", "driver", "ipmi_si", CERTAINTY_CERTAIN);
	end();
#undef BMC
}
END_TEST

UNIT_MAIN("parts", a_display_says_its_maker_model_size_and_mode,
	  an_edid_with_one_wrong_bit_is_not_believed, an_edid_that_is_cut_says_so,
	  connected_displays_are_named_by_the_table, a_codec_hangs_on_its_sound_card,
	  input_devices_are_told_apart_by_what_they_can_send,
	  a_battery_says_how_much_of_it_is_left,
	  a_tcm_is_no_tpm_although_it_stands_in_the_class_of_tpms,
	  a_module_without_a_driver_is_there_and_a_problem,
	  an_id_of_both_kinds_is_decided_by_the_driver,
	  a_module_is_known_by_an_id_it_is_compatible_with,
	  a_driven_module_names_its_id_though_no_table_has_it,
	  a_tcm_is_found_whatever_class_its_driver_made_and_without_one,
	  a_tcm_that_a_driver_of_tpms_took_is_a_contradiction,
	  the_table_of_the_firmware_tells_of_modules_too,
	  what_the_table_describes_as_tcm_is_one,
	  a_controller_is_known_by_what_it_told_the_kernel)
