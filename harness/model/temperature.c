/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which temperatures are a cpu's. Decided by the driver, because labels are missing or free text on
 * most machines: Loongson vendor kernels have cpu-hwmon, Phytium vendor kernels scpi_sensors,
 * Phytium D3000 and Kunpeng servers an ACPI zone, Hygon k10temp, Zhaoxin via_cputemp or
 * zhaoxin_cputemp. An NVMe disk, a battery or a graphics card is never one: taking a disk for the
 * cpu is the classic error on boards without a cpu sensor.
 */
#include "harness/base/auto.h"
#include "harness/model/plan.h"

#include <fnmatch.h>
#include <string.h>

/* '-' in the name of a driver is compared as '_'. */
static const char *const cpu_driver[] = {
	"acpitz",      "coretemp",          "cpu_hwmon",    "cpu*thermal*",
	"k10temp",     "loongson2_thermal", "scpi_sensors", "soc*thermal*",
	"via_cputemp", "x86_pkg_temp",      "zenpower",     "zhaoxin_cputemp",
};

/* The second part of "hwmon/k10temp/0000:00:18.3/temp1" into `out`; empty when there is none. */
static void driver_of(const char *component, char out[64])
{
	const char *start;
	size_t size, i;

	out[0] = '\0';
	if (strncmp(component, "hwmon/", 6) && strncmp(component, "thermal/", 8))
		return;
	start = strchr(component, '/') + 1;
	size = strcspn(start, "/");
	if (size >= 64)
		return;
	for (i = 0; i < size; i++)
		out[i] = start[i] == '-' ? '_' : start[i];
	out[size] = '\0';
}

bool series_is_cpu_temperature(const struct series *series)
{
	char driver[64];
	size_t i;

	if (strcmp(series->metric, "temperature"))
		return false;
	driver_of(series->component, driver);
	for (i = 0; i < ARRAY_SIZE(cpu_driver); i++)
		if (!fnmatch(cpu_driver[i], driver, 0))
			return true;
	return false;
}
