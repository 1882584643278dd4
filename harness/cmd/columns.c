/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/columns.h"

#include "harness/base/memory.h"
#include "harness/base/text.h"

#include <stdlib.h>

void columns_cell(struct columns *table, const char *format, ...)
{
	va_list args;
	char *cell;

	table->cell = mem_grow(table->cell, &table->capacity, table->cells + 1,
			       sizeof(*table->cell));
	va_start(args, format);
	cell = arena_vprintf(&table->arena, format, args);
	va_end(args);
	text_clean(cell);
	table->cell[table->cells++] = cell;
}

static size_t width_of(const struct columns *table, size_t column)
{
	size_t widest = 0;
	size_t i;

	for (i = column; i < table->cells; i += table->count) {
		size_t width = text_columns(table->cell[i]);

		widest = width > widest ? width : widest;
	}
	return widest;
}

static void add_blanks(struct buf *out, size_t count)
{
	while (count--)
		buf_addc(out, ' ');
}

/* The last column is not filled up, so that no line ends with blanks. */
static void print_cell(const struct columns *table, size_t index, size_t width, struct buf *out)
{
	size_t column = index % table->count;
	size_t used = text_columns(table->cell[index]);

	if (table->right >> column & 1)
		add_blanks(out, width - used);
	buf_adds(out, table->cell[index]);
	if (column + 1 == table->count) {
		while (out->size && out->data[out->size - 1] == ' ')
			buf_cut(out, out->size - 1);
		buf_addc(out, '\n');
		return;
	}
	if (!(table->right >> column & 1))
		add_blanks(out, width - used);
	buf_adds(out, "  ");
}

void columns_print(struct columns *table, const char *indent, struct buf *out)
{
	size_t *width = mem_alloc(table->count * sizeof(*width));
	size_t i;

	for (i = 0; i < table->count; i++)
		width[i] = width_of(table, i);
	for (i = 0; i < table->cells; i++) {
		if (i % table->count == 0)
			buf_adds(out, indent);
		print_cell(table, i, width[i % table->count], out);
	}
	free(width);
	free(table->cell);
	arena_release(&table->arena);
	table->cell = NULL;
	table->cells = table->capacity = 0;
}
