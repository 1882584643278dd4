/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/content.h"
#include "reports/machine.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *word[2];	/* by enum lang: its own language first */
	enum tone tone;
} verdict_row[] = {
	[VERDICT_INCOMPLETE] = { { "INCOMPLETE 未完成", "未完成 INCOMPLETE" }, TONE_WARN },
	[VERDICT_FAIL] = { { "FAIL 不合格", "不合格 FAIL" }, TONE_BAD },
	[VERDICT_PASS] = { { "PASS 合格", "合格 PASS" }, TONE_GOOD },
};

static void add_profile(struct content *content, struct block *pairs)
{
	const struct plan *plan = &content->record->plan;
	const struct profile *profile = &content->record->profile;
	const char *title = content->doc->lang == LANG_ZH ? profile->title_zh : profile->title_en;
	struct row *row = document_row(content->doc, pairs);

	document_cell(content->doc, row, TONE_PLAIN, "%s", tr(content, N_("Profile")));
	document_cell(content->doc, row, TONE_PLAIN, "%s%s%s (%s %" PRId64 ")",
		      plan->profile_name ? plan->profile_name : "", title && *title ? " - " : "",
		      title ? title : "", tr(content, N_("version")), plan->profile_version);
}

static void add_banner(struct content *content)
{
	const struct record *record = content->record;
	struct document *doc = content->doc;
	struct block *banner = document_block(doc, content->root, BLOCK_BANNER);
	size_t kind = (size_t)content->verdict->kind <= VERDICT_PASS ? content->verdict->kind
								      : VERDICT_INCOMPLETE;
	char text[WALL_TEXT_SIZE];
	char name[MACHINE_TEXT_SIZE];

	banner->tone = verdict_row[kind].tone;
	banner->text = verdict_row[kind].word[doc->lang];
	document_pair(doc, banner, tr(content, N_("Serial")), TONE_PLAIN,
		      record->serial && *record->serial ? record->serial
							: tr(content, N_("not given")));
	document_pair(doc, banner, tr(content, N_("Stage")), TONE_PLAIN,
		      tr(content, stage_title(record->plan.stage)));
	document_pair(doc, banner, tr(content, N_("Machine")), TONE_PLAIN,
		      *machine_product(&record->inventory, name) ? name
								 : tr(content, N_("not known")));
	document_pair(doc, banner, tr(content, N_("Processor")), TONE_PLAIN,
		      *machine_cpu(&record->inventory, name) ? name
							     : tr(content, N_("not known")));
	add_profile(content, banner);
	document_pair(doc, banner, tr(content, N_("Lot")), TONE_PLAIN, record->lot);
	document_pair(doc, banner, tr(content, N_("Started")), TONE_PLAIN,
		      wall_text(record->started_wall_s, text));
	document_pair(doc, banner, tr(content, N_("Ended")), TONE_PLAIN,
		      wall_text(record->ended_wall_s, text));
	document_pair(doc, banner, tr(content, N_("Certificate")), TONE_PLAIN,
		      content->certificate);
}

static void figure(struct content *content, struct block *figures, enum tone tone,
		   const char *number, const char *caption)
{
	struct row *row = document_row(content->doc, figures);

	document_cell(content->doc, row, tone, "%s", number);
	document_cell(content->doc, row, TONE_MUTED, "%s", caption);
}

static void figure_steps(struct content *content, struct block *figures)
{
	const struct plan *plan = &content->record->plan;
	char text[64];
	size_t done = 0;
	size_t i;

	for (i = 0; i < plan->step_count; i++) {
		const struct outcome *outcome = last_outcome(content->record, i);

		done += outcome && outcome->kind == OUTCOME_DONE;
	}
	snprintf(text, sizeof(text), "%zu / %zu", done, plan->step_count);
	figure(content, figures, done == plan->step_count ? TONE_GOOD : TONE_WARN, text,
	       tr(content, N_("steps done")));
}

static void figure_findings(struct content *content, struct block *figures)
{
	const struct finding *finding;
	enum tone tone = TONE_GOOD;
	char text[24];
	size_t count = 0;

	for (finding = content->record->finding; finding; finding = finding->next) {
		count++;
		if (finding->code->severity <= SEVERITY_MAJOR)
			tone = TONE_BAD;
		else if (tone == TONE_GOOD)
			tone = TONE_WARN;
	}
	snprintf(text, sizeof(text), "%zu", count);
	figure(content, figures, tone, text, tr(content, N_("findings")));
}

static void figure_memory(struct content *content, struct block *figures)
{
	char text[QUANTITY_TEXT_SIZE];
	uint64_t bytes;
	int64_t share;

	if (!memory_verified(content->record, &bytes))
		return;
	share = share_milli_percent(bytes, content->record->plan.memory_total_bytes);
	figure(content, figures, bytes ? TONE_PLAIN : TONE_WARN, quantity_text(share, "%", text),
	       tr(content, N_("of the memory verified")));
}

static void figure_hottest(struct content *content, struct block *figures)
{
	const struct record *record = content->record;
	int64_t hottest = INT64_MIN;
	char text[QUANTITY_TEXT_SIZE];
	size_t i;
	size_t j;

	for (i = 0; i < record->series_count; i++) {
		const struct record_series *series = &record->series[i];

		if (strcmp(series->series.metric, "temperature"))
			continue;
		for (j = 0; j < series->bucket_count; j++) {
			if (series->bucket[j].good && series->bucket[j].max > hottest)
				hottest = series->bucket[j].max;
		}
	}
	if (hottest == INT64_MIN)
		figure(content, figures, TONE_WARN, "-",
		       tr(content, N_("no temperature was read")));
	else
		figure(content, figures, TONE_PLAIN, quantity_text(hottest, "C", text),
		       tr(content, N_("hottest reading")));
}

static void add_figures(struct content *content)
{
	struct block *figures = document_block(content->doc, content->root, BLOCK_FIGURES);
	char text[DURATION_TEXT_SIZE];

	figure_steps(content, figures);
	figure_findings(content, figures);
	figure_memory(content, figures);
	figure_hottest(content, figures);
	figure(content, figures, TONE_PLAIN, format_duration(content->record->duration_ns, text),
	       tr(content, N_("duration of the run")));
}


static void add_reasons(struct content *content)
{
	struct document *doc = content->doc;
	const struct reason *reason;
	struct block *section;
	struct block *table;

	if (!content->verdict->reason) {
		document_paragraph(
			doc, content->root, TONE_GOOD, "%s",
			tr(content, N_("Every required step was carried out, its work was "
				       "counted against the profile, and nothing that was "
				       "found fails the machine.")));
		return;
	}
	section = document_section(doc, content->root, tr(content, N_("Why this verdict")));
	table = document_block(doc, section, BLOCK_TABLE);
	document_column(doc, table, ALIGN_LEFT, tr(content, N_("Leads to")));
	document_column(doc, table, ALIGN_LEFT, tr(content, N_("Reason")));
	document_column(doc, table, ALIGN_LEFT, tr(content, N_("Concerns")));
	document_column(doc, table, ALIGN_LEFT, tr(content, N_("Details")));
	for (reason = content->verdict->reason; reason; reason = reason->next) {
		struct row *row = document_row(doc, table);
		bool fail = reason->towards == VERDICT_FAIL;

		document_cell(doc, row, fail ? TONE_BAD : TONE_WARN, "%s",
			      fail ? tr(content, N_("FAIL")) : tr(content, N_("INCOMPLETE")));
		document_cell(doc, row, TONE_PLAIN, "%s",
			      tr(content, reason_code_summary(reason->code)))
			->note = document_clean(&doc->arena, reason->code);
		document_cell(doc, row, TONE_PLAIN, "%s", reason->subject ? reason->subject : "");
		document_cell(doc, row, TONE_PLAIN, "%s",
			      reason->detail ? said(content, reason->detail) : "");
	}
}

void content_head(struct content *content)
{
	const struct record *record = content->record;
	struct document *doc = content->doc;

	document_title(
		doc,
		arena_printf(&doc->arena, "%s  %s", tr(content, N_("Burn-in test report")),
			     record->serial && *record->serial ? record->serial : record->run_id));
	add_banner(content);
	if (content->is_public)
		document_paragraph(doc, content->root, TONE_MUTED, "%s",
				   tr(content, N_("In this copy the serial numbers, addresses and "
						  "names of the unit and of people are replaced by "
						  "others of the same form.")));
	add_figures(content);
	add_reasons(content);
}
