/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H
/*
 * Text from machines: UTF-8 as it is, GBK decoded, anything else as hex; nothing is lost, and how
 * it was read is said.
 *
 *	enum text_encoding how;
 *	const char *utf8 = text_decode(&arena, bytes, size, &how);
 *
 * The result is always valid UTF-8 without control characters: those (tab excepted) make a text
 * TEXT_HEX. Blanks at both ends and zeros at the end are dropped first. TEXT_HEX is "hex:" and two
 * digits a byte.
 */
#include "harness/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum text_encoding {
	TEXT_HEX = 0,
	TEXT_GBK,
	TEXT_UTF8,
};

bool text_is_utf8(const char *text, size_t size);
const char *text_decode(struct arena *arena, const void *bytes, size_t size,
			enum text_encoding *ret_how);
/* UTF-8 as GBK; NULL when there is a character that GBK does not have. */
const char *text_encode_gbk(struct arena *arena, const char *text);
const char *text_encoding_name(enum text_encoding how);	/* "hex", "gbk", "utf-8" */

/* The size of the well-formed UTF-8 character (RFC 3629) at `text`, 0 when there is none. */
size_t text_character(const char *text, size_t size, uint32_t *ret_code);

/*
 * Characters that have no place in a line of print: they drive a terminal, end the line, turn its
 * order around, or cannot be seen.
 */
bool text_is_unfit(uint32_t code);

/*
 * What is unfit, and every byte that is no UTF-8, becomes '?'; the text never grows. Whatever comes
 * from a machine, a file or a stranger passes one of these on its way to a terminal.
 */
void text_clean(char *text);
/* The same for a text that stays as it is: itself when it is clean, else a copy in the arena. */
const char *text_cleaned(struct arena *arena, const char *text);

/* Columns a terminal needs for UTF-8 text: wide East Asian characters count two. */
size_t text_columns(const char *text);

bool text_equal_nocase(const char *a, const char *b);	/* ASCII only */
bool text_starts(const char *text, const char *start);
bool text_contains_nocase(const char *text, const char *part);	/* ASCII only */

#endif
