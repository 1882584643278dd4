/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_POLICY_H
#define MODEL_POLICY_H
/*
 * What somebody asks of the origin of parts: a YAML file (docs/formats/policy.md). The program has no
 * opinion of its own, and computes no share that a policy does not define.
 *
 *	struct policy policy = POLICY_INIT;
 *	code = policy_parse(data, size, "policy.yaml", classes, &policy, &problems);
 *	policy_judge(&policy, &facts, &judgement);
 *	judgement.answer, judgement.rule[i].answer, judgement.share ...
 *	policy_judgement_release(&judgement);
 *	policy_release(&policy);
 *
 * Three answers, as everywhere: a part whose maker is not known, or that a list may or may not mean,
 * is neither met nor failed.
 */
#include "harness/base/arena.h"
#include "harness/base/ids.h"
#include "harness/model/inventory.h"
#include "harness/model/profile.h"

enum policy_answer {
	POLICY_UNKNOWN = 0,	/* cannot tell */
	POLICY_FAILS,
	POLICY_HOLDS,
};

/* For people to read; NULL: not in that language. */
struct policy_words {
	const char *en, *zh;
};

/* Which parts something speaks of. */
struct policy_parts {
	const char *class;
	const char *component;		/* glob of ids; "*" */
	const char *const *kind;	/* globs of the attribute `kind`; none: any */
	size_t kind_count;
	bool optional;			/* a machine may have no such part */
};

enum policy_form {
	POLICY_COUNTRY = 0,	/* the maker designs in one of these countries */
	POLICY_MAKER,		/* globs of the maker's name */
	POLICY_LISTED,		/* on the list of evaluated products, at one of these levels */
};

struct policy_rule {
	const char *name;
	struct policy_words title;
	struct policy_parts parts;
	enum policy_form form;
	const char *const *text;	/* POLICY_LISTED: levels, or "any" */
	size_t text_count;
};

struct policy_weight {
	struct policy_words title;
	struct policy_parts parts;
	uint64_t weight;
};

struct policy {
	struct arena arena;
	const char *name, *date, *source;
	struct policy_words title;
	struct policy_rule *rule;
	size_t rule_count;
	/* The share of weights whose parts are all of these countries; no weight: none is asked. */
	struct policy_weight *weight;
	size_t weight_count;
	const char *const *share_country;
	size_t share_country_count;
	uint64_t share_min_percent;
	/* What it asks that no machine can show; each makes the whole "cannot tell". */
	struct policy_words *beyond;
	size_t beyond_count;
};

#define POLICY_INIT { .arena = ARENA_INIT }

/*
 * 0, or ERR_INPUT when `problems` holds what is wrong, each with line and column. `class` are the
 * classes there are, ending with NULL; NULL: any word.
 */
int policy_parse(const char *data, size_t size, const char *file, const char *const *class,
		 struct policy *policy, struct profile_problems *problems);
void policy_release(struct policy *policy);

/* What is judged, and by which tables: makers.tsv and evaluated.tsv (sys/pack.h). */
struct policy_facts {
	const struct inventory *inventory;
	const struct ids *makers, *evaluated;
	const char *today;	/* "2026-11-23" */
};

struct policy_verdict {
	enum policy_answer answer;
	const char *why;	/* English sentences, "" where it holds */
};

struct policy_share {
	enum policy_answer answer;
	uint64_t counted;	/* sum of the weights, but for optional ones without a part */
	uint64_t inside;	/* of those whose parts are all of the countries */
	uint64_t unknown;	/* of those that may be, and of those of which no part was found */
	int64_t low_milli_percent, high_milli_percent;
	struct policy_verdict *weight;	/* one each, those that are not counted too */
};

struct policy_judgement {
	struct arena arena;
	enum policy_answer answer;
	struct policy_verdict *rule;	/* one each */
	struct policy_share share;
};

void policy_judge(const struct policy *policy, const struct policy_facts *facts,
		  struct policy_judgement *ret_judgement);
void policy_judgement_release(struct policy_judgement *judgement);

const char *policy_answer_name(enum policy_answer answer);	/* "cannot-tell" "fails" "holds" */

#endif
