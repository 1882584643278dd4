/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * IP addresses in records of a log and in tables of mounts. Versions look like them: "BIOS 1.0.3.5",
 * "4.19.190.8.22", "28.100.00.00"; so do times and PCI addresses, with colons.
 */
#include "harness/base/auto.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool is_part(char c)
{
	return isalnum((unsigned char)c) || strchr(".:-_+", c);
}

/* Four numbers to 255, without zeros before them: the size, 0 for none. */
static size_t match_four(const char *at, size_t size, unsigned int number[4])
{
	size_t used = 0;
	int i;

	for (i = 0; i < 4; i++) {
		size_t first = used;

		number[i] = 0;
		for (; used < size && used < first + 4 && isdigit((unsigned char)at[used]); used++)
			number[i] = number[i] * 10 + (unsigned int)(at[used] - '0');
		if (used == first || number[i] > 255 || (at[first] == '0' && used > first + 1))
			return 0;
		if (i < 3 && (used == size || at[used++] != '.'))
			return 0;
	}
	return used;
}

/* Of this machine alone, of everybody, masks: they name nobody. */
static bool names_nobody(const unsigned int number[4])
{
	return number[0] == 127 || !number[0] || number[0] >= 224;
}

/* Groups of hex digits with ':' between: eight, or three and more of which "::" leaves some out. */
static size_t match_groups(const char *at, size_t size)
{
	size_t used = 0, groups = 0, gaps = 0;

	while (used < size && isxdigit((unsigned char)at[used])) {
		size_t first = used;

		while (used < size && isxdigit((unsigned char)at[used]))
			used++;
		if (used - first > 4)
			return 0;
		groups++;
		if (used + 1 >= size || at[used] != ':')
			break;
		used++;
		if (at[used] == ':') {
			gaps++;
			used++;
		}
	}
	return (!gaps && groups == 8) || (gaps == 1 && groups >= 3 && groups < 8) ? used : 0;
}

/* The word before says that a version follows. */
static bool is_version(const char *line, size_t at)
{
	static const char *const word[] = { "version", "ver", "v", "bios", "firmware", "fw",
					    "revision", "rev", "release", "driver", "api" };
	size_t end, start, i;

	for (end = at; end && strchr(" :=,(\"'", line[end - 1]); end--)
		;
	for (start = end; start && isalpha((unsigned char)line[start - 1]); start--)
		;
	for (i = 0; i < ARRAY_SIZE(word); i++) {
		if (strlen(word[i]) == end - start &&
		    !strncasecmp(line + start, word[i], end - start))
			return true;
	}
	return false;
}

static size_t match_address(const char *line, size_t size, size_t at)
{
	unsigned int number[4];
	size_t found = match_four(line + at, size - at, number);

	if (found && (names_nobody(number) || is_version(line, at)))
		return 0;
	return found ? found : match_groups(line + at, size - at);
}

/*
 * The interface id behind fe80:: is mostly made of a MAC address: where that is known, its own form
 * is replaced (redact_forms.c), and nothing is to be done here.
 */
static void span_of_address(struct redact_target *target, size_t start, size_t size)
{
	static const char link_local[] = "fe80::";
	size_t skip = redact_starts(target->data + start, size, link_local)
			      ? strlen(link_local) : 0;

	if (!skip || !redact_known(target->map, target->data + start + skip, size - skip))
		redact_span(target, start + skip, size - skip, REDACT_EVERYWHERE);
}

void redact_addresses(struct redact_target *target, size_t start, size_t size)
{
	const char *line = target->data + start;
	size_t at = 0;

	while (at < size) {
		bool begins = isxdigit((unsigned char)line[at]) && (!at || !is_part(line[at - 1]) ||
			      (line[at - 1] == ':' && at > 1 && !is_part(line[at - 2])));
		size_t found = begins ? match_address(line, size, at) : 0;
		size_t end = at + found;

		/* "10.0.0.1:/srv", "10.0.0.1." at the end of a sentence, "/64" */
		if (found && end < size && is_part(line[end]) &&
		    (line[end] != ':' && (line[end] != '.' || (end + 1 < size &&
		     isalnum((unsigned char)line[end + 1])))))
			found = 0;
		/* A text that is nothing else is a version: no log says an address alone. */
		if (found && found < size)
			span_of_address(target, start + at, found);
		at += found ? found : 1;
	}
}
