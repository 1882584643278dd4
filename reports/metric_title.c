/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/metric_title.h"

#include "harness/base/auto.h"

#include <string.h>

#define N_(text) (text)

static const struct {
	const char *metric;
	const char *title;
	enum metric_look look;
} metric_row[] = {
	{ "temperature", N_("Temperature"), METRIC_CHART },
	{ "work-rate", N_("Work rate"), METRIC_CHART_FROM_ZERO },
	{ "frequency", N_("Frequency"), METRIC_CHART_FROM_ZERO },
	{ "power", N_("Power"), METRIC_CHART_FROM_ZERO },
	{ "fan", N_("Fan speed"), METRIC_CHART_FROM_ZERO },
	{ "work-speed", N_("Work per second of processor time"), METRIC_TABLE },
	{ "cpu-steal", N_("Processor time taken by the host"), METRIC_TABLE },
	{ "voltage", N_("Voltage"), METRIC_TABLE },
	{ "current", N_("Current"), METRIC_TABLE },
	{ "energy", N_("Energy"), METRIC_TABLE },
	{ "humidity", N_("Humidity"), METRIC_TABLE },
	{ "temperature-limit", N_("Temperature limit of the sensor"), METRIC_TABLE },
	{ "cooling-state", N_("Cooling level"), METRIC_TABLE },
	{ "devices", N_("Devices that are there"), METRIC_TABLE },
	{ "device-lost", N_("Devices that went away"), METRIC_TABLE },
	{ "link-width", N_("Lanes of a PCIe link"), METRIC_TABLE },
	{ "link-speed", N_("Speed of a PCIe link"), METRIC_TABLE },
	{ "disk-read", N_("Read from disk"), METRIC_TABLE },
	{ "disk-written", N_("Written to disk"), METRIC_TABLE },
	{ "media-written", N_("Written to disk, as the disk counts"), METRIC_TABLE },
	{ "media-wear", N_("Life of the disk used up"), METRIC_TABLE },
	{ "smart-warning", N_("Warnings of disks about their health"), METRIC_TABLE },
	{ "disk-errors", N_("Disk errors"), METRIC_TABLE },
	{ "net-errors", N_("Network errors"), METRIC_TABLE },
	{ "link-lost", N_("Network links lost"), METRIC_TABLE },
	{ "net-dropped", N_("Network packets dropped"), METRIC_TABLE },
	{ "kernel-errors", N_("Hardware errors in the kernel log"), METRIC_TABLE },
	{ "kernel-corrected", N_("Corrected hardware errors in the kernel log"), METRIC_TABLE },
	{ "kernel-messages", N_("Other marks in the kernel log"), METRIC_TABLE },
	{ "clock-jump", N_("Jumps of the wall clock"), METRIC_TABLE },
	{ "edac-corrected", N_("Corrected memory errors"), METRIC_TABLE },
	{ "edac-uncorrected", N_("Uncorrected memory errors"), METRIC_TABLE },
	{ "aer-correctable", N_("Corrected PCIe errors"), METRIC_TABLE },
	{ "aer-nonfatal", N_("Uncorrected PCIe errors"), METRIC_TABLE },
	{ "aer-fatal", N_("Fatal PCIe errors"), METRIC_TABLE },
};

static size_t find(const char *metric)
{
	size_t i = 0;

	while (i < ARRAY_SIZE(metric_row) && strcmp(metric_row[i].metric, metric))
		i++;
	return i;
}

const char *metric_title(const char *metric)
{
	size_t i = find(metric);

	return i < ARRAY_SIZE(metric_row) ? metric_row[i].title : metric;
}

enum metric_look metric_look(const char *metric)
{
	size_t i = find(metric);

	return i < ARRAY_SIZE(metric_row) ? metric_row[i].look : METRIC_TABLE;
}

const char *metric_charted(size_t index)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(metric_row); i++) {
		if (metric_row[i].look != METRIC_TABLE && !index--)
			return metric_row[i].metric;
	}
	return NULL;
}
