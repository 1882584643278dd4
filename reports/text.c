/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document as plain UTF-8 text for a terminal of 100 columns; charts become small bars. */
#include "reports/chart.h"
#include "reports/quantity.h"
#include "reports/writer.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"

#include <stdint.h>
#include <string.h>

#define N_(text) (text)

enum {
	PAGE = 100,
	GAP = 2,
	MOST_COLUMNS = 16,
	LEAST_WIDTH = 6,
	LONG_WORD = 14,
	SPARK = 24,
	VALUE = 11
};

static void add_blanks(struct buf *out, size_t count)
{
	while (count--)
		buf_addc(out, ' ');
}

static void add_rule(struct buf *out, char c, size_t count)
{
	while (count--)
		buf_addc(out, c);
	buf_addc(out, '\n');
}

/*
 * How many bytes of `text` fit into `width` columns: up to a blank where there is one, else as many
 * characters as fit (Chinese breaks anywhere), at least one.
 */
static size_t fit(const char *text, size_t width)
{
	size_t left = strlen(text);
	size_t used = 0;
	size_t blank = 0;
	const char *at = text;

	while (left) {
		uint32_t code;
		size_t length = text_character(at, left, &code);
		char one[8] = "";

		length = length ? length : 1;
		memcpy(one, at, length);
		used += text_columns(one);
		if (used > width && at > text)
			return blank ? blank : (size_t)(at - text);
		if (*at == ' ')
			blank = (size_t)(at - text);
		at += length;
		left -= length;
	}
	return (size_t)(at - text);
}

static const char *after_blanks(const char *text)
{
	while (*text == ' ')
		text++;
	return text;
}

/* Wrapped at the page's width; lines after the first are indented. */
static void add_wrapped(struct buf *out, size_t start, size_t indent, const char *text)
{
	size_t used = start;

	do {
		size_t size = fit(text, used < PAGE - 20 ? PAGE - used : 20);

		buf_add(out, text, size);
		buf_addc(out, '\n');
		text = after_blanks(text + size);
		used = indent;
		if (*text)
			add_blanks(out, indent);
	} while (*text);
}

/* --- tables ----------------------------------------------------------------------------------- */

struct layout {
	size_t count;
	size_t width[MOST_COLUMNS];
	size_t least[MOST_COLUMNS];	/* the longest word, but not more than LONG_WORD */
	enum align align[MOST_COLUMNS];
};

static size_t longest_word(const char *text)
{
	size_t longest = LEAST_WIDTH;

	while (*text) {
		size_t length = strcspn(text, " ");

		longest = length > longest ? length : longest;
		text = after_blanks(text + length);
	}
	return longest > LONG_WORD ? LONG_WORD : longest;
}

static void widen(struct layout *layout, size_t index, const char *text)
{
	size_t columns = text_columns(text);
	size_t least = longest_word(text);

	if (index >= MOST_COLUMNS)
		return;
	if (columns > layout->width[index])
		layout->width[index] = columns;
	if (least > layout->least[index])
		layout->least[index] = least;
}

/* The widest column that is still wider than its least; count when there is none. */
static size_t widest(const struct layout *layout, bool down_to_words)
{
	size_t found = layout->count;
	size_t i;

	for (i = 0; i < layout->count; i++) {
		if (layout->width[i] <= (down_to_words ? layout->least[i] : LEAST_WIDTH))
			continue;
		if (found == layout->count || layout->width[i] >= layout->width[found])
			found = i;
	}
	return found;
}

/* As wide as the texts; the widest gives way until the page holds them all. */
static void lay_out(const struct block *table, struct layout *layout)
{
	const struct column *column;
	const struct row *row;
	const struct cell *cell;
	size_t total = 0;
	size_t i = 0;

	for (column = table->column; column && i < MOST_COLUMNS; column = column->next) {
		layout->align[i] = column->align;
		widen(layout, i++, column->title);
	}
	layout->count = i;
	for (row = table->row; row; row = row->next) {
		i = 0;
		for (cell = row->cell; cell; cell = cell->next)
			widen(layout, i++, cell->text);
	}
	for (i = 0; i < layout->count; i++)
		total += layout->width[i] + GAP;
	for (; total > PAGE + GAP; total--) {
		i = widest(layout, true);
		if (i == layout->count)
			i = widest(layout, false);
		if (i == layout->count)
			break;
		layout->width[i]--;
	}
}

/* The next line of a cell into `out`; what is left of it is returned. */
static const char *add_part(struct buf *out, const char *text, size_t width)
{
	size_t size = fit(text, width);
	const char *rest = after_blanks(text + size);

	while (size && text[size - 1] == ' ')
		size--;
	buf_reset(out);
	buf_add(out, text, size);
	return rest;
}

/* One row, as many lines as its longest cell needs; no blanks at the end of a line. */
static void add_row(struct buf *out, const struct layout *layout, const char **text)
{
	AUTO(buf_release) struct buf part = BUF_INIT;
	bool more = true;

	while (more) {
		size_t due = 0;
		size_t i;

		more = false;
		for (i = 0; i < layout->count; i++) {
			size_t columns;
			size_t spare;

			text[i] = add_part(&part, text[i], layout->width[i]);
			columns = text_columns(part.data);
			spare = columns < layout->width[i] ? layout->width[i] - columns : 0;
			if (part.size) {
				add_blanks(out,
					   due + (layout->align[i] == ALIGN_RIGHT ? spare : 0));
				buf_add(out, part.data, part.size);
				due = layout->align[i] == ALIGN_RIGHT ? GAP : spare + GAP;
			} else {
				due += layout->width[i] + GAP;
			}
			more = more || *text[i];
		}
		buf_addc(out, '\n');
	}
}

static void add_table(struct buf *out, const struct block *table)
{
	struct layout layout = { .count = 0 };
	const char *text[MOST_COLUMNS];
	const struct column *column = table->column;
	const struct row *row;
	size_t width = 0;
	size_t i;

	lay_out(table, &layout);
	for (i = 0; i < layout.count; i++) {
		text[i] = column->title;
		column = column->next;
		width += layout.width[i] + GAP;
	}
	add_row(out, &layout, text);
	add_rule(out, '-', width > GAP ? width - GAP : 0);
	for (row = table->row; row; row = row->next) {
		const struct cell *cell = row->cell;

		for (i = 0; i < layout.count; i++) {
			text[i] = cell ? cell->text : "";
			cell = cell ? cell->next : NULL;
		}
		add_row(out, &layout, text);
	}
}

/* --- the rest --------------------------------------------------------------------------------- */

static void add_pairs(struct buf *out, const struct block *block)
{
	const struct row *row;
	size_t width = 0;

	for (row = block->row; row; row = row->next) {
		size_t columns = text_columns(row->cell->text);

		width = columns > width ? columns : width;
	}
	width = width > 36 ? 36 : width;
	for (row = block->row; row; row = row->next) {
		size_t columns = text_columns(row->cell->text);

		buf_adds(out, row->cell->text);
		add_blanks(out, (columns < width ? width - columns : 0) + GAP);
		add_wrapped(out, (columns > width ? columns : width) + GAP, width + GAP,
			    row->cell->next->text);
	}
}

static void add_list(struct buf *out, const struct block *block)
{
	const struct row *row;

	for (row = block->row; row; row = row->next) {
		buf_adds(out, "* ");
		add_wrapped(out, 2, 2, row->cell->text);
	}
}

/* The highest over time in eight heights; a blank is a time without a good reading. */
static void add_spark(struct buf *out, const struct chart *chart, const struct chart_line *line)
{
	int64_t low = chart->from_zero && line->min > 0 ? 0 : line->min;
	int64_t best[SPARK];
	bool seen[SPARK] = { false };
	size_t last = 0;
	size_t i;

	for (i = 0; i < line->count; i++) {
		const struct chart_point *point = &line->point[i];
		size_t at = (size_t)quantity_place(point->time_ns, 0, chart->length_ns, SPARK - 1);

		/* Between two samples that belong together nothing is missing. */
		for (; i && !point->gap && last + 1 < at; last++) {
			best[last + 1] = best[last];
			seen[last + 1] = true;
		}
		if (!seen[at] || point->max > best[at])
			best[at] = point->max;
		seen[at] = true;
		last = at;
	}
	for (i = 0; i < SPARK; i++) {
		if (!seen[i])
			buf_addc(out, ' ');
		else
			buf_addf(out, "\xe2\x96%c",
				 (char)(0x81 + quantity_place(best[i], low, line->max, 7)));
	}
}

static void add_value(struct buf *out, int64_t milli, const char *unit)
{
	char text[QUANTITY_TEXT_SIZE];
	size_t columns;

	quantity_text(milli, unit, text);
	columns = text_columns(text);
	add_blanks(out, columns < VALUE ? VALUE - columns : 1);
	buf_adds(out, text);
}

static void add_chart(struct buf *out, const struct chart *chart)
{
	struct arena arena = ARENA_INIT;
	size_t i;

	buf_addf(out, "%s\n", chart->title);
	for (i = 0; i < chart->line_count; i++) {
		const struct chart_line *line = &chart->line[i];

		buf_adds(out, "  ");
		add_spark(out, chart, line);
		add_value(out, line->min, chart->unit);
		add_value(out, line->mean, chart->unit);
		add_value(out, line->max, chart->unit);
		buf_addf(out, "  %s\n",
			 chart_fit(&arena, line->label, PAGE - SPARK - 3 * VALUE - 4));
	}
	for (i = 0; i < chart->limit_count; i++)
		buf_addf(out, "  %s\n", chart->limit[i].label);
	if (*chart->remark) {
		buf_adds(out, "  ");
		add_wrapped(out, 2, 2, chart->remark);
	}
	arena_release(&arena);
}

static void add_banner(struct buf *out, const struct block *block)
{
	add_rule(out, '=', PAGE);
	buf_addf(out, "  %s\n", block->text);
	add_rule(out, '=', PAGE);
	add_pairs(out, block);
}

static void add_figures(struct buf *out, const struct block *block)
{
	struct buf line = BUF_INIT;
	const struct row *row;

	for (row = block->row; row; row = row->next)
		buf_addf(&line, "%s%s: %s", line.size ? " | " : "", row->cell->next->text,
			 row->cell->text);
	add_wrapped(out, 0, 0, line.data);
	buf_release(&line);
}

static void add_section(struct buf *out, const struct block *section, unsigned int level);

static void add_block(struct buf *out, const struct block *block, unsigned int level)
{
	switch (block->kind) {
	case BLOCK_SECTION:
		add_section(out, block, level + 1);
		break;
	case BLOCK_PARAGRAPH:
		add_wrapped(out, 0, 0, block->text);
		break;
	case BLOCK_LIST:
		add_list(out, block);
		break;
	case BLOCK_PAIRS:
		add_pairs(out, block);
		break;
	case BLOCK_TABLE:
		add_table(out, block);
		break;
	case BLOCK_FIGURES:
		add_figures(out, block);
		break;
	case BLOCK_BANNER:
		add_banner(out, block);
		break;
	case BLOCK_CHART:
		add_chart(out, block->chart);
		break;
	}
}

static void add_section(struct buf *out, const struct block *section, unsigned int level)
{
	const struct block *block;

	if (level > 1)
		buf_addc(out, '\n');
	buf_addf(out, "%s\n", section->text);
	if (level < 3)
		add_rule(out, level == 1 ? '=' : '-', text_columns(section->text));
	for (block = section->child; block; block = block->next)
		add_block(out, block, level);
}

static void write_text(const struct document *doc, struct buf *out)
{
	add_section(out, doc->root, 1);
}

extern const struct writer writer_text;
const struct writer writer_text = {
	.format = REPORT_TEXT,
	.name = "text",
	.suffix = ".txt",
	.summary = N_("plain text for a terminal"),
	.write = write_text,
};
