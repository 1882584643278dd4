/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_CHART_H
#define REPORTS_CHART_H
/*
 * Values over time: lines with their band from least to greatest, limits, and the steps of the run
 * as the ground. chart_draw turns it into a drawing with ticks and a legend; no reading means no
 * line there. Values are thousandths of `unit`; times are nanoseconds on the axis of the chart.
 * All text must be clean (document_clean); texts and arrays are borrowed.
 */
#include "harness/base/arena.h"
#include "harness/base/lang.h"
#include "reports/drawing.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct chart_point {
	int64_t time_ns;
	int64_t min, mean, max;
	bool gap;		/* no good reading between the point before and this one */
};

struct chart_line {
	const char *label;
	const struct chart_point *point;	/* ascending in time */
	size_t count;
	int64_t min, mean, max;			/* over all points; meaningful when count > 0 */
};

struct chart_limit {
	int64_t value;
	const char *label;
};

struct chart_span {
	int64_t from_ns, to_ns;
	const char *label;
};

struct chart {
	const char *title;
	const char *unit;		/* as in struct series */
	const char *time_title;		/* "time since the start of the run" */
	const char *remark;		/* what the reader must know of it; may be "" */
	int64_t length_ns;		/* the axis goes from 0 to here */
	bool from_zero;			/* the axis of values begins at or below 0 */
	const struct chart_line *line;
	size_t line_count;
	const struct chart_limit *limit;	/* descending in value */
	size_t limit_count;
	const struct chart_span *span;
	size_t span_count;
};

void chart_draw(const struct chart *chart, enum lang lang, struct arena *arena,
		struct drawing *drawing);

/* Cut to at most that many columns of a terminal, the last one being "…" when cut. */
const char *chart_fit(struct arena *arena, const char *text, size_t columns);

#endif
