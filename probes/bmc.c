/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The management controller: what the kernel's IPMI driver was told by it, the devices that lead to
 * it, and SMBIOS type 38, which tells of it where no driver is loaded.
 */
#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/sys/pack.h"
#include "probes/dmi.h"
#include "probes/look.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define N_(text) (text)
#define IPMI_FOLDER "sys/class/ipmi"
#define BMC_FOLDER "sys/bus/platform/devices"
#define ACPI_FOLDER "sys/bus/acpi/devices"
#define ACPI_ID "IPI0001"	/* IPMI specification 2.0, appendix C3 */
#define PLACES IPMI_FOLDER ", " BMC_FOLDER "/ipmi_bmc*, " ACPI_FOLDER "/" ACPI_ID "*, SMBIOS type 38"

static const char class[] = "bmc";

enum { NAME = 1, MAKER };	/* columns of bmc.tsv */

/* The number that IANA gave the maker of the controller's firmware. */
static void add_maker(struct look *look)
{
	AUTO(ids_release) struct ids ids = IDS_INIT;
	char text[24];
	int64_t number;
	long row;

	if (!look_value(look, "manufacturer_id", &number) || !number)
		return;
	component_number(look->inventory, look->component, "manufacturer_id", number, look->path,
			 CERTAINTY_CERTAIN);
	look_table(look, &pack_bmc, &ids);
	snprintf(text, sizeof(text), "%" PRId64, number);
	row = ids_find(&ids, (const char *[]){ text });
	if (row < 0)
		return;
	component_text(look->inventory, look->component, "vendor", ids_at(&ids, (size_t)row, NAME),
		       ids.source, CERTAINTY_LIKELY);
	component_text(look->inventory, look->component, "maker", ids_at(&ids, (size_t)row, MAKER),
		       ids.source, CERTAINTY_LIKELY);
}

static void add_controller(struct look *look, const char *name)
{
	AUTO(buf_release) struct buf id = BUF_INIT;

	buf_addf(&id, "bmc/%s", name);
	look->component = inventory_add(look->inventory, class, id.data, NULL);
	look_text(look, "firmware", "firmware_revision");
	look_text(look, "ipmi_version", "ipmi_version");
	look_text(look, "device_id", "device_id");
	look_text(look, "revision", "revision");
	look_text(look, "product_id", "product_id");
	add_maker(look);
}

static void add_interface(struct look *look, const char *name)
{
	AUTO(buf_release) struct buf id = BUF_INIT;

	buf_addf(&id, "bmc/%s", name);
	look->component = inventory_add(look->inventory, class, id.data, NULL);
	look_link_name(look, "driver", "device/driver");
}

static void add_announced(struct look *look, const char *name)
{
	AUTO(buf_release) struct buf id = BUF_INIT;
	int64_t status;

	/* Bit 0: the device is there. Without the file it is. */
	if (look_value(look, "status", &status) && !(status & 1))
		return;
	buf_addf(&id, "bmc/acpi/%s", name);
	look->component = inventory_add(look->inventory, class, id.data, NULL);
	component_text(look->inventory, look->component, "acpi_id", name, look->folder,
		       CERTAINTY_CERTAIN);
}

static void add_smbios(struct look *look, const struct smbios_structure *s)
{
	static const char *const interface[] = { NULL, "KCS", "SMIC", "BT", "SSIF" };
	struct dmi_target target = { .inventory = look->inventory, .structure = s,
				     .source = "smbios type 38" };
	uint8_t kind, version;
	char text[8];

	target.component = inventory_add(look->inventory, class, "bmc/smbios", NULL);
	if (smbios_u8(s, 0x04, &kind) && kind < ARRAY_SIZE(interface))
		dmi_word(&target, "interface", interface[kind]);
	if (!smbios_u8(s, 0x05, &version) || !version)
		return;
	snprintf(text, sizeof(text), "%u.%u", version >> 4, version & 15);
	dmi_word(&target, "ipmi_version", text);
}

static void scan_smbios(struct look *look, const struct dmi *dmi)
{
	struct smbios_walk walk = dmi_walk(dmi);
	struct smbios_structure s;

	while (smbios_next(&walk, &s)) {
		if (s.type == SMBIOS_IPMI)
			add_smbios(look, &s);
	}
	dmi_end(&walk, look->inventory, class);
}

/* Devices whose names match: folders of buses hold many others. */
static int each_match(struct look *look, const char *pattern,
		      void (*add)(struct look *look, const char *name), struct err *err)
{
	AUTO(sysroot_names_release) struct sysroot_names paths = { .count = 0 };
	int code = sysroot_glob(look->place->root, pattern, &paths, err);
	size_t i;

	if (code < 0 && code != ERR_NOT_FOUND)
		return code;
	for (i = 0; i < paths.count; i++) {
		look_at(look, "%s", paths.name[i]);
		add(look, strrchr(paths.name[i], '/') + 1);
	}
	return 0;
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	AUTO(dmi_release) struct dmi dmi = DMI_INIT;
	struct look look = { .place = place, .inventory = inventory, .class = class };
	enum presence presence;
	int code = each_match(&look, BMC_FOLDER "/ipmi_bmc*", add_controller, err);

	if (!code)
		code = each_match(&look, IPMI_FOLDER "/ipmi*", add_interface, err);
	if (!code)
		code = each_match(&look, ACPI_FOLDER "/" ACPI_ID "*", add_announced, err);
	if (code < 0)
		return code;
	presence = dmi_read(&dmi, place);
	if (presence == PRESENCE_PRESENT)
		scan_smbios(&look, &dmi);
	dmi_class(&dmi, presence, inventory, class, PLACES);
	return 0;
}

static const char *const reads[] = {
	BMC_FOLDER "/ipmi_bmc*",
	BMC_FOLDER "/ipmi_bmc*/device_id",
	BMC_FOLDER "/ipmi_bmc*/firmware_revision",
	BMC_FOLDER "/ipmi_bmc*/ipmi_version",
	BMC_FOLDER "/ipmi_bmc*/manufacturer_id",
	BMC_FOLDER "/ipmi_bmc*/product_id",
	BMC_FOLDER "/ipmi_bmc*/revision",
	IPMI_FOLDER "/ipmi*",
	IPMI_FOLDER "/ipmi*/device/driver",
	ACPI_FOLDER "/" ACPI_ID "*",
	ACPI_FOLDER "/" ACPI_ID "*/status",
	DMI_TABLE,
	DMI_ENTRY,
	NULL,
};

const struct probe probe_bmc = {
	.name = class,
	.summary = N_("management controller (BMC): maker, firmware, interface"),
	.reads = reads,
	.scan = scan,
};
