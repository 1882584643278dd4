/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cuihuo origin: facts about the origin of parts, and what a policy makes of them. A command of its
 * own, for its exit code is a judgement, and probe's never is.
 */
#include "harness/base/auto.h"
#include "harness/base/json.h"
#include "harness/base/text.h"
#include "harness/cmd/columns.h"
#include "harness/cmd/command.h"
#include "harness/cmd/folders.h"
#include "harness/cmd/profiles.h"
#include "harness/model/origin.h"
#include "harness/model/policy.h"
#include "harness/sys/clock.h"
#include "harness/sys/disk.h"
#include "harness/sys/pack.h"
#include "probes/probe.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { POLICY_SIZE_MAX = 256 << 10 };

struct facts {
	struct inventory inventory;
	struct ids makers, evaluated;
	struct policy policy;
	struct policy_judgement judgement;
	bool judged;
};

static void facts_release(struct facts *facts)
{
	inventory_release(&facts->inventory);
	ids_release(&facts->makers);
	ids_release(&facts->evaluated);
	policy_release(&facts->policy);
	policy_judgement_release(&facts->judgement);
}

/* --- reading ------------------------------------------------------------------------------------ */

static int read_machine(const struct cmd *cmd, struct facts *facts)
{
	AUTO(sysroot_free_at) struct sysroot *root = NULL;
	AUTO(buf_release) struct buf ids = BUF_INIT;
	struct probe_place place = { .root = NULL };
	struct err err = ERR_INIT;
	int code = folders_names(cmd, &ids);

	if (code)
		return code;
	root = sysroot_open(cmd_option(cmd, "root"), &err);
	if (!root)
		return cmd_fail(cmd, &err);
	place = (struct probe_place){ .root = root, .ids = ids.data };
	if (probe_classes(&place, NULL, 0, &facts->inventory, &err) < 0 ||
	    pack_read(&facts->makers, ids.data, &pack_makers, &err) < 0 ||
	    pack_read(&facts->evaluated, ids.data, &pack_evaluated, &err) < 0)
		return cmd_fail(cmd, &err);
	return EXIT_PASS;
}

/* A name of a policy that is installed, or a path. */
static void policy_path(const char *name, struct buf *out)
{
	size_t length = strlen(name);

	if (strchr(name, '/') || (length > 5 && !strcmp(name + length - 5, ".yaml")))
		buf_adds(out, name);
	else
		buf_addf(out, "%s/profiles/policies/%s.yaml", cmd_data_folder(), name);
}

static int read_policy(const struct cmd *cmd, const char *name, struct policy *policy)
{
	struct profile_problems problems = PROFILE_PROBLEMS_INIT;
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	const char **class = arena_array(&arena, const char *, probe_count + 1);
	AUTO(buf_release) struct buf path = BUF_INIT;
	AUTO(buf_release) struct buf data = BUF_INIT;
	AUTO(buf_release) struct buf said = BUF_INIT;
	struct err err = ERR_INIT;
	size_t i;
	int code;

	for (i = 0; i < probe_count; i++)
		class[i] = probe_table[i]->name;
	policy_path(name, &path);
	if (disk_read_file(path.data, POLICY_SIZE_MAX, &data, &err) < 0)
		return cmd_fail(cmd, &err);
	code = policy_parse(data.data, data.size, path.data, class, policy, &problems);
	profiles_add_problems(&said, &problems);
	profile_problems_release(&problems);
	fputs(said.data, stderr);
	if (code == 0)
		return EXIT_PASS;
	err_set(&err, ERR_INPUT, "the policy '%s' is not good", path.data);
	return cmd_fail(cmd, &err);
}

static void judge(struct facts *facts)
{
	char today[CLOCK_TEXT_SIZE];
	struct policy_facts of = { .inventory = &facts->inventory, .makers = &facts->makers,
				   .evaluated = &facts->evaluated, .today = today };

	clock_format_utc(clock_wall_ns(), today);
	today[strlen("2026-11-23")] = 0;
	policy_judge(&facts->policy, &of, &facts->judgement);
	facts->judged = true;
}

/* --- for eyes ----------------------------------------------------------------------------------- */

static void add_part(struct arena *arena, const struct origin_part *part, struct columns *table)
{
	static const char *const certainty[] = {
		N_("unknown"), N_("contradictory"), N_("ambiguous"), N_("likely"), N_("certain"),
	};

	columns_cell(table, "%s", text_cleaned(arena, part->component->id));
	columns_cell(table, "%s", text_cleaned(arena, part->what));
	columns_cell(table, "%s", part->maker ? text_cleaned(arena, part->maker) : "-");
	columns_cell(table, "%s", part->country ? part->country : "-");
	columns_cell(table, "%s", _(certainty[part->certainty]));
	columns_cell(table, "%s", text_cleaned(arena, part->evidence));
}

static void add_parts(struct arena *arena, const struct facts *facts, struct buf *out)
{
	struct columns table = { .count = 6 };
	const struct component *component;
	struct origin_part part;

	columns_cell(&table, "%s", _("part"));
	columns_cell(&table, "%s", _("what"));
	columns_cell(&table, "%s", _("maker"));
	columns_cell(&table, "%s", _("country"));
	columns_cell(&table, "%s", _("certainty"));
	columns_cell(&table, "%s", _("evidence"));
	for (component = facts->inventory.component; component; component = component->next) {
		if (origin_of(component, &facts->makers, &part))
			add_part(arena, &part, &table);
		if (origin_of_chips(component, &facts->makers, &part))
			add_part(arena, &part, &table);
	}
	columns_print(&table, "  ", out);
}

static const char *answer_said(enum policy_answer answer)
{
	static const char *const word[] = { N_("cannot tell"), N_("fails"), N_("holds") };

	return _(word[answer]);
}

/* In the language of the reader where the policy has it, else in the other one; NULL: in none. */
static const char *words_said(const struct policy_words *words)
{
	const char *first = cmd_lang() == LANG_ZH ? words->zh : words->en;

	if (first)
		return first;
	return words->en ? words->en : words->zh;
}

static void add_verdict(struct arena *arena, const char *name, const struct policy_verdict *verdict,
			struct buf *out)
{
	buf_addf(out, "  %s: %s", name, answer_said(verdict->answer));
	if (*verdict->why)
		buf_addf(out, " (%s)", cmd_said(arena, verdict->why));
	buf_addc(out, '\n');
}

static void add_share(struct arena *arena, const struct facts *facts, struct buf *out)
{
	const struct policy_share *share = &facts->judgement.share;
	const struct policy *policy = &facts->policy;
	size_t i;

	buf_addf(out, _("Share: %s. %" PRIu64 " of %" PRIu64 " counted, %" PRIu64
			" not known: %" PRId64 ".%03" PRId64 " %% to %" PRId64 ".%03" PRId64
			" %%, at least %" PRIu64 " %% is asked\n"),
		 answer_said(share->answer), share->inside, share->counted, share->unknown,
		 share->low_milli_percent / 1000, share->low_milli_percent % 1000,
		 share->high_milli_percent / 1000, share->high_milli_percent % 1000,
		 policy->share_min_percent);
	for (i = 0; i < policy->weight_count; i++) {
		AUTO(buf_release) struct buf name = BUF_INIT;
		size_t k;

		buf_addf(&name, "%s %s", policy->weight[i].parts.class,
			 policy->weight[i].parts.component);
		for (k = 0; k < policy->weight[i].parts.kind_count; k++)
			buf_addf(&name, " %s", policy->weight[i].parts.kind[k]);
		if (words_said(&policy->weight[i].title))
			buf_addf(&name, " - %s", words_said(&policy->weight[i].title));
		buf_addf(&name, " [%" PRIu64 "]", policy->weight[i].weight);
		add_verdict(arena, name.data, &share->weight[i], out);
	}
}

static void add_judgement(struct arena *arena, const struct facts *facts, struct buf *out)
{
	const struct policy *policy = &facts->policy;
	const char *title = words_said(&policy->title);
	size_t i;

	buf_addf(out, _("Policy: %s, %s (%s)\n"), title ? title : policy->name, policy->date,
		 policy->source);
	for (i = 0; i < policy->rule_count; i++) {
		AUTO(buf_release) struct buf name = BUF_INIT;

		buf_adds(&name, policy->rule[i].name);
		if (words_said(&policy->rule[i].title))
			buf_addf(&name, " - %s", words_said(&policy->rule[i].title));
		add_verdict(arena, name.data, &facts->judgement.rule[i], out);
	}
	if (policy->weight_count)
		add_share(arena, facts, out);
	for (i = 0; i < policy->beyond_count; i++)
		buf_addf(out, _("  No machine shows it: %s\n"), words_said(&policy->beyond[i]));
	buf_addf(out, _("Answer: %s\n"), answer_said(facts->judgement.answer));
}

/* --- JSON --------------------------------------------------------------------------------------- */

static void write_part(struct json_writer *w, const struct origin_part *part)
{
	json_begin_object(w, NULL);
	json_text(w, "certainty", certainty_name(part->certainty));
	json_text(w, "class", part->component->class);
	json_text_if(w, "country", part->country);
	json_text(w, "evidence", part->evidence);
	json_text(w, "id", part->component->id);
	json_text_if(w, "maker", part->maker);
	json_text(w, "what", part->what);
	json_end(w);
}

static void write_parts(struct json_writer *w, const struct facts *facts)
{
	const struct component *component;
	struct origin_part part;

	json_begin_array(w, "parts");
	for (component = facts->inventory.component; component; component = component->next) {
		if (origin_of(component, &facts->makers, &part))
			write_part(w, &part);
		if (origin_of_chips(component, &facts->makers, &part))
			write_part(w, &part);
	}
	json_end(w);
}

static void write_verdict(struct json_writer *w, const char *name,
			  const struct policy_verdict *verdict)
{
	json_begin_object(w, NULL);
	json_text(w, "answer", policy_answer_name(verdict->answer));
	json_text(w, "name", name);
	json_text(w, "why", verdict->why);
	json_end(w);
}

static void write_share(struct json_writer *w, const struct facts *facts)
{
	const struct policy_share *share = &facts->judgement.share;
	size_t i;

	json_begin_object(w, "share");
	json_text(w, "answer", policy_answer_name(share->answer));
	json_int(w, "counted", (int64_t)share->counted);
	json_int(w, "high_milli_percent", share->high_milli_percent);
	json_int(w, "inside", (int64_t)share->inside);
	json_int(w, "low_milli_percent", share->low_milli_percent);
	json_int(w, "unknown", (int64_t)share->unknown);
	json_begin_array(w, "weights");
	for (i = 0; i < facts->policy.weight_count; i++)
		write_verdict(w, facts->policy.weight[i].parts.class, &share->weight[i]);
	json_end(w);
	json_end(w);
}

static void write_judgement(struct json_writer *w, const struct facts *facts)
{
	const struct policy *policy = &facts->policy;
	size_t i;

	json_begin_object(w, "judgement");
	json_text(w, "answer", policy_answer_name(facts->judgement.answer));
	json_begin_array(w, "beyond");
	for (i = 0; i < policy->beyond_count; i++)
		json_text(w, NULL, policy->beyond[i].en ? policy->beyond[i].en
							: policy->beyond[i].zh);
	json_end(w);
	json_text(w, "date", policy->date);
	json_text(w, "policy", policy->name);
	json_begin_array(w, "rules");
	for (i = 0; i < policy->rule_count; i++)
		write_verdict(w, policy->rule[i].name, &facts->judgement.rule[i]);
	json_end(w);
	if (policy->weight_count)
		write_share(w, facts);
	json_end(w);
}

static int show(const struct cmd *cmd, const struct facts *facts)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	AUTO(buf_release) struct buf out = BUF_INIT;

	add_parts(&arena, facts, &out);
	if (facts->judged)
		add_judgement(&arena, facts, &out);
	return cmd_put(cmd, out.data, out.size);
}

static int show_json(const struct cmd *cmd, const struct facts *facts)
{
	AUTO(buf_release) struct buf out = BUF_INIT;
	struct err err = ERR_INIT;
	struct json_writer w;

	json_start(&w, json_buf_sink, &out);
	json_begin_object(&w, NULL);
	if (facts->judged)
		write_judgement(&w, facts);
	write_parts(&w, facts);
	json_end(&w);
	if (json_finish(&w, &err) < 0)
		return cmd_fail(cmd, &err);
	buf_addc(&out, '\n');
	return cmd_put(cmd, out.data, out.size);
}

static int run(struct cmd *cmd)
{
	static const enum exit_code exit_of[] = { EXIT_INCOMPLETE, EXIT_FAILED, EXIT_PASS };
	AUTO(facts_release) struct facts facts = { .inventory = INVENTORY_INIT,
						   .makers = IDS_INIT, .evaluated = IDS_INIT,
						   .policy = POLICY_INIT };
	const char *policy = cmd_option(cmd, "policy");
	int code = policy ? read_policy(cmd, policy, &facts.policy) : EXIT_PASS;

	if (!code)
		code = read_machine(cmd, &facts);
	if (code)
		return code;
	if (policy)
		judge(&facts);
	code = cmd_option(cmd, "json") ? show_json(cmd, &facts) : show(cmd, &facts);
	return code || !policy ? code : (int)exit_of[facts.judgement.answer];
}

static const struct cmd_option option[] = {
	{ "policy", "FILE", N_("judge by this policy: a path, or a name of those installed") },
	{ "root", "DIR|FILE", N_("read a captured machine instead of this one") },
	{ "data", "DIR", N_("tables of names from there, not those that are installed") },
	{ "json", NULL, N_("print one JSON object") },
	{ NULL, NULL, NULL },
};

const struct command command_origin = {
	.name = "origin",
	.summary = N_("say who made each part and where, and judge it by a policy"),
	.arguments = "",
	.option = option,
	.run = run,
};
