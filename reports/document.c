/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/document.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/text.h"

#include <stdint.h>
#include <string.h>

static bool is_blank(uint32_t code)
{
	return (code >= '\t' && code <= '\r') || code == ' ' || code == 0x2028 || code == 0x2029;
}

static size_t characters(const char *text, size_t size)
{
	size_t count = 0;
	uint32_t code;

	for (; size; count++) {
		size_t length = text_character(text, size, &code);

		length = length ? length : 1;
		text += length;
		size -= length;
	}
	return count;
}

const char *document_clean(struct arena *arena, const char *text)
{
	AUTO(buf_release) struct buf out = BUF_INIT;
	size_t size = text ? strlen(text) : 0;
	size_t count = 0;

	while (size && count < DOCUMENT_TEXT_MAX) {
		uint32_t code = 0;
		size_t length = text_character(text, size, &code);

		if (is_blank(code))
			buf_addc(&out, ' ');
		else if (!length || text_is_unfit(code))
			buf_adds(&out, "\xef\xbf\xbd");
		else
			buf_add(&out, text, length);
		length = length ? length : 1;
		text += length;
		size -= length;
		count++;
	}
	if (size)
		buf_addf(&out, "… [+%zu]", characters(text, size));
	return arena_strndup(arena, out.data, out.size);
}

static const char *clean_v(struct arena *arena, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

static const char *clean_v(struct arena *arena, const char *format, va_list args)
{
	AUTO(buf_release) struct buf raw = BUF_INIT;

	buf_addv(&raw, format, args);
	return document_clean(arena, raw.data);
}

static struct block *block_new(struct document *doc, enum block_kind kind)
{
	struct block *block = arena_new(&doc->arena, struct block);

	block->kind = kind;
	block->text = "";
	block->column_tail = &block->column;
	block->row_tail = &block->row;
	block->child_tail = &block->child;
	return block;
}

void document_init(struct document *doc, enum lang lang)
{
	*doc = (struct document){ .arena = ARENA_INIT, .lang = lang, .title = "" };
	doc->root = block_new(doc, BLOCK_SECTION);
}

void document_release(struct document *doc)
{
	arena_release(&doc->arena);
	doc->root = NULL;
}

void document_title(struct document *doc, const char *title)
{
	doc->title = document_clean(&doc->arena, title);
	doc->root->text = doc->title;
}

struct block *document_block(struct document *doc, struct block *parent, enum block_kind kind)
{
	struct block *block = block_new(doc, kind);

	*parent->child_tail = block;
	parent->child_tail = &block->next;
	return block;
}

struct block *document_section(struct document *doc, struct block *parent, const char *title)
{
	struct block *block = document_block(doc, parent, BLOCK_SECTION);

	block->text = document_clean(&doc->arena, title);
	return block;
}

struct block *document_paragraph(struct document *doc, struct block *parent, enum tone tone,
				 const char *format, ...)
{
	struct block *block = document_block(doc, parent, BLOCK_PARAGRAPH);
	va_list args;

	va_start(args, format);
	block->text = clean_v(&doc->arena, format, args);
	va_end(args);
	block->tone = tone;
	return block;
}

void document_column(struct document *doc, struct block *table, enum align align,
		     const char *title)
{
	struct column *column = arena_new(&doc->arena, struct column);

	column->align = align;
	column->title = document_clean(&doc->arena, title);
	*table->column_tail = column;
	table->column_tail = &column->next;
}

struct row *document_row(struct document *doc, struct block *block)
{
	struct row *row = arena_new(&doc->arena, struct row);

	row->cell_tail = &row->cell;
	*block->row_tail = row;
	block->row_tail = &row->next;
	return row;
}

struct cell *document_cell(struct document *doc, struct row *row, enum tone tone,
			   const char *format, ...)
{
	struct cell *cell = arena_new(&doc->arena, struct cell);
	va_list args;

	va_start(args, format);
	cell->text = clean_v(&doc->arena, format, args);
	va_end(args);
	cell->tone = tone;
	*row->cell_tail = cell;
	row->cell_tail = &cell->next;
	return cell;
}

void document_pair(struct document *doc, struct block *block, const char *name, enum tone tone,
		   const char *text)
{
	struct row *row;

	if (!text || !*text)
		return;
	row = document_row(doc, block);
	document_cell(doc, row, TONE_PLAIN, "%s", name);
	document_cell(doc, row, tone, "%s", text);
}
