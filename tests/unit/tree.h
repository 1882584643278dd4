/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_TREE_H
#define TESTS_TREE_H
/*
 * A folder for one test, below /tmp, filled piece by piece and removed at the end.
 *
 *	struct tree tree = tree_make();
 *	tree_file(&tree, "root/proc/cpuinfo", "processor\t: 0\n");
 *	tree_link(&tree, "root/sys/a", "../proc");
 *	tree_path(&tree, "root")	absolute; valid until the next four calls
 *	tree_remove(&tree);
 *
 * Folders above a name are made. Failures end the test.
 */
#include <stddef.h>

struct tree {
	char top[64];
	char *path[4];
	unsigned int next;
};

struct tree tree_make(void);
void tree_remove(struct tree *tree);
const char *tree_path(struct tree *tree, const char *name);
void tree_file(struct tree *tree, const char *name, const char *text);
void tree_bytes(struct tree *tree, const char *name, const void *data, size_t size);
void tree_link(struct tree *tree, const char *name, const char *target);
void tree_folder(struct tree *tree, const char *name);
void tree_pipe(struct tree *tree, const char *name);

#endif
