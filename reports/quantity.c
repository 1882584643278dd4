/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/quantity.h"

#include "harness/base/auto.h"
#include "harness/base/json.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* 2^53 thousandths are 9 T. */
enum { SCALE_MAX = 12 };

static const int64_t power_of_ten[] = {
	1,	       10,	       100,		1000,
	10000,	       100000,	       1000000,		10000000,
	100000000,     1000000000,     10000000000,	100000000000,
	1000000000000, 10000000000000, 100000000000000, 1000000000000000,
};

int64_t quantity_clamp(int64_t milli)
{
	if (milli > JSON_INT_MAX)
		return JSON_INT_MAX;
	return milli < -JSON_INT_MAX ? -JSON_INT_MAX : milli;
}

static bool is_scaled(const char *unit)
{
	static const char *const plain[] = { "C", "MHz", "V", "W", "A", "rpm", "%", "ms" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(plain); i++) {
		if (!strcmp(unit, plain[i]))
			return false;
	}
	return true;
}

unsigned int quantity_scale(int64_t milli, const char *unit)
{
	int64_t size = quantity_clamp(milli);
	unsigned int scale = 0;

	if (!is_scaled(unit))
		return 0;
	size = size < 0 ? -size : size;
	/* Up to 9999 stay as they are: "4800 /s" reads better than "4.8 k/s". */
	if (size < 10000 * 1000LL)
		return 0;
	while (scale < SCALE_MAX && size >= 1000 * 1000LL) {
		size /= 1000;
		scale += 3;
	}
	return scale;
}

char *quantity_unit(const char *unit, unsigned int scale, char out[QUANTITY_TEXT_SIZE])
{
	static const char *const prefix[] = { "", "k", "M", "G", "T" };
	const char *name = unit;

	if (!strcmp(unit, "C"))
		name = "°C";
	else if (!strcmp(unit, "1/s"))
		name = "/s";
	else if (!strcmp(unit, "count"))
		name = "";
	snprintf(out, QUANTITY_TEXT_SIZE, "%s%.40s",
		 prefix[(scale > SCALE_MAX ? SCALE_MAX : scale) / 3], name);
	return out;
}

char *quantity_number(int64_t milli, unsigned int scale, unsigned int digits,
		      char out[QUANTITY_TEXT_SIZE])
{
	int64_t value = quantity_clamp(milli);
	bool negative = value < 0;
	unsigned int drop;
	int64_t unit;

	digits = digits > 3 ? 3 : digits;
	scale = scale > SCALE_MAX ? SCALE_MAX : scale;
	drop = scale + 3 - digits;
	unit = power_of_ten[drop];
	value = negative ? -value : value;
	value = (value + unit / 2) / unit;
	if (digits)
		snprintf(out, QUANTITY_TEXT_SIZE, "%s%" PRId64 ".%0*" PRId64,
			 negative && value ? "-" : "", value / power_of_ten[digits], (int)digits,
			 value % power_of_ten[digits]);
	else
		snprintf(out, QUANTITY_TEXT_SIZE, "%s%" PRId64, negative && value ? "-" : "",
			 value);
	return out;
}

/* Three digits that count; temperatures one after the point, revolutions and megahertz none. */
static unsigned int digits_for(int64_t milli, unsigned int scale, const char *unit)
{
	int64_t size = milli < 0 ? -milli : milli;

	if (!strcmp(unit, "C") || !strcmp(unit, "%"))
		return 1;
	if (!strcmp(unit, "MHz") || !strcmp(unit, "rpm"))
		return 0;
	if (!scale)
		return size % 1000 == 0 || size >= 1000000 ? 0
		       : size < 10000 ? 3 : size < 100000 ? 2 : 1;
	size /= power_of_ten[scale];
	return size < 10000 ? 2 : size < 100000 ? 1 : 0;
}

char *quantity_text(int64_t milli, const char *unit, char out[QUANTITY_TEXT_SIZE])
{
	char number[QUANTITY_TEXT_SIZE];
	char name[QUANTITY_TEXT_SIZE];
	unsigned int scale;

	milli = quantity_clamp(milli);
	scale = quantity_scale(milli, unit);
	quantity_number(milli, scale, digits_for(milli, scale, unit), number);
	quantity_unit(unit, scale, name);
	snprintf(out, QUANTITY_TEXT_SIZE, "%.24s%s%.36s", number, *name ? " " : "", name);
	return out;
}

char *quantity_count(uint64_t count, char out[QUANTITY_TEXT_SIZE])
{
	char digits[24];
	int size = snprintf(digits, sizeof(digits), "%" PRIu64, count);
	char *at = out;
	int i;

	for (i = 0; i < size; i++) {
		if (i && (size - i) % 3 == 0)
			*at++ = ' ';
		*at++ = digits[i];
	}
	*at = 0;
	return out;
}

int64_t quantity_place(int64_t value, int64_t low, int64_t high, int64_t size)
{
	if (high <= low || value <= low)
		return 0;
	if (value >= high)
		return size;
	return (int64_t)((__int128)(value - low) * size / (high - low));
}
