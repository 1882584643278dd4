/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row is reachable when some lookup returns it. Texts that its own keys fit are made from them and
 * looked up: a row that none of them returns lies behind others. The texts for a glob have nothing,
 * one sign or three where it has a '*'; the sign is one that no table holds, so a row before it
 * takes them only with a sign of its own that takes anything.
 */
#include "harness/base/ids.h"

#include "harness/base/auto.h"
#include "harness/base/json.h"
#include "harness/base/scan.h"
#include "harness/base/text.h"

#include <string.h>

#define STRANGE "\x01"
enum { STARS = 3, MEMBERS = 10 };

/* One member of the set "[37]" at `set`, by number; returns what is behind it. */
static const char *add_member(struct buf *out, const char *set, int member)
{
	const char *at = set + 1;
	const char *end = strchr(at + (*at == ']'), ']');
	size_t size;

	if (!end) {
		buf_addc(out, *set);
		return at;
	}
	size = (size_t)(end - at);
	if (size == 3 && at[1] == '-') {
		int span = at[2] - at[0] + 1;

		buf_addc(out, (char)(at[0] + (span > 0 ? member % span : 0)));
	} else {
		buf_addc(out, at[(size_t)member % size]);
	}
	return end + 1;
}

static void add_sample(struct buf *out, enum ids_match match, const char *cell, int variant)
{
	static const char *const star[STARS] = { "", STRANGE, STRANGE STRANGE STRANGE };

	buf_reset(out);
	if (match == IDS_RANGE) {
		const char *dash = strchr(cell, '-');

		if (*cell == '*')
			buf_adds(out, variant % 2 ? "4294967295" : "0");
		else if (dash && variant % 2)
			buf_adds(out, dash + 1);
		else
			buf_add(out, cell, dash ? (size_t)(dash - cell) : strlen(cell));
		return;
	}
	while (*cell) {
		if (match == IDS_GLOB && *cell == '[') {
			cell = add_member(out, cell, variant / STARS);
		} else {
			if (match == IDS_GLOB && *cell == '*')
				buf_adds(out, star[variant % STARS]);
			else if (match == IDS_GLOB && *cell == '?')
				buf_adds(out, STRANGE);
			else
				buf_addc(out, *cell);
			cell++;
		}
	}
}

/* Whether a lookup with texts of the row's own keys returns the row. */
static bool answers(const struct ids *ids, size_t row, int variant, long *ret_other)
{
	struct buf text[IDS_KEYS_MAX];
	const char *key[IDS_KEYS_MAX];
	size_t keys = 0, column, i;
	long found;

	for (column = 0; ids->table->column[column].name && keys < IDS_KEYS_MAX; column++) {
		enum ids_match match = ids->table->column[column].match;

		if (!ids_is_key(match))
			continue;
		buf_init(&text[keys]);
		add_sample(&text[keys], match, ids_at(ids, row, column), variant);
		key[keys] = text[keys].data;
		keys++;
	}
	found = ids_find(ids, key);
	*ret_other = found >= 0 && found != (long)row ? found : *ret_other;
	while (ids->table->many && found >= 0 && found != (long)row)
		found = ids_next(ids, found, key);
	for (i = 0; i < keys; i++)
		buf_release(&text[i]);
	return found == (long)row;
}

/* All that a table of many says: its keys and its values. Of others the keys alone. */
static bool same_row(const struct ids *ids, size_t a, size_t b)
{
	size_t column;

	for (column = 0; ids->table->column[column].name; column++) {
		enum ids_match match = ids->table->column[column].match;
		const char *of_a = ids_at(ids, a, column), *of_b = ids_at(ids, b, column);

		if (!ids_is_key(match) && !ids->table->many)
			continue;
		if (match == IDS_GLOB ? !text_equal_nocase(of_a, of_b) : strcmp(of_a, of_b) != 0)
			return false;
	}
	return true;
}

/* An equal row before this one, -1 for none. Equal rows agree in what the table is sorted by. */
static long find_same(const struct ids *ids, size_t row)
{
	size_t i = row;

	while (i-- > 0) {
		if (same_row(ids, i, row))
			return (long)i;
		if (ids->table->column[0].match == IDS_EXACT &&
		    strcmp(ids_at(ids, i, 0), ids_at(ids, row, 0)) != 0)
			break;
	}
	return -1;
}

/* --- the form of values ------------------------------------------------------------------------- */

static bool is_range(const char *cell)
{
	const char *dash = strchr(cell, '-');
	AUTO(buf_release) struct buf low = BUF_INIT;

	buf_add(&low, cell, dash ? (size_t)(dash - cell) : strlen(cell));
	return !strcmp(cell, "*") || ids_in_range(cell, low.data);
}

static int check_form(enum ids_match match, const char *cell, const char *where, struct err *err)
{
	int64_t number;

	if (match == IDS_VALUE_RANGE && !is_range(cell))
		return err_set(err, ERR_INPUT, "%s: '%s' is no range", where, cell);
	if (match == IDS_VALUE_DATE && !ids_is_date(cell))
		return err_set(err, ERR_INPUT, "%s: '%s' is no date", where, cell);
	if (match == IDS_VALUE_INTEGER &&
	    scan_i64(cell, -JSON_INT_MAX, JSON_INT_MAX, &number) < 0)
		return err_set(err, ERR_INPUT, "%s: '%s' is no whole number", where, cell);
	return 0;
}

static bool is_word(const char *words, const char *cell)
{
	size_t size = strlen(cell);

	for (;; words++) {
		size_t length = strcspn(words, "|");

		if (length == size && !strncmp(words, cell, size))
			return true;
		words += length;
		if (!*words)
			return false;
	}
}

static const char *words_of(const struct ids_table *table, const char *column)
{
	const struct ids_words *row = table->words;

	while (row && row->column && strcmp(row->column, column) != 0)
		row++;
	return row && row->column ? row->words : NULL;
}

static bool is_one_of(char letter, unsigned char c)
{
	switch (letter) {
	case 'h':
		return strchr("0123456789abcdef", c) != NULL;
	case 'H':
		return strchr("0123456789ABCDEF", c) != NULL;
	case 'o':
		return c >= '0' && c <= '7';
	case 'd':
	case 'n':
		return c >= (letter == 'd' ? '0' : '1') && c <= '9';
	case 'U':
		return c >= 'A' && c <= 'Z';
	default:
		return c == (unsigned char)letter;
	}
}

/* Behind the set at `cell`, when all that it lists may stand there; NULL otherwise. */
static const char *skip_set(const char *cell, char letter)
{
	const char *end = strchr(cell + 1 + (cell[1] == ']'), ']');

	for (cell++; end && cell < end; cell++) {
		if (*cell != '-' && !is_one_of(letter, (unsigned char)*cell))
			return NULL;
	}
	return end ? end + 1 : NULL;
}

/* Whether some text of the form (up to its '|') fits the cell. */
static bool has_form(const char *cell, const char *form, bool glob)
{
	while (*cell && (!glob || *cell != '*')) {
		if (!*form || *form == '|')
			return false;
		if (glob && *cell == '[') {
			cell = skip_set(cell, *form++);
			if (!cell)
				return false;
		} else if ((glob && *cell == '?') || is_one_of(*form, (unsigned char)*cell)) {
			cell++;
			form++;
		} else {
			return false;
		}
	}
	if (!*cell)
		return !*form || *form == '|';
	cell += strspn(cell, "*");
	while (!has_form(cell, form, glob)) {
		if (!*form || *form++ == '|')
			return false;
	}
	return true;
}

static bool has_any_form(const char *cell, const char *forms, bool glob)
{
	while (!has_form(cell, forms, glob)) {
		forms += strcspn(forms, "|");
		if (!*forms++)
			return false;
	}
	return true;
}

static int check_forms(const struct ids *ids, size_t row, size_t number, const char *where,
		       struct err *err)
{
	const struct ids_column *column = &ids->table->column[number];
	const struct ids_form *form = ids->table->forms;
	const char *cell = ids_at(ids, row, number);

	for (; form && form->column; form++) {
		if (strcmp(form->column, column->name) != 0 ||
		    (form->of && strcmp(form->of, ids_at(ids, row, 0)) != 0) ||
		    has_any_form(cell, form->form, column->match == IDS_GLOB))
			continue;
		return err_set(err, ERR_INPUT, "%s: '%s' is not of the form %s",
			       where, cell, form->form);
	}
	return 0;
}

static int check_values(const struct ids *ids, size_t row, const char *where, struct err *err)
{
	size_t column;

	for (column = 0; ids->table->column[column].name; column++) {
		const struct ids_column *is = &ids->table->column[column];
		const char *cell = ids_at(ids, row, column);
		const char *words = words_of(ids->table, is->name);
		AUTO(buf_release) struct buf here = BUF_INIT;

		buf_addf(&here, "%s:%u: %s", where, ids->line[row], is->name);
		if (*cell && check_form(is->match, cell, here.data, err) < 0)
			return ERR_INPUT;
		if (check_forms(ids, row, column, here.data, err) < 0)
			return ERR_INPUT;
		if (words && !is_word(words, cell))
			return err_set(err, ERR_INPUT,
				       "%s: '%s' is none of the words that may stand there: %s",
				       here.data, cell, words);
	}
	return 0;
}

int ids_check(const struct ids *ids, const char *where, struct err *err)
{
	size_t row;

	for (row = 0; row < ids->count; row++) {
		long other = find_same(ids, row);
		bool reachable = false;
		int variant;

		if (other >= 0)
			return err_set(err, ERR_INPUT, "%s:%u: the row stands in line %u already",
				       where, ids->line[row], ids->line[other]);
		for (variant = 0; !reachable && variant < STARS * MEMBERS; variant++)
			reachable = answers(ids, row, variant, &other);
		if (!reachable && other >= 0)
			return err_set(err, ERR_INPUT,
				       "%s:%u: no lookup returns the row: line %u before it fits all of that",
				       where, ids->line[row], ids->line[other]);
		if (!reachable)
			return err_set(err, ERR_INPUT, "%s:%u: no lookup returns the row: mend its keys",
				       where, ids->line[row]);
		if (check_values(ids, row, where, err) < 0)
			return ERR_INPUT;
	}
	return 0;
}
