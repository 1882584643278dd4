/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hwmon chips by libsensors: it knows sensors.conf. It keeps its state itself, once a process. */
#include "probes/sensors.h"

#include <math.h>
#include <sensors/sensors.h>
#include <stdlib.h>
#include <string.h>

static const char source[] = "libsensors";

bool sensors_live_open(void)
{
	return sensors_init(NULL) == 0;
}

void sensors_live_close(void)
{
	sensors_cleanup();
}

static const sensors_chip_name *find_chip(const char *hwmon)
{
	const sensors_chip_name *chip;
	int number = 0;

	while ((chip = sensors_get_detected_chips(NULL, &number)) != NULL) {
		const char *slash = chip->path ? strrchr(chip->path, '/') : NULL;

		if (slash && !strcmp(slash + 1, hwmon))
			return chip;
	}
	return NULL;
}

/* The value of the subfeature that ends in `ending` ("_max"), in thousandths. */
static bool value_of(const sensors_chip_name *chip, const sensors_feature *feature,
		     const char *ending, int64_t *ret_milli)
{
	const sensors_subfeature *sub;
	int number = 0;

	while ((sub = sensors_get_all_subfeatures(chip, feature, &number)) != NULL) {
		size_t length = strlen(sub->name);
		size_t tail = strlen(ending);
		double value;

		if (length < tail || strcmp(sub->name + length - tail, ending) ||
		    !(sub->flags & SENSORS_MODE_R) ||
		    sensors_get_value(chip, sub->number, &value) || !isfinite(value) ||
		    fabs(value) > 1e12)
			continue;
		*ret_milli = llround(value * 1000);
		return true;
	}
	return false;
}

static void add_feature(struct look *look, const char *chip_text, const sensors_chip_name *chip,
			const sensors_feature *feature)
{
	const struct sensor_kind *kind = sensor_kind_of(feature->name);
	char *label;
	int64_t milli;

	if (!kind)
		return;
	sensor_add(look, chip_text, feature->name, kind);
	if (value_of(chip, feature, "_input", &milli) ||
	    value_of(chip, feature, "_average", &milli))
		sensor_value(look, milli, source);
	/* Without a label libsensors gives the feature's name. */
	label = sensors_get_label(chip, feature);
	if (label && strcmp(label, feature->name) != 0)
		component_text(look->inventory, look->component, "label", label, source,
			       CERTAINTY_CERTAIN);
	free(label);
	if (value_of(chip, feature, "_max", &milli))
		sensor_limit(look, "max_milli", milli, source);
	if (value_of(chip, feature, "_min", &milli))
		sensor_limit(look, "min_milli", milli, source);
	if (value_of(chip, feature, "_crit", &milli))
		sensor_limit(look, "crit_milli", milli, source);
}

bool sensors_live_add(struct look *look, const char *hwmon, const char *chip_text)
{
	const sensors_chip_name *chip = find_chip(hwmon);
	const sensors_feature *feature;
	int number = 0;

	if (!chip)
		return false;
	while ((feature = sensors_get_features(chip, &number)) != NULL)
		add_feature(look, chip_text, chip, feature);
	return true;
}
