/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_WRITER_H
#define REPORTS_WRITER_H
/*
 * A form in which a document can be shown: one row of writer_table (table.c), one file. write()
 * appends the whole document to `out`; it cannot fail but for want of memory (base/memory.h).
 */
#include "harness/base/buf.h"
#include "reports/document.h"
#include "reports/report.h"

struct writer {
	enum report_format format;
	const char *name;	/* "html" */
	const char *suffix;	/* ".html": chooses the writer by the name of a file */
	const char *summary;	/* translatable, one line */
	void (*write)(const struct document *doc, struct buf *out);
};

extern const struct writer *const writer_table[];
extern const size_t writer_count;

const struct writer *writer_find(enum report_format format);	/* or NULL */
/* By the end of a file's name; NULL when no writer has that suffix. */
const struct writer *writer_for_file(const char *name);

#endif
