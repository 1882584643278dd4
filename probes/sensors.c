/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sensors: hwmon chips and thermal zones. */
#include "probes/sensors.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/sys/pack.h"

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
	struct sensor_reading *r = look->context;

	snprintf(r->channel, sizeof(r->channel), "%s", feature);
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

enum { FROM = 3, TO, MEANS, WHAT };	/* columns of sensors.tsv */

static bool is_within(const struct ids *ids, size_t row, int64_t milli)
{
	int64_t from = INT64_MIN, to = INT64_MAX;

	scan_i64(ids_at(ids, row, FROM), INT64_MIN, INT64_MAX, &from);
	scan_i64(ids_at(ids, row, TO), INT64_MIN, INT64_MAX, &to);
	return milli >= from && milli <= to;
}

/* The first row that knows something of such a number on this channel, or -1. */
static long find_quirk(const struct look *look, const char *of, int64_t milli)
{
	const struct sensor_reading *r = look->context;
	const char *key[] = { component_get_text(look->component, "chip"), r->channel, of };
	long row = -1;

	do {
		row = ids_next(&r->quirks, row, key);
	} while (row >= 0 && !is_within(&r->quirks, (size_t)row, milli));
	return row;
}

static const char *means(const struct look *look, long row)
{
	const struct sensor_reading *r = look->context;

	return row < 0 ? "" : ids_at(&r->quirks, (size_t)row, MEANS);
}

void sensor_value(struct look *look, int64_t milli, const char *source)
{
	const struct sensor_reading *r = look->context;
	long row = find_quirk(look, "value", milli);

	component_number(look->inventory, look->component, "value_milli", milli, source,
			 strcmp(means(look, row), "not-believed") ? CERTAINTY_CERTAIN
								  : CERTAINTY_UNKNOWN);
	if (row >= 0)
		component_text(look->inventory, look->component, "quirk",
			       ids_at(&r->quirks, (size_t)row, WHAT), r->quirks.source,
			       CERTAINTY_LIKELY);
}

void sensor_limit(struct look *look, const char *attribute, int64_t milli, const char *source)
{
	if (strcmp(means(look, find_quirk(look, "limit", milli)), "not-set") != 0)
		component_number(look->inventory, look->component, attribute, milli, source,
				 CERTAINTY_LIKELY);
}

/* The number in the file, in thousandths; false where there is none. */
static bool read_milli(struct look *look, const struct sensor_kind *kind, const char *file,
		       int64_t *ret_milli)
{
	int64_t number;

	if (!look_value(look, file, &number) ||
	    __builtin_mul_overflow(number, kind->times, &number))
		return false;
	*ret_milli = number / kind->parts;
	return true;
}

static void add_limit_file(struct look *look, const struct sensor_kind *kind, const char *feature,
			   const char *which)
{
	char file[64], attribute[32];
	int64_t milli;

	snprintf(file, sizeof(file), "%s_%s", feature, which);
	snprintf(attribute, sizeof(attribute), "%s_milli", which);
	if (read_milli(look, kind, file, &milli))
		sensor_limit(look, attribute, milli, look->path);
}

/* A channel from its files: "temp1_input", "temp1_label", "temp1_max" ... */
static void add_channel(struct look *look, const char *chip, const char *feature,
			const char *value)
{
	const struct sensor_kind *kind = sensor_kind_of(feature);
	char file[64];
	int64_t milli;

	if (!kind)
		return;
	sensor_add(look, chip, feature, kind);
	if (read_milli(look, kind, value, &milli))
		sensor_value(look, milli, look->path);
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
	int64_t milli;
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
		if (look_value(look, "temp", &milli))
			sensor_value(look, milli, look->path);
		add_critical_trip(look);
	}
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	struct sensor_reading reading = { .quirks = IDS_INIT };
	struct look look = { .place = place, .inventory = inventory, .class = class,
			     .context = &reading };

	(void)err;
	look_table(&look, &pack_sensors, &reading.quirks);
	scan_hwmon(&look);
	scan_zones(&look);
	ids_release(&reading.quirks);
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
