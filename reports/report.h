/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_REPORT_H
#define REPORTS_REPORT_H
/*
 * The report of one run, for people: made purely from the record and its verdict, in the language
 * asked for whatever the locale. The same input gives the same bytes.
 *
 *	struct report report = { .record = &record, .verdict = &verdict, .lang = LANG_ZH };
 *	AUTO(buf_release) struct buf out = BUF_INIT;
 *	code = report_write(&report, REPORT_HTML, &out, &err);
 *
 * Everything in struct report is borrowed. A report proves nothing by itself (and says so): the
 * certificate does. ERR_INTERNAL when a writer of that format is missing.
 */
#include "harness/base/buf.h"
#include "harness/base/err.h"
#include "harness/base/lang.h"
#include "harness/model/record.h"
#include "harness/model/verdict.h"

enum report_format {
	REPORT_TEXT = 0,
	REPORT_HTML,
};

struct report {
	const struct record *record;
	const struct verdict *verdict;
	const char *certificate;	/* number of the certificate made from it, or NULL */
	enum lang lang;
	bool is_public;			/* what names the unit was replaced (redact_record.h) */
};

int report_write(const struct report *report, enum report_format format, struct buf *out,
		 struct err *err);

#endif
