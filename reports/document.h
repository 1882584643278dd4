/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_DOCUMENT_H
#define REPORTS_DOCUMENT_H
/*
 * What a report says, free of how it is shown: a tree of blocks that the writers (writer.h) turn
 * into HTML, text and later other forms.
 *
 *	struct document doc;
 *	document_init(&doc, LANG_ZH);
 *	struct block *section = document_section(&doc, doc.root, "Steps");
 *	struct block *table = document_block(&doc, section, BLOCK_TABLE);
 *	document_column(&doc, table, ALIGN_LEFT, "Step");
 *	struct row *row = document_row(&doc, table);
 *	document_cell(&doc, row, TONE_PLAIN, "%s", name);
 *	document_release(&doc);
 *
 * Everything lives in the document's arena. Text is cleaned as it comes in, so a writer can trust
 * it to be valid UTF-8 on one line without control, bidirectional or non-characters: those become
 * U+FFFD, blanks of any kind one space each, and text beyond DOCUMENT_TEXT_MAX characters is cut
 * with a remark how much is missing (the record holds it all).
 */
#include "harness/base/arena.h"
#include "harness/base/lang.h"

#include <stdbool.h>
#include <stddef.h>

struct chart;

enum { DOCUMENT_TEXT_MAX = 600 };

enum tone {
	TONE_PLAIN = 0,
	TONE_MUTED,
	TONE_GOOD,
	TONE_BAD,
	TONE_WARN,
	TONE_CODE,		/* digests, seeds, paths: fixed width */
};

enum align {
	ALIGN_LEFT = 0,
	ALIGN_RIGHT,
};

enum block_kind {
	BLOCK_SECTION = 0,	/* text: title; children */
	BLOCK_PARAGRAPH,	/* text */
	BLOCK_LIST,		/* rows of one cell */
	BLOCK_PAIRS,		/* rows of two cells: what, and its value */
	BLOCK_TABLE,		/* columns; rows of one cell each */
	BLOCK_FIGURES,		/* rows of two cells: a number, and what it counts */
	BLOCK_BANNER,		/* text: the verdict; rows as BLOCK_PAIRS */
	BLOCK_CHART,
};

struct cell {
	enum tone tone;
	const char *text;
	const char *note;	/* where it comes from; NULL; writers may leave it out */
	struct cell *next;
};

struct row {
	struct cell *cell, **cell_tail;
	struct row *next;
};

struct column {
	enum align align;
	const char *title;
	struct column *next;
};

struct block {
	enum block_kind kind;
	enum tone tone;
	const char *text;
	struct column *column, **column_tail;
	struct row *row, **row_tail;
	const struct chart *chart;
	struct block *child, **child_tail;
	struct block *next;
};

struct document {
	struct arena arena;
	enum lang lang;
	const char *title;
	struct block *root;	/* a section; its text is the title */
};

void document_init(struct document *doc, enum lang lang);
void document_release(struct document *doc);
void document_title(struct document *doc, const char *title);

struct block *document_block(struct document *doc, struct block *parent, enum block_kind kind);
struct block *document_section(struct document *doc, struct block *parent, const char *title);
struct block *document_paragraph(struct document *doc, struct block *parent, enum tone tone,
				 const char *format, ...) __attribute__((format(printf, 4, 5)));
void document_column(struct document *doc, struct block *table, enum align align,
		     const char *title);
struct row *document_row(struct document *doc, struct block *block);
struct cell *document_cell(struct document *doc, struct row *row, enum tone tone,
			   const char *format, ...) __attribute__((format(printf, 4, 5)));
/* A row of two cells; nothing when the text is NULL or empty. */
void document_pair(struct document *doc, struct block *block, const char *name, enum tone tone,
		   const char *text);

/* The cleaned copy of a text, in `arena`; NULL is "". */
const char *document_clean(struct arena *arena, const char *text);

#endif
