/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SENSOR_TABLE_H
#define SENSOR_TABLE_H
/* The rows of sensor_source_table, each in the file of its name. */
#include "harness/sensor/source.h"

extern const struct sensor_source sensor_lmsensors;
extern const struct sensor_source sensor_hwmon;
extern const struct sensor_source sensor_thermal;
extern const struct sensor_source sensor_cpufreq;
extern const struct sensor_source sensor_edac;
extern const struct sensor_source sensor_aer;
extern const struct sensor_source sensor_kmsg;
extern const struct sensor_source sensor_netdev;
extern const struct sensor_source sensor_diskstat;
extern const struct sensor_source sensor_online;
extern const struct sensor_source sensor_presence;
extern const struct sensor_source sensor_smart;
extern const struct sensor_source sensor_steal;
extern const struct sensor_source sensor_pcielink;

#endif
