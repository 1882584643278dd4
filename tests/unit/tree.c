/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/tree.h"

#include <check.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct tree tree_make(void)
{
	struct tree tree = { .top = "/tmp/cuihuo-test.XXXXXX" };

	ck_assert_ptr_nonnull(mkdtemp(tree.top));
	return tree;
}

static int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *where)
{
	(void)stat;
	(void)kind;
	(void)where;
	return remove(path);
}

void tree_remove(struct tree *tree)
{
	size_t i;

	nftw(tree->top, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	for (i = 0; i < 4; i++)
		free(tree->path[i]);
}

const char *tree_path(struct tree *tree, const char *name)
{
	char **path = &tree->path[tree->next++ % 4];

	free(*path);
	ck_assert_int_gt(asprintf(path, "%s/%s", tree->top, name), 0);
	return *path;
}

static const char *make_above(struct tree *tree, const char *name)
{
	char *path = (char *)tree_path(tree, name);
	char *slash;

	for (slash = strchr(path + strlen(tree->top) + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = 0;
		ck_assert(mkdir(path, 0755) == 0 || errno == EEXIST);
		*slash = '/';
	}
	return path;
}

void tree_bytes(struct tree *tree, const char *name, const void *data, size_t size)
{
	FILE *file = fopen(make_above(tree, name), "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(data, 1, size, file), size);
	ck_assert_int_eq(fclose(file), 0);
}

void tree_file(struct tree *tree, const char *name, const char *text)
{
	tree_bytes(tree, name, text, strlen(text));
}

void tree_link(struct tree *tree, const char *name, const char *target)
{
	ck_assert_int_eq(symlink(target, make_above(tree, name)), 0);
}

void tree_folder(struct tree *tree, const char *name)
{
	const char *path = make_above(tree, name);

	ck_assert(mkdir(path, 0755) == 0 || errno == EEXIST);
}

void tree_pipe(struct tree *tree, const char *name)
{
	ck_assert_int_eq(mkfifo(make_above(tree, name), 0600), 0);
}
