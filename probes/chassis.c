/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chassis: SMBIOS type 3; where that cannot be read, what the kernel shows of it. */
#include "harness/base/auto.h"
#include "probes/dmi.h"
#include "probes/look.h"

#define N_(text) (text)

static const char class[] = "chassis";

static void add(const struct smbios_structure *s, struct inventory *inventory)
{
	struct dmi_target target = { .inventory = inventory, .structure = s,
				     .source = "smbios type 3" };
	uint8_t type;

	target.component = inventory_add(inventory, class, "chassis/0", NULL);
	dmi_text(&target, "manufacturer", 0x04, DMI_OPTIONAL);
	if (smbios_u8(s, 0x05, &type))
		dmi_word(&target, "type", smbios_chassis_type(type));
	dmi_text(&target, "version", 0x06, DMI_OPTIONAL);
	dmi_text(&target, "serial", 0x07, DMI_OPTIONAL);
	dmi_text(&target, "asset_tag", 0x08, DMI_OPTIONAL);
	dmi_u8(&target, "height_units", 0x11);
}

static bool scan_smbios(const struct dmi *dmi, struct inventory *inventory)
{
	struct smbios_walk walk = dmi_walk(dmi);
	struct smbios_structure s;

	while (smbios_next(&walk, &s)) {
		if (s.type == SMBIOS_CHASSIS)
			add(&s, inventory);
	}
	dmi_end(&walk, inventory, class);
	return inventory_first(inventory, class) != NULL;
}

static bool scan_kernel_dmi(const struct probe_place *place, struct inventory *inventory)
{
	struct look look = { .place = place, .inventory = inventory, .class = class };
	const char *word;
	int64_t type;

	look_at(&look, "sys/class/dmi/id");
	if (!look_value(&look, "chassis_type", &type))
		return false;
	look.component = inventory_add(inventory, class, "chassis/0", NULL);
	word = type >= 0 && type < 256 ? smbios_chassis_type((uint8_t)type) : NULL;
	if (word)
		component_text(inventory, look.component, "type", word, look.path,
			       CERTAINTY_LIKELY);
	look_name(&look, "manufacturer", "chassis_vendor");
	look_name(&look, "version", "chassis_version");
	return true;
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	AUTO(dmi_release) struct dmi dmi = DMI_INIT;
	enum presence presence = dmi_read(&dmi, place);

	(void)err;
	if (presence == PRESENCE_PRESENT && scan_smbios(&dmi, inventory))
		inventory_class(inventory, class, PRESENCE_PRESENT, NULL);
	else if (scan_kernel_dmi(place, inventory))
		inventory_class(inventory, class, PRESENCE_PRESENT, "serials not known: %s",
				dmi.note);
	else if (presence == PRESENCE_UNREADABLE)
		inventory_class(inventory, class, PRESENCE_UNREADABLE, "%s", dmi.note);
	else
		inventory_class(inventory, class, PRESENCE_ABSENT, "%s",
				presence == PRESENCE_PRESENT ? "SMBIOS has no type 3" : dmi.note);
	return 0;
}

static const char *const reads[] = {
	DMI_TABLE,
	DMI_ENTRY,
	"sys/class/dmi/id/chassis_type",
	"sys/class/dmi/id/chassis_vendor",
	"sys/class/dmi/id/chassis_version",
	NULL,
};

const struct probe probe_chassis = {
	.name = class,
	.summary = N_("the case: kind, maker, serial, asset tag"),
	.reads = reads,
	.scan = scan,
};
