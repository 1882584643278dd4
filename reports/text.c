/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document as plain UTF-8 text for a terminal of 100 columns; charts become small bars. */
#include "reports/chart.h"
#include "reports/quantity.h"
#include "reports/writer.h"

#include "harness/base/memory.h"
#include "harness/base/text.h"

#include <stdint.h>
#include <string.h>

#define N_(text) (text)

enum { PAGE = 100, GAP = 2, MOST_COLUMNS = 16, LEAST_WIDTH = 6, SPARK = 32 };

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

/* --- tables ------------------------------------------------------------------------------------- */

struct layout {
	size_t count;
	size_t width[MOST_COLUMNS];
	enum align align[MOST_COLUMNS];
};

static void widen(struct layout *layout, size_t index, const char *text)
{
	size_t columns = text_columns(text);

	if (index < MOST_COLUMNS && columns > layout->width[index])
		layout->width[index] = columns;
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
	while (total > PAGE + GAP) {
		size_t widest = 0;

		for (i = 1; i < layout->count; i++) {
			if (layout->width[i] >= layout->width[widest])
				widest = i;
		}
		if (layout->width[widest] <= LEAST_WIDTH)
			break;
		layout->width[widest]--;
		total--;
	}
}

/* One row, as many lines as its longest cell needs. */
static void add_row(struct buf *out, const struct layout *layout, const char **text)
{
	bool more = true;

	while (more) {
		size_t start = out->size;
		size_t due = 0;
		size_t i;

		more = false;
		for (i = 0; i < layout->count; i++) {
			size_t size = fit(text[i], layout->width[i]);
			char *part = mem_alloc(size + 1);
			size_t columns;

			memcpy(part, text[i], size);
			part[size] = 0;
			columns = text_columns(part);
			columns = columns > layout->width[i] ? layout->width[i] : columns;
			if (size) {
				add_blanks(out, due + (layout->align[i] == ALIGN_RIGHT
							       ? layout->width[i] - columns
							       : 0));
				buf_add(out, part, size);
				due = layout->align[i] == ALIGN_RIGHT ? 0
								      : layout->width[i] - columns;
			} else {
				due += layout->width[i];
			}
			due += GAP;
			free(part);
			text[i] = after_blanks(text[i] + size);
			more = more || *text[i];
		}
		if (out->size > start || more)
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

/* --- the rest ------------------------------------------------------------------------------------ */

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

/* The mean over time in eight heights; a blank is a time without a good reading. */
static void add_spark(struct buf *out, const struct chart *chart, const struct chart_line *line)
{
	int64_t best[SPARK];
	bool seen[SPARK] = { false };
	size_t i;

	for (i = 0; i < line->count; i++) {
		size_t at = (size_t)quantity_place(line->point[i].time_ns, 0, chart->length_ns,
						   SPARK - 1);

		if (!seen[at] || line->point[i].max > best[at])
			best[at] = line->point[i].max;
		seen[at] = true;
	}
	for (i = 0; i < SPARK; i++) {
		int64_t low = chart->from_zero && line->min > 0 ? 0 : line->min;

		if (!seen[i])
			buf_addc(out, ' ');
		else
			buf_addf(out, "\xe2\x96%c",
				 (char)(0x81 + quantity_place(best[i], low, line->max, 7)));
	}
}

static void add_chart(struct buf *out, const struct chart *chart)
{
	char low[QUANTITY_TEXT_SIZE];
	char mean[QUANTITY_TEXT_SIZE];
	char high[QUANTITY_TEXT_SIZE];
	size_t i;

	buf_addf(out, "%s\n", chart->title);
	for (i = 0; i < chart->line_count; i++) {
		const struct chart_line *line = &chart->line[i];

		buf_adds(out, "  ");
		add_spark(out, chart, line);
		buf_addf(out, "  %s / %s / %s  %s\n",
			 quantity_text(line->min, chart->unit, low),
			 quantity_text(line->mean, chart->unit, mean),
			 quantity_text(line->max, chart->unit, high), line->label);
	}
	for (i = 0; i < chart->limit_count; i++)
		buf_addf(out, "  %s\n", chart->limit[i].label);
	if (*chart->remark) {
		buf_adds(out, "  ");
		add_wrapped(out, 2, 2, chart->remark);
	}
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
	const struct row *row;

	for (row = block->row; row; row = row->next)
		buf_addf(out, "%s%s: %s", row == block->row ? "" : "  |  ", row->cell->next->text,
			 row->cell->text);
	buf_addc(out, '\n');
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
