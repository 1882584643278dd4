/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/placeholder.h"

#include "harness/base/ids.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* probes/ids/placeholders.tsv as it was when this was built; the Makefile makes it. */
extern const char *const placeholder_glob[];
extern const size_t placeholder_glob_count;

enum { LONGEST = 96 };

/* Only separators, and one and the same letter or digit: "", "--", "0000-0000", "ff:ff", "XXXX". */
static bool is_monotonous(const char *text, size_t size)
{
	int sign = 0;
	size_t count = 0;
	size_t i;

	for (i = 0; i < size; i++) {
		int c = tolower((unsigned char)text[i]);

		if ((unsigned char)c >= 0x80)
			return false;
		if (!isalnum(c))
			continue;
		if (count++ && c != sign)
			return false;
		sign = c;
	}
	return !count || count > 2 || sign == '0';
}

/* Digits that count up: "12345", "0123456789", "123456789ABCDEF" with what follows 9. */
static bool is_counting(const char *text, size_t size)
{
	static const char up[] = "0123456789abcdef";
	static const char again[] = "1234567890123456789012345678901234567890";

	return size >= 5 && ((size < sizeof(up) && (!strncasecmp(text, up, size) ||
						   (size < sizeof(up) - 1 &&
						    !strncasecmp(text, up + 1, size)))) ||
			     (size < sizeof(again) && !strncmp(text, again, size)));
}

/* Blanks and zeros at both ends, and a final '.', are nothing. */
static size_t trim(const char **text, size_t size)
{
	while (size && (isspace((unsigned char)(*text)[size - 1]) || !(*text)[size - 1] ||
			(*text)[size - 1] == '.'))
		size--;
	while (size && isspace((unsigned char)**text)) {
		++*text;
		size--;
	}
	return size;
}

static bool has_form(const char *text, size_t size)
{
	if (size > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
		text += 2;
		size -= 2;
	}
	return is_monotonous(text, size) || is_counting(text, size);
}

static bool is_placeholder(const struct ids *table, const char *text, size_t size)
{
	char copy[LONGEST + 1];
	size_t i;

	size = trim(&text, size);
	if (has_form(text, size))
		return true;
	if (size > LONGEST || memchr(text, 0, size))
		return false;
	memcpy(copy, text, size);
	copy[size] = 0;
	for (i = 0; i < placeholder_glob_count; i++) {
		if (ids_glob(placeholder_glob[i], copy))
			return true;
	}
	return table && ids_find(table, (const char *[]){ copy }) >= 0;
}

bool text_is_placeholder(const char *text, size_t size)
{
	return is_placeholder(NULL, text, size);
}

bool inventory_is_placeholder(const struct inventory *inventory, const char *text, size_t size)
{
	return is_placeholder(inventory->placeholders, text, size);
}
