/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * IP addresses in records of a log and in tables of mounts. Versions look like them: "BIOS 1.0.3.5",
 * "4.19.190.8.22", "28.100.00.00"; so do times and PCI addresses, with colons.
 */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
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

/* What decides whether groups are an address: "add::bed" and times are none. */
struct groups {
	bool is_tail;		/* "::" stands before them */
	size_t count, gaps;
	bool has_figure, has_four;	/* in the first group */
};

static bool is_ip6(const struct groups *groups)
{
	if (!groups->gaps)
		return groups->count == 8;
	return groups->gaps == 1 && groups->count < 8 &&
	       (groups->count >= 3 ||
		(groups->count == 2 && (groups->is_tail ||
					(groups->has_figure && groups->has_four))));
}

/* Groups of hex digits with ':' between: eight, or fewer of which "::" leaves some out. */
static size_t match_groups(const char *at, size_t size, bool is_tail)
{
	struct groups groups = { .is_tail = is_tail, .gaps = is_tail };
	size_t used = 0;

	while (used < size && isxdigit((unsigned char)at[used])) {
		size_t first = used;

		for (; used < size && isxdigit((unsigned char)at[used]); used++)
			groups.has_figure |= !groups.count && isdigit((unsigned char)at[used]);
		if (used - first > 4)
			return 0;
		groups.has_four |= !groups.count && used - first == 4;
		groups.count++;
		if (used + 1 >= size || at[used] != ':')
			break;
		used++;
		if (at[used] == ':') {
			groups.gaps++;
			used++;
		}
	}
	return is_ip6(&groups) ? used : 0;
}

/* The word that ends before `at`, over separators: where it begins, its size in *ret_size. */
static size_t word_before(const char *line, size_t at, size_t *ret_size)
{
	size_t end, start;

	for (end = at; end && strchr(" :=,(\"'", line[end - 1]); end--)
		;
	for (start = end; start && isalpha((unsigned char)line[start - 1]); start--)
		;
	*ret_size = end - start;
	return start;
}

bool redact_is_version(const char *line, size_t at)
{
	static const char *const word[] = { "version", "ver", "v", "bios", "firmware", "fw",
					    "revision", "rev", "release", "driver", "api" };
	size_t size, start, i;

	start = word_before(line, at, &size);
	if (size == 2 && redact_starts(line + start, size, "is"))
		start = word_before(line, start, &size);
	for (i = 0; i < ARRAY_SIZE(word); i++) {
		size_t length = strlen(word[i]);

		/* "FWVersion", but not every word that ends with a 'v' */
		if (length == size || (length > 5 && length < size)) {
			if (!strncasecmp(line + start + size - length, word[i], length))
				return true;
		}
	}
	return false;
}

bool redact_is_pointer(const char *line, size_t at)
{
	static const char *const word[] = { "ip", "sp", "at", "pc", "lr", "ra", "era", "rip", "rsp" };
	size_t size, i;
	size_t start = word_before(line, at, &size);

	for (i = 0; i < ARRAY_SIZE(word); i++) {
		if (strlen(word[i]) == size && !strncasecmp(line + start, word[i], size))
			return true;
	}
	return false;
}

/* "::ffff:a01:203" */
static bool is_behind_gap(const char *line, size_t at)
{
	return at > 1 && line[at - 1] == ':' && line[at - 2] == ':' &&
	       (at == 2 || !is_part(line[at - 3]));
}

static size_t match_address(const char *line, size_t size, size_t at)
{
	unsigned int number[4];
	size_t found = match_four(line + at, size - at, number);

	if (found && (names_nobody(number) || redact_is_version(line, at)))
		return 0;
	return found ? found : match_groups(line + at, size - at, is_behind_gap(line, at));
}

/*
 * The interface id behind fe80:: is mostly made of a MAC address: where that is known, its own form
 * is replaced (redact_forms.c), and nothing is to be done here.
 */
static void span_of_address(const struct redact_text *text, size_t at, size_t size)
{
	static const char link_local[] = "fe80::";
	struct redact_target *target = text->target;
	size_t start = redact_text_place(text, at);
	size_t skip = redact_starts(target->data + start, size, link_local)
			      ? strlen(link_local) : 0;

	if (!skip || !redact_known(target->map, target->data + start + skip, size - skip))
		redact_span(target, start + skip, size - skip, REDACT_EVERYWHERE);
}

bool redact_is_address(const char *text, size_t size)
{
	unsigned int number[4];

	return size && match_four(text, size, number) == size;
}

/*
 * "10.0.0.1:/srv", "10.0.0.1." at the end of a sentence and "/64" end an address; so does the '-' of a
 * range.
 */
static bool ends(const char *line, size_t size, size_t end)
{
	unsigned int number[4];

	if (end == size || !is_part(line[end]) || line[end] == ':')
		return true;
	if (line[end] == '-')
		return match_four(line + end + 1, size - end - 1, number) > 0;
	return line[end] == '.' && (end + 1 == size || !isalnum((unsigned char)line[end + 1]));
}

/* `behind`: where the address before ended; a range goes on behind its '-'. */
static bool begins(const char *line, size_t size, size_t at, size_t behind)
{
	unsigned int number[4];

	if (!at || !is_part(line[at - 1]) || (line[at - 1] == '-' && behind && at - 1 == behind))
		return true;
	/* "server:10.0.0.1", "::ffff:10.0.0.1"; groups go on behind a ':'. */
	return line[at - 1] == ':' && ((at > 1 && !is_part(line[at - 2])) ||
				       is_behind_gap(line, at) ||
				       match_four(line + at, size - at, number));
}

/* A letter that is the second byte of a character of GBK is no part of what follows. */
static bool is_tail(const char *line, const uint8_t *mark, size_t at)
{
	return at && isalnum((unsigned char)line[at - 1]) && mark[at - 1] != MARK_WORD;
}

void redact_addresses(const struct redact_text *text)
{
	const char *line = text->data;
	size_t size = text->size;
	AUTO_FREE uint8_t *mark = mem_alloc(size + 1);
	size_t at = 0, behind = 0;

	redact_mark_words(line, size, mark);
	while (at < size) {
		bool is_start = isxdigit((unsigned char)line[at]) &&
				(is_tail(line, mark, at) || begins(line, size, at, behind));
		size_t found = is_start ? match_address(line, size, at) : 0;
		bool is_one = found && found < size && ends(line, size, at + found);

		/* A text that is nothing else is a version: no log says an address alone. */
		if (is_one) {
			span_of_address(text, at, found);
			behind = at + found;
		}
		at += is_one ? found : 1;
	}
}
