/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names of systemd's units that are made of paths: "run-media-zhangwei-STICK.mount" is
 * /run/media/zhangwei/STICK, "dev-mapper-vg\\x2dhome.device" is /dev/mapper/vg-home. The log may have
 * that backslash as it is or escaped.
 */
#include "harness/base/auto.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>

static const char dash[] = "\\x2d";

static bool is_of_unit(char c)
{
	return isalnum((unsigned char)c) || (c && strchr("-_+:\\", c)) || (unsigned char)c >= 0x80;
}

/* Each piece of a path by itself. */
static void pieces(const struct redact_text *text, size_t start, size_t end)
{
	while (start < end) {
		size_t stop = start;

		while (stop < end && text->data[stop] != '-' &&
		       !redact_starts(text->data + stop, end - stop, dash))
			stop++;
		redact_text_name(text, start, stop - start);
		start = stop + (stop < end && text->data[stop] != '-' ? strlen(dash) : 1);
	}
}

static bool ends_a_path(const char *text, size_t size)
{
	static const char *const kind[] = { ".device", ".mount", ".automount", ".swap", ".scope" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kind); i++) {
		if (redact_starts(text, size, kind[i]))
			return true;
	}
	return false;
}

void redact_units(const struct redact_text *text)
{
	static const char *const above[] = { "dev-mapper-", "media-", "home-", "machine-" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(above); i++) {
		size_t at = 0;

		while ((at += redact_find(text->data + at, text->size - at, above[i])) < text->size) {
			bool is_part = at && isalnum((unsigned char)text->data[at - 1]);
			size_t end = at += strlen(above[i]);

			while (end < text->size && is_of_unit(text->data[end]))
				end++;
			if (!is_part && ends_a_path(text->data + end, text->size - end))
				pieces(text, at, end);
		}
	}
}
