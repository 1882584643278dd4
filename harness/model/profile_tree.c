/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/profile_tree.h"

#include "harness/base/text.h"

#include <string.h>
#include <yaml.h>

struct builder {
	yaml_parser_t parser;
	const char *file;
	struct arena *arena;
	struct profile_problems *problems;
	bool failed;			/* a syntax error: nothing more can be read */
};

static struct place mark_place(const struct builder *b, yaml_mark_t mark)
{
	return (struct place){ b->file, mark.line + 1, mark.column + 1 };
}

/* Line and column of a byte; columns count characters. */
static struct place byte_place(const char *file, const char *data, size_t offset)
{
	struct place at = { file, 1, 1 };
	size_t i;

	for (i = 0; i < offset; i++) {
		if (data[i] == '\n') {
			at.line++;
			at.column = 1;
		} else if (((unsigned char)data[i] & 0xc0) != 0x80) {
			at.column++;
		}
	}
	return at;
}

/*
 * The slips that people make have words of their own, in both languages; a key without its colon is
 * noticed by libyaml a line too late, and its context says where the key stands.
 */
static void refuse_syntax(struct builder *b)
{
	const char *said = b->parser.problem ? b->parser.problem : "unknown error";
	struct place at = mark_place(b, b->parser.problem_mark);

	if (!strcmp(said, "could not find expected ':'"))
		problem_add(b->problems, mark_place(b, b->parser.context_mark),
			    "not valid YAML: a key needs an ASCII colon and a blank behind it, as in 'key: value'");
	else if (strstr(said, "tab character"))
		problem_add(b->problems, at,
			    "not valid YAML: a tab; indent with blanks only");
	else if (!strcmp(said, "found character that cannot start any token"))
		problem_add(b->problems, at,
			    "not valid YAML: a tab, '%%', '@' or '`' begins here; indent with blanks only, quote texts");
	else
		problem_add(b->problems, at, "not valid YAML: %s", said);
}

/* The next event, or false after a syntax error, which is reported once. */
static bool next(struct builder *b, yaml_event_t *event)
{
	if (yaml_parser_parse(&b->parser, event))
		return true;
	b->failed = true;
	refuse_syntax(b);
	return false;
}

static struct tree *build(struct builder *b, yaml_event_t *event, unsigned int depth);

static void refuse_extras(struct builder *b, const yaml_event_t *event, const void *anchor,
			  const void *tag)
{
	if (anchor)
		problem_add(b->problems, mark_place(b, event->start_mark),
			    "anchors are not used in profiles; use 'extends'");
	if (tag)
		problem_add(b->problems, mark_place(b, event->start_mark),
			    "tags are not used in profiles; write the value alone");
}

static struct tree *new_tree(struct builder *b, enum tree_kind kind, const yaml_event_t *event)
{
	struct tree *tree = arena_new(b->arena, struct tree);

	tree->kind = kind;
	tree->file = b->file;
	tree->line = event->start_mark.line + 1;
	tree->column = event->start_mark.column + 1;
	return tree;
}

static struct tree *build_text(struct builder *b, const yaml_event_t *event)
{
	struct tree *tree = new_tree(b, TREE_TEXT, event);
	const char *value = (const char *)event->data.scalar.value;

	refuse_extras(b, event, event->data.scalar.anchor, event->data.scalar.tag);
	if (strlen(value) != event->data.scalar.length)
		problem_add(b->problems, tree_place(tree), "a text must not hold a zero byte");
	tree->text = arena_strdup(b->arena, value);
	return tree;
}

/* Looking for doubles is quadratic, so the number of entries has an end. */
static void append(struct builder *b, struct tree *parent, struct tree ***tail, struct tree *child)
{
	if (parent->count == PROFILE_ENTRIES_MAX) {
		problem_add(b->problems, tree_place(child),
			    "more than %d entries in one list or map", PROFILE_ENTRIES_MAX);
		b->failed = true;
		return;
	}
	**tail = child;
	*tail = &child->next;
	parent->count++;
}

static struct tree *build_list(struct builder *b, const yaml_event_t *start, unsigned int depth)
{
	struct tree *list = new_tree(b, TREE_LIST, start);
	struct tree **tail = &list->child;

	refuse_extras(b, start, start->data.sequence_start.anchor, start->data.sequence_start.tag);
	for (;;) {
		struct tree *child;
		yaml_event_t event;

		if (b->failed || !next(b, &event))
			return list;
		if (event.type == YAML_SEQUENCE_END_EVENT) {
			yaml_event_delete(&event);
			return list;
		}
		child = build(b, &event, depth + 1);
		if (child)
			append(b, list, &tail, child);
	}
}

static void put_member(struct builder *b, struct tree *map, struct tree ***tail,
		       const struct tree *key, struct tree *value)
{
	if (key->kind != TREE_TEXT) {
		problem_add(b->problems, tree_place(key), "a key must be a word");
		return;
	}
	if (tree_member(map, key->text)) {
		problem_add(b->problems, tree_place(key), "key '%s' stands here twice", key->text);
		return;
	}
	value->key = key->text;
	value->key_line = key->line;
	value->key_column = key->column;
	append(b, map, tail, value);
}

static struct tree *build_map(struct builder *b, const yaml_event_t *start, unsigned int depth)
{
	struct tree *map = new_tree(b, TREE_MAP, start);
	struct tree **tail = &map->child;

	refuse_extras(b, start, start->data.mapping_start.anchor, start->data.mapping_start.tag);
	for (;;) {
		struct tree *key, *value;
		yaml_event_t event;

		if (b->failed || !next(b, &event))
			return map;
		if (event.type == YAML_MAPPING_END_EVENT) {
			yaml_event_delete(&event);
			return map;
		}
		key = build(b, &event, depth + 1);
		if (b->failed || !next(b, &event))
			return map;
		value = build(b, &event, depth + 1);
		if (key && value)
			put_member(b, map, &tail, key, value);
	}
}

/* The node that starts with `event`, which is used up. NULL when there is nothing to keep. */
static struct tree *build(struct builder *b, yaml_event_t *event, unsigned int depth)
{
	struct tree *tree = NULL;

	if (b->failed) {
		yaml_event_delete(event);
		return NULL;
	}
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		tree = build_text(b, event);
		break;
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		if (depth >= PROFILE_DEPTH) {
			problem_add(b->problems, mark_place(b, event->start_mark),
				    "nested too deep for a profile");
			b->failed = true;
		} else if (event->type == YAML_MAPPING_START_EVENT) {
			tree = build_map(b, event, depth);
		} else {
			tree = build_list(b, event, depth);
		}
		break;
	default:
		problem_add(b->problems, mark_place(b, event->start_mark),
			    "aliases are not used in profiles; use 'extends'");
		break;
	}
	yaml_event_delete(event);
	return tree;
}

/* The one document of the stream; NULL for an empty file. */
static struct tree *build_stream(struct builder *b)
{
	struct tree *root = NULL;
	size_t documents = 0;

	for (;;) {
		yaml_event_t event;
		yaml_event_type_t type;

		if (!next(b, &event))
			return NULL;
		type = event.type;
		if (type == YAML_DOCUMENT_START_EVENT && documents++)
			problem_add(b->problems, mark_place(b, event.start_mark),
				    "a profile is one document; this file holds several");
		if (type == YAML_STREAM_START_EVENT || type == YAML_DOCUMENT_START_EVENT ||
		    type == YAML_DOCUMENT_END_EVENT || type == YAML_STREAM_END_EVENT) {
			yaml_event_delete(&event);
		} else {
			struct tree *tree = build(b, &event, 0);

			root = root ? root : tree;
		}
		if (b->failed)
			return NULL;
		if (type == YAML_STREAM_END_EVENT)
			return root;
	}
}

/* How many bytes at the start are UTF-8 text without control characters. */
static size_t clean_bytes(const char *data, size_t size)
{
	size_t i, length;

	for (i = 0; i < size; i += length) {
		unsigned char c = (unsigned char)data[i];

		if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f)
			return i;
		for (length = 1; length <= 4; length++) {
			if (length <= size - i && text_is_utf8(data + i, length))
				break;
		}
		if (length > 4)
			return i;
	}
	return size;
}

struct tree *tree_parse(const char *data, size_t size, const char *file, struct arena *arena,
			struct profile_problems *problems)
{
	struct builder b = { .file = file, .arena = arena, .problems = problems };
	const struct place top = { file, 1, 1 };
	size_t clean;
	struct tree *root;

	if (size > PROFILE_FILE_MAX) {
		problem_add(problems, top,
			    "the file is larger than %u bytes, too large for a profile",
			    PROFILE_FILE_MAX);
		return NULL;
	}
	clean = clean_bytes(data, size);
	if (clean < size) {
		problem_add(problems, byte_place(file, data, clean),
			    "not UTF-8 text: save the file as UTF-8 without control characters");
		return NULL;
	}
	/* Some editors begin UTF-8 with a byte order mark; libyaml looks for it only when guessing. */
	if (size >= 3 && !memcmp(data, "\xef\xbb\xbf", 3)) {
		data += 3;
		size -= 3;
	}
	if (!yaml_parser_initialize(&b.parser))
		return NULL;
	yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&b.parser, (const unsigned char *)data, size);
	root = build_stream(&b);
	yaml_parser_delete(&b.parser);
	if (!root && !b.failed)
		problem_add(problems, top, "the file is empty");
	return root;
}

const struct tree *tree_member(const struct tree *map, const char *key)
{
	const struct tree *child;

	for (child = map->child; child; child = child->next) {
		if (!strcmp(child->key, key))
			return child;
	}
	return NULL;
}
