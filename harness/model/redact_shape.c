/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Substitutes of the same shape. */
#include "harness/base/arena.h"
#include "harness/base/auto.h"
#include "harness/base/ids.h"
#include "harness/base/text.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>

enum { BLOCK = 32, MAC_DIGITS = 12, UUID_DIGITS = 32 };

size_t redact_hex_digits(const char *text, size_t size, char *out, size_t room)
{
	size_t count = 0;
	size_t i;

	for (i = 0; i < size; i++) {
		if (isxdigit((unsigned char)text[i]) && count++ < room)
			out[count - 1] = (char)tolower((unsigned char)text[i]);
	}
	return count;
}

/* Pairs of hex digits with `separator` between them, and nothing else. */
static bool is_pairs(const char *text, size_t size, char separator)
{
	size_t i;

	for (i = 0; i < size; i++) {
		if (i % 3 == 2 ? text[i] != separator : !isxdigit((unsigned char)text[i]))
			return false;
	}
	return true;
}

static bool has_form(const char *text, size_t size, const char *form)
{
	size_t i;

	if (strlen(form) != size)
		return false;
	for (i = 0; i < size; i++) {
		if (form[i] == '-' ? text[i] != '-' : !isxdigit((unsigned char)text[i]))
			return false;
	}
	return true;
}

static bool is_uuid(const char *text, size_t size)
{
	return has_form(text, size, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx") ||
	       has_form(text, size, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
}

/* Eight hex digits or more, both letters (of one case) and figures, and separators at most. */
static bool is_hex(const char *text, size_t size)
{
	size_t digits = 0, lower = 0, upper = 0;
	size_t i;

	for (i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];

		if (isxdigit(c)) {
			digits += isdigit(c) != 0;
			lower += islower(c) != 0;
			upper += isupper(c) != 0;
		} else if (c >= 0x80 || isalpha(c)) {
			return false;
		}
	}
	return digits && (lower || upper) && !(lower && upper) && digits + lower + upper >= 8;
}

enum redact_shape redact_shape_of(const char *text, size_t size)
{
	if (size == 17 && (is_pairs(text, size, ':') || is_pairs(text, size, '-') ||
			   is_pairs(text, size, '_')))
		return SHAPE_MAC;
	if (is_uuid(text, size))
		return SHAPE_UUID;
	return is_hex(text, size) ? SHAPE_HEX : SHAPE_TEXT;
}

struct stream {
	struct redact_map *map;
	unsigned int attempt;
	const char *text;
	size_t size;
	unsigned int block;
	size_t used;
	uint8_t byte[BLOCK];
};

static uint8_t draw(struct stream *stream)
{
	if (stream->used == BLOCK || !stream->block) {
		redact_draw(stream->map, stream->attempt, stream->block++, stream->text,
			    stream->size, stream->byte);
		stream->used = 0;
	}
	return stream->byte[stream->used++];
}

static char hex_digit(unsigned int value, bool upper)
{
	return (upper ? "0123456789ABCDEF" : "0123456789abcdef")[value & 15];
}

static unsigned int hex_value(char c)
{
	return isdigit((unsigned char)c) ? (unsigned int)(c - '0')
					 : (unsigned int)(tolower((unsigned char)c) - 'a' + 10);
}

/* probes/ids/macs.tsv as it was when this was built; the Makefile makes it. */
extern const char *const mac_glob[];
extern const size_t mac_glob_count;

/* The row that the 12 digits fit, as "00:e0:4c:36:00:0?"; NULL: the address is of one machine. */
static const char *common_mac(const char *digits)
{
	char text[] = "xx:xx:xx:xx:xx:xx";
	size_t i;

	for (i = 0; i < MAC_DIGITS; i++)
		text[i + i / 2] = digits[i];
	for (i = 0; i < mac_glob_count; i++) {
		if (ids_glob(mac_glob[i], text))
			return mac_glob[i];
	}
	return NULL;
}

bool redact_is_common_mac(const char *text, size_t size)
{
	char digits[MAC_DIGITS];

	return redact_shape_of(text, size) == SHAPE_MAC &&
	       redact_hex_digits(text, size, digits, sizeof(digits)) == MAC_DIGITS &&
	       common_mac(digits) != NULL;
}

/*
 * What stays of the nth digit of a MAC address. The first three bytes name the maker, and 52:54:00
 * says "virtual machine"; a locally administered address names nobody but by all of its bytes, so
 * only the two bits that say so stay. Of an address that many machines have, all digits that they
 * have in common: that it is one is a finding.
 */
static unsigned int mac_digit(const char *digits, size_t nth, unsigned int drawn)
{
	const char *common = common_mac(digits);
	bool local = hex_value(digits[1]) & 2;

	if (common && strcspn(common, "?*[") > nth + nth / 2)
		return hex_value(digits[nth]);
	if (nth < 6 && (!local || !strncmp(digits, "525400", 6)))
		return hex_value(digits[nth]);
	if (nth == 1)
		return (drawn & 0xc) | (hex_value(digits[1]) & 3);
	return drawn & 15;
}

static void fill_hex(struct stream *stream, enum redact_shape shape, const char *text, size_t size,
		     char *out)
{
	bool upper = false;
	size_t nth = 0;
	size_t i;

	for (i = 0; i < size; i++)
		upper = upper || isupper((unsigned char)text[i]);
	for (i = 0; i < size; i++) {
		unsigned int drawn;

		out[i] = text[i];
		if (!isxdigit((unsigned char)text[i]))
			continue;
		drawn = draw(stream);
		if (shape == SHAPE_MAC)
			drawn = mac_digit(stream->text, nth, drawn);
		if (shape == SHAPE_UUID && nth == 12)
			drawn = hex_value(text[i]);
		if (shape == SHAPE_UUID && nth == 16)
			drawn = (drawn & 3) | (hex_value(text[i]) & 0xc);
		out[i] = hex_digit(drawn, upper);
		nth++;
	}
}

/* The bytes of a character of UTF-8 that begins with `lead`. */
static size_t utf8_length(unsigned char lead)
{
	return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
}

/*
 * What is no UTF-8 is taken for GBK, whose most usual hanzi lie in rows b0 to d6; those before c2 are never
 * taken for UTF-8. A second byte of ASCII stays: a log does not escape it.
 */
static size_t fill_gb(struct stream *stream, const unsigned char *at, size_t left, char *out)
{
	out[0] = (char)at[0];
	if (left < 2 || at[0] < 0x81 || at[1] < 0x40 || at[1] == 0x7f)
		return 1;
	out[0] = (char)(0xb0 + draw(stream) % 0x12);
	out[1] = (char)(at[1] < 0x80 ? at[1] : 0xa1 + draw(stream) % 0x5e);
	return 2;
}

/*
 * A Chinese character for another whose GBK form is escaped as long as that one's, so that all forms of
 * a text keep their length.
 */
static bool fill_hanzi(struct stream *stream, const unsigned char *at, char *out)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	const char *gbk = text_encode_gbk(&arena, arena_strndup(&arena, (const char *)at, 3));
	enum text_encoding how = TEXT_UTF8;
	const char *text;
	char other[2];

	if (!gbk || fill_gb(stream, (const unsigned char *)gbk, strlen(gbk), other) != 2)
		return false;
	text = text_decode(&arena, other, sizeof(other), &how);
	if (how != TEXT_GBK || strlen(text) != 3)
		return false;
	memcpy(out, text, 3);
	return true;
}

/* Chinese characters stay such; of others the last six bits change, which leaves them UTF-8. */
static size_t fill_utf8(struct stream *stream, const unsigned char *at, char *out)
{
	enum { FIRST = 0x4e00, COUNT = 0x9fa6 - 0x4e00 };
	size_t length = utf8_length(at[0]);
	unsigned int code;

	memcpy(out, at, length);
	if (length == 3 && fill_hanzi(stream, at, out))
		return length;
	if (at[0] >= 0xe4 && at[0] <= 0xe9) {
		code = (unsigned int)draw(stream) << 8;
		code = FIRST + (code | draw(stream)) % COUNT;
		out[0] = (char)(0xe0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3f));
		out[2] = (char)(0x80 | (code & 0x3f));
	} else if (at[0] != 0xc2) {	/* there, control characters lie near */
		out[length - 1] = (char)(0x80 | (draw(stream) & 0x3f));
	}
	return length;
}

static char fill_plain(struct stream *stream, unsigned char c)
{
	if (isdigit(c))
		return (char)('0' + draw(stream) % 10);
	if (isupper(c))
		return (char)('A' + draw(stream) % 26);
	if (islower(c))
		return (char)('a' + draw(stream) % 26);
	return (char)c;
}

static void fill_text(struct stream *stream, const char *text, size_t size, char *out)
{
	const unsigned char *at = (const unsigned char *)text;
	bool utf8 = text_is_utf8(text, size);
	size_t i = 0;

	while (i < size) {
		if (at[i] < 0x80) {
			out[i] = fill_plain(stream, at[i]);
			i++;
		} else if (utf8) {
			i += fill_utf8(stream, at + i, out + i);
		} else {
			i += fill_gb(stream, at + i, size - i, out + i);
		}
	}
}

static void fill_bytes(struct stream *stream, const char *text, size_t size, char *out)
{
	size_t i;

	for (i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];

		if (isalnum(c) || !c || c == 0xff)
			out[i] = fill_plain(stream, c);
		else
			out[i] = (char)(1 + draw(stream) % 0xfe);
	}
}

void redact_shape_fill(struct redact_map *map, enum redact_shape shape, unsigned int attempt,
		       const char *text, size_t size, char *out)
{
	char digits[UUID_DIGITS];
	struct stream stream = { .map = map, .attempt = attempt, .text = text, .size = size };

	/* All forms of one address or UUID draw the same. */
	if (shape == SHAPE_MAC || shape == SHAPE_UUID) {
		stream.text = digits;
		stream.size = redact_hex_digits(text, size, digits, sizeof(digits));
	}
	switch (shape) {
	case SHAPE_HEX:
	case SHAPE_MAC:
	case SHAPE_UUID:
		fill_hex(&stream, shape, text, size, out);
		break;
	case SHAPE_TEXT:
		fill_text(&stream, text, size, out);
		break;
	case SHAPE_BYTES:
		fill_bytes(&stream, text, size, out);
		break;
	}
}
