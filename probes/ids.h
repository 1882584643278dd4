/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_IDS_H
#define PROBES_IDS_H
/*
 * Tables of names: dated data that is installed with the program and can be replaced without it.
 *
 *	static const char *const columns[] = { "kind", "key", "maker", NULL };
 *	struct ids ids = IDS_INIT;
 *	code = ids_read(&ids, place->ids, "cpus.tsv", columns, &err);
 *	for (i = 0; i < ids.count; i++) ... ids_at(&ids, i, 1) ...
 *	ids_release(&ids);
 *
 * The form: UTF-8; a first line "# NAME DATE" (DATE is YYYY-MM-DD); further lines with '#' are
 * notes; one line of column names; then the rows; a tab between fields, every row complete. Errors
 * are ERR_INPUT with FILE:LINE. `ids.source` ("cpus.tsv 2026-11-23") is the source of attributes
 * that come from the table, so that every record says which data named its parts.
 */
#include "harness/base/buf.h"
#include "harness/base/err.h"

struct ids {
	char source[64];
	struct buf text;
	size_t columns;
	const char **field;	/* rows of `columns` fields */
	size_t count, capacity;	/* of fields while reading; count of rows afterwards */
};

#define IDS_INIT { .text = BUF_INIT }

int ids_read(struct ids *ids, const char *folder, const char *name, const char *const *columns,
	     struct err *err);
/* The same from text, which is taken over; `name` stands in messages. */
int ids_parse(struct ids *ids, const char *name, const char *const *columns, struct err *err);
void ids_release(struct ids *ids);
const char *ids_at(const struct ids *ids, size_t row, size_t column);

#endif
