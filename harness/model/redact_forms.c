/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The other forms in which one secret stands in other places: each has the substitute in that form. */
#include "harness/base/arena.h"
#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/text.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum {
	SHORTEST = 4,	/* what is shorter stands in too many places by chance */
	WIDE_NAME = 16,
};

static void to_upper(char *text)
{
	for (; *text; text++)
		*text = (char)toupper((unsigned char)*text);
}

static void add_both_cases(struct redact_map *map, char *original, char *substitute)
{
	redact_add_form(map, original, substitute, REDACT_EVERYWHERE);
	to_upper(original);
	to_upper(substitute);
	redact_add_form(map, original, substitute, REDACT_EVERYWHERE);
}

/* `form` with each x a digit of `digits`. */
static void fill_form(const char *form, const char *digits, char *out)
{
	for (; *form; form++)
		*out++ = *form == 'x' ? *digits++ : *form;
	*out = 0;
}

/*
 * In the names of units systemd writes '-' as \x2d, and the kernel's log writes that backslash as \x5c
 * again.
 */
static void add_unit_names(struct redact_map *map, const char *original, const char *substitute,
			   enum redact_scope scope)
{
	static const char *const dash[] = { "\\x2d", "\\x5cx2d" };
	size_t i, k;

	for (i = 0; strchr(original, '-') && i < ARRAY_SIZE(dash); i++) {
		AUTO(buf_release) struct buf from = BUF_INIT;
		AUTO(buf_release) struct buf to = BUF_INIT;

		for (k = 0; original[k]; k++) {
			bool is_dash = original[k] == '-';

			buf_add(&from, is_dash ? dash[i] : original + k, is_dash ? strlen(dash[i]) : 1);
			buf_add(&to, is_dash ? dash[i] : substitute + k,
				is_dash ? strlen(dash[i]) : 1);
		}
		redact_add_form(map, from.data, to.data, scope);
	}
}

static void add_hex_form(struct redact_map *map, const char *form, const char *original,
			 const char *substitute)
{
	char from[64], to[64];

	fill_form(form, original, from);
	fill_form(form, substitute, to);
	add_unit_names(map, from, to, REDACT_EVERYWHERE);
	add_both_cases(map, from, to);
}

/* The interface id of IPv6 made of a MAC address (RFC 4291 appendix A), as the kernel prints it. */
static void eui64_text(const char *digits, char out[24])
{
	char first = digits[1];
	unsigned int value = isdigit((unsigned char)first) ? (unsigned int)(first - '0')
							   : (unsigned int)(first - 'a' + 10);

	snprintf(out, 24, "%c%x%.2s:%.2sff:fe%.2s:%.4s", digits[0], (value ^ 2) & 15, digits + 2,
		 digits + 4, digits + 6, digits + 8);
}

static void add_mac_forms(struct redact_map *map, const char *from, const char *to)
{
	char original[24], substitute[24];

	add_hex_form(map, "xx:xx:xx:xx:xx:xx", from, to);
	add_hex_form(map, "xx-xx-xx-xx-xx-xx", from, to);
	add_hex_form(map, "xx_xx_xx_xx_xx_xx", from, to);
	add_hex_form(map, "xxxx.xxxx.xxxx", from, to);
	add_hex_form(map, "xxxxxxxxxxxx", from, to);
	eui64_text(from, original);
	eui64_text(to, substitute);
	redact_add_form(map, original, substitute, REDACT_EVERYWHERE);
	/* A group is printed without its leading zeros: of the first that is one at most here. */
	if (original[0] == '0' && substitute[0] == '0')
		redact_add_form(map, original + 1, substitute + 1, REDACT_EVERYWHERE);
}

/* SMBIOS holds the first three fields of a UUID with their bytes turned round. */
static void turn_round(const char *digits, char out[33])
{
	static const unsigned char order[] = { 3, 2,  1,  0,  5,  4,  7,  6,
					       8, 9, 10, 11, 12, 13, 14, 15 };
	size_t i;

	for (i = 0; i < sizeof(order); i++)
		memcpy(out + 2 * i, digits + (size_t)2 * order[i], 2);
	out[32] = 0;
}

static void add_uuid_forms(struct redact_map *map, const char *from, const char *to)
{
	char original[33], substitute[33];

	add_hex_form(map, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", from, to);
	add_hex_form(map, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", from, to);
	turn_round(from, original);
	turn_round(to, substitute);
	add_hex_form(map, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", original, substitute);
	add_hex_form(map, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", original, substitute);
}

static void add_case(struct redact_map *map, const char *original, const char *substitute,
		     int (*change)(int), enum redact_scope scope)
{
	AUTO(buf_release) struct buf from = BUF_INIT;
	AUTO(buf_release) struct buf to = BUF_INIT;
	size_t i;

	for (i = 0; original[i]; i++) {
		bool ascii = (unsigned char)original[i] < 0x80;

		buf_addc(&from, ascii ? (char)change((unsigned char)original[i]) : original[i]);
		buf_addc(&to, ascii ? (char)change((unsigned char)substitute[i]) : substitute[i]);
	}
	redact_add_form(map, from.data, to.data, scope);
}

/* What the kernel's log shows as \xHH. */
static bool is_escaped(unsigned char c)
{
	return c < ' ' || c >= 0x7f || c == '\\';
}

static void add_escaped(struct redact_map *map, const char *original, const char *substitute,
			enum redact_scope scope)
{
	AUTO(buf_release) struct buf from = BUF_INIT;
	AUTO(buf_release) struct buf to = BUF_INIT;
	size_t i;

	for (i = 0; original[i]; i++) {
		unsigned char old = (unsigned char)original[i], new = (unsigned char)substitute[i];

		buf_addf(&from, is_escaped(old) ? "\\x%02x" : "%c", old);
		buf_addf(&to, is_escaped(new) ? "\\x%02x" : "%c", new);
	}
	redact_add_form(map, from.data, to.data, scope);
}

/* Firmware and old systems write GBK, others UTF-8, of the same name. */
static void add_encodings(struct redact_map *map, const char *original, const char *substitute,
			  enum redact_scope scope)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	enum text_encoding how = TEXT_UTF8, how_substitute = TEXT_UTF8;
	const char *from, *to;

	add_escaped(map, original, substitute, scope);
	if (text_is_utf8(original, strlen(original))) {
		from = text_encode_gbk(&arena, original);
		to = text_encode_gbk(&arena, substitute);
	} else {
		from = text_decode(&arena, original, strlen(original), &how);
		to = text_decode(&arena, substitute, strlen(substitute), &how_substitute);
		if (how != TEXT_GBK || how_substitute != TEXT_GBK)
			return;
	}
	if (!from || !to || strlen(from) < SHORTEST || strlen(from) != strlen(to))
		return;
	redact_add_form(map, from, to, scope);
	add_escaped(map, from, to, scope);
}

/* A world wide name of 64 bits as smartctl prints it: "5 0014ee 2b1a2c3d4". */
static void add_wide_name(struct redact_map *map, const char *original, const char *substitute)
{
	char from[WIDE_NAME + 1] = "", to[WIDE_NAME + 1] = "";

	if (strlen(original) == WIDE_NAME &&
	    redact_hex_digits(original, WIDE_NAME, from, WIDE_NAME) == WIDE_NAME &&
	    redact_hex_digits(substitute, WIDE_NAME, to, WIDE_NAME) == WIDE_NAME)
		add_hex_form(map, "x xxxxxx xxxxxxxxx", from, to);
}

static void add_text_forms(struct redact_map *map, const char *original, const char *substitute,
			   enum redact_scope scope)
{
	size_t i;

	if (strlen(original) < SHORTEST || strlen(original) != strlen(substitute))
		return;
	add_case(map, original, substitute, tolower, scope);
	add_case(map, original, substitute, toupper, scope);
	add_wide_name(map, original, substitute);
	add_unit_names(map, original, substitute, scope);
	for (i = 0; original[i] && !is_escaped((unsigned char)original[i]); i++)
		;
	if (original[i])
		add_encodings(map, original, substitute, scope);
}

void redact_add_forms(struct redact_map *map, enum redact_shape shape, const char *original,
		      const char *substitute, enum redact_scope scope)
{
	char from[33] = "", to[33] = "";

	redact_hex_digits(original, strlen(original), from, 32);
	redact_hex_digits(substitute, strlen(substitute), to, 32);
	switch (shape) {
	case SHAPE_MAC:
		add_mac_forms(map, from, to);
		break;
	case SHAPE_UUID:
		add_uuid_forms(map, from, to);
		break;
	case SHAPE_TEXT:
	case SHAPE_HEX:
		add_text_forms(map, original, substitute, scope);
		break;
	case SHAPE_BYTES:
		break;
	}
}
