/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_PROFILE_TREE_H
#define MODEL_PROFILE_TREE_H
/*
 * One YAML file as a tree of maps, lists and texts, each with its place. Only what a profile needs:
 * one document, no anchors, aliases or tags (so no bombs), text keys, no key twice, bounded depth.
 * What breaks these rules becomes a problem; after a syntax error there is no tree.
 */
#include "harness/base/arena.h"
#include "harness/model/profile.h"

#include <stdbool.h>
#include <stddef.h>

#define PROFILE_FILE_MAX (256u << 10)	/* bytes of one YAML file */
#define PROFILE_DEPTH 12
#define PROFILE_ENTRIES_MAX 512	/* of one list or map */

enum tree_kind {
	TREE_TEXT = 0,
	TREE_LIST,
	TREE_MAP,
};

struct tree {
	enum tree_kind kind;
	const char *file;
	size_t line, column;		/* from 1 */
	const char *key;		/* as member of a map */
	size_t key_line, key_column;
	const char *text;		/* TREE_TEXT */
	struct tree *child;		/* TREE_LIST, TREE_MAP: the first of `count` */
	size_t count;
	struct tree *next;
};

/* NULL when the text cannot be read at all; problems says why. The tree lives in `arena`. */
struct tree *tree_parse(const char *data, size_t size, const char *file, struct arena *arena,
			struct profile_problems *problems);
const struct tree *tree_member(const struct tree *map, const char *key);

/* Add a problem; format is a msgid. Never more than PROFILE_PROBLEMS_MAX are kept. */
#define PROFILE_PROBLEMS_MAX 100
struct place {
	const char *file;
	size_t line, column;
};
void problem_add(struct profile_problems *problems, struct place at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* In the order of file, line, column. */
void problems_sort(struct profile_problems *problems);

static inline struct place tree_place(const struct tree *tree)
{
	return (struct place){ tree->file, tree->line, tree->column };
}

static inline struct place tree_key_place(const struct tree *tree)
{
	return (struct place){ tree->file, tree->key_line, tree->key_column };
}

#endif
