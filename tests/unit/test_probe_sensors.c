/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What readings of sensors are known not to mean (sensors.tsv), on roots of a few files each. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "tests/unit/roots.h"

#include <stdio.h>
#include <string.h>

static struct tree tree;
static struct inventory inventory;

/* A machine with one channel of one chip: its name, a file ("temp1_input") and what stands in it. */
static void probe(const char *chip, const char *file, const char *value)
{
	char path[96];

	tree = tree_make();
	inventory = (struct inventory)INVENTORY_INIT;
	tree_file(&tree, "m/sys/class/hwmon/hwmon0/name", chip);
	tree_file(&tree, "m/sys/class/hwmon/hwmon0/temp1_input", "41000\n");
	snprintf(path, sizeof(path), "m/sys/class/hwmon/hwmon0/%s", file);
	tree_file(&tree, path, value);
	roots_probe(&tree, "m", "sensors", &inventory);
}

static void end(void)
{
	inventory_release(&inventory);
	tree_remove(&tree);
}

static const struct attribute *attribute_of(const char *channel, const char *name)
{
	const struct component *sensor = inventory_first(&inventory, "sensors");

	while (sensor && strcmp(strrchr(sensor->id, '/') + 1, channel) != 0)
		sensor = inventory_next(sensor);
	ck_assert_msg(sensor != NULL, "no %s", channel);
	return component_attribute(sensor, name);
}

START_TEST(a_reading_that_is_none_is_unknown_and_says_why)
{
	static const struct {
		const char *chip, *file, *value, *channel, *quirk;
		enum certainty certainty;
	} row[] = {
		{ "scpi_sensors", "temp1_input", "0", "temp1", "the firmware has no reading",
		  CERTAINTY_UNKNOWN },
		{ "scpi_sensors", "temp1_input", "47000", "temp1", NULL, CERTAINTY_CERTAIN },
		{ "cpu-hwmon", "temp1_input", "255000", "temp1", "above 125 C", CERTAINTY_UNKNOWN },
		{ "cpu_hwmon", "temp1_input", "125000", "temp1", NULL, CERTAINTY_CERTAIN },
		{ "battery", "temp1_input", "3100", "temp1", "a tenth", CERTAINTY_UNKNOWN },
		{ "gwnb_battery", "temp1_input", "30600", "temp1", NULL, CERTAINTY_CERTAIN },
		{ "nct6775", "temp2_input", "-273150", "temp2", "nothing is connected",
		  CERTAINTY_UNKNOWN },
		{ "via_cputemp", "temp1_input", "56000", "temp1", "repeated by every core",
		  CERTAINTY_CERTAIN },
		{ "amdgpu", "fan1_input", "0", "fan1", "no fault", CERTAINTY_CERTAIN },
		{ "amdgpu", "fan1_input", "900", "fan1", NULL, CERTAINTY_CERTAIN },
		{ "amdgpu", "in0_input", "6", "in0", "no fault", CERTAINTY_CERTAIN },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		const struct attribute *quirk;

		probe(row[i].chip, row[i].file, row[i].value);
		ck_assert_msg(attribute_of(row[i].channel, "value_milli")->certainty ==
			      row[i].certainty, "%s %s", row[i].chip, row[i].value);
		quirk = attribute_of(row[i].channel, "quirk");
		ck_assert_msg(row[i].quirk ? quirk && strstr(quirk->text, row[i].quirk) : !quirk,
			      "%s %s: %s", row[i].chip, row[i].value, quirk ? quirk->text : "-");
		end();
	}
}
END_TEST

START_TEST(a_limit_that_nobody_set_is_none)
{
	static const struct {
		const char *value;
		bool is_there;
	} row[] = {
		{ "-273150", false }, { "65261850", false }, { "-40000", true }, { "105000", true },
	};
	static const char *const file[] = { "temp1_max", "temp1_min", "temp1_crit" };
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		for (k = 0; k < ARRAY_SIZE(file); k++) {
			char name[16];

			probe("nvme", file[k], row[i].value);
			snprintf(name, sizeof(name), "%s_milli", file[k] + strlen("temp1_"));
			ck_assert_msg(!!attribute_of("temp1", name) == row[i].is_there, "%s %s",
				      file[k], row[i].value);
			end();
		}
	}
}
END_TEST

/* A second chip of one name gets another id, and is known by the same rows. */
START_TEST(thermal_zones_and_second_chips_have_quirks_too)
{
	tree = tree_make();
	inventory = (struct inventory)INVENTORY_INIT;
	tree_file(&tree, "m/sys/class/thermal/thermal_zone0/type", "acpitz\n");
	tree_file(&tree, "m/sys/class/thermal/thermal_zone0/temp", "29000\n");
	tree_file(&tree, "m/sys/class/thermal/thermal_zone1/type", "acpitz\n");
	tree_file(&tree, "m/sys/class/thermal/thermal_zone1/temp", "0\n");
	tree_file(&tree, "m/sys/class/thermal/thermal_zone1/trip_point_0_type", "critical\n");
	tree_file(&tree, "m/sys/class/thermal/thermal_zone1/trip_point_0_temp", "-273200\n");
	roots_probe(&tree, "m", "sensors", &inventory);
	ck_assert_int_eq(attribute_of("zone", "value_milli")->certainty, CERTAINTY_CERTAIN);
	ck_assert_int_eq(attribute_of("zone#2", "value_milli")->certainty, CERTAINTY_UNKNOWN);
	ck_assert_ptr_null(attribute_of("zone#2", "crit_milli"));
	end();
}
END_TEST

UNIT_MAIN("probe_sensors", a_reading_that_is_none_is_unknown_and_says_why,
	  a_limit_that_nobody_set_is_none, thermal_zones_and_second_chips_have_quirks_too)
