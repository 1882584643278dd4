/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/text.h"

#include "harness/base/digest.h"
#include "harness/base/auto.h"

#include <ctype.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

size_t text_character(const char *text, size_t size, uint32_t *ret_code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *at = (const unsigned char *)text;
	size_t length = at[0] < 0x80 ? 1 : at[0] < 0xc2 ? 0 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3
			: at[0] < 0xf5 ? 4 : 0;
	uint32_t code;
	size_t i;

	if (!length || length > size)
		return 0;
	code = length == 1 ? at[0] : at[0] & (0x7fU >> length);
	for (i = 1; i < length; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (at[i] & 0x3f);
	}
	if (length > 1 && (code < least[length] || code > 0x10ffff ||
			   (code >= 0xd800 && code < 0xe000)))
		return 0;
	*ret_code = code;
	return length;
}

bool text_is_utf8(const char *text, size_t size)
{
	while (size) {
		uint32_t code;
		size_t length = text_character(text, size, &code);

		if (!length)
			return false;
		text += length;
		size -= length;
	}
	return true;
}

bool text_is_unfit(uint32_t code)
{
	static const uint32_t range[][2] = {
		{ 0x00, 0x1f },	    { 0x7f, 0x9f },	{ 0x200b, 0x200f },
		{ 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0xfdd0, 0xfdef },
		{ 0xfeff, 0xfeff }, { 0xfff0, 0xfffb }, { 0xe0000, 0xe0fff },
	};
	size_t i;

	if ((code & 0xfffe) == 0xfffe)
		return true;
	for (i = 0; i < ARRAY_SIZE(range); i++) {
		if (code >= range[i][0] && code <= range[i][1])
			return true;
	}
	return false;
}

/* The size of the character at `text` when it may be printed, else 0; *ret_step: on to the next. */
static size_t fit_character(const char *text, size_t size, size_t *ret_step)
{
	uint32_t code;
	size_t length = text_character(text, size, &code);

	*ret_step = length ? length : 1;
	return length && !text_is_unfit(code) ? length : 0;
}

void text_clean(char *text)
{
	size_t left = strlen(text);
	char *out = text;
	size_t step;

	for (; left; left -= step, text += step) {
		size_t length = fit_character(text, left, &step);

		if (length)
			memmove(out, text, length);
		else
			*out = '?';
		out += length ? length : 1;
	}
	if (out < text)
		*out = 0;
}

const char *text_cleaned(struct arena *arena, const char *text)
{
	size_t size = strlen(text);
	size_t at = 0;
	size_t step;
	char *copy;

	while (at < size && fit_character(text + at, size - at, &step))
		at += step;
	if (at == size)
		return text;
	copy = arena_strdup(arena, text);
	text_clean(copy);
	return copy;
}

static bool is_printable(const char *text, size_t size)
{
	while (size) {
		uint32_t code;
		size_t length = text_character(text, size, &code);

		if (!length || (code < 0x20 && code != '\t') || (code >= 0x7f && code < 0xa0))
			return false;
		text += length;
		size -= length;
	}
	return true;
}

/* All of it, or NULL. *ret_size: of the result. */
static const char *convert(struct arena *arena, iconv_t converter, const char *bytes, size_t size,
			   size_t *ret_size)
{
	size_t room = size * 3 + 1;
	char *out = arena_alloc(arena, room);
	char *in_at = (char *)bytes;
	char *out_at = out;
	size_t left = room - 1;
	size_t result;

	if (converter == (iconv_t)-1)
		return NULL;
	result = iconv(converter, &in_at, &size, &out_at, &left);
	iconv_close(converter);
	*ret_size = (size_t)(out_at - out);
	return result == (size_t)-1 || size ? NULL : out;
}

static const char *decode_gbk(struct arena *arena, const char *bytes, size_t size)
{
	const char *out = convert(arena, iconv_open("UTF-8", "GBK"), bytes, size, &size);

	return out && is_printable(out, size) ? out : NULL;
}

const char *text_encode_gbk(struct arena *arena, const char *text)
{
	size_t size;

	return convert(arena, iconv_open("GBK", "UTF-8"), text, strlen(text), &size);
}

const char *text_decode(struct arena *arena, const void *bytes, size_t size,
			enum text_encoding *ret_how)
{
	const char *text = bytes;
	const char *decoded;
	char *hex;

	while (size && (!text[size - 1] || isspace((unsigned char)text[size - 1])))
		size--;
	while (size && isspace((unsigned char)text[0])) {
		text++;
		size--;
	}
	if (is_printable(text, size)) {
		*ret_how = TEXT_UTF8;
		return arena_strndup(arena, text, size);
	}
	decoded = decode_gbk(arena, text, size);
	if (decoded) {
		*ret_how = TEXT_GBK;
		return decoded;
	}
	*ret_how = TEXT_HEX;
	hex = arena_alloc(arena, 2 * size + 5);
	memcpy(hex, "hex:", 4);
	hex_encode(text, size, hex + 4);
	return hex;
}

const char *text_encoding_name(enum text_encoding how)
{
	static const char *const name[] = { "hex", "gbk", "utf-8" };

	return (size_t)how < ARRAY_SIZE(name) ? name[how] : "hex";
}

/* East Asian wide and full-width ranges of Unicode's EastAsianWidth.txt, whole blocks only. */
static bool is_wide(uint32_t code)
{
	static const uint32_t range[][2] = {
		{ 0x1100, 0x115f }, { 0x2e80, 0x303e }, { 0x3041, 0xa4cf },   { 0xac00, 0xd7a3 },
		{ 0xf900, 0xfaff }, { 0xfe30, 0xfe6f }, { 0xff00, 0xff60 },   { 0xffe0, 0xffe6 },
		{ 0x1f300, 0x1f64f }, { 0x20000, 0x3fffd },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(range); i++) {
		if (code >= range[i][0] && code <= range[i][1])
			return true;
	}
	return false;
}

size_t text_columns(const char *text)
{
	size_t size = strlen(text);
	size_t columns = 0;

	while (size) {
		uint32_t code = 0;
		size_t length = text_character(text, size, &code);

		if (!length)
			length = 1;
		columns += is_wide(code) ? 2 : 1;
		text += length;
		size -= length;
	}
	return columns;
}

bool text_equal_nocase(const char *a, const char *b)
{
	return strcasecmp(a, b) == 0;
}

bool text_starts(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

bool text_contains_nocase(const char *text, const char *part)
{
	size_t length = strlen(part);

	for (;; text++) {
		if (strncasecmp(text, part, length) == 0)
			return true;
		if (!*text)
			return false;
	}
}
