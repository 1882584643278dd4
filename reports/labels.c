/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/labels.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "reports/quantity.h"

#include <inttypes.h>
#include <string.h>

#define N_(text) (text)

/* What an attribute's name ends with, and how such a number is shown. */
enum shape { SHAPE_BYTES = 0, SHAPE_MILLI, SHAPE_KILO, SHAPE_PLAIN };

static const struct {
	const char *end;
	enum shape shape;
	const char *unit;
} unit_row[] = {
	{ "_bytes", SHAPE_BYTES, "" },	    { "_milli_c", SHAPE_MILLI, "C" },
	{ "_milli_v", SHAPE_MILLI, "V" },   { "_mv", SHAPE_MILLI, "V" },
	{ "_milli_w", SHAPE_MILLI, "W" },   { "_khz", SHAPE_KILO, "MHz" },
	{ "_mhz", SHAPE_PLAIN, "MHz" },	    { "_mts", SHAPE_PLAIN, "MT/s" },
	{ "_mbps", SHAPE_PLAIN, "Mbit/s" }, { "_mtps", SHAPE_PLAIN, "MT/s" },
	{ "_rpm", SHAPE_PLAIN, "rpm" },	    { "_bits", SHAPE_PLAIN, "bit" },
	{ "_count", SHAPE_PLAIN, "" },
};

static size_t unit_of(const char *name)
{
	size_t length = strlen(name);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(unit_row); i++) {
		size_t size = strlen(unit_row[i].end);

		if (length > size && !strcmp(name + length - size, unit_row[i].end))
			break;
	}
	return i;
}

const char *label_attribute(struct arena *arena, const char *name)
{
	const char *known = label_known(name);
	size_t unit = unit_of(name);
	char *label;
	char *at;

	if (known)
		return known;

	label = arena_strndup(
		arena, name,
		strlen(name) - (unit < ARRAY_SIZE(unit_row) ? strlen(unit_row[unit].end) : 0));
	for (at = label; *at; at++) {
		if (*at == '_')
			*at = ' ';
	}
	return label;
}

const char *label_value(struct arena *arena, const struct attribute *attribute)
{
	const char *flag = label_flag(attribute);
	size_t unit = unit_of(attribute->name);
	char bytes[BYTES_TEXT_SIZE];
	char text[QUANTITY_TEXT_SIZE];

	if (attribute->kind == ATTRIBUTE_TEXT)
		return attribute->text;
	if (flag)
		return flag;
	if (unit == ARRAY_SIZE(unit_row))
		return arena_printf(arena, "%" PRId64, attribute->number);
	switch (unit_row[unit].shape) {
	case SHAPE_BYTES:
		/* 1500 bytes are no 1.4 KiB to anybody. */
		if (attribute->number < 10240 && attribute->number % 1024)
			return arena_printf(arena, "%" PRId64 " B", attribute->number);
		if (attribute->number >= 0)
			return arena_strdup(arena,
					    format_bytes((uint64_t)attribute->number, bytes));
		break;
	case SHAPE_MILLI:
	case SHAPE_KILO:
		return arena_strdup(arena,
				    quantity_text(attribute->number, unit_row[unit].unit, text));
	case SHAPE_PLAIN:
		return arena_printf(arena, "%" PRId64 "%s%s", attribute->number,
				    *unit_row[unit].unit ? " " : "", unit_row[unit].unit);
	}
	return arena_printf(arena, "%" PRId64, attribute->number);
}
