/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_SAMPLE_H
#define MODEL_SAMPLE_H
/*
 * Telemetry: which series there are, and one reading of one series.
 *
 * Values are in thousandths of the metric's unit (milli-degrees, milli-percent, ...), counters
 * as their plain count times 1000. "No reading" is a quality, never a magic value.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sample_quality {
	SAMPLE_ABSENT = 0,	/* the source gave nothing */
	SAMPLE_STALE,		/* repeated because the source did not answer in time */
	SAMPLE_IMPLAUSIBLE,	/* outside what the metric can be: 65261.8 C */
	SAMPLE_GOOD,
};

enum series_kind {
	SERIES_GAUGE = 0,	/* temperature, frequency, fan speed, work rate */
	SERIES_COUNTER,		/* errors, bytes: only grows; the change over a step matters */
};

/* Text members are borrowed from whoever made the table of series, for as long as that lives. */
struct series {
	const char *source;	/* "lmsensors", "thermal", "cpufreq", "edac", "work" ... */
	const char *metric;	/* "temperature", "fan", "frequency", "work-rate", "edac-corrected" ... */
	const char *component;	/* "hwmon/coretemp/temp1", "cpu/0", "step/2" */
	const char *label;	/* what the machine calls it; may be "" */
	const char *unit;	/* "C", "rpm", "MHz", "V", "W", "1/s", "count", "B/s" */
	enum series_kind kind;
};

struct sample {
	uint16_t series;	/* index into the table of series of the run */
	uint8_t quality;	/* enum sample_quality */
	int64_t time_ns;	/* since run start */
	int64_t value;		/* thousandths; meaningful only when quality is GOOD or STALE */
};

/* Is the series of that metric, and does its component match the glob ('*' matches '/' too)? */
bool series_matches(const struct series *series, const char *metric, const char *glob);

#endif
