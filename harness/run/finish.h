/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_FINISH_H
#define RUN_FINISH_H
/*
 * From a journal to what a run leaves behind: record.json, verdict.json, report.html.
 *
 *	AUTO(finish_release) struct finish finish = FINISH_INIT;
 *	code = finish_record(&scan, &kernels, &finish, &err);	record, its bytes, verdict: in memory
 *	code = finish_write("dir", LANG_ZH, &finish, &err);	the three files
 *
 * finish_record is pure. finish_write replaces what is there, each file whole or not at all.
 */
#include "harness/base/buf.h"
#include "harness/base/err.h"
#include "harness/base/lang.h"
#include "harness/model/kernel_spec.h"
#include "harness/model/record.h"
#include "harness/model/verdict.h"
#include "harness/run/journal.h"

#define RECORD_NAME "record.json"
#define VERDICT_NAME "verdict.json"
#define REPORT_NAME "report.html"

struct finish {
	struct record record;
	struct buf record_bytes;
	char record_digest[DIGEST_TEXT_SIZE];
	struct verdict verdict;
};

#define FINISH_INIT                                                                                \
	{ .record = RECORD_INIT, .record_bytes = BUF_INIT, .verdict = VERDICT_INIT }

int finish_record(const struct journal_scan *scan, const struct kernel_table *kernels,
		  struct finish *finish, struct err *err);
/* The same from the journal in a run folder that nobody here holds. */
int finish_read(const char *folder, const struct kernel_table *kernels, struct finish *finish,
		struct err *err);
int finish_write(const char *folder, enum lang lang, const struct finish *finish, struct err *err);
void finish_release(struct finish *finish);

#endif
