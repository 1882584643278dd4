/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/ids.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/base/text.h"
#include "harness/sys/disk.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE_SIZE_MAX = 8 << 20, COLUMNS_MAX = 16 };

void ids_release(struct ids *ids)
{
	buf_release(&ids->text);
	free(ids->field);
	*ids = (struct ids)IDS_INIT;
}

const char *ids_at(const struct ids *ids, size_t row, size_t column)
{
	return ids->field[row * ids->columns + column];
}

static bool is_date(const char *text)
{
	static const char form[] = "0000-00-00";
	size_t i;

	for (i = 0; form[i]; i++) {
		if (form[i] == '0' ? !isdigit((unsigned char)text[i]) : text[i] != form[i])
			return false;
	}
	return !text[i];
}

/* "# cpus.tsv 2026-11-23" */
static int read_title(struct ids *ids, const char *name, const char *line, struct err *err)
{
	const char *blank = strrchr(line, ' ');

	if (line[0] != '#' || !blank || !is_date(blank + 1))
		return err_set(err, ERR_INPUT, "%s:1: the first line must be '# %s YYYY-MM-DD'",
			       name, name);
	snprintf(ids->source, sizeof(ids->source), "%.48s %s", name, blank + 1);
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

static bool same_columns(const char *const field[], size_t count, const char *const *columns)
{
	size_t i;

	for (i = 0; i < count && columns[i]; i++) {
		if (strcmp(field[i], columns[i]) != 0)
			return false;
	}
	return i == count && !columns[i];
}

static int read_row(struct ids *ids, const char *const field[], size_t count)
{
	if (count != ids->columns)
		return ERR_INPUT;
	ids->field = mem_grow(ids->field, &ids->capacity, ids->count + count, sizeof(*ids->field));
	memcpy(ids->field + ids->count, field, count * sizeof(*field));
	ids->count += count;
	return 0;
}

int ids_parse(struct ids *ids, const char *name, const char *const *columns, struct err *err)
{
	char *line = ids->text.data;
	unsigned int number = 1;

	if (!text_is_utf8(ids->text.data, ids->text.size) ||
	    memchr(ids->text.data, 0, ids->text.size))
		return err_set(err, ERR_INPUT, "%s: not UTF-8 text", name);
	for (; *line; number++) {
		char *end = line + strcspn(line, "\n");
		char *next = *end ? end + 1 : end;
		const char *field[COLUMNS_MAX];
		size_t count;
		int code = 0;

		*end = 0;
		if (number == 1) {
			code = read_title(ids, name, line, err);
		} else if (*line && *line != '#') {
			count = split(line, field, ARRAY_SIZE(field));
			if (!ids->columns && !same_columns(field, count, columns))
				code = err_set(err, ERR_INPUT, "%s:%u: other columns than expected",
					       name, number);
			else if (!ids->columns)
				ids->columns = count;
			else if (read_row(ids, field, count) < 0)
				code = err_set(err, ERR_INPUT, "%s:%u: a row must have %zu fields",
					       name, number, ids->columns);
		}
		if (code < 0)
			return code;
		line = next;
	}
	if (!ids->columns)
		return err_set(err, ERR_INPUT, "%s: no line of column names", name);
	ids->count /= ids->columns;
	return 0;
}

int ids_read(struct ids *ids, const char *folder, const char *name, const char *const *columns,
	     struct err *err)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	int code;

	if (!folder)
		return err_set(err, ERR_NOT_FOUND, "no folder with tables of names was given");
	buf_addf(&path, "%s/%s", folder, name);
	code = disk_read_file(path.data, TABLE_SIZE_MAX, &ids->text, err);
	return code < 0 ? code : ids_parse(ids, name, columns, err);
}
