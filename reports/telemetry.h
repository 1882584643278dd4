/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_TELEMETRY_H
#define REPORTS_TELEMETRY_H
/*
 * Series of a record made ready for charts.
 *
 * Grouping: series of one metric, source, unit and kind share a picture. The kind of "cpu/17" is
 * "cpu", of "hwmon/nvme/0000:3b:00.0/temp1" it is "hwmon/nvme": the driver. Rates of steps are
 * never grouped: every step has its own scale.
 *
 * A group of more than TELEMETRY_LINES series is drawn as one line: the band goes from the lowest
 * to the highest of all, the line is the mean of all samples.
 *
 * Gaps: the line is interrupted where a bucket holds bad samples only, and where the distance
 * between two buckets with good samples is more than three times the usual (median) one of that
 * series: sampling may be slower than one sample a bucket.
 */
#include "harness/base/arena.h"
#include "harness/model/record.h"
#include "reports/chart.h"

enum { TELEMETRY_LINES = 6 };

struct telemetry_group {
	const char *metric;
	const char *kind;			/* in the arena */
	const struct record_series **series;	/* in the order of the record */
	size_t series_count, capacity;
	struct telemetry_group *next;
};

/* All groups of a record, in order of their first series. */
struct telemetry_group *telemetry_groups(const struct record *record, struct arena *arena);

uint64_t telemetry_good(const struct telemetry_group *group);	/* good samples in all */
/* What a series is called: the machine's own name for it, and where it is; clean. */
const char *telemetry_label(struct arena *arena, const struct series *series);

/* The part of a run that a chart shows. */
struct telemetry_window {
	int64_t from_ns, to_ns;
};

/*
 * The line of `count` series: of one as it is, of several as one band; times are from the window's
 * beginning on, what is outside of it does not count. The label is left to the caller.
 */
struct chart_line telemetry_line(const struct record *record, struct arena *arena,
				 const struct record_series *const *series, size_t count,
				 const struct telemetry_window *window);

#endif
