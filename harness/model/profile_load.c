/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From YAML files to the effective profile. What a profile extends is read first; then every key
 * the profile gives replaces the inherited one, whole. `name`, `version` and `abstract` are never
 * inherited.
 */
#include "harness/model/profile_parse.h"

#include "harness/base/auto.h"
#include "harness/model/placeholder.h"

#include <string.h>

static void read_name(struct loader *l, const struct tree *value, void *target)
{
	(void)target;
	value_name(l, value, &l->profile->name);
}

static void read_version(struct loader *l, const struct tree *value, void *target)
{
	uint64_t version;

	(void)target;
	if (value_number(l, value, 1, INT32_MAX, &version))
		l->profile->version = (int64_t)version;
}

static void read_abstract(struct loader *l, const struct tree *value, void *target)
{
	(void)target;
	value_bool(l, value, &l->profile->abstract);
}

static void read_stage(struct loader *l, const struct tree *value, void *target)
{
	const char *name[STAGE_COUNT - 1];
	unsigned int index;
	size_t i;

	(void)target;
	for (i = 0; i < ARRAY_SIZE(name); i++)
		name[i] = stage_name((enum stage)(i + 1));
	l->stage = value;
	if (value_word(l, value, name, ARRAY_SIZE(name), &index))
		l->profile->stage = (enum stage)(index + 1);
}

static void read_title_en(struct loader *l, const struct tree *value, void *target)
{
	(void)target;
	value_text(l, value, &l->profile->title_en);
}

static void read_title_zh(struct loader *l, const struct tree *value, void *target)
{
	(void)target;
	value_text(l, value, &l->profile->title_zh);
}

static void read_title(struct loader *l, const struct tree *value, void *target)
{
	static const struct field field[] = { { "en", read_title_en }, { "zh", read_title_zh } };
	size_t i;

	if (!value_is_map(l, value))
		return;
	map_read(l, value, field, ARRAY_SIZE(field), target);
	for (i = 0; i < ARRAY_SIZE(field); i++) {
		if (!tree_member(value, field[i].key))
			map_lacks(l, value, field[i].key);
	}
}

static void read_scalable(struct loader *l, const struct tree *value, void *target)
{
	(void)target;
	value_bool(l, value, &l->profile->scalable);
}

static void read_blind(struct loader *l, const struct tree *value, void *target)
{
	static const char *const word[] = { "forbidden", "allowed" };
	unsigned int index;

	(void)target;
	l->blind = value;
	if (value_word(l, value, word, ARRAY_SIZE(word), &index))
		l->profile->blind_allowed = index == 1;
}

static void read_approver(struct loader *l, const struct tree *value, void *target)
{
	const char *name;

	(void)target;
	if (!value_text(l, value, &name))
		return;
	if (text_is_placeholder(name, strlen(name)))
		problem_at(l, value, "'%s' names nobody: write who answers for running blind", name);
	else
		l->profile->blind_approver = name;
}

/* Names of machines as uname gives them. */
static void read_arch(struct loader *l, const struct tree *value, void *target)
{
	static const char *const known[] = { "aarch64", "loongarch64", "mips64", "riscv64", "sw_64",
					     "x86_64" };
	const struct tree *item;
	unsigned int index;

	(void)target;
	if (!value_is_list(l, value))
		return;
	for (item = value->child; item; item = item->next)
		value_word(l, item, known, ARRAY_SIZE(known), &index);
	value_texts(l, value, &l->profile->arch, &l->profile->arch_count);
}

static void read_applies_inventory(struct loader *l, const struct tree *value, void *target)
{
	(void)target;
	read_expectation_list(l, value, &l->profile->applies, &l->profile->applies_count);
}

static void read_applies(struct loader *l, const struct tree *value, void *target)
{
	static const struct field field[] = { { "arch", read_arch },
					      { "inventory", read_applies_inventory } };

	l->profile->arch_count = l->profile->applies_count = 0;
	if (value_is_map(l, value))
		map_read(l, value, field, ARRAY_SIZE(field), target);
}

static void read_expect(struct loader *l, const struct tree *value, void *target)
{
	(void)target;
	read_expectation_list(l, value, &l->profile->expectation, &l->profile->expectation_count);
}

static void read_steps(struct loader *l, const struct tree *value, void *target)
{
	(void)target;
	read_step_list(l, value);
}

static void read_limits(struct loader *l, const struct tree *value, void *target)
{
	(void)target;
	read_limit_list(l, value);
}

static void read_guard(struct loader *l, const struct tree *value, void *target)
{
	(void)target;
	read_guard_list(l, value);
}

static void read_fences(struct loader *l, const struct tree *value, void *target)
{
	(void)target;
	read_fence_map(l, value);
}

static void skip_extends(struct loader *l, const struct tree *value, void *target)
{
	(void)l, (void)value, (void)target;	/* followed before */
}

static const struct field profile_field[] = {
	{ "name", read_name },
	{ "version", read_version },
	{ "abstract", read_abstract },
	{ "stage", read_stage },
	{ "title", read_title },
	{ "extends", skip_extends },
	{ "scalable", read_scalable },
	{ "blind", read_blind },
	{ "blind-approver", read_approver },
	{ "applies-to", read_applies },
	{ "expect", read_expect },
	{ "steps", read_steps },
	{ "limits", read_limits },
	{ "guard", read_guard },
	{ "fences", read_fences },
};

/* --- files ------------------------------------------------------------------------------------ */

static int load_file(struct loader *l, const char *name, const struct tree *from);

static void report_cycle(struct loader *l, const struct tree *from, const char *path, size_t start)
{
	AUTO(buf_release) struct buf way = BUF_INIT;
	size_t i;

	for (i = start; i < l->chain_count; i++)
		buf_addf(&way, "%s -> ", l->chain[i]);
	buf_adds(&way, path);
	problem_at(l, from, "'extends' goes round in a circle: %s", way.data);
}

static bool chain_is_open(struct loader *l, const struct tree *from, const char *path)
{
	size_t i;

	for (i = 0; i < l->chain_count; i++) {
		if (!strcmp(l->chain[i], path)) {
			report_cycle(l, from, path, i);
			return false;
		}
	}
	if (l->chain_count == PROFILE_CHAIN) {
		problem_at(l, from, "'extends' is followed through %d files at most",
			   PROFILE_CHAIN);
		return false;
	}
	return true;
}

static int follow_extends(struct loader *l, const struct tree *root)
{
	const struct tree *value = tree_member(root, "extends");
	const char *name;

	if (!value || !value_name(l, value, &name))
		return 0;
	return load_file(l, name, value);
}

static void add_source(struct loader *l, const char *path, const struct buf *data)
{
	const char *slash = strrchr(path, '/');
	struct profile_source *source = &l->source[l->source_count++];

	source->name = arena_strdup(&l->profile->arena, slash ? slash + 1 : path);
	digest_sm3_text(data->data, data->size, source->digest, l->err);
}

static int load_tree(struct loader *l, const struct tree *root, const char *path,
		     const struct buf *data)
{
	struct profile *profile = l->profile;
	int code;

	if (!value_is_map(l, root))
		return 0;
	code = follow_extends(l, root);
	if (code < 0)
		return code;
	add_source(l, path, data);
	profile->name = NULL;
	profile->version = 0;
	profile->abstract = false;
	l->root = root;
	map_read(l, root, profile_field, ARRAY_SIZE(profile_field), NULL);
	if (!tree_member(root, "name"))
		map_lacks(l, root, "name");
	if (!tree_member(root, "version"))
		map_lacks(l, root, "version");
	return l->err && l->err->code ? l->err->code : 0;
}

/* `from`: the value of `extends` that named it, NULL for the first file. */
static int load_file(struct loader *l, const char *name, const struct tree *from)
{
	AUTO(buf_release) struct buf data = BUF_INIT;
	struct err err = ERR_INIT;
	const char *path = name;
	const struct tree *root;
	int code = l->load->open(l->load->context, name, &data, &path, &err);

	if (code < 0 && from) {
		problem_at(l, from, "cannot read the profile that is extended: %s", err.text);
		return 0;
	}
	if (code < 0) {
		if (l->err)
			*l->err = err;
		return code;
	}
	path = arena_strdup(&l->arena, path);
	if (!chain_is_open(l, from, path))
		return 0;
	l->chain[l->chain_count++] = path;
	root = tree_parse(data.data, data.size, path, &l->arena, l->problems);
	if (root)
		code = load_tree(l, root, path, &data);
	l->chain_count--;
	return code;
}

/* This file first, then what it extends. */
static void keep_sources(struct loader *l)
{
	struct profile *profile = l->profile;
	size_t i;

	profile->source_count = l->source_count;
	profile->source = arena_array(&profile->arena, struct profile_source, l->source_count);
	for (i = 0; i < l->source_count; i++)
		profile->source[i] = l->source[l->source_count - 1 - i];
}

static int finish(struct loader *l, const char *name)
{
	struct profile *profile = l->profile;

	if (l->root)
		check_profile(l);
	problems_sort(l->problems);
	if (l->problems->count)
		return err_set(l->err, ERR_INPUT, "profile '%s' has problems: %zu", name,
			       l->problems->count);
	keep_sources(l);
	if (!profile->title_en)
		profile->title_en = profile->title_zh = profile->name;
	return profile_make_digest(profile, l->err);
}

int profile_load(const char *name, const struct profile_load *load, struct profile *profile,
		 struct profile_problems *problems, struct err *err)
{
	struct loader l = { .load = load, .profile = profile, .problems = problems, .err = err };
	int code = load_file(&l, name, NULL);

	if (code == 0)
		code = finish(&l, name);
	arena_release(&l.arena);
	return code;
}
