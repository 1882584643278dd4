/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Firmware: SMBIOS type 0, and whether the machine was started by EFI. */
#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/model/placeholder.h"
#include "harness/sys/pack.h"
#include "probes/boardinfo.h"
#include "probes/dmi.h"
#include "probes/look.h"

#include <stdio.h>
#include <string.h>

#define N_(text) (text)

static const char class[] = "firmware";
static const char id[] = "firmware/0";

#define EFI "sys/firmware/efi"
#define SECURE_BOOT EFI "/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"

/* Who made the machine, as the kernel shows it to everybody. */
#define BOARD_VENDORS "sys/class/dmi/id/sys_vendor", "sys/class/dmi/id/board_vendor"

struct firmware_reading {
	const struct probe_place *place;
	struct inventory *inventory;
	const struct dmi *dmi;		/* empty where there is no SMBIOS */
	struct component *component;
};

static void add_rom_size(const struct dmi_target *target)
{
	uint8_t size;
	uint16_t extended;

	if (!smbios_u8(target->structure, 0x09, &size))
		return;
	if (size != 0xff) {
		dmi_number(target, "rom_bytes", ((int64_t)size + 1) << 16);
		return;
	}
	/* Bits 15:14 are the unit (0 MiB, 1 GiB), the rest the number. */
	if (smbios_u16(target->structure, 0x18, &extended) && extended >> 15 == 0)
		dmi_number(target, "rom_bytes",
			   (int64_t)(extended & 0x3fff) << (extended >> 14 ? 30 : 20));
}

static void add(const struct smbios_structure *s, struct inventory *inventory)
{
	struct dmi_target target = { .inventory = inventory, .structure = s,
				     .source = "smbios type 0" };
	uint8_t major, minor, extension;
	char release[16];

	target.component = inventory_add(inventory, class, id, NULL);
	dmi_text(&target, "vendor", 0x04, DMI_EXPECTED);
	dmi_text(&target, "version", 0x05, DMI_EXPECTED);
	dmi_text(&target, "date", 0x08, DMI_EXPECTED);
	add_rom_size(&target);
	if (smbios_u8(s, 0x14, &major) && smbios_u8(s, 0x15, &minor) && major != 0xff) {
		snprintf(release, sizeof(release), "%u.%u", major, minor);
		dmi_word(&target, "release", release);
	}
	/* Second extension byte: bit 3 UEFI, bit 4 "this table describes a virtual machine". */
	if (smbios_u8(s, 0x13, &extension) && extension & 1 << 4)
		dmi_number(&target, "virtual_machine", 1);
}

static struct component *scan_smbios(const struct dmi *dmi, struct inventory *inventory)
{
	struct smbios_walk walk = dmi_walk(dmi);
	struct smbios_structure s;

	while (smbios_next(&walk, &s)) {
		if (s.type == SMBIOS_FIRMWARE)
			add(&s, inventory);
	}
	dmi_end(&walk, inventory, class);
	return (struct component *)inventory_find(inventory, id);
}

static struct component *scan_kernel_dmi(const struct probe_place *place,
					 struct inventory *inventory)
{
	struct look look = { .place = place, .inventory = inventory, .class = class };
	AUTO(buf_release) struct buf line = BUF_INIT;

	look_at(&look, "sys/class/dmi/id");
	if (!look_line(&look, "bios_vendor", &line) && !look_line(&look, "bios_version", &line))
		return NULL;
	look.component = inventory_add(inventory, class, id, NULL);
	look_name(&look, "vendor", "bios_vendor");
	look_name(&look, "version", "bios_version");
	look_text(&look, "date", "bios_date");
	look_text(&look, "release", "bios_release");
	return look.component;
}

/* PMON tells the kernel what it is, and the kernel a file. */
static struct component *scan_boardinfo(const struct probe_place *place,
					struct inventory *inventory)
{
	struct boardinfo info;
	struct component *component;
	size_t i;

	boardinfo_read(place, &inventory->arena, &info);
	if (!info.vendor && !info.version)
		return NULL;
	component = inventory_add(inventory, class, id, NULL);
	for (i = 0; i < 3; i++) {
		static const char *const name[] = { "vendor", "version", "date" };
		const char *const text[] = { info.vendor, info.version, info.date };

		if (text[i])
			component_text(inventory, component, name[i], text[i], info.source,
				       inventory_is_placeholder(inventory, text[i], strlen(text[i]))
					       ? CERTAINTY_UNKNOWN : CERTAINTY_LIKELY);
	}
	return component;
}

/* --- whose code it is --------------------------------------------------------------------------- */

/* The spelling of the table, or the text itself. */
static const char *maker_of(const struct ids *makers, const char *text)
{
	enum { MAKER = 1 };
	long row = ids_find(makers, &text);

	return row < 0 ? text : ids_at(makers, (size_t)row, MAKER);
}

static bool is_of(const struct firmware_reading *r, const struct ids *makers, const char *maker,
		  const char *text)
{
	return !inventory_is_placeholder(r->inventory, text, strlen(text)) &&
	       text_equal_nocase(maker_of(makers, text), maker);
}

/* Whether the machine or its board is of that maker. */
static bool made_machine(const struct firmware_reading *r, const struct ids *makers,
			 const char *maker)
{
	static const char *const file[] = { BOARD_VENDORS };
	struct smbios_walk walk = dmi_walk(r->dmi);
	struct smbios_structure s;
	enum text_encoding how;
	const char *text;
	size_t size, i;

	while (smbios_next(&walk, &s)) {
		if ((s.type == SMBIOS_SYSTEM || s.type == SMBIOS_BOARD) &&
		    smbios_string(&s, 0x04, &text, &size) == SMBIOS_TEXT_FOUND &&
		    is_of(r, makers, maker, text_decode(&r->inventory->arena, text, size, &how)))
			return true;
	}
	for (i = 0; i < ARRAY_SIZE(file); i++) {
		AUTO(buf_release) struct buf line = BUF_INIT;

		if (sysroot_read_line(r->place->root, file[i], &line, NULL) == 0 &&
		    is_of(r, makers, maker, text_decode(&r->inventory->arena, line.data, line.size,
							&how)))
			return true;
	}
	return false;
}

/* A maker of machines puts his name on it, and who wrote it is not said. */
static void add_own_brand(const struct firmware_reading *r)
{
	const struct attribute *vendor = component_attribute(r->component, "vendor");
	struct look look = { .place = r->place, .inventory = r->inventory, .class = class };
	AUTO(ids_release) struct ids makers = IDS_INIT;
	const char *maker;

	if (!vendor || vendor->kind != ATTRIBUTE_TEXT || vendor->certainty < CERTAINTY_LIKELY)
		return;
	look_table(&look, &pack_board_makers, &makers);
	maker = maker_of(&makers, vendor->text);
	if (!made_machine(r, &makers, maker))
		return;
	component_text(r->inventory, r->component, "family", "own brand", vendor->source,
		       CERTAINTY_LIKELY);
	component_text(r->inventory, r->component, "maker", maker,
		       maker == vendor->text ? vendor->source : makers.source, CERTAINTY_LIKELY);
}

/* Several makers put their own names on the same code. */
static void add_family(const struct firmware_reading *r)
{
	enum { FAMILY = 2, MAKER };
	struct inventory *inventory = r->inventory;
	struct component *component = r->component;
	const char *vendor = component_get_text(component, "vendor");
	const char *version = component_get_text(component, "version");
	AUTO(ids_release) struct ids ids = IDS_INIT;
	struct err err = ERR_INIT;
	long row;

	if (!vendor && !version)
		return;
	if (pack_read(&ids, r->place->ids, &pack_firmware, &err) < 0) {
		inventory_problem(inventory, class, "no-names", "%s", err.plain);
		return;
	}
	row = ids_find(&ids, (const char *[]){ vendor ? vendor : "", version ? version : "" });
	if (row >= 0) {
		component_text(inventory, component, "family", ids_at(&ids, (size_t)row, FAMILY),
			       ids.source, CERTAINTY_LIKELY);
		component_text(inventory, component, "maker", ids_at(&ids, (size_t)row, MAKER),
			       ids.source, CERTAINTY_LIKELY);
	} else {
		add_own_brand(r);
	}
	if (version && strstr(version, "-dirty"))
		inventory_problem(inventory, class, "firmware-unreleased",
				  "the firmware '%s' was built from sources that nobody recorded",
				  version);
}

/* Four bytes of attributes, then one: whether the firmware only starts what is signed. */
static void add_secure_boot(struct look *look)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;

	if (sysroot_read(look->place->root, SECURE_BOOT, &bytes, NULL) == 0 && bytes.size == 5)
		component_number(look->inventory, look->component, "secure_boot",
				 bytes.data[4] == 1, SECURE_BOOT, CERTAINTY_CERTAIN);
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	AUTO(dmi_release) struct dmi dmi = DMI_INIT;
	struct look look = { .place = place, .inventory = inventory, .class = class };
	enum presence presence = dmi_read(&dmi, place);
	bool efi = sysroot_exists(place->root, EFI);

	(void)err;
	look_at(&look, EFI);
	if (presence == PRESENCE_PRESENT)
		look.component = scan_smbios(&dmi, inventory);
	if (!look.component)
		look.component = scan_kernel_dmi(place, inventory);
	if (!look.component)
		look.component = scan_boardinfo(place, inventory);
	if (!look.component && !efi) {
		inventory_class(inventory, class,
				presence == PRESENCE_UNREADABLE ? PRESENCE_UNREADABLE
								: PRESENCE_ABSENT,
				"%s; nor is %s", presence == PRESENCE_PRESENT
				? "SMBIOS has no type 0" : dmi.note, EFI);
		return 0;
	}
	if (!look.component)
		look.component = inventory_add(inventory, class, id, NULL);
	add_family(&(struct firmware_reading){ .place = place, .inventory = inventory, .dmi = &dmi,
					       .component = look.component });
	component_number(inventory, look.component, "efi", efi, EFI, CERTAINTY_CERTAIN);
	if (efi) {
		look_number(&look, "efi_bits", "fw_platform_size");
		add_secure_boot(&look);
	}
	inventory_class(inventory, class, PRESENCE_PRESENT,
			presence == PRESENCE_PRESENT ? NULL : "%s", dmi.note);
	return 0;
}

static const char *const reads[] = {
	DMI_TABLE,
	DMI_ENTRY,
	"sys/class/dmi/id/bios_vendor",
	"sys/class/dmi/id/bios_version",
	"sys/class/dmi/id/bios_date",
	"sys/class/dmi/id/bios_release",
	BOARD_VENDORS,
	EFI "/fw_platform_size",
	SECURE_BOOT,
	BOARDINFO_READS,
	NULL,
};

const struct probe probe_firmware = {
	.name = class,
	.summary = N_("firmware: maker, version, date, EFI"),
	.reads = reads,
	.scan = scan,
};
