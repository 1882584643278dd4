/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where words begin and end in bytes of any encoding. The last figure of an escape ("\xba"), and the
 * second byte of a character of GBK, which may be a letter, belong to no word.
 */
#include "harness/base/digest.h"
#include "harness/base/text.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>

enum { ESCAPE = 4, CHARACTER_MAX = 4 };

/* "\xHH", whatever the byte: the kernel's log and systemd's names of units write such. */
static bool has_code(const char *at, size_t size, char *ret_byte)
{
	uint8_t byte;

	if (size < ESCAPE || at[0] != '\\' || at[1] != 'x' || !isxdigit((unsigned char)at[2]) ||
	    !isxdigit((unsigned char)at[3]))
		return false;
	hex_decode((const char[]){ at[2], at[3], 0 }, &byte, 1);
	*ret_byte = (char)byte;
	return true;
}

bool redact_is_escape(const char *at, size_t size, char *ret_byte)
{
	char code;

	if (!has_code(at, size, &code))
		return false;
	if (code >= ' ' && code < 0x7f && code != '\\')
		return false;
	*ret_byte = code;
	return true;
}

/* One byte as it is read: its size in the data. */
static size_t unit_at(const char *at, size_t size, char *ret_byte)
{
	*ret_byte = *at;
	return redact_is_escape(at, size, ret_byte) ? ESCAPE : 1;
}

static bool is_gbk(char lead, char second)
{
	unsigned char c = (unsigned char)second;

	return (unsigned char)lead > 0x80 && c >= 0x40 && c != 0x7f && c != 0xff;
}

/* How many units the character has that begins at `at`; in *ret_size its bytes in the data. */
static size_t character_at(const char *at, size_t size, size_t *ret_size)
{
	size_t end[CHARACTER_MAX + 1] = { 0 };
	char byte[CHARACTER_MAX];
	uint32_t code;
	size_t count, length;

	for (count = 0; count < CHARACTER_MAX && end[count] < size; count++)
		end[count + 1] = end[count] + unit_at(at + end[count], size - end[count],
						      &byte[count]);
	length = text_character(byte, count, &code);
	if (!length)
		length = count > 1 && is_gbk(byte[0], byte[1]) ? 2 : 1;
	*ret_size = end[length];
	return length;
}

/*
 * In names of units, "\x2d", and as the log escapes that once more, "\x5cx2d": its size, without the last
 * figure. The rest is marked as letters and figures are, for it may be just that: "\x2dbench".
 */
static size_t unit_escape_at(const char *at, size_t size)
{
	char code;

	if (has_code(at, size, &code) && !redact_is_escape(at, size, &code))
		return ESCAPE - 1;
	return size > ESCAPE + 2 && !memcmp(at, "\\x5cx", 5) && isxdigit((unsigned char)at[5]) &&
			       isxdigit((unsigned char)at[6])
		       ? ESCAPE + 2 : 0;
}

static void mark_word(const char *data, size_t size, uint8_t *mark)
{
	size_t i;

	for (i = 0; i < size; i++)
		mark[i] = isalnum((unsigned char)data[i]) ? MARK_WORD : MARK_SIGN;
}

void redact_mark_words(const char *data, size_t size, uint8_t *mark)
{
	size_t i = 0;

	while (i < size) {
		size_t length, units = character_at(data + i, size - i, &length);
		size_t escape = unit_escape_at(data + i, size - i);
		bool is_escaped = length > units;

		if (is_escaped || units > 1) {
			memset(mark + i, is_escaped ? MARK_INSIDE : MARK_SIGN, length);
			mark[i] = MARK_SIGN;
		} else {
			mark_word(data + i, length, mark + i);
		}
		if (escape && units == 1) {
			mark_word(data + i + length, escape - length, mark + i + length);
			length = escape + 1;
			mark[i + escape] = MARK_SIGN;
		}
		i += length;
	}
}
