/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_CONTENT_CHART_H
#define REPORTS_CONTENT_CHART_H
/*
 * The chart of a group over the whole run (step -1) or over the time of one step, added to
 * `section`; none when there is no good sample in that time.
 */
#include "reports/content.h"
#include "reports/telemetry.h"

void content_chart(struct content *content, struct block *section,
		   const struct telemetry_group *group, int64_t step);

#endif
