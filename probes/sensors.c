/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sensors: hwmon chips and thermal zones. */
#include "probes/sensors.h"

#include "harness/base/auto.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define N_(text) (text)
#define HWMON "sys/class/hwmon"
#define THERMAL "sys/class/thermal"

static const char class[] = "sensors";

const struct sensor_kind *sensor_kind_of(const char *feature)
{
	static const struct sensor_kind kind[] = {
		{ "temp", "temperature", "C", 1, 1 }, { "in", "voltage", "V", 1, 1 },
		{ "fan", "fan", "RPM", 1000, 1 },     { "curr", "current", "A", 1, 1 },
		{ "power", "power", "W", 1, 1000 },   { "energy", "energy", "J", 1, 1000 },
		{ "humidity", "humidity", "%", 1, 1 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kind); i++) {
		size_t length = strlen(kind[i].prefix);

		if (!strncmp(feature, kind[i].prefix, length) &&
		    isdigit((unsigned char)feature[length]))
			return &kind[i];
	}
	return NULL;
}

void sensor_add(struct look *look, const char *chip, const char *feature,
		const struct sensor_kind *kind)
{
	AUTO(buf_release) struct buf id = BUF_INIT;
	AUTO(buf_release) struct buf fit = BUF_INIT;

	look_id_text(chip, &fit);
	buf_addf(&id, "sensor/%s/%s", fit.data, feature);
	look->component = inventory_add(look->inventory, class, id.data, NULL);
	component_text(look->inventory, look->component, "chip", chip, look->folder,
		       CERTAINTY_CERTAIN);
	component_text(look->inventory, look->component, "kind", kind->name, look->folder,
		       CERTAINTY_CERTAIN);
	component_text(look->inventory, look->component, "unit", kind->unit, look->folder,
		       CERTAINTY_CERTAIN);
}

/*
 * Seen in the wild as "no limit set": 0 kelvin (-273.1 C) and 65535 kelvin (65261.8 C) of NVMe and
 * graphics drivers. No temperature limit of a machine is below -100 C or above 1000 C.
 */
void sensor_limit(struct look *look, const char *attribute, int64_t milli, const char *source)
{
	const char *unit = component_get_text(look->component, "unit");

	if (unit && !strcmp(unit, "C") && (milli < -100000 || milli > 1000000))
		return;
	component_number(look->inventory, look->component, attribute, milli, source,
			 CERTAINTY_LIKELY);
}

static void add_limit_file(struct look *look, const struct sensor_kind *kind, const char *feature,
			   const char *which)
{
	char file[64], attribute[32];
	int64_t number;

	snprintf(file, sizeof(file), "%s_%s", feature, which);
	snprintf(attribute, sizeof(attribute), "%s_milli", which);
	if (look_value(look, file, &number) &&
	    !__builtin_mul_overflow(number, kind->times, &number))
		sensor_limit(look, attribute, number / kind->parts, look->path);
}

/* A channel from its files: "temp1_input", "temp1_label", "temp1_max" ... */
static void add_channel(struct look *look, const char *chip, const char *feature,
			const char *value)
{
	const struct sensor_kind *kind = sensor_kind_of(feature);
	char file[64];

	if (!kind)
		return;
	sensor_add(look, chip, feature, kind);
	look_scaled(look, "value_milli", value, kind->times, kind->parts);
	snprintf(file, sizeof(file), "%s_label", feature);
	look_text(look, "label", file);
	add_limit_file(look, kind, feature, "max");
	add_limit_file(look, kind, feature, "min");
	add_limit_file(look, kind, feature, "crit");
}

static void add_files(struct look *look, const char *chip)
{
	AUTO(sysroot_names_release) struct sysroot_names names = { .count = 0 };
	size_t i;

	if (sysroot_list(look->place->root, look->folder, &names, NULL) < 0)
		return;
	for (i = 0; i < names.count; i++) {
		const char *end = strstr(names.name[i], "_input");
		char feature[32];

		if (!end)
			end = strstr(names.name[i], "_average");
		if (!end || (size_t)(end - names.name[i]) >= sizeof(feature))
			continue;
		snprintf(feature, sizeof(feature), "%.*s", (int)(end - names.name[i]),
			 names.name[i]);
		add_channel(look, chip, feature, names.name[i]);
	}
}

static void scan_hwmon(struct look *look)
{
	AUTO(sysroot_names_release) struct sysroot_names names = { .count = 0 };
	AUTO(buf_release) struct buf chip = BUF_INIT;
	bool live = false;
	size_t i;

	if (sysroot_list(look->place->root, HWMON, &names, NULL) < 0)
		return;
	if (names.count && sysroot_is_live(look->place->root))
		live = sensors_live_open();
	for (i = 0; i < names.count; i++) {
		look_at(look, HWMON "/%s", names.name[i]);
		/* Nameless chips break hwmon's rules; the folder's name is better than nothing. */
		if (!look_line(look, "name", &chip))
			buf_adds(&chip, names.name[i]);
		if (!live || !sensors_live_add(look, names.name[i], chip.data))
			add_files(look, chip.data);
	}
	if (live)
		sensors_live_close();
}

static void add_critical_trip(struct look *look)
{
	AUTO(buf_release) struct buf type = BUF_INIT;
	char file[40];
	int64_t number;
	int i;

	for (i = 0; i < 16; i++) {
		snprintf(file, sizeof(file), "trip_point_%d_type", i);
		if (!look_line(look, file, &type))
			return;
		snprintf(file, sizeof(file), "trip_point_%d_temp", i);
		if (!strcmp(type.data, "critical") && look_value(look, file, &number)) {
			sensor_limit(look, "crit_milli", number, look->path);
			return;
		}
	}
}

static void scan_zones(struct look *look)
{
	AUTO(sysroot_names_release) struct sysroot_names names = { .count = 0 };
	AUTO(buf_release) struct buf type = BUF_INIT;
	size_t i;

	if (sysroot_list(look->place->root, THERMAL, &names, NULL) < 0)
		return;
	for (i = 0; i < names.count; i++) {
		if (strncmp(names.name[i], "thermal_zone", strlen("thermal_zone")) != 0)
			continue;
		look_at(look, THERMAL "/%s", names.name[i]);
		if (!look_line(look, "type", &type))
			continue;
		sensor_add(look, type.data, "zone", sensor_kind_of("temp1"));
		look_number(look, "value_milli", "temp");
		add_critical_trip(look);
	}
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	struct look look = { .place = place, .inventory = inventory, .class = class };

	(void)err;
	scan_hwmon(&look);
	scan_zones(&look);
	if (inventory_first(inventory, class))
		inventory_class(inventory, class, PRESENCE_PRESENT, NULL);
	else
		inventory_class(inventory, class, PRESENCE_ABSENT,
				sysroot_exists(place->root, HWMON) ?
					N_("no sensor: %s has no chip, %s has no zone") :
					N_("no sensor: %s is not there, %s has no zone"),
				HWMON, THERMAL);
	return 0;
}

static const char *const reads[] = {
	HWMON "/*",
	HWMON "/*/name",
	HWMON "/*/*_input",
	HWMON "/*/*_average",
	HWMON "/*/*_label",
	HWMON "/*/*_max",
	HWMON "/*/*_min",
	HWMON "/*/*_crit",
	THERMAL "/thermal_zone*",
	THERMAL "/thermal_zone*/type",
	THERMAL "/thermal_zone*/temp",
	THERMAL "/thermal_zone*/trip_point_*_type",
	THERMAL "/thermal_zone*/trip_point_*_temp",
	NULL,
};

const struct probe probe_sensors = {
	.name = class,
	.summary = N_("sensors: labels, limits, values at this moment"),
	.reads = reads,
	.live_only = "labels, limits and scaling of sensors.conf",
	.scan = scan,
};
