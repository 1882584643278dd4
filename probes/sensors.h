/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_SENSORS_H
#define PROBES_SENSORS_H
/* What the two ways to read hwmon chips share: libsensors on the live machine, files elsewhere. */
#include "probes/look.h"

/* One kind of channel: how hwmon files name it and what one unit of its file is in thousandths. */
struct sensor_kind {
	const char *prefix;	/* "temp" */
	const char *name;	/* "temperature" */
	const char *unit;	/* "C" */
	int64_t times, parts;	/* file value * times / parts = thousandths of the unit */
};

/* look->context of the two ways. */
struct sensor_reading {
	struct ids quirks;	/* sensors.tsv */
	char channel[32];	/* of look->component: "temp1"; "zone" */
};

const struct sensor_kind *sensor_kind_of(const char *feature);	/* "temp1"; NULL: not a channel */

/* A new component; look->component afterwards. chip: text of the hwmon file `name`. */
void sensor_add(struct look *look, const char *chip, const char *feature,
		const struct sensor_kind *kind);

/*
 * The reading and the limits (max, min, crit) in thousandths, as sensors.tsv knows them: a limit that
 * nobody set adds nothing, a reading that is none is "unknown". What is known goes into `quirk`.
 */
void sensor_value(struct look *look, int64_t milli, const char *source);
void sensor_limit(struct look *look, const char *attribute, int64_t milli, const char *source);

/*
 * sensors_live.c: the channels of one hwmon folder ("hwmon3") by libsensors, with the labels,
 * limits and scaling of sensors.conf. False when libsensors does not know it.
 */
bool sensors_live_open(void);
void sensors_live_close(void);
bool sensors_live_add(struct look *look, const char *hwmon, const char *chip);

#endif
