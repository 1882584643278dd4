/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of what is judged by eye; everything else that was read, in a table. */
#include "reports/content.h"
#include "reports/content_chart.h"
#include "reports/metric_title.h"
#include "reports/telemetry.h"

#include "harness/base/auto.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MANY = 3 };

static void add_number(struct content *content, struct row *row, bool known, int64_t milli,
		       const char *unit)
{
	char text[QUANTITY_TEXT_SIZE];

	document_cell(content->doc, row, TONE_PLAIN, "%s",
		      known ? quantity_text(milli, unit, text) : "-");
}

static void add_reading(struct content *content, struct block *table,
			const struct record_series *series)
{
	const struct telemetry_window whole = { 0, INT64_MAX };
	struct chart_line line = telemetry_line(content->record, &content->doc->arena, &series, 1,
						&whole);
	const char *unit = series->series.unit;
	bool counter = series->series.kind == SERIES_COUNTER;
	bool known = series->good > 0;
	struct row *row = document_row(content->doc, table);
	enum tone tone = known ? TONE_PLAIN : TONE_WARN;

	document_cell(content->doc, row, TONE_PLAIN, "%s",
		      tr(content, metric_title(series->series.metric)));
	document_cell(content->doc, row, TONE_PLAIN, "%s",
		      telemetry_label(&content->doc->arena, &series->series));
	add_number(content, row, known && !counter, line.min, unit);
	add_number(content, row, known && !counter, line.mean, unit);
	add_number(content, row, known && !counter, line.max, unit);
	add_number(content, row, known && counter, quantity_clamp(series->last) -
		   quantity_clamp(series->first), unit);
	document_cell(content->doc, row, tone, "%" PRIu64 " / %" PRIu64, series->good,
		      series->good + series->bad);
}

/* Alike counters that stood still share a line. */
static void add_group_readings(struct content *content, struct block *table,
			       const struct telemetry_group *group)
{
	size_t still = 0;
	uint64_t good = 0;
	struct row *row;
	size_t i;

	for (i = 0; i < group->series_count; i++) {
		const struct record_series *series = group->series[i];

		if (group->series_count >= MANY && series->good && !series->bad &&
		    series->series.kind == SERIES_COUNTER && series->first == series->last) {
			still++;
			good += series->good;
			continue;
		}
		add_reading(content, table, series);
	}
	if (!still)
		return;
	row = document_row(content->doc, table);
	document_cell(content->doc, row, TONE_PLAIN, "%s",
		      tr(content, metric_title(group->metric)));
	document_cell(content->doc, row, TONE_MUTED, tr(content, N_("%zu series of %s")), still,
		      group->kind);
	for (i = 0; i < 3; i++)
		document_cell(content->doc, row, TONE_PLAIN, "-");
	document_cell(content->doc, row, TONE_PLAIN, "0");
	document_cell(content->doc, row, TONE_PLAIN, "%" PRIu64 " / %" PRIu64, good, good);
}

static void add_readings(struct content *content, struct block *section,
			 const struct telemetry_group *groups)
{
	static const struct {
		enum align align;
		const char *title;
	} head[] = {
		{ ALIGN_LEFT, N_("Reading") },	 { ALIGN_LEFT, N_("Where") },
		{ ALIGN_RIGHT, N_("lowest") },	 { ALIGN_RIGHT, N_("mean") },
		{ ALIGN_RIGHT, N_("highest") },	 { ALIGN_RIGHT, N_("Change") },
		{ ALIGN_RIGHT, N_("Good samples") },
	};
	const struct telemetry_group *group;
	struct block *table = NULL;
	size_t i;

	for (group = groups; group; group = group->next) {
		if (metric_look(group->metric) != METRIC_TABLE && telemetry_good(group))
			continue;
		if (!table) {
			section = document_section(content->doc, section,
						   tr(content, N_("Other readings")));
			table = document_block(content->doc, section, BLOCK_TABLE);
			for (i = 0; i < ARRAY_SIZE(head); i++)
				document_column(content->doc, table, head[i].align,
						tr(content, head[i].title));
		}
		add_group_readings(content, table, group);
	}
}

/* Rates of work differ from step to step: each has its charts, the whole and its processors. */
static void add_work_rates(struct content *content, struct block *section,
			   const struct telemetry_group *groups)
{
	const struct telemetry_group *group;
	char name[32];
	size_t i;

	for (i = 0; i < content->record->plan.step_count; i++) {
		snprintf(name, sizeof(name), "step/%zu", i);
		for (group = groups; group; group = group->next) {
			if (strcmp(group->metric, "work-rate") ||
			    (!strncmp(group->kind, "step/", 5) && strcmp(group->kind, name)))
				continue;
			content_chart(content, section, group, (int64_t)i);
		}
	}
}

static void add_charts(struct content *content, struct block *section,
		       const struct telemetry_group *groups, const char *metric)
{
	const struct telemetry_group *group;

	if (!strcmp(metric, "work-rate")) {
		add_work_rates(content, section, groups);
		return;
	}
	for (group = groups; group; group = group->next) {
		if (!strcmp(group->metric, metric))
			content_chart(content, section, group, -1);
	}
}

void content_telemetry(struct content *content)
{
	const struct telemetry_group *groups =
		telemetry_groups(content->record, &content->doc->arena);
	const char *metric;
	struct block *section;
	size_t i;

	if (!groups)
		return;
	section = document_section(content->doc, content->root, tr(content, N_("Telemetry")));
	document_paragraph(
		content->doc, section, TONE_MUTED, "%s",
		tr(content, N_("Lines are means, bands go from the lowest to the highest "
			       "sample; a line is interrupted where there was no good "
			       "sample. Numbers above a chart are those of the steps; red "
			       "dashes are limits of the profile and of the guard.")));
	for (i = 0; (metric = metric_charted(i)); i++)
		add_charts(content, section, groups, metric);
	add_readings(content, section, groups);
}
