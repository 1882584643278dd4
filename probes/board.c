/* SPDX-License-Identifier: GPL-3.0-or-later */
/* System and board: SMBIOS types 1 and 2; where that cannot be read, what the kernel shows. */
#include "harness/base/auto.h"
#include "harness/model/placeholder.h"
#include "harness/sys/pack.h"
#include "probes/boardinfo.h"
#include "probes/dmi.h"
#include "probes/look.h"

#include <string.h>

#define N_(text) (text)

static const char class[] = "board";

enum { MAKER = 1 };	/* column of board-makers.tsv */

static void add_system(const struct dmi *dmi, const struct smbios_structure *s,
		       struct inventory *inventory)
{
	struct dmi_target target = { .inventory = inventory, .structure = s,
				     .source = "smbios type 1" };
	char uuid[SMBIOS_UUID_SIZE];

	target.component = inventory_add(inventory, class, "board/system", NULL);
	dmi_text(&target, "manufacturer", 0x04, DMI_EXPECTED);
	dmi_text(&target, "product", 0x05, DMI_EXPECTED);
	dmi_text(&target, "version", 0x06, DMI_OPTIONAL);
	dmi_text(&target, "serial", 0x07, DMI_EXPECTED);
	if (smbios_uuid(s, &dmi->entry, uuid))
		component_text(inventory, target.component, "uuid", uuid, target.source,
			       inventory_is_placeholder(inventory, uuid, strlen(uuid))
				       ? CERTAINTY_UNKNOWN : CERTAINTY_LIKELY);
	dmi_text(&target, "sku", 0x19, DMI_OPTIONAL);
	dmi_text(&target, "family", 0x1a, DMI_OPTIONAL);
}

static void add_board(const struct smbios_structure *s, struct inventory *inventory)
{
	struct dmi_target target = { .inventory = inventory, .structure = s,
				     .source = "smbios type 2" };

	target.component = inventory_add(inventory, class, "board/baseboard", "board/system");
	dmi_text(&target, "manufacturer", 0x04, DMI_EXPECTED);
	dmi_text(&target, "product", 0x05, DMI_EXPECTED);
	dmi_text(&target, "version", 0x06, DMI_OPTIONAL);
	dmi_text(&target, "serial", 0x07, DMI_EXPECTED);
	dmi_text(&target, "asset_tag", 0x08, DMI_OPTIONAL);
}

static bool scan_smbios(const struct dmi *dmi, struct inventory *inventory)
{
	struct smbios_walk walk = dmi_walk(dmi);
	struct smbios_structure s;

	while (smbios_next(&walk, &s)) {
		if (s.type == SMBIOS_SYSTEM && !inventory_find(inventory, "board/system"))
			add_system(dmi, &s, inventory);
		else if (s.type == SMBIOS_BOARD)
			add_board(&s, inventory);
	}
	dmi_end(&walk, inventory, class);
	return inventory_first(inventory, class) != NULL;
}

/* One maker has many spellings. A name that the table does not know stands as it is. */
static void add_makers(const struct probe_place *place, struct inventory *inventory)
{
	struct look look = { .place = place, .inventory = inventory, .class = class };
	AUTO(ids_release) struct ids ids = IDS_INIT;
	struct component *component;

	look_table(&look, &pack_board_makers, &ids);
	for (component = inventory->component; component; component = component->next) {
		const struct attribute *name = component_attribute(component, "manufacturer");
		long row;

		if (!name || name->kind != ATTRIBUTE_TEXT || name->certainty < CERTAINTY_LIKELY)
			continue;
		row = ids_find(&ids, &name->text);
		component_text(inventory, component, "maker",
			       row < 0 ? name->text : ids_at(&ids, (size_t)row, MAKER),
			       row < 0 ? name->source : ids.source, CERTAINTY_LIKELY);
	}
}

/* The kernel shows names to everybody, serials to root only: those are not asked for here. */
static bool scan_kernel_dmi(const struct probe_place *place, struct inventory *inventory)
{
	struct look look = { .place = place, .inventory = inventory, .class = class };

	look_at(&look, "sys/class/dmi/id");
	if (!sysroot_exists(place->root, look.folder))
		return false;
	look.component = inventory_add(inventory, class, "board/system", NULL);
	look_name(&look, "manufacturer", "sys_vendor");
	look_name(&look, "product", "product_name");
	look_name(&look, "version", "product_version");
	look_name(&look, "sku", "product_sku");
	look_name(&look, "family", "product_family");
	look.component = inventory_add(inventory, class, "board/baseboard", "board/system");
	look_name(&look, "manufacturer", "board_vendor");
	look_name(&look, "product", "board_name");
	look_name(&look, "version", "board_version");
	return true;
}

/* Machines without SMBIOS (Loongson 2K, Phytium E2000 boards) have a device tree. */
static bool scan_device_tree(const struct probe_place *place, struct inventory *inventory)
{
	struct look look = { .place = place, .inventory = inventory, .class = class };
	AUTO(buf_release) struct buf line = BUF_INIT;

	look_at(&look, "sys/firmware/devicetree/base");
	if (!look_line(&look, "model", &line))
		return false;
	look.component = inventory_add(inventory, class, "board/system", NULL);
	look_name(&look, "product", "model");
	look_name(&look, "serial", "serial-number");
	return true;
}

/* Boards of the MIPS years under PMON have neither. */
static bool scan_boardinfo(const struct probe_place *place, struct inventory *inventory)
{
	struct boardinfo info;
	struct component *board;

	boardinfo_read(place, &inventory->arena, &info);
	if (!info.manufacturer && !info.board)
		return false;
	board = inventory_add(inventory, class, "board/baseboard", NULL);
	if (info.manufacturer)
		component_text(inventory, board, "manufacturer", info.manufacturer, info.source,
			       CERTAINTY_LIKELY);
	if (info.board)
		component_text(inventory, board, "product", info.board, info.source,
			       CERTAINTY_LIKELY);
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
	else if (scan_device_tree(place, inventory) || scan_boardinfo(place, inventory))
		inventory_class(inventory, class, PRESENCE_PRESENT, NULL);
	else if (presence == PRESENCE_PRESENT)
		inventory_class(inventory, class, PRESENCE_ABSENT, "SMBIOS has no type 1 and 2");
	else if (presence == PRESENCE_UNREADABLE)
		inventory_class(inventory, class, PRESENCE_UNREADABLE, "%s", dmi.note);
	else
		inventory_class(inventory, class, PRESENCE_ABSENT,
				"%s; nor are sys/class/dmi/id, sys/firmware/devicetree and a boardinfo",
				dmi.note);
	add_makers(place, inventory);
	return 0;
}

static const char *const reads[] = {
	DMI_TABLE,
	DMI_ENTRY,
	"sys/class/dmi/id/sys_vendor",
	"sys/class/dmi/id/product_name",
	"sys/class/dmi/id/product_version",
	"sys/class/dmi/id/product_sku",
	"sys/class/dmi/id/product_family",
	"sys/class/dmi/id/board_vendor",
	"sys/class/dmi/id/board_name",
	"sys/class/dmi/id/board_version",
	"sys/firmware/devicetree/base/model",
	"sys/firmware/devicetree/base/serial-number",
	BOARDINFO_READS,
	NULL,
};

const struct probe probe_board = {
	.name = class,
	.summary = N_("the machine's and its board's maker, model and serials"),
	.reads = reads,
	.scan = scan,
};
