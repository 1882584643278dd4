/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SENSOR_HWMON_H
#define SENSOR_HWMON_H
/*
 * What the sources lmsensors and hwmon share: the kernel's hwmon attributes and a name for a chip
 * that stays the same over reboots (Documentation/hwmon/sysfs-interface.rst).
 */
#include "harness/base/buf.h"
#include "harness/sensor/source.h"

/* Attributes PREFIXn_SUFFIX of one metric and how their numbers become thousandths. */
struct hwmon_kind {
	const char *prefix, *suffix;
	const char *metric;
	int64_t numerator, denominator;
	const char *instead_of;	/* only when that suffix is not there */
	int64_t pace_ns;
};

/* The row for an attribute such as "temp1_input", or NULL; the length of "temp1" in *ret_length. */
const struct hwmon_kind *hwmon_kind_of(const char *attribute, size_t *ret_length);

/*
 * "hwmon/k10temp/0000:00:18.3" for the chip at sys/class/hwmon/hwmon2: name, then the device as the
 * link of the folder says; hwmon numbers change from boot to boot. Without a device: "hwmon/NAME".
 */
void hwmon_chip(struct sysroot *root, const char *path, const char *name, struct buf *out);

#endif
