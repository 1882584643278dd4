/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sensor/table.h"

#include "harness/base/auto.h"

/* In this order they are asked; hwmon looks whether lmsensors gave anything. */
const struct sensor_source *const sensor_source_table[] = {
	&sensor_lmsensors, &sensor_hwmon, &sensor_thermal, &sensor_cpufreq,  &sensor_edac,
	&sensor_kmsg,      &sensor_online, &sensor_presence, &sensor_aer,    &sensor_netdev,
	&sensor_diskstat,  &sensor_pcielink, &sensor_smart,      &sensor_steal,
};
const size_t sensor_source_count = ARRAY_SIZE(sensor_source_table);
