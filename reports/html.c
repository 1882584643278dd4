/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A document as one HTML page that needs nothing else: no script, no address, no font or image from
 * elsewhere; a content security policy forbids them even should a text break out. It is well-formed
 * XML too, so that any tool can read it strictly.
 */
#include "reports/chart.h"
#include "reports/html_style.h"
#include "reports/markup.h"
#include "reports/svg.h"
#include "reports/writer.h"

#include <string.h>

#define N_(text) (text)

struct html {
	const struct document *doc;
	struct buf *out;
	unsigned int charts;	/* counted for their ids */
};

static const char *const tone_class[] = {
	[TONE_PLAIN] = "plain", [TONE_MUTED] = "muted", [TONE_GOOD] = "good",
	[TONE_BAD] = "bad",	[TONE_WARN] = "warn",	[TONE_CODE] = "code",
};

static void add_cell_text(struct html *html, const struct cell *cell)
{
	if (cell->tone == TONE_PLAIN && !cell->note) {
		markup_text(html->out, cell->text);
		return;
	}
	buf_adds(html->out, "<span");
	if (cell->tone != TONE_PLAIN)
		buf_addf(html->out, " class=\"t-%s\"", tone_class[cell->tone]);
	if (cell->note) {
		buf_adds(html->out, " title=\"");
		markup_text(html->out, cell->note);
		buf_adds(html->out, "\"");
	}
	buf_adds(html->out, ">");
	markup_text(html->out, cell->text);
	buf_adds(html->out, "</span>");
}

static void add_pairs(struct html *html, const struct block *block)
{
	/* Longer values get the whole width. */
	enum { NARROW = 56 };
	const struct row *row;

	buf_adds(html->out, "<dl class=\"pairs\">\n");
	for (row = block->row; row; row = row->next) {
		buf_addf(html->out, "<div%s><dt>",
			 strlen(row->cell->next->text) > NARROW ? " class=\"wide\"" : "");
		add_cell_text(html, row->cell);
		buf_adds(html->out, "</dt><dd>");
		add_cell_text(html, row->cell->next);
		buf_adds(html->out, "</dd></div>\n");
	}
	buf_adds(html->out, "</dl>\n");
}

static void add_list(struct html *html, const struct block *block)
{
	const struct row *row;

	buf_adds(html->out, "<ul>\n");
	for (row = block->row; row; row = row->next) {
		buf_adds(html->out, "<li>");
		add_cell_text(html, row->cell);
		buf_adds(html->out, "</li>\n");
	}
	buf_adds(html->out, "</ul>\n");
}

static const char *align_class(const struct column *column)
{
	return column && column->align == ALIGN_RIGHT ? " class=\"r\"" : "";
}

/* Only words too long for any column may be broken: else a browser breaks short ones, too. */
static bool has_long_word(const char *text)
{
	enum { LONG_WORD = 28 };

	while (*text) {
		size_t length = strcspn(text, " -/,");

		if (length > LONG_WORD)
			return true;
		text += length + (text[length] != 0);
	}
	return false;
}

static void add_table(struct html *html, const struct block *block)
{
	const struct column *column;
	const struct row *row;
	const struct cell *cell;

	buf_adds(html->out, "<table>\n<thead><tr>");
	for (column = block->column; column; column = column->next) {
		buf_addf(html->out, "<th%s>", align_class(column));
		markup_text(html->out, column->title);
		buf_adds(html->out, "</th>");
	}
	buf_adds(html->out, "</tr></thead>\n<tbody>\n");
	for (row = block->row; row; row = row->next) {
		buf_adds(html->out, "<tr>");
		column = block->column;
		for (cell = row->cell; cell; cell = cell->next) {
			buf_addf(html->out, "<td%s>",
				 has_long_word(cell->text) ? " class=\"b\"" : align_class(column));
			add_cell_text(html, cell);
			buf_adds(html->out, "</td>");
			column = column ? column->next : NULL;
		}
		buf_adds(html->out, "</tr>\n");
	}
	buf_adds(html->out, "</tbody>\n</table>\n");
}

static void add_figures(struct html *html, const struct block *block)
{
	const struct row *row;

	buf_adds(html->out, "<div class=\"figures\">\n");
	for (row = block->row; row; row = row->next) {
		buf_addf(html->out, "<div class=\"figure %s\"><b>", tone_class[row->cell->tone]);
		markup_text(html->out, row->cell->text);
		buf_adds(html->out, "</b><span>");
		markup_text(html->out, row->cell->next->text);
		buf_adds(html->out, "</span></div>\n");
	}
	buf_adds(html->out, "</div>\n");
}

/* The word in one language large, in the other one below it. */
static void add_banner(struct html *html, const struct block *block)
{
	const char *second = strchr(block->text, ' ');
	size_t first = second ? (size_t)(second - block->text) : strlen(block->text);

	buf_addf(html->out, "<div class=\"banner %s\">\n<div class=\"word\"><span>%.*s</span>",
		 tone_class[block->tone], (int)first, block->text);
	if (second)
		buf_addf(html->out, " <small>%s</small>", second + 1);
	buf_adds(html->out, "</div>\n");
	add_pairs(html, block);
	buf_adds(html->out, "</div>\n");
}

static void add_chart(struct html *html, const struct block *block)
{
	struct arena arena = ARENA_INIT;
	struct drawing drawing;
	char id[24];

	snprintf(id, sizeof(id), "chart%u", ++html->charts);
	chart_draw(block->chart, html->doc->lang, &arena, &drawing);
	buf_adds(html->out, "<figure>\n");
	svg_add(&drawing, id, html->out);
	if (*block->chart->remark) {
		buf_adds(html->out, "<figcaption>");
		markup_text(html->out, block->chart->remark);
		buf_adds(html->out, "</figcaption>\n");
	}
	buf_adds(html->out, "</figure>\n");
	arena_release(&arena);
}

static void add_block(struct html *html, const struct block *block)
{
	switch (block->kind) {
	case BLOCK_SECTION:
		break;
	case BLOCK_PARAGRAPH:
		buf_addf(html->out, "<p class=\"t-%s\">", tone_class[block->tone]);
		markup_text(html->out, block->text);
		buf_adds(html->out, "</p>\n");
		break;
	case BLOCK_LIST:
		add_list(html, block);
		break;
	case BLOCK_PAIRS:
		add_pairs(html, block);
		break;
	case BLOCK_TABLE:
		add_table(html, block);
		break;
	case BLOCK_FIGURES:
		add_figures(html, block);
		break;
	case BLOCK_BANNER:
		add_banner(html, block);
		break;
	case BLOCK_CHART:
		add_chart(html, block);
		break;
	}
}

static void add_section(struct html *html, const struct block *section, unsigned int level)
{
	const struct block *block;
	bool in_charts = false;

	if (level > 1)
		buf_adds(html->out, "<section>\n");
	buf_addf(html->out, "<h%u>", level);
	markup_text(html->out, section->text);
	buf_addf(html->out, "</h%u>\n", level);
	for (block = section->child; block; block = block->next) {
		/* Charts that follow each other share a grid. */
		if ((block->kind == BLOCK_CHART) != in_charts) {
			in_charts = !in_charts;
			buf_adds(html->out, in_charts ? "<div class=\"charts\">\n" : "</div>\n");
		}
		if (block->kind == BLOCK_SECTION)
			add_section(html, block, level < 4 ? level + 1 : level);
		else
			add_block(html, block);
	}
	if (in_charts)
		buf_adds(html->out, "</div>\n");
	if (level > 1)
		buf_adds(html->out, "</section>\n");
}

static void write_html(const struct document *doc, struct buf *out)
{
	struct html html = { .doc = doc, .out = out };

	buf_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\"/>\n",
		 doc->lang == LANG_ZH ? "zh-CN" : "en");
	buf_adds(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		      "style-src 'unsafe-inline'; img-src data:\"/>\n"
		      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
		      "<link rel=\"icon\" href=\"data:,\"/>\n<title>");
	markup_text(out, doc->title);
	buf_addf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n", html_style);
	add_section(&html, doc->root, 1);
	buf_adds(out, "</main>\n</body>\n</html>\n");
}

extern const struct writer writer_html;
const struct writer writer_html = {
	.format = REPORT_HTML,
	.name = "html",
	.suffix = ".html",
	.summary = N_("one page for a browser or for print, with charts"),
	.write = write_html,
};
