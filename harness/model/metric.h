/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_METRIC_H
#define MODEL_METRIC_H
/*
 * The metrics there are: what telemetry sources call their series, and what limits and guards of a
 * profile may speak of. The sane ranges stop slips of the pen ("stop: 950C"), they are no limits
 * of any machine: those are the plant's, in its profiles. The plausible ranges are what physics or
 * the register allows: Loongson's goes from -40 to 125 C; kelvin zero and 0xffff kelvin (-273.1,
 * 65261.8) stand for "not set", and 0 C is what boards without a sensor say.
 */
#include "harness/model/sample.h"

#include <stdbool.h>
#include <stdint.h>

struct metric {
	const char *name;		/* "temperature" */
	const char *unit;		/* "C"; "count" and "1/s" are written as bare numbers */
	enum series_kind kind;
	int64_t sane[2];		/* least and greatest for a limit, thousandths */
	int64_t stop[2];		/* the same for a guard; equal: a guard cannot act on it */
	int64_t plausible[2];		/* least and greatest for a reading */
	bool zero_is_nothing;		/* a reading of exactly 0 stands for no reading */
};

extern const struct metric metric_table[];
extern const size_t metric_count;
const struct metric *metric_find(const char *name);

/* The unit as people write it behind a value: "C"; "" for counts and for metrics nobody knows. */
const char *metric_unit(const char *name);

/*
 * "95C", "2.3GHz", "1200 rpm", "12": a value of the metric in thousandths of its unit. ERR_INPUT
 * when it is no number or the unit is missing or another one.
 */
int metric_scan(const struct metric *metric, const char *text, int64_t *ret_milli);

#endif
