/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Power supplies that the kernel knows: batteries, mains, USB, UPS. Units of sysfs are micro-. */
#include "harness/base/auto.h"
#include "probes/look.h"

#include <string.h>

#define N_(text) (text)
#define FOLDER "sys/class/power_supply"

static const char class[] = "power";

/* How much of what it was made for a battery still holds. Energy (uWh) or charge (uAh). */
static bool add_wear(struct look *look, const char *full_file, const char *design_file)
{
	int64_t full, design;

	if (!look_value(look, full_file, &full) || !look_value(look, design_file, &design) ||
	    design <= 0 || full < 0 || full > INT64_MAX / 100)
		return false;
	component_number(look->inventory, look->component, "full_percent_of_design",
			 full * 100 / design, look->path, CERTAINTY_LIKELY);
	return true;
}

static void add(struct look *look, const char *name)
{
	AUTO(buf_release) struct buf id = BUF_INIT;

	buf_addf(&id, "power/%s", name);
	look->component = inventory_add(look->inventory, class, id.data, NULL);
	look_text(look, "kind", "type");
	look_text(look, "scope", "scope");	/* "Device": it feeds a mouse, not the machine */
	look_number(look, "populated", "present");
	look_number(look, "online", "online");
	look_text(look, "status", "status");
	look_number(look, "charge_percent", "capacity");
	look_name(look, "manufacturer", "manufacturer");
	look_name(look, "model", "model_name");
	look_text(look, "technology", "technology");
	look_name(look, "serial", "serial_number");
	look_number(look, "cycle_count", "cycle_count");
	look_scaled(look, "design_mwh", "energy_full_design", 1, 1000);
	look_scaled(look, "full_mwh", "energy_full", 1, 1000);
	look_scaled(look, "design_mah", "charge_full_design", 1, 1000);
	look_scaled(look, "full_mah", "charge_full", 1, 1000);
	if (!add_wear(look, "energy_full", "energy_full_design"))
		add_wear(look, "charge_full", "charge_full_design");
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	struct look look = { .place = place, .inventory = inventory, .class = class };

	return look_each(&look, FOLDER, add, N_("nothing there"), err);
}

static const char *const reads[] = {
	FOLDER "/*",
	FOLDER "/*/type",
	FOLDER "/*/scope",
	FOLDER "/*/present",
	FOLDER "/*/online",
	FOLDER "/*/status",
	FOLDER "/*/capacity",
	FOLDER "/*/manufacturer",
	FOLDER "/*/model_name",
	FOLDER "/*/technology",
	FOLDER "/*/serial_number",
	FOLDER "/*/cycle_count",
	FOLDER "/*/energy_full",
	FOLDER "/*/energy_full_design",
	FOLDER "/*/charge_full",
	FOLDER "/*/charge_full_design",
	NULL,
};

const struct probe probe_power = {
	.name = class,
	.summary = N_("batteries and power supplies: kind, maker, wear"),
	.reads = reads,
	.scan = scan,
};
