/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_COLUMNS_H
#define CMD_COLUMNS_H
/*
 * A table for eyes: cells are kept as texts and aligned by the columns a terminal needs for them,
 * so that Chinese and Latin text line up. The first row is the heading.
 *
 *	struct columns table = { .count = 3, .right = 1u << 1 };	the second is aligned right
 *	columns_cell(&table, "%s", name);				row by row
 *	columns_print(&table, "  ", &out);				and the table is empty again
 */
#include "harness/base/arena.h"
#include "harness/base/buf.h"

#include <stddef.h>

struct columns {
	size_t count;			/* of columns */
	unsigned int right;		/* bit set of those aligned right */
	struct arena arena;
	const char **cell;
	size_t cells, capacity;
};

void columns_cell(struct columns *table, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void columns_print(struct columns *table, const char *indent, struct buf *out);

#endif
