/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/report.h"

#include "harness/base/auto.h"
#include "reports/content.h"
#include "reports/writer.h"

/* The order in which a reader asks: held? why? what was wrong? which machine? what was done? */
static void (*const chapter[])(struct content *content) = {
	content_head,	   content_findings,  content_machine,	 content_steps,	 content_uncovered,
	content_limits,	   content_telemetry, content_inventory, content_events, content_evidence,
};

int report_write(const struct report *report, enum report_format format, struct buf *out,
		 struct err *err)
{
	const struct writer *writer = writer_find(format);
	struct document doc;
	struct content content = {
		.doc = &doc,
		.record = report->record,
		.verdict = report->verdict,
		.certificate = report->certificate,
		.is_public = report->is_public,
	};
	size_t i;

	if (!writer)
		return err_set(err, ERR_INTERNAL, "there is no writer for report format %d",
			       (int)format);
	document_init(&doc, report->lang);
	content.root = doc.root;
	for (i = 0; i < ARRAY_SIZE(chapter); i++)
		chapter[i](&content);
	writer->write(&doc, out);
	document_release(&doc);
	return 0;
}
