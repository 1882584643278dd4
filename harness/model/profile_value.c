/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/profile_parse.h"

#include "harness/model/finding.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/model/nearest.h"

#include <string.h>

enum { TEXT_MAX = 400, NAME_MAX_SIZE = 64 };

void map_read(struct loader *l, const struct tree *map, const struct field *field, size_t count,
	      void *target)
{
	const struct tree *member;
	size_t i;

	for (member = map->child; member; member = member->next) {
		struct nearest near = { .word = member->key };

		for (i = 0; i < count && strcmp(field[i].key, member->key); i++)
			nearest_try(&near, field[i].key);
		if (i < count)
			field[i].read(l, member, target);
		else if (nearest_found(&near))
			problem_add(l->problems, tree_key_place(member),
				    "unknown key '%s'; did you mean '%s'?", member->key,
				    nearest_found(&near));
		else
			problem_add(l->problems, tree_key_place(member), "unknown key '%s'",
				    member->key);
	}
}

bool value_is_map(struct loader *l, const struct tree *value)
{
	if (value->kind == TREE_MAP)
		return true;
	problem_at(l, value, "here must stand a map: lines of 'key: value'");
	return false;
}

bool value_is_list(struct loader *l, const struct tree *value)
{
	if (value->kind == TREE_LIST)
		return true;
	problem_at(l, value, "here must stand a list: lines that start with '- '");
	return false;
}

void map_lacks(struct loader *l, const struct tree *map, const char *key)
{
	problem_at(l, map, "key '%s' is missing here", key);
}

bool value_text(struct loader *l, const struct tree *value, const char **ret_text)
{
	if (value->kind != TREE_TEXT || !value->text[0]) {
		problem_at(l, value, "here must stand a text");
		return false;
	}
	if (strlen(value->text) > TEXT_MAX) {
		problem_at(l, value, "a text of more than %d bytes", TEXT_MAX);
		return false;
	}
	*ret_text = arena_strdup(&l->profile->arena, value->text);
	return true;
}

bool value_name(struct loader *l, const struct tree *value, const char **ret_name)
{
	const char *name = value->text;

	if (value->kind == TREE_TEXT && name[0] && strlen(name) <= NAME_MAX_SIZE &&
	    name[0] != '.' && name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_.")] == 0)
		return value_text(l, value, ret_name);
	problem_at(l, value, "a name is made of a-z, 0-9, '-', '_' and '.', at most %d of them",
		   NAME_MAX_SIZE);
	return false;
}

bool value_bool(struct loader *l, const struct tree *value, bool *ret_value)
{
	static const char *const word[] = { "no", "yes", "false", "true" };
	size_t i;

	for (i = 0; value->kind == TREE_TEXT && i < ARRAY_SIZE(word); i++) {
		if (!strcmp(value->text, word[i])) {
			*ret_value = i & 1;
			return true;
		}
	}
	problem_at(l, value, "here must stand yes or no");
	return false;
}

bool value_number(struct loader *l, const struct tree *value, uint64_t min, uint64_t max,
		  uint64_t *ret_number)
{
	if (value->kind == TREE_TEXT && scan_u64(value->text, min, max, ret_number) == 0)
		return true;
	problem_at(l, value, "here must stand a whole number from %llu to %llu",
		   (unsigned long long)min, (unsigned long long)max);
	return false;
}

bool value_duration(struct loader *l, const struct tree *value, int64_t min, int64_t max,
		    int64_t *ret_ns)
{
	char least[DURATION_TEXT_SIZE], most[DURATION_TEXT_SIZE];
	int64_t ns;

	if (value->kind != TREE_TEXT || scan_duration(value->text, &ns) < 0) {
		problem_at(l, value, "here must stand a duration such as 90s, 10m or 1h30m");
		return false;
	}
	if (ns < min || ns > max) {
		problem_at(l, value, "impossible duration '%s': it must be from %s to %s",
			   value->text, format_duration(min, least), format_duration(max, most));
		return false;
	}
	*ret_ns = ns;
	return true;
}

bool value_bytes(struct loader *l, const struct tree *value, uint64_t min, uint64_t max,
		 uint64_t *ret_bytes)
{
	char least[BYTES_TEXT_SIZE], most[BYTES_TEXT_SIZE];
	uint64_t bytes;

	if (value->kind != TREE_TEXT || scan_bytes(value->text, &bytes) < 0) {
		problem_at(l, value, "here must stand a size such as 64MiB or 2GiB");
		return false;
	}
	if (bytes < min || bytes > max) {
		problem_at(l, value, "size '%s' is out of range: it must be from %s to %s",
			   value->text, format_bytes(min, least), format_bytes(max, most));
		return false;
	}
	*ret_bytes = bytes;
	return true;
}

bool value_percent(struct loader *l, const struct tree *value, int64_t *ret_milli_percent)
{
	char number[16];
	size_t length = value->kind == TREE_TEXT ? strlen(value->text) : 0;
	int64_t milli;

	if (length > 1 && length < sizeof(number) && value->text[length - 1] == '%') {
		memcpy(number, value->text, length - 1);
		number[length - 1] = 0;
		if (scan_milli(number, &milli) == 0 && milli > 0 && milli <= 100000) {
			*ret_milli_percent = milli;
			return true;
		}
	}
	problem_at(l, value, "here must stand a share such as 25%%, more than 0%%, at most 100%%");
	return false;
}

bool value_word(struct loader *l, const struct tree *value, const char *const word[], size_t count,
		unsigned int *ret_index)
{
	struct nearest near = { .word = value->kind == TREE_TEXT ? value->text : "" };
	AUTO(buf_release) struct buf known = BUF_INIT;
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (!strcmp(near.word, word[i])) {
			*ret_index = i;
			return true;
		}
		nearest_try(&near, word[i]);
	}
	for (i = 0; i < count; i++)
		buf_addf(&known, "%s%s", i ? ", " : "", word[i]);
	if (nearest_found(&near))
		problem_at(l, value, "'%s' is not known here; did you mean '%s'?", near.word,
			   nearest_found(&near));
	else
		problem_at(l, value, "'%s' is not known here; known are: %s", near.word, known.data);
	return false;
}

bool value_finding(struct loader *l, const struct tree *value, const char **ret_code)
{
	struct nearest near = { .word = value->kind == TREE_TEXT ? value->text : "" };
	size_t i;

	if (finding_code_find(near.word))
		return value_text(l, value, ret_code);
	for (i = 0; i < finding_code_count; i++)
		nearest_try(&near, finding_code[i].code);
	if (nearest_found(&near))
		problem_at(l, value, "there is no finding '%s'; did you mean '%s'?", near.word,
			   nearest_found(&near));
	else
		problem_at(l, value, "there is no finding '%s'", near.word);
	return false;
}

bool value_texts(struct loader *l, const struct tree *value, const char *const **ret_text,
		 size_t *ret_count)
{
	const char **text;
	const struct tree *item;
	size_t i = 0;

	if (!value_is_list(l, value))
		return false;
	text = arena_array(&l->profile->arena, const char *, value->count);
	for (item = value->child; item; item = item->next) {
		if (value_text(l, item, &text[i]))
			i++;
	}
	*ret_text = text;
	*ret_count = i;
	return true;
}
