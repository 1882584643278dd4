/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/ids.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/base/scan.h"
#include "harness/base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { COLUMNS_MAX = 16 };

void ids_release(struct ids *ids)
{
	buf_release(&ids->text);
	free(ids->field);
	free(ids->line);
	*ids = (struct ids)IDS_INIT;
}

const char *ids_at(const struct ids *ids, size_t row, size_t column)
{
	return ids->field[row * ids->columns + column];
}

/* --- lookup ----------------------------------------------------------------------------------- */

/* Not tolower(3), not fnmatch(3): what a table means must not depend on the locale of who reads it. */
static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* Of "[a-z0]...": whether c is in the set; *ret_end is behind the ']', NULL when there is none. */
static bool in_set(const char *set, unsigned char c, const char **ret_end)
{
	const char *at = set + 1;
	bool found = false;

	*ret_end = strchr(at + (*at == ']'), ']');
	if (!*ret_end)
		return false;
	for (; at < *ret_end; at++) {
		bool is_span = at[1] == '-' && at + 2 < *ret_end;

		found = found || (c >= lower(at[0]) && c <= lower(at[is_span ? 2 : 0]));
		at += is_span ? 2 : 0;
	}
	++*ret_end;
	return found;
}

/* Whether one character of the text fits the glob's next sign; then *glob stands behind it. */
static bool fits_one(const char **glob, char c)
{
	const char *end;

	if (!c || !**glob)
		return false;
	if (**glob == '[') {
		bool found = in_set(*glob, lower(c), &end);

		if (end) {
			*glob = found ? end : *glob;
			return found;
		}
	}
	if (**glob != '?' && lower(**glob) != lower(c))
		return false;
	++*glob;
	return true;
}

bool ids_glob(const char *glob, const char *text)
{
	const char *again = NULL, *from = NULL;

	for (;;) {
		if (*glob == '*') {
			again = ++glob;
			from = text;
		} else if (!*glob && !*text) {
			return true;
		} else if (fits_one(&glob, *text)) {
			text++;
		} else if (again && *from) {
			glob = again;
			text = ++from;
		} else {
			return false;
		}
	}
}

bool ids_range(const char *range, uint64_t *ret_low, uint64_t *ret_high)
{
	const char *dash = strchr(range, '-');
	char low[24];

	if (!strcmp(range, "*")) {
		*ret_low = 0;
		*ret_high = UINT64_MAX;
		return true;
	}
	snprintf(low, sizeof(low), "%.*s", dash ? (int)(dash - range) : 23, range);
	if (scan_u64(low, 0, UINT64_MAX, ret_low) < 0)
		return false;
	*ret_high = *ret_low;
	return !dash || (scan_u64(dash + 1, 0, UINT64_MAX, ret_high) == 0 && *ret_low <= *ret_high);
}

bool ids_in_range(const char *range, const char *number)
{
	uint64_t low, high, value;

	return ids_range(range, &low, &high) && scan_u64(number, 0, UINT64_MAX, &value) == 0 &&
	       value >= low && value <= high;
}

static bool key_fits(enum ids_match match, const char *cell, const char *key)
{
	if (!key)
		return false;
	if (match == IDS_GLOB)
		return ids_glob(cell, key);
	return match == IDS_RANGE ? ids_in_range(cell, key) : !strcmp(cell, key);
}

static bool row_fits(const struct ids *ids, size_t row, const char *const *key)
{
	size_t column;

	for (column = 0; ids->table->column[column].name; column++) {
		enum ids_match match = ids->table->column[column].match;

		if (ids_is_key(match) && !key_fits(match, ids_at(ids, row, column), *key++))
			return false;
	}
	return true;
}

/* Rows are sorted by the first column when that is an exact key: where those of the key begin. */
static size_t first_row(const struct ids *ids, const char *key)
{
	size_t low = 0, high = ids->count;

	while (key && low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(ids_at(ids, middle, 0), key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

long ids_next(const struct ids *ids, long row, const char *const *key)
{
	bool sorted = ids->count && ids->table->column[0].match == IDS_EXACT;
	size_t i = row < 0 ? (sorted ? first_row(ids, key[0]) : 0) : (size_t)row + 1;

	for (; i < ids->count; i++) {
		if (row_fits(ids, i, key))
			return (long)i;
		if (sorted && (!key[0] || strcmp(ids_at(ids, i, 0), key[0]) != 0))
			break;
	}
	return -1;
}

long ids_find(const struct ids *ids, const char *const *key)
{
	return ids_next(ids, -1, key);
}

/* --- reading ---------------------------------------------------------------------------------- */

static unsigned int two_digits(const char *text)
{
	return (unsigned int)(text[0] - '0') * 10 + (unsigned int)(text[1] - '0');
}

/* A day of the Gregorian calendar. */
bool ids_is_date(const char *text)
{
	static const char form[] = "0000-00-00";
	static const unsigned char days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	unsigned int year, month, day;
	size_t i;

	for (i = 0; form[i]; i++) {
		if (form[i] == '0' ? !isdigit((unsigned char)text[i]) : text[i] != form[i])
			return false;
	}
	if (text[i])
		return false;
	year = two_digits(text) * 100 + two_digits(text + 2);
	month = two_digits(text + 5);
	day = two_digits(text + 8);
	if (month < 1 || month > 12 || day < 1 || day > days[month - 1])
		return false;
	return month != 2 || day < 29 || (year % 4 == 0 && (year % 100 || year % 400 == 0));
}

/* "# cpus.tsv 2026-11-23" */
static int read_title(struct ids *ids, const char *line, const char *where, struct err *err)
{
	const char *file = ids->table->file;
	size_t size = strlen(file);

	if (strncmp(line, "# ", 2) != 0 || strncmp(line + 2, file, size) != 0 ||
	    line[2 + size] != ' ' || !ids_is_date(line + 3 + size))
		return err_set(err, ERR_INPUT, "%s:1: the first line must be '# %s YYYY-MM-DD'",
			       where, file);
	memcpy(ids->date, line + 3 + size, sizeof(ids->date));
	snprintf(ids->source, sizeof(ids->source), "%.48s %s", file, ids->date);
	return 0;
}

/* Cut the line at its tabs. Returns the number of fields, at most `max`; 0 for more. */
static size_t split(char *line, const char *field[], size_t max)
{
	size_t count = 0;

	for (;;) {
		char *tab = strchr(line, '\t');

		if (count == max)
			return 0;
		field[count++] = line;
		if (!tab)
			return count;
		*tab = 0;
		line = tab + 1;
	}
}

static const char *column_name(const struct ids_table *table, size_t column)
{
	size_t count = 0;

	while (table->column[count].name)
		count++;
	if (column < count)
		return table->column[column].name;
	return column == count ? "source" : column == count + 1 ? "date" : NULL;
}

static int read_names(struct ids *ids, const char *const field[], size_t count,
		      const char *where, struct err *err)
{
	size_t i = 0;

	while (i < count && column_name(ids->table, i) &&
	       !strcmp(field[i], column_name(ids->table, i)))
		i++;
	if (i < count || column_name(ids->table, i))
		return err_set(err, ERR_INPUT,
			       "%s: other columns than this program reads: column %zu must be %s",
			       where, i + 1, column_name(ids->table, i) ?
			       column_name(ids->table, i) : "the end");
	ids->columns = count;
	return 0;
}

/* Negative, 0, positive: the order of two rows by the exact keys before the first other key. */
static int compare_rows(const struct ids *ids, size_t a, size_t b)
{
	size_t column;

	for (column = 0; ids->table->column[column].match == IDS_EXACT; column++) {
		int order = strcmp(ids_at(ids, a, column), ids_at(ids, b, column));

		if (order)
			return order;
	}
	return 0;
}

static int check_row(const struct ids *ids, size_t row, const char *where, struct err *err)
{
	const char *date = ids_at(ids, row, ids->columns - 1);
	size_t i;

	for (i = 0; i < ids->columns; i++) {
		const char *cell = ids_at(ids, row, i);

		if (*cell == ' ' || (*cell && cell[strlen(cell) - 1] == ' '))
			return err_set(err, ERR_INPUT, "%s: a blank at an end of column %s", where,
				       column_name(ids->table, i));
	}
	if (!*ids_at(ids, row, ids->columns - 2))
		return err_set(err, ERR_INPUT, "%s: the row names no source", where);
	if (!ids_is_date(date) || strcmp(date, ids->date) > 0)
		return err_set(err, ERR_INPUT,
			       "%s: the date must be YYYY-MM-DD and not after that of the table, %s",
			       where, ids->date);
	if (row && compare_rows(ids, row - 1, row) > 0)
		return err_set(err, ERR_INPUT, "%s: not in order: it belongs before line %u", where,
			       ids->line[row - 1]);
	return 0;
}

static int read_row(struct ids *ids, const char *const field[], size_t count, const char *where,
		    struct err *err)
{
	if (count != ids->columns)
		return err_set(err, ERR_INPUT, "%s: a row must have %zu fields", where,
			       ids->columns);
	ids->field = mem_grow(ids->field, &ids->field_capacity, (ids->count + 1) * count,
			      sizeof(*ids->field));
	memcpy(ids->field + ids->count * count, field, count * sizeof(*field));
	return check_row(ids, ids->count++, where, err);
}

static int read_line(struct ids *ids, char *line, unsigned int number, const char *where,
		     struct err *err)
{
	const char *field[COLUMNS_MAX];
	char here[512];
	size_t count;

	if (number == 1)
		return read_title(ids, line, where, err);
	if (!*line || *line == '#')
		return 0;
	snprintf(here, sizeof(here), "%.400s:%u", where, number);
	count = split(line, field, ARRAY_SIZE(field));
	if (!ids->columns)
		return read_names(ids, field, count, here, err);
	ids->line = mem_grow(ids->line, &ids->line_capacity, ids->count + 1, sizeof(*ids->line));
	ids->line[ids->count] = number;
	return read_row(ids, field, count, here, err);
}

int ids_parse(struct ids *ids, const struct ids_table *table, const char *where, struct err *err)
{
	char *line = ids->text.data;
	unsigned int number = 1;

	ids->table = table;
	if (!text_is_utf8(ids->text.data, ids->text.size) ||
	    memchr(ids->text.data, 0, ids->text.size))
		return err_set(err, ERR_INPUT, "%s: not UTF-8 text", where);
	for (; *line; number++) {
		char *end = line + strcspn(line, "\n");
		char *next = *end ? end + 1 : end;
		int code;

		*end = 0;
		code = read_line(ids, line, number, where, err);
		if (code < 0)
			return code;
		line = next;
	}
	if (!ids->columns)
		return err_set(err, ERR_INPUT, "%s:%u: no line of column names", where, number);
	return 0;
}
