/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_IDS_H
#define BASE_IDS_H
/*
 * Tables of names: dated data that is installed with the program and can be replaced without it.
 * docs/formats/data.md describes the form; sys/pack.h has the tables and reads them from a folder.
 *
 *	static const struct ids_column column[] = { { "vendor", IDS_EXACT }, { "model", IDS_GLOB },
 *						    { "maker", IDS_VALUE }, { NULL, IDS_VALUE } };
 *	static const struct ids_table table = { .file = "disks.tsv", .column = column };
 *	struct ids ids = IDS_INIT;
 *	code = pack_read(&ids, place->ids, &table, &err);
 *	row = ids_find(&ids, (const char *[]){ "0014", "ZTSSD 256G" });
 *	if (row >= 0) ... ids_at(&ids, row, 2) ...
 *	ids_release(&ids);
 *
 * A lookup gives one text for every column that is a key, in the order of the columns, and takes
 * the first row of which all keys hold; of a table that says `many` it takes all such rows. In
 * every table the columns "source" and "date" (when the source said so) stand last.
 *
 * Errors are ERR_INPUT with FILE:LINE. `ids.source` ("cpus.tsv 2026-11-23") is the source of
 * attributes that come from the table.
 */
#include "harness/base/buf.h"
#include "harness/base/err.h"

#include <stdbool.h>
#include <stdint.h>

enum ids_match {
	IDS_VALUE = 0,	/* no key */
	IDS_EXACT,	/* the same bytes */
	IDS_GLOB,	/* * ? [a-z], without regard to case (ASCII); anything else is literal */
	IDS_RANGE,	/* "4-8", "8" or "*", for a decimal number */
	/* No keys either, and of a form that ids_check knows; an empty field has none. */
	IDS_VALUE_RANGE,	/* as IDS_RANGE */
	IDS_VALUE_DATE,		/* "2026-11-23" */
	IDS_VALUE_INTEGER,	/* in decimal */
	IDS_VALUE_MAKER,	/* a row of makers.tsv (pack_check) */
};

static inline bool ids_is_key(enum ids_match match)
{
	return match == IDS_EXACT || match == IDS_GLOB || match == IDS_RANGE;
}

struct ids_column {
	const char *name;
	enum ids_match match;
};

/* A column that holds one of few texts; one that the program does not know would say nothing. */
struct ids_words {
	const char *column;
	const char *words;			/* "I|II|": with '|' between; may be empty */
};

/*
 * How the texts of a column are written; a key of another form would wait for a lookup that never comes.
 * One letter stands for one sign: h a hexadecimal digit, H one with capitals, o an octal one, d a
 * decimal one, n that but for 0, U a capital letter; all else for itself; '|' between forms. In a
 * glob '?' and a set are any one sign and '*' any number of them.
 */
struct ids_form {
	const char *column;
	const char *of;				/* in rows that begin with this field; NULL: in all */
	const char *form;
};

struct ids_table {
	const char *file;			/* "cpus.tsv" */
	bool many;
	const struct ids_words *words;		/* NULL, or ends with a NULL column */
	const struct ids_form *forms;		/* the same */
	const struct ids_column *column;	/* without source and date; ends with a NULL name */
};

struct ids {
	const struct ids_table *table;
	char source[64];
	char date[11];		/* of the table: "2026-11-23" */
	struct buf text;
	size_t columns;		/* with source and date */
	const char **field;	/* rows of `columns` fields */
	unsigned int *line;	/* of each row in the file */
	size_t count;
	size_t field_capacity, line_capacity;
};

#define IDS_INIT { .text = BUF_INIT }
enum { IDS_KEYS_MAX = 8 };

/*
 * ids->text is read as `table`; `where` stands in messages. Rows are complete, sorted (bytewise, by
 * the exact keys before the first other key) and dated, none later than the table.
 */
int ids_parse(struct ids *ids, const struct ids_table *table, const char *where, struct err *err);
void ids_release(struct ids *ids);
const char *ids_at(const struct ids *ids, size_t row, size_t column);

/* The row, or -1. A key that is NULL fits no row. */
long ids_find(const struct ids *ids, const char *const *key);
/* The next row behind `row` (-1: the first) that the keys fit; for tables of many. */
long ids_next(const struct ids *ids, long row, const char *const *key);

/*
 * Whether every row can be the answer of a lookup: none stands twice, none lies behind rows that
 * take all that it fits; and whether its keys and values have the form of their column. For the build
 * and for packs that somebody else made: slower than reading.
 */
int ids_check(const struct ids *ids, const char *where, struct err *err);

/* What the lookups compare with, and the form of dates. */
bool ids_glob(const char *glob, const char *text);
/* The ends of an IDS_RANGE, "*" from 0 to UINT64_MAX; false: it is none. */
bool ids_range(const char *range, uint64_t *ret_low, uint64_t *ret_high);
bool ids_in_range(const char *range, const char *number);
bool ids_is_date(const char *text);

#endif
