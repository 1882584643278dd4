/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/policy.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/model/origin.h"

#include <fnmatch.h>
#include <string.h>

#define N_(text) (text)

/* Columns of evaluated.tsv. */
enum { MATCH = 4, ENTRY, ANNOUNCED, LEVEL, EXPIRES };

static bool any_glob(const char *const *glob, size_t count, const char *text)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (fnmatch(glob[i], text, 0) == 0)
			return true;
	}
	return false;
}

static bool is_meant(const struct policy_parts *parts, const struct component *component)
{
	const char *kind = component_get_text(component, "kind");

	return !strcmp(component->class, parts->class) &&
	       fnmatch(parts->component, component->id, 0) == 0 &&
	       (!parts->kind_count || (kind && any_glob(parts->kind, parts->kind_count, kind)));
}

static enum policy_answer judge_country(const char *const *country, size_t count,
					const struct origin_part *part, struct buf *why)
{
	const char *id = part->component->id;

	if (!part->country) {
		if (part->maker)
			buf_addf(why, N_("%s: the country of '%s' is not known"), id, part->maker);
		else
			buf_addf(why, N_("%s: its maker is not known"), id);
		return POLICY_UNKNOWN;
	}
	if (any_glob(country, count, part->country))
		return POLICY_HOLDS;
	buf_addf(why, N_("%s: '%s' designs in %s"), id, part->maker, part->country);
	return POLICY_FAILS;
}

static enum policy_answer judge_maker(const struct policy_rule *rule,
				      const struct origin_part *part, struct buf *why)
{
	if (!part->maker || part->certainty < CERTAINTY_LIKELY) {
		buf_addf(why, N_("%s: its maker is not known"), part->component->id);
		return POLICY_UNKNOWN;
	}
	if (any_glob(rule->text, rule->text_count, part->maker))
		return POLICY_HOLDS;
	buf_addf(why, N_("%s: its maker is '%s'"), part->component->id, part->maker);
	return POLICY_FAILS;
}

/* The release of the kernel, to which the list ties systems; NULL: not known. */
static const char *kernel_of(const struct inventory *inventory)
{
	const struct component *kernel = inventory_first(inventory, "kernel");

	return kernel ? component_get_text(kernel, "release") : NULL;
}

static enum policy_answer judge_entry(const struct policy_rule *rule,
				      const struct policy_facts *facts, size_t row, const char *id,
				      struct buf *why)
{
	const struct ids *list = facts->evaluated;
	const char *entry = ids_at(list, row, ENTRY), *level = ids_at(list, row, LEVEL);
	const char *expires = ids_at(list, row, EXPIRES);
	bool any = any_glob(rule->text, rule->text_count, "any");

	if (strcmp(ids_at(list, row, MATCH), "product") != 0) {
		buf_addf(why, N_("%s: the list has '%s', which may or may not be this product"), id,
			 entry);
		return POLICY_UNKNOWN;
	}
	if (strcmp(expires, facts->today) < 0) {
		buf_addf(why, N_("%s: the entry '%s' of the list ended on %s"), id, entry, expires);
		return POLICY_FAILS;
	}
	if (!any && !*level) {
		buf_addf(why, N_("%s: the level of the entry '%s' is not known"), id, entry);
		return POLICY_UNKNOWN;
	}
	if (any || any_glob(rule->text, rule->text_count, level))
		return POLICY_HOLDS;
	buf_addf(why, N_("%s: the entry '%s' has level %s"), id, entry, level);
	return POLICY_FAILS;
}

/* "v10 SP1" of a system; the sku of a processor. "-" where nothing says it. */
static void add_version(const struct component *component, bool is_os, struct buf *out)
{
	const char *version = component_get_text(component, is_os ? "version_id" : "sku");
	const char *pack = is_os ? component_get_text(component, "service_pack") : NULL;

	buf_addf(out, "%s%s%s", version ? version : "-", pack ? " " : "", pack ? pack : "");
}

/*
 * The list as it is known is not complete (its table says so): a product that is not in it may be
 * on the list all the same. Of several entries the best counts.
 */
static enum policy_answer judge_listed(const struct policy_rule *rule,
				       const struct policy_facts *facts,
				       const struct origin_part *part, struct buf *why)
{
	const struct component *component = part->component;
	bool is_os = !strcmp(component->class, "os");
	const struct attribute *name = component_attribute(component, is_os ? "product" : "model");
	const char *kernel = is_os ? kernel_of(facts->inventory) : "";
	AUTO(buf_release) struct buf version = BUF_INIT;
	const char *key[4] = { component->class };
	enum policy_answer best = POLICY_UNKNOWN;
	bool found = false;
	size_t before = why->size;
	long row = -1;

	if (!name || name->kind != ATTRIBUTE_TEXT || name->certainty < CERTAINTY_LIKELY ||
	    !kernel) {
		buf_addf(why, N_("%s: which product this is is not sure"), component->id);
		return POLICY_UNKNOWN;
	}
	add_version(component, is_os, &version);
	key[1] = name->text;
	key[2] = version.data;
	key[3] = kernel;
	while ((row = ids_next(facts->evaluated, row, key)) >= 0) {
		AUTO(buf_release) struct buf one = BUF_INIT;
		enum policy_answer answer =
			judge_entry(rule, facts, (size_t)row, component->id, &one);

		if (found && answer <= best)
			continue;
		found = true;
		best = answer;
		buf_cut(why, before);
		buf_addf(why, "%s", one.data);
	}
	if (!found)
		buf_addf(why, N_("%s: '%s' is not in the list as far as it is known"), component->id,
			 name->text);
	return best;
}

/* Whatever a host shows its guest, it proves nothing of the machine. */
static bool is_shown_by_host(const struct origin_part *part, struct buf *why)
{
	const char *host = component_get_text(part->component, "hypervisor");

	if (host)
		buf_addf(why, N_("%s: a virtual machine (%s) shows it, and its host may show what it likes"),
			 part->component->id, host);
	return host != NULL;
}

static enum policy_answer judge_part(const struct policy_rule *rule,
				     const struct policy_facts *facts,
				     const struct origin_part *part, struct buf *why)
{
	if (is_shown_by_host(part, why))
		return POLICY_UNKNOWN;
	switch (rule->form) {
	case POLICY_COUNTRY:
		return judge_country(rule->text, rule->text_count, part, why);
	case POLICY_MAKER:
		return judge_maker(rule, part, why);
	default:
		return judge_listed(rule, facts, part, why);
	}
}

static enum policy_answer worse(enum policy_answer a, enum policy_answer b)
{
	if (a == POLICY_FAILS || b == POLICY_FAILS)
		return POLICY_FAILS;
	return a == POLICY_HOLDS ? b : a;
}

/* A class that could not be read may hide a part. */
static bool is_unreadable(const struct inventory *inventory, const char *class)
{
	const struct class_state *state = inventory_class_state(inventory, class);

	return !state || state->presence == PRESENCE_UNREADABLE;
}

static enum policy_answer judge_nothing(const struct policy_rule *rule,
					const struct policy_facts *facts, struct buf *why)
{
	if (rule->parts.optional && !is_unreadable(facts->inventory, rule->parts.class))
		return POLICY_HOLDS;
	buf_addf(why, N_("no part of class %s was found that the rule speaks of"),
		 rule->parts.class);
	return POLICY_UNKNOWN;
}

static struct policy_verdict judge_rule(const struct policy_rule *rule,
					const struct policy_facts *facts, struct arena *arena)
{
	AUTO(buf_release) struct buf why = BUF_INIT;
	struct policy_verdict verdict = { .answer = POLICY_HOLDS };
	const struct component *component = facts->inventory->component;
	bool found = false;

	for (; component; component = component->next) {
		struct origin_part part;
		enum policy_answer answer;
		size_t before = why.size;

		if (!is_meant(&rule->parts, component) ||
		    !origin_of(component, facts->makers, &part))
			continue;
		found = true;
		if (before)
			buf_adds(&why, "; ");
		answer = judge_part(rule, facts, &part, &why);
		if (answer == POLICY_HOLDS)
			buf_cut(&why, before);
		verdict.answer = worse(verdict.answer, answer);
	}
	if (!found)
		verdict.answer = judge_nothing(rule, facts, &why);
	verdict.why = arena_strdup(arena, why.data);
	return verdict;
}

/* --- share ------------------------------------------------------------------------------------- */

/*
 * One weight: all its parts inside, one of them surely outside, or not known. No part is not known,
 * either: no machine is without memory, and one that hides it must not win by that. False: there may
 * be none, and there is none.
 */
static bool judge_weight(const struct policy *policy, const struct policy_weight *weight,
			 const struct policy_facts *facts, struct policy_judgement *j,
			 struct policy_verdict *ret_verdict)
{
	AUTO(buf_release) struct buf why = BUF_INIT;
	const struct component *component = facts->inventory->component;
	bool unreadable = is_unreadable(facts->inventory, weight->parts.class);
	bool found = false;

	ret_verdict->answer = POLICY_HOLDS;
	for (; component; component = component->next) {
		struct origin_part part;
		size_t before = why.size;
		enum policy_answer answer;

		if (!is_meant(&weight->parts, component) ||
		    !origin_of(component, facts->makers, &part))
			continue;
		found = true;
		if (before)
			buf_adds(&why, "; ");
		answer = is_shown_by_host(&part, &why)
				 ? POLICY_UNKNOWN
				 : judge_country(policy->share_country,
						 policy->share_country_count, &part, &why);
		if (answer == POLICY_HOLDS)
			buf_cut(&why, before);
		ret_verdict->answer = worse(ret_verdict->answer, answer);
	}
	if (!found) {
		const char *class = weight->parts.class;

		ret_verdict->answer = POLICY_UNKNOWN;
		if (unreadable)
			buf_addf(&why, N_("class %s could not be read"), class);
		else if (weight->parts.optional)
			buf_addf(&why, N_("no part of class %s was found: it is not counted"),
				 class);
		else
			buf_addf(&why, N_("no part of class %s was found, and there must be one"),
				 class);
	}
	ret_verdict->why = arena_strdup(&j->arena, why.data);
	return found || unreadable || !weight->parts.optional;
}

static void judge_share(const struct policy *policy, const struct policy_facts *facts,
			struct policy_judgement *j)
{
	struct policy_share *share = &j->share;
	int64_t min = (int64_t)policy->share_min_percent * 1000;
	size_t i;

	share->weight = arena_array(&j->arena, struct policy_verdict, policy->weight_count);
	for (i = 0; i < policy->weight_count; i++) {
		uint64_t weight = policy->weight[i].weight;

		if (!judge_weight(policy, &policy->weight[i], facts, j, &share->weight[i]))
			continue;
		share->counted += weight;
		share->inside += share->weight[i].answer == POLICY_HOLDS ? weight : 0;
		share->unknown += share->weight[i].answer == POLICY_UNKNOWN ? weight : 0;
	}
	if (!share->counted)
		return;
	share->low_milli_percent = (int64_t)(share->inside * 100000 / share->counted);
	share->high_milli_percent =
		(int64_t)((share->inside + share->unknown) * 100000 / share->counted);
	if (share->low_milli_percent >= min)
		share->answer = POLICY_HOLDS;
	else if (share->high_milli_percent < min)
		share->answer = POLICY_FAILS;
}

void policy_judge(const struct policy *policy, const struct policy_facts *facts,
		  struct policy_judgement *ret_judgement)
{
	struct policy_judgement *j = ret_judgement;
	size_t i;

	*j = (struct policy_judgement){ .arena = ARENA_INIT, .answer = POLICY_HOLDS };
	j->rule = arena_array(&j->arena, struct policy_verdict, policy->rule_count);
	for (i = 0; i < policy->rule_count; i++) {
		j->rule[i] = judge_rule(&policy->rule[i], facts, &j->arena);
		j->answer = worse(j->answer, j->rule[i].answer);
	}
	if (policy->weight_count) {
		judge_share(policy, facts, j);
		j->answer = worse(j->answer, j->share.answer);
	}
	if (policy->beyond_count)
		j->answer = worse(j->answer, POLICY_UNKNOWN);
}

void policy_judgement_release(struct policy_judgement *judgement)
{
	arena_release(&judgement->arena);
}

const char *policy_answer_name(enum policy_answer answer)
{
	static const char *const name[] = { "cannot-tell", "fails", "holds" };

	return (size_t)answer < ARRAY_SIZE(name) ? name[answer] : name[POLICY_UNKNOWN];
}
