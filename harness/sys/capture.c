/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entries of a capture: adding, order, finding; and the names of errno values. */
#include "harness/sys/capture.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void capture_release(struct capture *capture)
{
	free(capture->fact);
	free(capture->entry);
	arena_release(&capture->arena);
	*capture = (struct capture)CAPTURE_INIT;
}

struct capture_entry *capture_add(struct capture *capture, const char *path,
				  enum capture_kind kind, const void *data, size_t size)
{
	struct capture_entry *entry;

	capture->entry = mem_grow(capture->entry, &capture->entry_capacity,
				  capture->entry_count + 1, sizeof(*entry));
	entry = &capture->entry[capture->entry_count++];
	*entry = (struct capture_entry){
		.path = arena_strdup(&capture->arena, path),
		.kind = kind,
		.data = arena_strndup(&capture->arena, data, size),
		.size = size,
	};
	return entry;
}

void capture_add_fact(struct capture *capture, const char *name, const char *value)
{
	capture->fact = mem_grow(capture->fact, &capture->fact_capacity, capture->fact_count + 1,
				 sizeof(*capture->fact));
	capture->fact[capture->fact_count++] = (struct capture_fact){
		.name = arena_strdup(&capture->arena, name),
		.value = arena_strdup(&capture->arena, value),
	};
}

static int rank_of(char c)
{
	return !c ? 0 : c == '/' ? 1 : (unsigned char)c + 1;
}

int capture_path_compare(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return rank_of(*a) - rank_of(*b);
}

bool capture_path_below(const char *path, const char *folder)
{
	size_t length = strlen(folder);

	return !length || (!strncmp(path, folder, length) && path[length] == '/');
}

static int compare_entries(const void *a, const void *b)
{
	const struct capture_entry *left = a;
	const struct capture_entry *right = b;
	int order = capture_path_compare(left->path, right->path);

	/* Of the same path the one that says most stands last. */
	return order ? order : (int)left->kind - (int)right->kind;
}

/* Folders that are told by what lies below them, and repeats, go. */
void capture_sort(struct capture *capture)
{
	struct capture_entry *entry = capture->entry;
	size_t kept = 0;
	size_t i;

	if (!capture->entry_count)
		return;
	qsort(entry, capture->entry_count, sizeof(*entry), compare_entries);
	for (i = 1; i < capture->entry_count; i++) {
		if (strcmp(entry[i].path, entry[kept].path) != 0 &&
		    !capture_path_below(entry[i].path, entry[kept].path))
			kept++;
		entry[kept] = entry[i];
	}
	capture->entry_count = kept + 1;
}

size_t capture_at(const struct capture *capture, const char *path)
{
	size_t low = 0;
	size_t high = capture->entry_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (capture_path_compare(capture->entry[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct capture_entry *capture_find(const struct capture *capture, const char *path)
{
	size_t at = capture_at(capture, path);

	return at < capture->entry_count && !strcmp(capture->entry[at].path, path)
		       ? &capture->entry[at]
		       : NULL;
}

static const struct {
	int number;
	const char *name;
} error_name[] = {
	{ EACCES, "EACCES" },	{ EAGAIN, "EAGAIN" },	    { EBUSY, "EBUSY" },
	{ EFAULT, "EFAULT" },	{ EINVAL, "EINVAL" },	    { EIO, "EIO" },
	{ EISDIR, "EISDIR" },	{ ELOOP, "ELOOP" },	    { ENAMETOOLONG, "ENAMETOOLONG" },
	{ ENODATA, "ENODATA" }, { ENODEV, "ENODEV" },	    { ENOMEM, "ENOMEM" },
	{ ENOTDIR, "ENOTDIR" }, { ENXIO, "ENXIO" },	    { EOPNOTSUPP, "EOPNOTSUPP" },
	{ EOVERFLOW, "EOVERFLOW" }, { EPERM, "EPERM" },	    { ERANGE, "ERANGE" },
	{ EREMOTEIO, "EREMOTEIO" }, { ESTALE, "ESTALE" },   { ETIMEDOUT, "ETIMEDOUT" },
};

const char *capture_errno_name(int error_number)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(error_name); i++) {
		if (error_name[i].number == error_number)
			return error_name[i].name;
	}
	return "EIO";
}

int capture_errno_of(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(error_name); i++) {
		if (!strcmp(error_name[i].name, name))
			return error_name[i].number;
	}
	return 0;
}
