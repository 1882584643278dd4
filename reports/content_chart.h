/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_CONTENT_CHART_H
#define REPORTS_CONTENT_CHART_H
/* The chart of a group that has at least one good sample, added to `section`. */
#include "reports/content.h"
#include "reports/telemetry.h"

void content_chart(struct content *content, struct block *section,
		   const struct telemetry_group *group);

#endif
