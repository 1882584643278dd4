/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/content.h"

#include "harness/base/auto.h"

static const char *const interruption_title[] = {
	[INTERRUPTION_UNKNOWN] = N_("unknown"),
	[INTERRUPTION_SIGNAL] = N_("stopped by a person or a signal"),
	[INTERRUPTION_CRASH] = N_("the test program went away"),
	[INTERRUPTION_REBOOT] = N_("the machine restarted"),
};

static void add_interruptions(struct content *content)
{
	const struct interruption *interruption;
	struct document *doc = content->doc;
	struct block *section;
	struct block *table;

	if (!content->record->interruption)
		return;
	section = document_section(doc, content->root, tr(content, N_("Interruptions")));
	table = document_block(doc, section, BLOCK_TABLE);
	document_column(doc, table, ALIGN_LEFT, tr(content, N_("What happened")));
	document_column(doc, table, ALIGN_RIGHT, tr(content, N_("After")));
	document_column(doc, table, ALIGN_RIGHT, tr(content, N_("Resumed after")));
	for (interruption = content->record->interruption; interruption;
	     interruption = interruption->next) {
		struct row *row = document_row(doc, table);
		size_t kind = (size_t)interruption->kind < ARRAY_SIZE(interruption_title)
				      ? interruption->kind : INTERRUPTION_UNKNOWN;
		char text[DURATION_TEXT_SIZE];

		document_cell(doc, row, TONE_WARN, "%s", tr(content, interruption_title[kind]));
		document_cell(doc, row, TONE_PLAIN, "%s",
			      format_duration(interruption->time_ns, text));
		document_cell(doc, row, TONE_PLAIN, "%s",
			      interruption->resumed_ns < 0
				      ? tr(content, N_("not resumed"))
				      : format_duration(interruption->resumed_ns, text));
	}
}

static void add_settings(struct content *content)
{
	const struct setting *setting;
	struct document *doc = content->doc;
	struct block *section;
	struct block *table;

	if (!content->record->setting)
		return;
	section = document_section(doc, content->root,
				   tr(content, N_("Settings changed on the machine")));
	table = document_block(doc, section, BLOCK_TABLE);
	document_column(doc, table, ALIGN_LEFT, tr(content, N_("Setting")));
	document_column(doc, table, ALIGN_LEFT, tr(content, N_("Before")));
	document_column(doc, table, ALIGN_LEFT, tr(content, N_("During")));
	document_column(doc, table, ALIGN_LEFT, tr(content, N_("Afterwards")));
	for (setting = content->record->setting; setting; setting = setting->next) {
		struct row *row = document_row(doc, table);

		document_cell(doc, row, TONE_CODE, "%s", setting->path);
		document_cell(doc, row, TONE_PLAIN, "%s", setting->before);
		document_cell(doc, row, TONE_PLAIN, "%s", setting->during);
		document_cell(doc, row, setting->restored ? TONE_GOOD : TONE_BAD, "%s",
			      setting->restored ? tr(content, N_("put back"))
						: tr(content, N_("NOT put back")));
	}
}

void content_events(struct content *content)
{
	add_interruptions(content);
	add_settings(content);
}
