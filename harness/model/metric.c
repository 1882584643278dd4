/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/metric.h"

#include "harness/base/auto.h"
#include "harness/base/err.h"
#include "harness/base/scan.h"

#include <string.h>

#define COUNT_MAX 9000000000000000LL
/* A guard acts on how much a counter grew: from one on. */
#define COUNTER(name)                                                                              \
	{                                                                                          \
		name, "count", SERIES_COUNTER, { 0, COUNT_MAX }, { 1000, COUNT_MAX },              \
			{ 0, COUNT_MAX }, false                                                    \
	}
/* Amounts that only grow; neither limit nor guard is about them. */
#define AMOUNT(name, unit)                                                                         \
	{                                                                                          \
		name, unit, SERIES_COUNTER, { 0, COUNT_MAX }, { 0, 0 }, { 0, COUNT_MAX }, false    \
	}

const struct metric metric_table[] = {
	/* name, unit, kind, sane from .. to, sane stop from .. to, plausible from .. to, zero */
	{ "temperature", "C", SERIES_GAUGE, { -60000, 150000 }, { 30000, 150000 },
	  { -40000, 125000 }, true },
	{ "temperature-limit", "C", SERIES_GAUGE, { -60000, 200000 }, { 0, 0 },
	  { -40000, 200000 }, true },
	{ "fan", "rpm", SERIES_GAUGE, { 0, 60000000 }, { 0, 0 }, { 0, 100000000 }, false },
	{ "voltage", "V", SERIES_GAUGE, { -60000, 500000 }, { 500, 500000 },
	  { -100000, 1000000 }, false },
	{ "current", "A", SERIES_GAUGE, { -1000000, 1000000 }, { 100, 1000000 },
	  { -10000000, 10000000 }, false },
	{ "power", "W", SERIES_GAUGE, { 0, 20000000 }, { 1000, 20000000 }, { 0, 100000000 },
	  false },
	{ "humidity", "%", SERIES_GAUGE, { 0, 100000 }, { 0, 0 }, { 0, 100000 }, false },
	{ "frequency", "MHz", SERIES_GAUGE, { 0, 20000000 }, { 0, 0 }, { 1000, 20000000 }, true },
	{ "work-rate", "1/s", SERIES_GAUGE, { 0, COUNT_MAX }, { 0, 0 }, { 0, COUNT_MAX }, false },
	{ "work-speed", "1/s", SERIES_GAUGE, { 0, COUNT_MAX }, { 0, 0 }, { 0, COUNT_MAX }, false },
	{ "cpu-steal", "%", SERIES_GAUGE, { 0, 100000 }, { 0, 0 }, { 0, 100000 }, false },
	{ "cooling-state", "level", SERIES_GAUGE, { 0, 100000000 }, { 0, 0 }, { 0, 100000000 },
	  false },
	{ "devices", "count", SERIES_GAUGE, { 0, COUNT_MAX }, { 0, 0 }, { 0, COUNT_MAX }, false },
	{ "device-lost", "count", SERIES_GAUGE, { 0, COUNT_MAX }, { 0, 0 }, { 0, COUNT_MAX },
	  false },
	{ "link-width", "count", SERIES_GAUGE, { 0, 32000 }, { 0, 0 }, { 1000, 32000 }, false },
	{ "link-speed", "MT/s", SERIES_GAUGE, { 0, 128000000 }, { 0, 0 }, { 2500000, 128000000 },
	  false },
	{ "smart-warning", "count", SERIES_GAUGE, { 0, COUNT_MAX }, { 1000, COUNT_MAX },
	  { 0, COUNT_MAX }, false },
	AMOUNT("energy", "J"),
	AMOUNT("disk-read", "MB"),
	AMOUNT("disk-written", "MB"),
	AMOUNT("media-written", "MB"),
	AMOUNT("media-wear", "%"),
	COUNTER("edac-corrected"),
	COUNTER("edac-uncorrected"),
	COUNTER("aer-correctable"),
	COUNTER("aer-nonfatal"),
	COUNTER("aer-fatal"),
	COUNTER("kernel-errors"),
	COUNTER("kernel-corrected"),
	COUNTER("kernel-messages"),
	COUNTER("net-errors"),
	COUNTER("net-dropped"),
	COUNTER("link-lost"),
	COUNTER("disk-errors"),
	COUNTER("clock-jump"),
};

const size_t metric_count = ARRAY_SIZE(metric_table);

const struct metric *metric_find(const char *name)
{
	size_t i;

	for (i = 0; i < metric_count; i++) {
		if (!strcmp(metric_table[i].name, name))
			return &metric_table[i];
	}
	return NULL;
}

const char *metric_unit(const char *name)
{
	const struct metric *metric = metric_find(name);
	bool bare = !metric || !strcmp(metric->unit, "count") || !strcmp(metric->unit, "level");

	return bare ? "" : metric->unit;
}

static const struct {
	const char *unit;	/* of the metric */
	const char *written;
	int64_t numerator, denominator;
} spelling[] = {
	{ "C", "C", 1, 1 },	  { "C", "\xc2\xb0""C", 1, 1 }, { "rpm", "rpm", 1, 1 },
	{ "V", "V", 1, 1 },	  { "V", "mV", 1, 1000 },	{ "A", "A", 1, 1 },
	{ "A", "mA", 1, 1000 },	  { "W", "W", 1, 1 },		{ "W", "kW", 1000, 1 },
	{ "%", "%", 1, 1 },	  { "MHz", "MHz", 1, 1 },	{ "MHz", "GHz", 1000, 1 },
	{ "MHz", "kHz", 1, 1000 }, { "count", "", 1, 1 },	{ "1/s", "", 1, 1 },
	{ "1/s", "1/s", 1, 1 },	  { "level", "", 1, 1 },	{ "MB", "MB", 1, 1 },
	{ "MT/s", "MT/s", 1, 1 }, { "MT/s", "GT/s", 1000, 1 },
	{ "MB", "GB", 1000, 1 },  { "J", "J", 1, 1 },		{ "J", "kJ", 1000, 1 },
};

int metric_scan(const struct metric *metric, const char *text, int64_t *ret_milli)
{
	size_t digits = strspn(text, "-0123456789.");
	const char *unit = text + digits;
	char number[32];
	int64_t milli;
	size_t i;

	if (!digits || digits >= sizeof(number))
		return ERR_INPUT;
	memcpy(number, text, digits);
	number[digits] = 0;
	if (*unit == ' ' && unit[1])
		unit++;
	for (i = 0; i < ARRAY_SIZE(spelling); i++) {
		if (strcmp(spelling[i].unit, metric->unit) || strcmp(spelling[i].written, unit))
			continue;
		if (scan_milli(number, &milli) < 0 || milli > INT64_MAX / spelling[i].numerator ||
		    milli < INT64_MIN / spelling[i].numerator ||
		    milli % spelling[i].denominator)
			return ERR_INPUT;
		*ret_milli = milli * spelling[i].numerator / spelling[i].denominator;
		return 0;
	}
	return ERR_INPUT;
}
