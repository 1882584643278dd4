/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this run says nothing about: a reader must not take silence for a good answer. */
#include "reports/content.h"
#include "reports/metric_title.h"

#include "harness/base/auto.h"

#include <stdarg.h>
#include <string.h>

struct uncovered {
	struct content *content;
	struct block *list;
};

static void item(struct uncovered *uncovered, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void item(struct uncovered *uncovered, const char *format, ...)
{
	struct document *doc = uncovered->content->doc;
	va_list args;

	va_start(args, format);
	document_cell(doc, document_row(doc, uncovered->list), TONE_PLAIN, "%s",
		      arena_vprintf(&doc->arena, format, args));
	va_end(args);
}

static void check_plan(struct uncovered *uncovered)
{
	struct content *content = uncovered->content;
	const struct plan *plan = &content->record->plan;
	char asked[DURATION_TEXT_SIZE];
	char done[DURATION_TEXT_SIZE];

	if (plan->blind && plan->blind_approver && *plan->blind_approver)
		item(uncovered,
		     tr(content, N_("Run blind: no believable processor temperature; approved "
				    "by %s.")),
		     plan->blind_approver);
	else if (plan->blind)
		item(uncovered,
		     tr(content, N_("Run blind: no believable processor temperature; the "
				    "profile allows it.")));
	if (plan->duration_ns < plan->asked_ns)
		item(uncovered,
		     plan->cut_short
			     ? tr(content,
				  N_("Cut short: %s of %s, which the profile does not allow."))
			     : tr(content, N_("Shortened: %s of %s, as the profile allows.")),
		     format_duration(plan->duration_ns, done),
		     format_duration(plan->asked_ns, asked));
}

static void check_memory(struct uncovered *uncovered)
{
	struct content *content = uncovered->content;
	const struct plan *plan = &content->record->plan;
	char rest[BYTES_TEXT_SIZE];
	char whole[BYTES_TEXT_SIZE];
	uint64_t bytes;

	if (!memory_verified(content->record, &bytes)) {
		item(uncovered, "%s", tr(content, N_("Memory: the profile has no memory step.")));
		return;
	}
	if (bytes < plan->memory_total_bytes)
		item(uncovered, tr(content, N_("Memory: %s of %s were not verified.")),
		     format_bytes(plan->memory_total_bytes - bytes, rest),
		     format_bytes(plan->memory_total_bytes, whole));
	if (!plan->memory_total_certain)
		item(uncovered, "%s",
		     tr(content, N_("Memory: the installed size is what the kernel says; "
				    "the firmware's list of modules was not "
				    "readable.")));
}

static void check_steps(struct uncovered *uncovered)
{
	struct content *content = uncovered->content;
	const struct record *record = content->record;
	size_t i;

	for (i = 0; i < record->plan.step_count; i++) {
		const struct plan_step *step = &record->plan.step[i];
		const struct outcome *outcome = last_outcome(record, i);
		const char *reason = outcome ? outcome->reason : step->skip;

		if (outcome && outcome->kind == OUTCOME_DONE)
			continue;
		item(uncovered, "%s %zu, %s: %s%s%s", tr(content, N_("Step")), i + 1, step->name,
		     tr(content, outcome      ? outcome_title(outcome->kind)
				 : step->skip ? outcome_title(OUTCOME_SKIPPED)
					      : N_("never began")),
		     reason ? "; " : "", reason ? said(content, reason) : "");
	}
}

static void check_sources(struct uncovered *uncovered)
{
	struct content *content = uncovered->content;
	const struct plan *plan = &content->record->plan;
	size_t i;

	for (i = 0; i < plan->telemetry_count; i++) {
		const struct telemetry_source *source = &plan->telemetry[i];

		if (source->problem)
			item(uncovered, tr(content, N_("Telemetry source %s: %s.")), source->name,
			     said(content, source->problem));
		else if (!source->channels && source->looked_at)
			item(uncovered,
			     tr(content, N_("Telemetry source %s: nothing on this machine; "
					    "looked at %s.")),
			     source->name, source->looked_at);
	}
}

static void check_telemetry(struct uncovered *uncovered)
{
	static const char *const wanted[] = { "temperature", "frequency", "work-rate",
					      "edac-corrected", "aer-correctable" };
	struct content *content = uncovered->content;
	const struct record *record = content->record;
	size_t i;
	size_t j;

	for (i = 0; i < ARRAY_SIZE(wanted); i++) {
		size_t there = 0;
		uint64_t good = 0;

		for (j = 0; j < record->series_count; j++) {
			if (strcmp(record->series[j].series.metric, wanted[i]))
				continue;
			there++;
			good += record->series[j].good;
		}
		if (!there)
			item(uncovered, tr(content, N_("%s: this machine offers no such reading.")),
			     tr(content, metric_title(wanted[i])));
		else if (!good)
			item(uncovered,
			     tr(content, N_("%s: %zu sources, none gave a good reading.")),
			     tr(content, metric_title(wanted[i])), there);
	}
	check_sources(uncovered);
	if (record->samples_lost)
		item(uncovered, tr(content, N_("%llu samples were lost before they were written.")),
		     (unsigned long long)record->samples_lost);
	if (!record->watcher_locked)
		item(uncovered, "%s",
		     tr(content, N_("The watching process could not lock its memory; it "
				    "might have been delayed under load.")));
}

static void check_inventory(struct uncovered *uncovered)
{
	struct content *content = uncovered->content;
	const struct class_state *state;

	for (state = content->record->inventory.class_state; state; state = state->next) {
		if (state->presence == PRESENCE_UNREADABLE)
			item(uncovered, tr(content, N_("%s: not readable%s%s")),
			     tr(content, class_title(state->name)),
			     state->note && *state->note ? "; " : "",
			     state->note ? said(content, state->note) : "");
	}
}

static void check_journal(struct uncovered *uncovered)
{
	struct content *content = uncovered->content;
	const struct record *record = content->record;

	if (!record->complete)
		item(uncovered, "%s", tr(content, N_("The run has no end: its journal stops in the "
						     "middle.")));
	if (record->journal_state && !strcmp(record->journal_state, "torn"))
		item(uncovered, "%s",
		     tr(content, N_("The tail of the journal was torn off, as after a "
				    "power cut; what was there before it is here.")));
	if (record->journal_state && !strcmp(record->journal_state, "damaged"))
		item(uncovered, "%s", tr(content, N_("The journal is damaged in the middle.")));
}

void content_uncovered(struct content *content)
{
	struct document *doc = content->doc;
	struct block *section = document_section(doc, content->root,
						 tr(content, N_("What this run does not cover")));
	struct uncovered uncovered = { content, document_block(doc, section, BLOCK_LIST) };

	check_plan(&uncovered);
	check_steps(&uncovered);
	check_memory(&uncovered);
	check_telemetry(&uncovered);
	check_inventory(&uncovered);
	check_journal(&uncovered);
	if (!uncovered.list->row)
		item(&uncovered, "%s",
		     tr(content, N_("Nothing that the profile asks for was left out.")));
}
