/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row is reachable when some lookup returns it. Texts that its own keys fit are made from them and
 * looked up: a row that none of them returns lies behind others. The texts for a glob have nothing,
 * one sign or three where it has a '*'; the sign is one that no table holds, so a row before it
 * takes them only with a sign of its own that takes anything.
 */
#include "harness/base/ids.h"

#include "harness/base/auto.h"
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

		if (match == IDS_VALUE)
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

		if (match == IDS_VALUE && !ids->table->many)
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
	}
	return 0;
}
