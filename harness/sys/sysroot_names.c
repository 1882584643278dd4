/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of names, their natural order, and globs. */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/sys/sysroot_parts.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

void sysroot_names_add(struct sysroot_names *names, const char *name)
{
	/* Powers of two: the capacity is told by the count, so the list needs no third member. */
	if (!(names->count & (names->count - 1))) {
		size_t room = names->count ? 2 * names->count : 1;

		names->name = mem_realloc(names->name, room * sizeof(*names->name));
	}
	names->name[names->count++] = mem_strdup(name);
}

void sysroot_names_release(struct sysroot_names *names)
{
	size_t i;

	for (i = 0; i < names->count; i++)
		free(names->name[i]);
	free(names->name);
	*names = (struct sysroot_names){ .count = 0 };
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Runs of digits compare as numbers of any length; the rest as bytes. */
static int natural_compare(const char *a, const char *b)
{
	const char *whole_a = a;
	const char *whole_b = b;

	while (*a && *b) {
		size_t length_a, length_b;
		int order;

		if (!is_digit(*a) || !is_digit(*b)) {
			if (*a != *b)
				return (unsigned char)*a - (unsigned char)*b;
			a++;
			b++;
			continue;
		}
		a += strspn(a, "0");
		b += strspn(b, "0");
		length_a = strspn(a, "0123456789");
		length_b = strspn(b, "0123456789");
		if (length_a != length_b)
			return length_a < length_b ? -1 : 1;
		order = strncmp(a, b, length_a);
		if (order)
			return order;
		a += length_a;
		b += length_b;
	}
	if (*a || *b)
		return *a ? 1 : -1;
	return strcmp(whole_a, whole_b);	/* 07 and 7 */
}

static int compare_names(const void *a, const void *b)
{
	return natural_compare(*(char *const *)a, *(char *const *)b);
}

void sysroot_names_sort(struct sysroot_names *names)
{
	if (names->count)
		qsort(names->name, names->count, sizeof(*names->name), compare_names);
}

/* A folder that was listed: globs of one probe go through the same folders again and again. */
struct listing {
	char *folder;
	struct sysroot_names names;
	int code;
};

struct listings {
	struct listing *listing;
	size_t count, capacity;
	size_t next;		/* behind the one that was asked for last: there the next one is */
};

struct expansion {
	struct sysroot *root;
	struct sysroot_names paths;
	struct sysroot_names *looked;	/* folders listed, or without the name sought; or NULL */
	struct listings listings;
	bool unchecked;		/* a last name without a wildcard need not be there */
	int failed;		/* the first folder that is there and cannot be listed: -errno */
};

static void listings_release(struct listings *listings)
{
	size_t i;

	for (i = 0; i < listings->count; i++) {
		free(listings->listing[i].folder);
		sysroot_names_release(&listings->listing[i].names);
	}
	free(listings->listing);
}

static size_t find_listing(struct expansion *expansion, const char *folder)
{
	struct listings *listings = &expansion->listings;
	struct listing *fresh;
	size_t i, at;

	for (i = 0; i < listings->count; i++) {
		at = (listings->next + i) % listings->count;
		if (!strcmp(listings->listing[at].folder, folder)) {
			listings->next = at + 1;
			return at;
		}
	}
	listings->listing = mem_grow(listings->listing, &listings->capacity, listings->count + 1,
				     sizeof(*listings->listing));
	fresh = &listings->listing[listings->count];
	*fresh = (struct listing){ .folder = mem_strdup(folder) };
	fresh->code = expansion->root->door->list(expansion->root, folder, &fresh->names);
	listings->next = ++listings->count;
	return listings->count - 1;
}

static void expand(struct expansion *expansion, const char *base, const char *pattern);

static void expand_name(struct expansion *expansion, const char *base, const char *name,
			const char *rest)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	mode_t mode;

	buf_addf(&path, "%s%s%s", base, *base ? "/" : "", name);
	if (*rest)
		expand(expansion, path.data, rest + 1);
	else if (expansion->unchecked ||
		 expansion->root->door->kind(expansion->root, path.data, false, &mode) == 0)
		sysroot_names_add(&expansion->paths, path.data);
	else if (expansion->looked)
		sysroot_names_add(expansion->looked, base);
}

/* Extend `base` (a folder, or "" for the root) by the components of `pattern`. */
static void expand(struct expansion *expansion, const char *base, const char *pattern)
{
	size_t length = strcspn(pattern, "/");
	const char *rest = pattern + length;
	AUTO(buf_release) struct buf component = BUF_INIT;
	size_t at, i, count;
	int code;

	buf_add(&component, pattern, length);
	if (!strpbrk(component.data, "*?[")) {
		expand_name(expansion, base, component.data, rest);
		return;
	}
	at = find_listing(expansion, base);
	code = expansion->listings.listing[at].code;
	count = expansion->listings.listing[at].names.count;
	if (expansion->looked)
		sysroot_names_add(expansion->looked, base);
	if (code < 0 && code != -ENOENT && code != -ENOTDIR && !expansion->failed)
		expansion->failed = code;
	for (i = 0; i < count; i++) {
		/* Below, the list of listings may move. */
		const char *name = expansion->listings.listing[at].names.name[i];

		if (fnmatch(component.data, name, FNM_PERIOD) == 0)
			expand_name(expansion, base, name, rest);
	}
}

void sysroot_expand(struct sysroot *root, const char *pattern, struct sysroot_names *paths,
		    struct sysroot_names *looked)
{
	struct expansion expansion = { .root = root, .paths = *paths, .looked = looked };

	expand(&expansion, "", pattern);
	listings_release(&expansion.listings);
	*paths = expansion.paths;
}

void sysroot_expand_all(struct sysroot *root, const char *const *globs,
			struct sysroot_names *ret_paths)
{
	struct expansion expansion = { .root = root, .unchecked = true };

	for (; *globs; globs++)
		expand(&expansion, "", *globs);
	listings_release(&expansion.listings);
	sysroot_names_sort(&expansion.paths);
	*ret_paths = expansion.paths;
}

int sysroot_glob(struct sysroot *root, const char *pattern, struct sysroot_names *ret_paths,
		 struct err *err)
{
	struct expansion expansion = { .root = root };
	int code = sysroot_allow_glob(root, pattern, err);

	if (code < 0)
		return code;
	expand(&expansion, "", pattern);
	listings_release(&expansion.listings);
	if (!expansion.paths.count && expansion.failed)
		return err_set_errno(err, -expansion.failed, "cannot list '%s'", pattern);
	sysroot_names_sort(&expansion.paths);
	*ret_paths = expansion.paths;
	return 0;
}
