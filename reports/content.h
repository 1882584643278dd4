/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_CONTENT_H
#define REPORTS_CONTENT_H
/*
 * What stands in the report of a run: one function a chapter, each appends to the document. Pure:
 * record and verdict in, blocks out.
 */
#include "harness/base/lang.h"
#include "harness/base/scan.h"
#include "reports/document.h"
#include "reports/quantity.h"
#include "reports/report.h"

#define N_(text) (text)

struct content {
	struct document *doc;
	struct block *root;
	const struct record *record;
	const struct verdict *verdict;
	const char *certificate;
	bool is_public;
};

void content_head(struct content *content);		/* banner, figures, reasons */
void content_findings(struct content *content);
void content_machine(struct content *content);
void content_steps(struct content *content);
void content_uncovered(struct content *content);	/* what this run says nothing about */
void content_limits(struct content *content);
void content_telemetry(struct content *content);
void content_inventory(struct content *content);
void content_events(struct content *content);		/* interruptions, settings */
void content_evidence(struct content *content);		/* digests, versions, what proves what */

/* --- shared by the chapters ------------------------------------------------------------------- */

/* A msgid in the language of the document; also good for formats. */
const char *tr(const struct content *content, const char *msgid) __attribute__((format_arg(2)));
/* A finished English sentence of the record, in the document's language (base/lang_sentence.h). */
const char *said(const struct content *content, const char *english);

/* "2026-11-23 05:54:00 UTC" */
#define WALL_TEXT_SIZE 40
char *wall_text(int64_t wall_s, char out[WALL_TEXT_SIZE]);

/* Thousandths of a percent that part is of whole: 0 when whole is 0; more than 100 % is 100 %. */
int64_t share_milli_percent(uint64_t part, uint64_t whole);

/* The last attempt of a step, NULL when it never began. */
const struct outcome *last_outcome(const struct record *record, size_t step);

/* Most distinct bytes that one memory step verified; false when the plan has none. */
bool memory_verified(const struct record *record, uint64_t *ret_bytes);

/* "Memory" or the plain name of a class; kinds of outcomes; in English, to be translated. */
const char *class_title(const char *name);
const char *outcome_title(enum outcome_kind kind);
enum tone outcome_tone(enum outcome_kind kind);

/* The name of a step, "" for an index that the plan does not have. */
const char *step_name(const struct record *record, int64_t step);

#endif
