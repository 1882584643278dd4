/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language of policy files, by the readers of profiles. */
#include "harness/model/policy.h"

#include "harness/base/auto.h"
#include "harness/model/profile_parse.h"

#include <string.h>

enum { WEIGHT_MAX = 1000000, PERCENT = 100 };

struct reading {
	struct policy *policy;
};

/* --- parts ------------------------------------------------------------------------------------- */

struct read_rule {
	struct policy_rule *rule;
	struct policy_weight *weight;
	struct policy_parts *parts;
	struct policy_words *title;
	const struct tree *country, *maker, *listed;
};

static void read_en(struct loader *l, const struct tree *value, void *target)
{
	value_text(l, value, &((struct policy_words *)target)->en);
}

static void read_zh(struct loader *l, const struct tree *value, void *target)
{
	value_text(l, value, &((struct policy_words *)target)->zh);
}

static void read_words(struct loader *l, const struct tree *value, struct policy_words *words)
{
	static const struct field field[] = { { "en", read_en }, { "zh", read_zh } };

	if (!value_is_map(l, value))
		return;
	map_read(l, value, field, ARRAY_SIZE(field), words);
	if (!words->en && !words->zh)
		problem_at(l, value, "here must stand 'en', 'zh' or both");
}

static void read_class(struct loader *l, const struct tree *value, void *target)
{
	value_class(l, value, &((struct read_rule *)target)->parts->class);
}

static void read_component(struct loader *l, const struct tree *value, void *target)
{
	value_text(l, value, &((struct read_rule *)target)->parts->component);
}

static void read_kind(struct loader *l, const struct tree *value, void *target)
{
	struct policy_parts *parts = ((struct read_rule *)target)->parts;

	value_texts(l, value, &parts->kind, &parts->kind_count);
}

/* --- rules ------------------------------------------------------------------------------------- */

static void read_rule_name(struct loader *l, const struct tree *value, void *target)
{
	value_name(l, value, &((struct read_rule *)target)->rule->name);
}

static void read_rule_title(struct loader *l, const struct tree *value, void *target)
{
	read_words(l, value, ((struct read_rule *)target)->title);
}

static void read_optional(struct loader *l, const struct tree *value, void *target)
{
	value_bool(l, value, &((struct read_rule *)target)->parts->optional);
}

#define KEEP(member)                                                                               \
	static void keep_##member(struct loader *l, const struct tree *value, void *target)        \
	{                                                                                          \
		(void)l;                                                                           \
		((struct read_rule *)target)->member = value;                                      \
	}
KEEP(country)
KEEP(maker)
KEEP(listed)

static const struct field rule_field[] = {
	{ "name", read_rule_name }, { "class", read_class },	 { "component", read_component },
	{ "kind", read_kind },	    { "optional", read_optional }, { "country", keep_country },
	{ "maker", keep_maker },    { "listed", keep_listed },	   { "title", read_rule_title },
};

static void decide(struct loader *l, const struct tree *map, struct read_rule *r)
{
	const struct tree *const form[] = { r->country, r->maker, r->listed };
	size_t i, count = 0;

	for (i = 0; i < ARRAY_SIZE(form); i++) {
		if (!form[i])
			continue;
		count++;
		r->rule->form = (enum policy_form)i;
		value_texts(l, form[i], &r->rule->text, &r->rule->text_count);
	}
	if (count == 1 && !r->rule->text_count)
		problem_at(l, map, "a rule that allows nothing can never hold");
	if (count != 1)
		problem_at(l, map, "a rule says exactly one of: country, maker, listed");
	if (!tree_member(map, "name"))
		map_lacks(l, map, "name");
	if (!tree_member(map, "class"))
		map_lacks(l, map, "class");
}

static void read_rules(struct loader *l, const struct tree *value, void *target)
{
	struct policy *policy = ((struct reading *)target)->policy;
	const struct tree *item;

	if (!value_is_list(l, value))
		return;
	policy->rule = arena_array(&l->profile->arena, struct policy_rule, value->count);
	for (item = value->child; item; item = item->next) {
		struct policy_rule *rule = &policy->rule[policy->rule_count];
		struct read_rule r = { .rule = rule, .parts = &rule->parts, .title = &rule->title };

		if (!value_is_map(l, item))
			continue;
		rule->parts.component = "*";
		map_read(l, item, rule_field, ARRAY_SIZE(rule_field), &r);
		decide(l, item, &r);
		policy->rule_count++;
	}
}

/* --- share ------------------------------------------------------------------------------------- */

static void read_weight(struct loader *l, const struct tree *value, void *target)
{
	value_number(l, value, 1, WEIGHT_MAX, &((struct read_rule *)target)->weight->weight);
}

static const struct field weight_field[] = {
	{ "class", read_class }, { "component", read_component },
	{ "kind", read_kind },	 { "weight", read_weight },
	{ "optional", read_optional }, { "title", read_rule_title },
};

static void read_weights(struct loader *l, const struct tree *value, void *target)
{
	struct policy *policy = target;
	const struct tree *item;

	if (!value_is_list(l, value))
		return;
	policy->weight = arena_array(&l->profile->arena, struct policy_weight, value->count);
	for (item = value->child; item; item = item->next) {
		struct policy_weight *weight = &policy->weight[policy->weight_count];
		struct read_rule r = { .weight = weight, .parts = &weight->parts,
				       .title = &weight->title };

		if (!value_is_map(l, item))
			continue;
		weight->parts.component = "*";
		map_read(l, item, weight_field, ARRAY_SIZE(weight_field), &r);
		if (!tree_member(item, "class"))
			map_lacks(l, item, "class");
		if (!tree_member(item, "weight"))
			map_lacks(l, item, "weight");
		policy->weight_count++;
	}
}

static void read_share_country(struct loader *l, const struct tree *value, void *target)
{
	struct policy *policy = target;

	value_texts(l, value, &policy->share_country, &policy->share_country_count);
}

static void read_share_min(struct loader *l, const struct tree *value, void *target)
{
	value_number(l, value, 0, PERCENT, &((struct policy *)target)->share_min_percent);
}

static void read_share(struct loader *l, const struct tree *value, void *target)
{
	static const struct field field[] = {
		{ "weights", read_weights },
		{ "country", read_share_country },
		{ "min-percent", read_share_min },
	};
	size_t i;

	if (!value_is_map(l, value))
		return;
	map_read(l, value, field, ARRAY_SIZE(field), ((struct reading *)target)->policy);
	for (i = 0; i < ARRAY_SIZE(field); i++) {
		if (!tree_member(value, field[i].key))
			map_lacks(l, value, field[i].key);
	}
	if (tree_member(value, "weights") && !((struct reading *)target)->policy->weight_count)
		problem_at(l, value, "a share needs at least one weight");
}

/* --- the whole --------------------------------------------------------------------------------- */

static void read_name(struct loader *l, const struct tree *value, void *target)
{
	value_name(l, value, &((struct reading *)target)->policy->name);
}

static void read_date(struct loader *l, const struct tree *value, void *target)
{
	if (value->kind != TREE_TEXT || !ids_is_date(value->text))
		problem_at(l, value, "here must stand a date: YYYY-MM-DD");
	else
		value_text(l, value, &((struct reading *)target)->policy->date);
}

static void read_source(struct loader *l, const struct tree *value, void *target)
{
	value_text(l, value, &((struct reading *)target)->policy->source);
}

static void read_title(struct loader *l, const struct tree *value, void *target)
{
	read_words(l, value, &((struct reading *)target)->policy->title);
}

static void read_beyond(struct loader *l, const struct tree *value, void *target)
{
	struct policy *policy = ((struct reading *)target)->policy;
	const struct tree *item;

	if (!value_is_list(l, value))
		return;
	policy->beyond = arena_array(&l->profile->arena, struct policy_words, value->count);
	for (item = value->child; item; item = item->next) {
		struct policy_words *words = &policy->beyond[policy->beyond_count++];

		if (item->kind == TREE_TEXT)
			value_text(l, item, &words->en);
		else
			read_words(l, item, words);
	}
}

static const struct field policy_field[] = {
	{ "name", read_name },	 { "date", read_date },	  { "source", read_source },
	{ "title", read_title }, { "rules", read_rules }, { "share", read_share },
	{ "beyond", read_beyond },
};

static void read_policy(struct loader *l, const struct tree *root, struct policy *policy)
{
	static const char *const required[] = { "name", "date", "source" };
	struct reading reading = { .policy = policy };
	size_t i;

	if (!value_is_map(l, root))
		return;
	map_read(l, root, policy_field, ARRAY_SIZE(policy_field), &reading);
	for (i = 0; i < ARRAY_SIZE(required); i++) {
		if (!tree_member(root, required[i]))
			map_lacks(l, root, required[i]);
	}
	if (!tree_member(root, "rules") && !tree_member(root, "share") &&
	    !tree_member(root, "beyond"))
		problem_at(l, root, "a policy has 'rules', 'share' or 'beyond': this asks nothing");
}

int policy_parse(const char *data, size_t size, const char *file, const char *const *class,
		 struct policy *policy, struct profile_problems *problems)
{
	/* The readers put their texts into the arena of a profile: it is the policy's from then on. */
	struct profile holder = { .arena = policy->arena };
	struct profile_load load = { .component_class = class };
	struct loader l = { .load = &load, .profile = &holder, .problems = problems,
			    .arena = ARENA_INIT };
	const struct tree *root = tree_parse(data, size, file, &l.arena, problems);

	if (root)
		read_policy(&l, root, policy);
	policy->arena = holder.arena;
	arena_release(&l.arena);
	problems_sort(problems);
	return problems->count ? ERR_INPUT : 0;
}

void policy_release(struct policy *policy)
{
	arena_release(&policy->arena);
	*policy = (struct policy)POLICY_INIT;
}
