/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/pairs.h"

#include "harness/base/text.h"

#include <string.h>

/* Without blanks at both ends and one pair of quotes; a backslash takes the next sign as it is. */
static const char *unquote(struct arena *arena, const char *text, size_t size)
{
	char *out = arena_alloc(arena, size + 1);
	size_t used = 0;
	size_t i;

	while (size && strchr(" \t\r", text[size - 1]))
		size--;
	while (size && strchr(" \t", text[0])) {
		text++;
		size--;
	}
	if (size >= 2 && (text[0] == '"' || text[0] == '\'') && text[size - 1] == text[0]) {
		text++;
		size -= 2;
	}
	for (i = 0; i < size; i++) {
		if (text[i] == '\\' && i + 1 < size)
			i++;
		out[used++] = text[i];
	}
	return out;
}

/* The first '=' or ':' of the line; NULL where there is neither. */
static const char *end_of_key(const char *text, const char *stop)
{
	while (text < stop && *text != '=' && *text != ':')
		text++;
	return text < stop ? text : NULL;
}

void pairs_read(struct pairs *pairs, struct arena *arena, const char *text, size_t size)
{
	const char *end = text + size;
	struct pair **tail = &pairs->first;

	while (text < end) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		const char *behind;

		stop = stop ? stop : end;
		behind = end_of_key(text, stop);
		if (behind && text[0] != '#') {
			struct pair *pair = arena_new(arena, struct pair);

			pair->key = unquote(arena, text, (size_t)(behind - text));
			pair->value = unquote(arena, behind + 1, (size_t)(stop - behind - 1));
			*tail = pair;
			tail = &pair->next;
		}
		text = stop + 1;
	}
}

const char *pairs_get(const struct pairs *pairs, const char *key)
{
	const struct pair *pair;

	for (pair = pairs->first; pair; pair = pair->next) {
		if (text_equal_nocase(pair->key, key))
			return *pair->value ? pair->value : NULL;
	}
	return NULL;
}
