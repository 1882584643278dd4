/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of what is judged by eye; everything else that was read, in tables. */
#include "reports/content.h"
#include "reports/telemetry.h"

#include "harness/base/auto.h"

#include <fnmatch.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *metric;
	const char *title;
	bool charted;
	bool from_zero;
} metric_row[] = {
	{ "temperature", N_("Temperature"), true, false },
	{ "work-rate", N_("Work rate"), true, true },
	{ "frequency", N_("Frequency"), true, true },
	{ "power", N_("Power"), true, true },
	{ "fan", N_("Fan speed"), true, true },
	{ "voltage", N_("Voltage"), false, false },
	{ "current", N_("Current"), false, false },
	{ "edac-corrected", N_("Corrected memory errors"), false, false },
	{ "edac-uncorrected", N_("Uncorrected memory errors"), false, false },
	{ "aer-correctable", N_("Corrected PCIe errors"), false, false },
	{ "aer-nonfatal", N_("Uncorrected PCIe errors"), false, false },
	{ "aer-fatal", N_("Fatal PCIe errors"), false, false },
};

const char *metric_title(const char *metric)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(metric_row); i++) {
		if (!strcmp(metric_row[i].metric, metric))
			return metric_row[i].title;
	}
	return metric;
}

static bool is_charted(const char *metric)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(metric_row); i++) {
		if (!strcmp(metric_row[i].metric, metric))
			return metric_row[i].charted;
	}
	return false;
}

static uint64_t good_samples(const struct telemetry_group *group)
{
	uint64_t good = 0;
	size_t i;

	for (i = 0; i < group->series_count; i++)
		good += group->series[i]->good;
	return good;
}

/* --- one chart ---------------------------------------------------------------------------------- */

struct making {
	struct content *content;
	struct arena *arena;
	const struct telemetry_group *group;
	struct chart *chart;
	struct chart_line *line;
	struct chart_limit *limit;
	struct buf remark;
	int64_t from_ns;
};

static const char *series_label(struct arena *arena, const struct series *series)
{
	if (series->label && *series->label)
		return document_clean(arena, arena_printf(arena, "%s  %s", series->label,
							  series->component));
	return document_clean(arena, series->component);
}

static void make_lines(struct making *making)
{
	const struct telemetry_group *group = making->group;
	const struct record *record = making->content->record;
	size_t i;

	if (group->series_count > TELEMETRY_LINES) {
		making->line = arena_array(making->arena, struct chart_line, 1);
		making->line[0] = telemetry_line(record, making->arena, group->series,
						 group->series_count, making->from_ns);
		making->line[0].label =
			arena_printf(making->arena, tr(making->content, N_("%zu series of %s")),
				     group->series_count, document_clean(making->arena, group->kind));
		making->chart->line_count = 1;
		return;
	}
	making->line = arena_array(making->arena, struct chart_line, group->series_count);
	for (i = 0; i < group->series_count; i++) {
		if (!group->series[i]->good)
			continue;
		making->line[making->chart->line_count] = telemetry_line(
			record, making->arena, &group->series[i], 1, making->from_ns);
		making->line[making->chart->line_count++].label =
			series_label(making->arena, &group->series[i]->series);
	}
}

/* Of a band: which of its series went highest and which lowest. */
static void remark_ends(struct making *making)
{
	const struct telemetry_group *group = making->group;
	const struct record_series *low = NULL;
	const struct record_series *high = NULL;
	struct chart_line line, lowest = { .min = INT64_MAX }, highest = { .max = INT64_MIN };
	char low_text[QUANTITY_TEXT_SIZE];
	char high_text[QUANTITY_TEXT_SIZE];
	size_t i;

	for (i = 0; i < group->series_count; i++) {
		if (!group->series[i]->good)
			continue;
		line = telemetry_line(making->content->record, making->arena, &group->series[i], 1, 0);
		if (line.min < lowest.min) {
			lowest = line;
			low = group->series[i];
		}
		if (line.max > highest.max) {
			highest = line;
			high = group->series[i];
		}
	}
	if (!low || !high)
		return;
	quantity_text(lowest.min, making->chart->unit, low_text);
	quantity_text(highest.max, making->chart->unit, high_text);
	buf_addf(&making->remark,
		 tr(making->content, N_("The band goes from the lowest to the highest of all series, "
					"the line is their mean. Lowest: %s (%s). Highest: %s (%s). ")),
		 low_text, series_label(making->arena, &low->series), high_text,
		 series_label(making->arena, &high->series));
}

static void remark_quality(struct making *making)
{
	uint64_t bad = 0;
	size_t silent = 0;
	size_t i;

	for (i = 0; i < making->group->series_count; i++) {
		bad += making->group->series[i]->bad;
		silent += !making->group->series[i]->good;
	}
	if (bad)
		buf_addf(&making->remark,
			 tr(making->content, N_("%llu of %llu samples were not good. ")),
			 (unsigned long long)bad,
			 (unsigned long long)(bad + good_samples(making->group)));
	if (silent)
		buf_addf(&making->remark,
			 tr(making->content, N_("%zu series gave no good sample at all. ")), silent);
}

/* --- limits ------------------------------------------------------------------------------------- */

static bool group_matches(const struct telemetry_group *group, const char *metric,
			  const char *component)
{
	size_t i;

	if (strcmp(group->metric, metric))
		return false;
	for (i = 0; i < group->series_count; i++) {
		if (!fnmatch(component, group->series[i]->series.component, 0))
			return true;
	}
	return false;
}

/* Ten times as far from zero as any reading: drawn, it would press the readings into a line. */
static bool is_far(const struct making *making, int64_t value)
{
	int64_t size = 0;
	size_t i;

	for (i = 0; i < making->chart->line_count; i++) {
		const struct chart_line *line = &making->line[i];

		size = line->max > size ? line->max : size;
		size = -line->min > size ? -line->min : size;
	}
	return value / 10 > size || value / 10 < -size;
}

static void add_limit(struct making *making, const char *format_msgid, int64_t value)
{
	struct chart *chart = making->chart;
	char text[QUANTITY_TEXT_SIZE];
	const char *label;
	size_t i;

	quantity_text(value, chart->unit, text);
	label = arena_printf(making->arena, "%s %s", tr(making->content, format_msgid),
			     document_clean(making->arena, text));
	if (is_far(making, value)) {
		buf_addf(&making->remark, tr(making->content, N_("Beyond the picture: %s. ")), label);
		return;
	}
	for (i = 0; i < chart->limit_count; i++) {
		if (making->limit[i].value == value) {
			making->limit[i].label = arena_printf(making->arena, "%s, %s",
							      making->limit[i].label, label);
			return;
		}
	}
	making->limit[chart->limit_count++] = (struct chart_limit){ value, label };
}

static void make_limits(struct making *making)
{
	const struct profile *profile = &making->content->record->profile;
	const struct plan *plan = &making->content->record->plan;
	size_t i;

	making->limit = arena_array(making->arena, struct chart_limit,
				    2 * (profile->limit_count + plan->guard_count) + 1);
	for (i = 0; i < profile->limit_count; i++) {
		const struct limit *limit = &profile->limit[i];

		if (!group_matches(making->group, limit->metric, limit->component))
			continue;
		if (limit->has_min)
			add_limit(making, N_("at least"), limit->min);
		if (limit->has_max)
			add_limit(making, N_("at most"), limit->max);
	}
	for (i = 0; i < plan->guard_count; i++) {
		const struct guard_rule *rule = &plan->guard[i];

		if (!group_matches(making->group, rule->metric, rule->component))
			continue;
		if (rule->throttle != INT64_MAX)
			add_limit(making, N_("guard slows down at"), rule->throttle);
		if (rule->stop != INT64_MAX)
			add_limit(making, N_("guard stops at"), rule->stop);
	}
}

/* --- time --------------------------------------------------------------------------------------- */

/* The index in "step/2", -1 for anything else. */
static int64_t step_of(const char *component)
{
	uint64_t index;

	if (strncmp(component, "step/", 5) || scan_u64(component + 5, 0, INT32_MAX, &index) < 0)
		return -1;
	return (int64_t)index;
}

/* The chart of a step's own series shows the time of that step only. */
static bool make_step_time(struct making *making, int64_t step)
{
	const struct outcome *outcome;
	int64_t from = INT64_MAX;
	int64_t to = -1;

	for (outcome = making->content->record->outcome; outcome; outcome = outcome->next) {
		if ((int64_t)outcome->step != step || outcome->ended_ns <= outcome->started_ns)
			continue;
		from = outcome->started_ns < from ? outcome->started_ns : from;
		to = outcome->ended_ns > to ? outcome->ended_ns : to;
	}
	if (to <= from)
		return false;
	making->from_ns = from;
	making->chart->length_ns = to - from;
	making->chart->time_title = tr(making->content, N_("time since the start of the step"));
	return true;
}

static void make_spans(struct making *making)
{
	const struct outcome *outcome;
	struct chart_span *span;
	size_t count = 0;

	for (outcome = making->content->record->outcome; outcome; outcome = outcome->next)
		count++;
	span = arena_array(making->arena, struct chart_span, count + 1);
	making->chart->span = span;
	for (outcome = making->content->record->outcome; outcome; outcome = outcome->next) {
		if (outcome->ended_ns <= outcome->started_ns)
			continue;
		*span++ = (struct chart_span){
			outcome->started_ns, outcome->ended_ns,
			arena_printf(making->arena, "%zu", outcome->step + 1)
		};
		making->chart->span_count++;
	}
}

static const char *chart_title(struct making *making, int64_t step)
{
	const char *title = tr(making->content, metric_title(making->group->metric));
	const char *name = step_name(making->content->record, step);

	if (*name)
		return document_clean(making->arena,
				      arena_printf(making->arena, "%s: %" PRId64 " %s", title,
						   step + 1, name));
	return document_clean(making->arena,
			      arena_printf(making->arena, "%s: %s", title, making->group->kind));
}

static void add_chart(struct content *content, struct block *section,
		      const struct telemetry_group *group, bool from_zero)
{
	struct arena *arena = &content->doc->arena;
	struct chart *chart = arena_new(arena, struct chart);
	struct making making = { .content = content, .arena = arena, .group = group,
				 .chart = chart, .remark = BUF_INIT };
	int64_t step = step_of(group->kind);

	chart->unit = document_clean(arena, group->series[0]->series.unit);
	chart->from_zero = from_zero;
	chart->length_ns = content->record->duration_ns;
	chart->time_title = tr(content, N_("time since the start of the run"));
	chart->title = chart_title(&making, step);
	if (step < 0 || !make_step_time(&making, step))
		make_spans(&making);
	make_lines(&making);
	if (group->series_count > TELEMETRY_LINES)
		remark_ends(&making);
	remark_quality(&making);
	make_limits(&making);
	buf_trim(&making.remark);
	chart->line = making.line;
	chart->limit = making.limit;
	chart->remark = arena_strdup(arena, making.remark.data);
	buf_release(&making.remark);
	document_block(content->doc, section, BLOCK_CHART)->chart = chart;
}

/* --- tables of the rest ------------------------------------------------------------------------- */

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
	struct chart_line line = telemetry_line(content->record, &content->doc->arena, &series, 1, 0);
	const char *unit = series->series.unit;
	bool counter = series->series.kind == SERIES_COUNTER;
	bool known = series->good > 0;
	struct row *row = document_row(content->doc, table);
	enum tone tone = known ? TONE_PLAIN : TONE_WARN;

	document_cell(content->doc, row, TONE_PLAIN, "%s",
		      tr(content, metric_title(series->series.metric)));
	document_cell(content->doc, row, TONE_PLAIN, "%s",
		      series_label(&content->doc->arena, &series->series));
	add_number(content, row, known && !counter, line.min, unit);
	add_number(content, row, known && !counter, line.mean, unit);
	add_number(content, row, known && !counter, line.max, unit);
	add_number(content, row, known && counter, quantity_clamp(series->last) -
		   quantity_clamp(series->first), unit);
	document_cell(content->doc, row, tone, "%" PRIu64 " / %" PRIu64, series->good,
		      series->good + series->bad);
}

/* Many alike counters that stood still share a line. */
static void add_group_readings(struct content *content, struct block *table,
			       const struct telemetry_group *group)
{
	size_t still = 0;
	uint64_t good = 0;
	struct row *row;
	size_t i;

	for (i = 0; i < group->series_count; i++) {
		const struct record_series *series = group->series[i];

		if (group->series_count > TELEMETRY_LINES && series->good && !series->bad &&
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
	document_cell(content->doc, row, TONE_PLAIN, "%s", tr(content, metric_title(group->metric)));
	document_cell(content->doc, row, TONE_MUTED, tr(content, N_("%zu more series of %s")), still,
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
		if (is_charted(group->metric) && good_samples(group))
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

void content_telemetry(struct content *content)
{
	const struct telemetry_group *groups =
		telemetry_groups(content->record, &content->doc->arena);
	const struct telemetry_group *group;
	struct block *section;
	size_t i;

	if (!groups)
		return;
	section = document_section(content->doc, content->root, tr(content, N_("Telemetry")));
	document_paragraph(content->doc, section, TONE_MUTED, "%s",
			   tr(content, N_("Lines are means, bands go from the lowest to the highest "
					  "sample; a line is interrupted where there was no good "
					  "sample. Numbers above a chart are those of the steps; red "
					  "dashes are limits of the profile and of the guard.")));
	for (i = 0; i < ARRAY_SIZE(metric_row); i++) {
		for (group = groups; group; group = group->next) {
			if (metric_row[i].charted && !strcmp(group->metric, metric_row[i].metric) &&
			    good_samples(group))
				add_chart(content, section, group, metric_row[i].from_zero);
		}
	}
	add_readings(content, section, groups);
}
