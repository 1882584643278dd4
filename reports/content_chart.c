/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One group of series as a chart, with the limits and guard rules that concern it. */
#include "reports/content_chart.h"
#include "reports/metric_title.h"

#include "harness/base/buf.h"

#include <fnmatch.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

struct making {
	struct content *content;
	struct arena *arena;
	const struct telemetry_group *group;
	struct chart *chart;
	struct chart_line *line;
	struct chart_limit *limit;
	struct buf remark;
	struct telemetry_window window;
	int64_t step;		/* the step whose time is shown, -1: the whole run */
};

static const struct plan_step *planned(const struct making *making)
{
	const struct plan *plan = &making->content->record->plan;

	return making->step >= 0 && (uint64_t)making->step < plan->step_count
		       ? &plan->step[making->step] : NULL;
}

/* Of a step's own series it is the kernel that a reader wants to know. */
static const char *line_label(struct making *making, const struct series *series)
{
	const struct plan_step *step = planned(making);

	if (!step || strncmp(series->component, "step/", 5))
		return telemetry_label(making->arena, series);
	return document_clean(making->arena,
			      step_mode_kernels(making->arena, &step->mode, step->kernel));
}

static void make_lines(struct making *making)
{
	const struct telemetry_group *group = making->group;
	const struct record *record = making->content->record;
	size_t i;

	if (group->series_count > TELEMETRY_LINES) {
		making->line = arena_array(making->arena, struct chart_line, 1);
		making->line[0] = telemetry_line(record, making->arena, group->series,
						 group->series_count, &making->window);
		making->line[0].label = arena_printf(
			making->arena, tr(making->content, N_("%zu series of %s")),
			group->series_count, document_clean(making->arena, group->kind));
		making->chart->line_count = making->line[0].count > 0;
		return;
	}
	making->line = arena_array(making->arena, struct chart_line, group->series_count);
	for (i = 0; i < group->series_count; i++) {
		struct chart_line line = telemetry_line(record, making->arena, &group->series[i], 1,
							&making->window);

		if (!line.count)
			continue;
		line.label = line_label(making, &group->series[i]->series);
		making->line[making->chart->line_count++] = line;
	}
}

static void remark(struct making *making, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* One more sentence below the chart. */
static void remark(struct making *making, const char *format, ...)
{
	va_list args;

	if (making->remark.size)
		buf_addc(&making->remark, ' ');
	va_start(args, format);
	buf_addv(&making->remark, format, args);
	va_end(args);
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
		line = telemetry_line(making->content->record, making->arena, &group->series[i], 1,
				      &making->window);
		if (!line.count)
			continue;
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
	remark(making,
	       tr(making->content,
		  N_("The band goes from the lowest to the highest of all series, "
		     "the line is their mean. Lowest: %s (%s). Highest: %s (%s).")),
	       low_text, telemetry_label(making->arena, &low->series), high_text,
	       telemetry_label(making->arena, &high->series));
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
		remark(making, tr(making->content, N_("%llu of %llu samples were not good.")),
		       (unsigned long long)bad,
		       (unsigned long long)(bad + telemetry_good(making->group)));
	if (silent)
		remark(making, tr(making->content, N_("%zu series gave no good sample at all.")),
		       silent);
}

/* --- limits ----------------------------------------------------------------------------------- */

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
		remark(making, tr(making->content, N_("Beyond the picture: %s.")), label);
		return;
	}
	for (i = 0; i < chart->limit_count; i++) {
		if (making->limit[i].value == value) {
			making->limit[i].label = arena_printf(making->arena, "%s, %s",
							      making->limit[i].label, label);
			return;
		}
	}
	for (i = chart->limit_count++; i > 0 && making->limit[i - 1].value < value; i--)
		making->limit[i] = making->limit[i - 1];
	making->limit[i] = (struct chart_limit){ value, label };
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

/* --- time ------------------------------------------------------------------------------------- */

/* From the first beginning to the last end of a step. */
static bool find_step(struct making *making)
{
	const struct outcome *outcome;
	int64_t from = INT64_MAX;
	int64_t to = -1;

	for (outcome = making->content->record->outcome; outcome; outcome = outcome->next) {
		if ((int64_t)outcome->step != making->step ||
		    outcome->ended_ns <= outcome->started_ns)
			continue;
		from = outcome->started_ns < from ? outcome->started_ns : from;
		to = outcome->ended_ns > to ? outcome->ended_ns : to;
	}
	making->window = (struct telemetry_window){ from, to };
	return from >= 0 && to > from;
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

static const char *chart_title(const struct making *making)
{
	const struct plan_step *step = planned(making);
	const char *title = tr(making->content, metric_title(making->group->metric));

	if (!step)
		return document_clean(making->arena, arena_printf(making->arena, "%s: %s", title,
								  making->group->kind));
	if (strncmp(making->group->kind, "step/", 5))
		title = tr(making->content, N_("Work rate of each processor"));
	return document_clean(making->arena, arena_printf(making->arena, "%s: %zu %s", title,
							  step->index + 1, step->name));
}

/* Sources call every rate "1/s"; the kernel says what is counted. */
static const char *chart_unit(const struct making *making)
{
	const struct plan_step *step = planned(making);
	const char *unit = making->group->series[0]->series.unit;

	if (step && !strcmp(unit, "1/s") && !strcmp(step->kernel->work_unit, "byte"))
		return "B/s";
	return document_clean(making->arena, unit);
}

static void make_time(struct making *making)
{
	if (making->step >= 0) {
		making->chart->length_ns = making->window.to_ns - making->window.from_ns;
		making->chart->time_title =
			tr(making->content, N_("time since the start of the step"));
		return;
	}
	making->window = (struct telemetry_window){ 0, INT64_MAX };
	making->chart->length_ns = making->content->record->duration_ns;
	making->chart->time_title = tr(making->content, N_("time since the start of the run"));
	make_spans(making);
}

void content_chart(struct content *content, struct block *section,
		   const struct telemetry_group *group, int64_t step)
{
	struct arena *arena = &content->doc->arena;
	struct chart *chart = arena_new(arena, struct chart);
	struct making making = { .content = content, .arena = arena, .group = group,
				 .chart = chart, .remark = BUF_INIT, .step = step };

	if (step >= 0 && !find_step(&making))
		return;
	chart->unit = chart_unit(&making);
	chart->from_zero = metric_look(group->metric) == METRIC_CHART_FROM_ZERO;
	chart->title = chart_title(&making);
	make_time(&making);
	make_lines(&making);
	if (!chart->line_count)
		return;
	if (group->series_count > TELEMETRY_LINES)
		remark_ends(&making);
	if (step < 0)
		remark_quality(&making);
	make_limits(&making);
	chart->line = making.line;
	chart->limit = making.limit;
	chart->remark = arena_strdup(arena, making.remark.data);
	buf_release(&making.remark);
	document_block(content->doc, section, BLOCK_CHART)->chart = chart;
}
