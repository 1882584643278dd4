/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cuihuo profile list|show|check: what QA wrote, and what is wrong with it. */
#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/base/scan.h"
#include "harness/cmd/columns.h"
#include "harness/cmd/guard_show.h"
#include "harness/cmd/kernels.h"
#include "harness/cmd/mode_show.h"
#include "harness/cmd/profiles.h"
#include "harness/model/metric.h"

#include <stdio.h>
#include <string.h>

static int64_t duration_of(const struct profile *profile)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < profile->step_count; i++)
		sum += profile->step[i].duration_ns;
	return sum;
}

static const char *title_of(const struct profile *profile)
{
	return cmd_lang() == LANG_ZH ? profile->title_zh : profile->title_en;
}

static int put_json(const struct cmd *cmd, struct json_writer *w, struct buf *text)
{
	struct err err = ERR_INIT;

	if (json_finish(w, &err) < 0)
		return cmd_fail(cmd, &err);
	buf_addc(text, '\n');
	return cmd_put(cmd, text->data, text->size);
}

/* --- list ------------------------------------------------------------------------------------- */

struct listing {
	struct columns table;
	struct json_writer w;
	bool json;
};

static void list_one(struct listing *listing, const char *name, const struct profile *profile)
{
	char time[DURATION_TEXT_SIZE];

	if (listing->json) {
		json_begin_object(&listing->w, NULL);
		json_bool(&listing->w, "abstract", profile->abstract);
		json_text(&listing->w, "digest", profile->digest);
		json_int(&listing->w, "duration_ns", duration_of(profile));
		json_text(&listing->w, "name", name);
		json_text(&listing->w, "stage", stage_name(profile->stage));
		json_text(&listing->w, "title_en", profile->title_en);
		json_text(&listing->w, "title_zh", profile->title_zh);
		json_int(&listing->w, "version", profile->version);
		json_end(&listing->w);
		return;
	}
	columns_cell(&listing->table, "%s", name);
	columns_cell(&listing->table, "%lld", (long long)profile->version);
	columns_cell(&listing->table, "%s", profile->abstract ? "-" : stage_name(profile->stage));
	columns_cell(&listing->table, "%s",
		     profile->abstract ? "-" : format_duration(duration_of(profile), time));
	columns_cell(&listing->table, "%s", profile->abstract ? _("only to be extended")
							       : title_of(profile));
}

static int list_names(const struct cmd *cmd, struct listing *listing,
		      const struct profiles_names *names)
{
	struct arena arena = ARENA_INIT;
	struct kernel_table kernels = kernels_table(&arena);
	int worst = EXIT_PASS;
	size_t i;

	for (i = 0; i < names->count; i++) {
		AUTO(profile_release) struct profile profile = PROFILE_INIT;
		int code = profiles_load(cmd, names->name[i], &kernels, &profile);

		if (code)
			worst = code;
		else
			list_one(listing, names->name[i], &profile);
	}
	arena_release(&arena);
	return worst;
}

static int list(const struct cmd *cmd)
{
	static const char *const heading[] = { N_("profile"), N_("version"), N_("stage"),
					       N_("duration"), N_("title") };
	AUTO(profiles_names_release) struct profiles_names names = { .name = NULL };
	AUTO(buf_release) struct buf out = BUF_INIT;
	struct listing listing = { .table = { .count = 5, .right = 1u << 1 | 1u << 3 },
				   .json = cmd_option(cmd, "json") != NULL };
	struct err err = ERR_INIT;
	int code, put;
	size_t i;

	if (profiles_list(&names, &err) < 0)
		return cmd_fail(cmd, &err);
	for (i = 0; i < ARRAY_SIZE(heading) && !listing.json; i++)
		columns_cell(&listing.table, "%s", _(heading[i]));
	json_start(&listing.w, json_buf_sink, &out);
	if (listing.json)
		json_begin_array(&listing.w, NULL);
	code = list_names(cmd, &listing, &names);
	if (listing.json) {
		json_end(&listing.w);
		put = put_json(cmd, &listing.w, &out);
	} else {
		columns_print(&listing.table, "", &out);
		put = cmd_put(cmd, out.data, out.size);
	}
	return put ? put : code;
}

/* --- show ------------------------------------------------------------------------------------- */

static void add_steps(struct buf *out, const struct profile *profile)
{
	struct columns table = { .count = 5, .right = 1u << 2 | 1u << 3 };
	char time[DURATION_TEXT_SIZE], bytes[BYTES_TEXT_SIZE], share[MILLI_TEXT_SIZE];
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	AUTO(buf_release) struct buf mode = BUF_INIT;
	size_t i;

	columns_cell(&table, "%s", _("step"));
	columns_cell(&table, "%s", _("kernel"));
	columns_cell(&table, "%s", _("duration"));
	columns_cell(&table, "%s", _("bytes"));
	columns_cell(&table, "%s", "");
	for (i = 0; i < profile->step_count; i++) {
		const struct profile_step *step = &profile->step[i];

		columns_cell(&table, "%s", step->name);
		columns_cell(&table, "%s",
			     step_mode_kernels(&arena, &step->mode, step->kernel));
		columns_cell(&table, "%s", format_duration(step->duration_ns, time));
		if (step->memory_milli_percent)
			columns_cell(&table, "%s %%",
				     format_milli(step->memory_milli_percent, share));
		else
			columns_cell(&table, "%s",
				     step->bytes ? format_bytes(step->bytes, bytes) : "-");
		buf_reset(&mode);
		mode_show(&mode, &step->mode, step->duration_ns);
		if (!step->required)
			buf_addf(&mode, "%s%s", mode.size ? " " : "", _("(not required)"));
		columns_cell(&table, "%s", mode.data ? mode.data : "");
	}
	columns_print(&table, "  ", out);
}

/* "temperature of *: at most 85 C for 30s" */
static void add_limits(struct buf *out, const struct profile *profile)
{
	char value[MILLI_TEXT_SIZE], time[DURATION_TEXT_SIZE];
	size_t i;

	for (i = 0; i < profile->limit_count; i++) {
		const struct limit *limit = &profile->limit[i];
		const char *unit = metric_unit(limit->metric);

		buf_addf(out, _("Limit: %s of %s"), limit->metric, limit->component);
		if (limit->has_min)
			buf_addf(out, _(", at least %s%s"), format_milli(limit->min, value), unit);
		if (limit->has_max)
			buf_addf(out, _(", at most %s%s"), format_milli(limit->max, value), unit);
		if (limit->hold_ns)
			buf_addf(out, _(", outside for less than %s"),
				 format_duration(limit->hold_ns, time));
		buf_addc(out, '\n');
	}
}

static int show(const struct cmd *cmd, const struct profile *profile)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	AUTO(buf_release) struct buf out = BUF_INIT;
	char time[DURATION_TEXT_SIZE], bytes[BYTES_TEXT_SIZE];
	struct json_writer w;
	size_t i;

	if (cmd_option(cmd, "json")) {
		json_start(&w, json_buf_sink, &out);
		profile_write(&w, NULL, profile);
		return put_json(cmd, &w, &out);
	}
	buf_addf(&out, _("Profile %s, version %lld, stage %s\n"), profile->name,
		 (long long)profile->version, stage_name(profile->stage));
	buf_addf(&out, "%s\n\n", text_cleaned(&arena, title_of(profile)));
	add_steps(&out, profile);
	buf_addf(&out, _("\nAll steps: %s\n"), format_duration(duration_of(profile), time));
	add_limits(&out, profile);
	guard_show(&out, profile->guard, profile->guard_count);
	if (profile->fence_scratch)
		buf_addf(&out, _("Writes: at most %s, only inside the run folder\n"),
			 format_bytes(profile->fence_scratch_bytes, bytes));
	if (profile->blind_allowed)
		buf_addf(&out, _("May run without a believable cpu temperature%s%s\n"),
			 profile->blind_approver ? ": " : "",
			 profile->blind_approver ? text_cleaned(&arena, profile->blind_approver) :
						   "");
	for (i = 0; i < profile->source_count; i++)
		buf_addf(&out, _("File: %s, SM3 %s\n"),
			 text_cleaned(&arena, profile->source[i].name),
			 profile->source[i].digest);
	buf_addf(&out, _("Profile digest: SM3 %s\n"), profile->digest);
	return cmd_put(cmd, out.data, out.size);
}

/* --- check ------------------------------------------------------------------------------------ */

static void check_json(struct buf *out, const char *name, const struct profile_problems *problems,
		       struct err *err)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	struct json_writer w;
	size_t i;

	json_start(&w, json_buf_sink, out);
	json_begin_object(&w, NULL);
	json_text(&w, "file", text_cleaned(&arena, name));
	json_begin_array(&w, "problems");
	for (i = 0; i < problems->count; i++) {
		const struct profile_problem *problem = &problems->problem[i];

		json_begin_object(&w, NULL);
		json_int(&w, "column", (int64_t)problem->column);
		json_text(&w, "file", text_cleaned(&arena, problem->file));
		json_int(&w, "line", (int64_t)problem->line);
		json_text(&w, "message", problem->message);
		json_end(&w);
	}
	json_end(&w);
	json_bool(&w, "valid", !problems->count);
	json_end(&w);
	buf_addc(out, '\n');
	json_finish(&w, err);
}

/* The problems are what was asked for: they go to standard output. */
static int check(const struct cmd *cmd, const char *name, const struct kernel_table *kernels)
{
	AUTO(profile_problems_release) struct profile_problems problems = PROFILE_PROBLEMS_INIT;
	AUTO(profile_release) struct profile profile = PROFILE_INIT;
	AUTO(buf_release) struct buf out = BUF_INIT;
	struct err err = ERR_INIT, unwritten = ERR_INIT;
	int code = profiles_read(name, kernels, &profile, &problems, &err);
	int put;

	if (code < 0 && !problems.count)
		return cmd_fail(cmd, &err);
	if (cmd_option(cmd, "json"))
		check_json(&out, name, &problems, &unwritten);
	else if (problems.count)
		profiles_add_problems(&out, &problems);
	else
		buf_addf(&out, _("%s: good: profile %s, version %lld\n"), name, profile.name,
			 (long long)profile.version);
	if (unwritten.code)
		return cmd_fail(cmd, &unwritten);
	put = cmd_put(cmd, out.data, out.size);
	return put ? put : problems.count ? EXIT_USAGE : EXIT_PASS;
}

/* --- words ------------------------------------------------------------------------------------ */

static int show_named(const struct cmd *cmd, const char *name, const struct kernel_table *kernels)
{
	AUTO(profile_release) struct profile profile = PROFILE_INIT;
	int code = profiles_load(cmd, name, kernels, &profile);

	return code ? code : show(cmd, &profile);
}

static int each_named(const struct cmd *cmd,
		      int (*what)(const struct cmd *, const char *, const struct kernel_table *))
{
	struct arena arena = ARENA_INIT;
	struct kernel_table kernels = kernels_table(&arena);
	int worst = EXIT_PASS;
	int i;

	for (i = 1; i < cmd->argument_count; i++) {
		int code = what(cmd, cmd->argument[i], &kernels);

		worst = code ? code : worst;
	}
	arena_release(&arena);
	return worst;
}

static int run(struct cmd *cmd)
{
	const char *word = cmd->argument[0];
	bool named = cmd->argument_count > 1;

	if (!strcmp(word, "list") && !named)
		return list(cmd);
	if (!strcmp(word, "show") && named)
		return each_named(cmd, show_named);
	if (!strcmp(word, "check") && named)
		return each_named(cmd, check);
	return cmd_usage(cmd, _("usage: cuihuo profile list | show PROFILE... | check PROFILE..."));
}

static const struct cmd_option option[] = {
	{ "json", NULL, N_("print JSON") },
	{ NULL, NULL, NULL },
};

extern const struct command command_profile;
const struct command command_profile = {
	.name = "profile",
	.summary = N_("list, show and check profiles"),
	.arguments = "list|show|check [PROFILE...]",
	.option = option,
	.argument_min = 1,
	.argument_max = -1,
	.run = run,
};
