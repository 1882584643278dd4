/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_METRIC_TITLE_H
#define REPORTS_METRIC_TITLE_H
/* Metrics (harness/model/metric.h) for readers: their names, and which are drawn over time. */
#include <stddef.h>

enum metric_look {
	METRIC_TABLE = 0,	/* its lowest, mean and highest say enough */
	METRIC_CHART,
	METRIC_CHART_FROM_ZERO,	/* the axis begins at nothing: a loss is seen in its true size */
};

/* msgid; the name itself for a metric that is not known here. */
const char *metric_title(const char *metric);
enum metric_look metric_look(const char *metric);
/* The metrics that are drawn, in the order of the report; NULL after the last. */
const char *metric_charted(size_t index);

#endif
