/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The limits of the profile with what was read, and the rules of the guard. */
#include "reports/content.h"
#include "reports/metric_title.h"

#include "harness/base/auto.h"
#include "harness/model/metric.h"

#include <fnmatch.h>
#include <string.h>

/* What the series of one limit say together. */
struct judged {
	const char *unit;	/* NULL: no series has that metric there */
	int64_t longest_ns;
	int64_t worst;		/* meaningful when longest_ns > 0 */
	const char *where;
};

static bool concerns(const struct limit *limit, const struct series *series)
{
	return !strcmp(limit->metric, series->metric) &&
	       !fnmatch(limit->component, series->component, 0);
}

static struct judged judge(const struct record *record, size_t index)
{
	struct judged judged = { .unit = NULL };
	size_t i;

	for (i = 0; i < record->series_count; i++) {
		const struct record_series *series = &record->series[i];
		const struct record_excess *excess;

		if (!concerns(&record->profile.limit[index], &series->series))
			continue;
		judged.unit = series->series.unit;
		for (excess = series->excess; excess; excess = excess->next) {
			if (excess->limit != index || excess->longest_ns <= judged.longest_ns)
				continue;
			judged.longest_ns = excess->longest_ns;
			judged.worst = excess->worst;
			judged.where = series->series.component;
		}
	}
	return judged;
}

/* A limit has its unit even where nothing was read. */
static const char *unit_of(const char *name)
{
	const struct metric *metric = metric_find(name);

	return metric ? metric->unit : "";
}

static const char *range_text(struct content *content, const struct limit *limit, const char *unit)
{
	struct arena *arena = &content->doc->arena;
	char low[QUANTITY_TEXT_SIZE];
	char high[QUANTITY_TEXT_SIZE];

	unit = unit ? unit : unit_of(limit->metric);
	quantity_text(limit->min, unit, low);
	quantity_text(limit->max, unit, high);
	if (limit->has_min && limit->has_max)
		return arena_printf(arena, "%s ... %s", low, high);
	return arena_printf(arena, "%s %s",
			    limit->has_min ? tr(content, N_("at least"))
					   : tr(content, N_("at most")),
			    limit->has_min ? low : high);
}

static void add_limit(struct content *content, struct block *table, size_t index)
{
	const struct limit *limit = &content->record->profile.limit[index];
	struct judged judged = judge(content->record, index);
	struct document *doc = content->doc;
	struct row *row = document_row(doc, table);
	char text[DURATION_TEXT_SIZE];
	char worst[QUANTITY_TEXT_SIZE];

	document_cell(doc, row, TONE_PLAIN, "%s", tr(content, metric_title(limit->metric)));
	document_cell(doc, row, TONE_PLAIN, "%s", limit->component);
	document_cell(doc, row, TONE_PLAIN, "%s", range_text(content, limit, judged.unit));
	document_cell(doc, row, TONE_PLAIN, "%s", format_duration(limit->hold_ns, text));
	if (!judged.unit)
		document_cell(doc, row, limit->optional ? TONE_MUTED : TONE_WARN, "%s",
			      limit->optional ? tr(content, N_("no such reading, not required"))
					      : tr(content, N_("no such reading")));
	else if (!judged.longest_ns)
		document_cell(doc, row, TONE_GOOD, "%s", tr(content, N_("kept")));
	else
		document_cell(doc, row, judged.longest_ns > limit->hold_ns ? TONE_BAD : TONE_PLAIN,
			      tr(content, N_("outside for %s, worst %s, %s")),
			      format_duration(judged.longest_ns, text),
			      quantity_text(judged.worst, judged.unit, worst), judged.where);
}

static void columns(struct content *content, struct block *table, const char *const *title,
		    size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		document_column(content->doc, table, ALIGN_LEFT, tr(content, title[i]));
}

static void add_limits(struct content *content)
{
	static const char *const head[] = { N_("Reading"), N_("Where"), N_("Allowed"),
					    N_("Held for"), N_("Result") };
	const struct profile *profile = &content->record->profile;
	struct block *section;
	struct block *table;
	size_t i;

	if (!profile->limit_count)
		return;
	section = document_section(content->doc, content->root,
				   tr(content, N_("Limits of the profile")));
	table = document_block(content->doc, section, BLOCK_TABLE);
	columns(content, table, head, ARRAY_SIZE(head));
	for (i = 0; i < profile->limit_count; i++)
		add_limit(content, table, i);
}

static void add_guard(struct content *content)
{
	static const char *const head[] = { N_("Reading"),       N_("Where"),
					    N_("Slows down at"), N_("Stops at"),
					    N_("Held for"),      N_("Hot when silent for") };
	const struct plan *plan = &content->record->plan;
	struct document *doc = content->doc;
	struct block *section;
	struct block *table;
	char text[QUANTITY_TEXT_SIZE];
	char time[DURATION_TEXT_SIZE];
	size_t i;

	if (!plan->guard_count)
		return;
	section = document_section(doc, content->root, tr(content, N_("Guard")));
	table = document_block(doc, section, BLOCK_TABLE);
	columns(content, table, head, ARRAY_SIZE(head));
	for (i = 0; i < plan->guard_count; i++) {
		const struct guard_rule *rule = &plan->guard[i];
		const char *unit = unit_of(rule->metric);
		struct row *row = document_row(doc, table);

		document_cell(doc, row, TONE_PLAIN, "%s", tr(content, metric_title(rule->metric)));
		document_cell(doc, row, TONE_PLAIN, "%s", rule->component);
		document_cell(doc, row, TONE_PLAIN, "%s", rule->throttle == INT64_MAX
			      ? "-" : quantity_text(rule->throttle, unit, text));
		document_cell(doc, row, TONE_PLAIN, "%s", rule->stop == INT64_MAX
			      ? "-" : quantity_text(rule->stop, unit, text));
		document_cell(doc, row, TONE_PLAIN, "%s", format_duration(rule->hold_ns, time));
		document_cell(doc, row, TONE_PLAIN, "%s", format_duration(rule->silent_ns, time));
	}
}

void content_limits(struct content *content)
{
	add_limits(content);
	add_guard(content);
}
