/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/scan.h"

#include "harness/base/auto.h"
#include "harness/base/err.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int scan_u64(const char *text, uint64_t min, uint64_t max, uint64_t *ret_number)
{
	bool hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
	char *end;
	unsigned long long number;

	if (!(hex ? isxdigit((unsigned char)text[2]) : isdigit((unsigned char)text[0])))
		return ERR_INPUT;
	errno = 0;
	number = strtoull(text, &end, hex ? 16 : 10);
	if (errno || *end || number < min || number > max)
		return ERR_INPUT;
	*ret_number = number;
	return 0;
}

int scan_i64(const char *text, int64_t min, int64_t max, int64_t *ret_number)
{
	char *end;
	long long number;

	if (!isdigit((unsigned char)text[text[0] == '-']))
		return ERR_INPUT;
	errno = 0;
	number = strtoll(text, &end, 10);
	if (errno || *end || number < min || number > max)
		return ERR_INPUT;
	*ret_number = number;
	return 0;
}

/*
 * A decimal number "12" or "12.25" times `unit`, exact or refused: digits after the point that
 * the unit cannot hold are an error. Advances *text behind the number.
 */
static int scan_decimal(const char **text, uint64_t unit, uint64_t *ret_value)
{
	const char *at = *text;
	uint64_t whole = 0;
	uint64_t part = 0;

	if (!isdigit((unsigned char)*at))
		return ERR_INPUT;
	for (; isdigit((unsigned char)*at); at++) {
		uint64_t digit = (uint64_t)(*at - '0');

		if (whole > (UINT64_MAX - digit) / 10)
			return ERR_INPUT;
		whole = whole * 10 + digit;
	}
	if (unit && whole > UINT64_MAX / unit)
		return ERR_INPUT;
	if (*at == '.') {
		uint64_t scale = unit;

		if (!isdigit((unsigned char)*++at))
			return ERR_INPUT;
		for (; isdigit((unsigned char)*at); at++) {
			uint64_t digit = (uint64_t)(*at - '0');

			/* scale 0: the unit is used up, or a unit of 1024s had its one digit */
			if (digit && (!scale || digit * scale % 10))
				return ERR_INPUT;
			part += digit * scale / 10;
			scale = scale % 10 ? 0 : scale / 10;
		}
	}
	if (whole * unit > UINT64_MAX - part)
		return ERR_INPUT;
	*ret_value = whole * unit + part;
	*text = at;
	return 0;
}

struct unit {
	const char *name;
	uint64_t size;
};

static const struct unit time_unit[] = {
	{ "ns", 1 },		      { "us", 1000 },		      { "ms", 1000000 },
	{ "s", 1000000000 },	      { "m", 60000000000 },	      { "h", 3600000000000 },
	{ "d", 86400000000000 },
};

static const struct unit byte_unit[] = {
	{ "B", 1 },
	{ "KiB", 1ULL << 10 }, { "MiB", 1ULL << 20 }, { "GiB", 1ULL << 30 }, { "TiB", 1ULL << 40 },
	{ "kB", 1000 },	       { "MB", 1000000 },     { "GB", 1000000000 },  { "TB", 1000000000000 },
};

/* The unit whose name is the letters at `at`; NULL when there is none. */
static const struct unit *find_unit(const struct unit *unit, size_t count, const char *at)
{
	size_t length = 0;
	size_t i;

	while (isalpha((unsigned char)at[length]))
		length++;
	for (i = 0; i < count; i++) {
		if (strlen(unit[i].name) == length && !strncmp(unit[i].name, at, length))
			return &unit[i];
	}
	return NULL;
}

static int scan_one(const char **text, const struct unit *table, size_t count, uint64_t *ret_value)
{
	const char *at = *text + strspn(*text, "0123456789.");
	const struct unit *unit = find_unit(table, count, at);

	if (!unit || scan_decimal(text, unit->size, ret_value) < 0 || *text != at)
		return ERR_INPUT;
	*text = at + strlen(unit->name);
	return 0;
}

int scan_duration(const char *text, int64_t *ret_ns)
{
	uint64_t sum = 0;

	do {
		uint64_t part;

		if (scan_one(&text, time_unit, ARRAY_SIZE(time_unit), &part) < 0)
			return ERR_INPUT;
		if (part > INT64_MAX - sum)
			return ERR_INPUT;
		sum += part;
	} while (*text);
	*ret_ns = (int64_t)sum;
	return 0;
}

int scan_bytes(const char *text, uint64_t *ret_bytes)
{
	uint64_t bytes;

	if (scan_u64(text, 0, UINT64_MAX, ret_bytes) == 0)
		return 0;
	if (scan_one(&text, byte_unit, ARRAY_SIZE(byte_unit), &bytes) < 0 || *text)
		return ERR_INPUT;
	*ret_bytes = bytes;
	return 0;
}

int scan_milli(const char *text, int64_t *ret_milli)
{
	bool negative = text[0] == '-';
	uint64_t value;

	text += negative;
	if (scan_decimal(&text, 1000, &value) < 0 || *text || value > INT64_MAX)
		return ERR_INPUT;
	*ret_milli = negative ? -(int64_t)value : (int64_t)value;
	return 0;
}

char *format_duration(int64_t ns, char out[DURATION_TEXT_SIZE])
{
	static const struct unit part[] = {
		{ "d", 86400 }, { "h", 3600 }, { "m", 60 }, { "s", 1 }
	};
	uint64_t left = ns > 0 ? (uint64_t)ns / 1000000000 : 0;
	size_t used = 0;
	size_t i;

	out[0] = 0;
	if (ns > 0 && ns < 1000000000) {
		snprintf(out, DURATION_TEXT_SIZE, "%" PRId64 "ms", ns / 1000000);
		return out;
	}
	for (i = 0; i < ARRAY_SIZE(part); i++) {
		uint64_t count = left / part[i].size;

		if (!count)
			continue;
		left %= part[i].size;
		used += (size_t)snprintf(out + used, DURATION_TEXT_SIZE - used, "%" PRIu64 "%s",
					 count, part[i].name);
	}
	if (!used)
		memcpy(out, "0s", sizeof("0s"));
	return out;
}

char *format_bytes(uint64_t bytes, char out[BYTES_TEXT_SIZE])
{
	size_t i = 4;

	while (i > 0 && bytes < byte_unit[i].size)
		i--;
	if (bytes % byte_unit[i].size)
		snprintf(out, BYTES_TEXT_SIZE, "%" PRIu64 ".%" PRIu64 " %s",
			 bytes / byte_unit[i].size,
			 bytes % byte_unit[i].size / (byte_unit[i].size / 10 + 1),
			 byte_unit[i].name);
	else
		snprintf(out, BYTES_TEXT_SIZE, "%" PRIu64 " %s", bytes / byte_unit[i].size,
			 byte_unit[i].name);
	return out;
}

char *format_milli(int64_t milli, char out[MILLI_TEXT_SIZE])
{
	uint64_t size = milli < 0 ? 0 - (uint64_t)milli : (uint64_t)milli;
	size_t length;

	snprintf(out, MILLI_TEXT_SIZE, "%s%" PRIu64 ".%03" PRIu64, milli < 0 ? "-" : "",
		 size / 1000, size % 1000);
	length = strlen(out);
	while (out[length - 1] == '0')
		out[--length] = 0;
	if (out[length - 1] == '.')
		out[--length] = 0;
	return out;
}
