/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings by code, the gravest first; of each code the first ones with all their evidence. */
#include "reports/content.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"

#include <string.h>

enum { SHOWN_OF_A_CODE = 20 };

static const char *const severity_title[] = {
	[SEVERITY_CRITICAL] = N_("critical"),
	[SEVERITY_MAJOR] = N_("major"),
	[SEVERITY_MINOR] = N_("minor"),
	[SEVERITY_NOTE] = N_("note"),
};

static enum severity severity_of(const struct finding *finding)
{
	enum severity severity = finding->code->severity;

	return (size_t)severity < ARRAY_SIZE(severity_title) ? severity : SEVERITY_CRITICAL;
}

static bool same_code(const struct finding *a, const struct finding *b)
{
	return !strcmp(a->code->code, b->code->code);
}

static bool is_first_of_code(const struct content *content, const struct finding *finding)
{
	const struct finding *before = content->record->finding;

	while (before != finding && !same_code(before, finding))
		before = before->next;
	return before == finding;
}

static void add_occurrence(struct content *content, struct block *table,
			   const struct finding *finding)
{
	AUTO(buf_release) struct buf evidence = BUF_INIT;
	const struct evidence *item;
	struct row *row = document_row(content->doc, table);
	char time[DURATION_TEXT_SIZE];

	for (item = finding->evidence; item; item = item->next)
		buf_addf(&evidence, "%s%s = %s", evidence.size ? ";  " : "", item->name,
			 item->value);
	document_cell(content->doc, row, TONE_PLAIN, "%s",
		      finding->component && *finding->component ? finding->component
								: tr(content, N_("whole machine")));
	document_cell(content->doc, row, TONE_PLAIN, "%s",
		      step_name(content->record, finding->step));
	document_cell(content->doc, row, TONE_PLAIN, "%s",
		      finding->time_ns < 0 ? "-" : format_duration(finding->time_ns, time));
	document_cell(content->doc, row, TONE_CODE, "%s", evidence.data);
}

static void add_code(struct content *content, struct block *section, const struct finding *first)
{
	struct document *doc = content->doc;
	enum severity severity = severity_of(first);
	const struct finding *finding;
	struct block *part;
	struct block *table;
	size_t count = 0;

	part = document_section(doc, section,
				arena_printf(&doc->arena, "%s  (%s)",
					     tr(content, first->code->summary), first->code->code));
	document_paragraph(doc, part, severity <= SEVERITY_MAJOR ? TONE_BAD : TONE_WARN,
			   tr(content, N_("Severity: %s. At fault: %s. What to do: %s")),
			   tr(content, severity_title[severity]),
			   first->code->fault_of == FAULT_OF_STATION
				   ? tr(content, N_("the test station"))
				   : tr(content, N_("the machine under test")),
			   tr(content, first->code->advice));
	table = document_block(doc, part, BLOCK_TABLE);
	document_column(doc, table, ALIGN_LEFT, tr(content, N_("Component")));
	document_column(doc, table, ALIGN_LEFT, tr(content, N_("Step")));
	document_column(doc, table, ALIGN_LEFT, tr(content, N_("After")));
	document_column(doc, table, ALIGN_LEFT, tr(content, N_("Evidence")));
	for (finding = first; finding; finding = finding->next) {
		if (same_code(finding, first) && count++ < SHOWN_OF_A_CODE)
			add_occurrence(content, table, finding);
	}
	if (count > SHOWN_OF_A_CODE)
		document_paragraph(doc, part, TONE_MUTED,
				   tr(content, N_("%zu more of them are in the record.")),
				   count - SHOWN_OF_A_CODE);
}

void content_findings(struct content *content)
{
	const struct finding *finding;
	struct block *section;
	unsigned int severity;

	if (!content->record->finding)
		return;
	section = document_section(content->doc, content->root, tr(content, N_("Findings")));
	for (severity = 0; severity < ARRAY_SIZE(severity_title); severity++) {
		for (finding = content->record->finding; finding; finding = finding->next) {
			if (severity_of(finding) == severity && is_first_of_code(content, finding))
				add_code(content, section, finding);
		}
	}
}
