/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/sensor/source.h"

#include <string.h>

/*
 * Ranges are what the physics or the register allows, never a limit of a machine: Loongson's register
 * goes from -40 to 125 C, kelvin zero and 0xffff kelvin (-273.1, 65261.8) stand for "not set", and 0 C
 * is what boards without a sensor say.
 */
#define COUNTER(metric)                                                                            \
	{                                                                                          \
		.name = metric, .unit = "count", .kind = SERIES_COUNTER, .max_plausible = INT64_MAX \
	}

static const struct sensor_metric metric_table[] = {
	{ "temperature", "C", SERIES_GAUGE, -40000, 125000, true },
	{ "temperature-limit", "C", SERIES_GAUGE, -40000, 200000, true },
	{ "fan", "rpm", SERIES_GAUGE, 0, 100000000, false },
	{ "voltage", "V", SERIES_GAUGE, -100000, 1000000, false },
	{ "current", "A", SERIES_GAUGE, -10000000, 10000000, false },
	{ "power", "W", SERIES_GAUGE, 0, 100000000, false },
	{ "energy", "J", SERIES_COUNTER, 0, INT64_MAX, false },
	{ "humidity", "%", SERIES_GAUGE, 0, 100000, false },
	{ "frequency", "MHz", SERIES_GAUGE, 1000, 20000000, true },
	{ "cooling-state", "level", SERIES_GAUGE, 0, 100000000, false },
	{ "disk-read", "MB", SERIES_COUNTER, 0, INT64_MAX, false },
	{ "disk-written", "MB", SERIES_COUNTER, 0, INT64_MAX, false },
	COUNTER("disk-io-errors"),
	COUNTER("edac-corrected"),
	COUNTER("edac-uncorrected"),
	COUNTER("aer-correctable"),
	COUNTER("aer-nonfatal"),
	COUNTER("aer-fatal"),
	COUNTER("net-rx-errors"),
	COUNTER("net-tx-errors"),
	COUNTER("net-rx-dropped"),
	COUNTER("net-tx-dropped"),
	COUNTER("net-rx-crc-errors"),
	COUNTER("kernel-machine-check"),
	COUNTER("kernel-io-error"),
	COUNTER("kernel-aer"),
	COUNTER("kernel-link"),
	COUNTER("kernel-thermal"),
	COUNTER("kernel-hung"),
	COUNTER("kernel-oops"),
	COUNTER("kernel-oom"),
	COUNTER("kernel-segfault"),
	COUNTER("kernel-error"),
	COUNTER("kernel-lost"),
};

const struct sensor_metric *sensor_metric_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(metric_table); i++)
		if (!strcmp(metric_table[i].name, name))
			return &metric_table[i];
	return NULL;
}

bool sensor_scale(int64_t raw, int64_t numerator, int64_t denominator, int64_t *ret_value)
{
	__int128 value = (__int128)raw * numerator / denominator;

	if (value < INT64_MIN || value > INT64_MAX)
		return false;
	*ret_value = (int64_t)value;
	return true;
}

enum sample_quality sensor_judge(const struct sensor_metric *metric, int64_t value)
{
	if (value < metric->min_plausible || value > metric->max_plausible ||
	    (!value && metric->zero_is_nothing))
		return SAMPLE_IMPLAUSIBLE;
	return SAMPLE_GOOD;
}
