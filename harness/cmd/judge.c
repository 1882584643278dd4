/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cuihuo judge: derive the verdict of a run again from its evidence. */
#include "harness/base/auto.h"
#include "harness/cmd/kernels.h"
#include "harness/cmd/profiles.h"
#include "harness/cmd/run_folder.h"
#include "harness/cmd/verdict_show.h"
#include "harness/issue/judged.h"
#include "harness/run/finish.h"
#include "harness/sys/disk.h"

#include <stdio.h>
#include <string.h>

enum { VERDICT_FILE_MAX = 16 << 20 };

struct judging {
	const struct cmd *cmd;
	const char *folder;
	struct kernel_table kernels;
	struct judged judged;
	struct verdict *verdict;
	bool from_journal;	/* the record was put together again from there, and is the same */
};

static int read_record(struct judging *judging, struct err *err)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	AUTO(buf_release) struct buf where = BUF_INIT;
	int code = run_folder_record(judging->folder, &judging->kernels, &bytes,
				     &judging->from_journal, err);

	if (code < 0)
		return code;
	buf_addf(&where, "%s/%s", judging->folder, RECORD_NAME);
	return judged_read(bytes.data, bytes.size, where.data, &judging->kernels, &judging->judged,
			   err);
}

/* --profile P: the same evidence against that file instead of the profile inside the record. */
static int judge_by(struct judging *judging, const char *name)
{
	struct profile profile = PROFILE_INIT;
	int code = profiles_load(judging->cmd, name, &judging->kernels, &profile);

	if (!code) {
		verdict_release(judging->verdict);
		verdict_judge(&profile, &judging->judged.record, judging->judged.digest,
			      judging->verdict);
	}
	profile_release(&profile);
	return code;
}

/* The verdict's file: left alone when it says the same, compared only with --check. */
static int keep_verdict(const struct judging *judging, struct err *err)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	AUTO(buf_release) struct buf there = BUF_INIT;
	AUTO(buf_release) struct buf path = BUF_INIT;
	bool only_check = cmd_option(judging->cmd, "check") != NULL;
	struct json_writer w;
	int code;

	json_start(&w, json_buf_sink, &bytes);
	verdict_write(&w, judging->verdict);
	code = json_finish(&w, err);
	if (code < 0)
		return code;
	buf_addf(&path, "%s/%s", judging->folder, VERDICT_NAME);
	code = disk_read_file(path.data, VERDICT_FILE_MAX, &there, only_check ? err : NULL);
	if (code < 0 && only_check)
		return code;
	if (code == 0 && there.size == bytes.size && !memcmp(there.data, bytes.data, bytes.size))
		return 0;
	if (only_check)
		return err_set(err, ERR_INPUT,
			       "'%s' is not the verdict that follows from the evidence", path.data);
	code = disk_replace(path.data, bytes.data, bytes.size, 0, err);
	if (code < 0)
		err_prefix(err, "the verdict is not kept; judge a copy of the folder");
	return code;
}

static int show(const struct judging *judging)
{
	const struct cmd *cmd = judging->cmd;
	AUTO(buf_release) struct buf out = BUF_INIT;
	struct err err = ERR_INIT;
	struct json_writer w;

	if (!cmd_option(cmd, "json")) {
		verdict_show(&out, judging->verdict, cmd->color_out);
		return cmd_put(cmd, out.data, out.size);
	}
	json_start(&w, json_buf_sink, &out);
	json_begin_object(&w, NULL);
	json_bool(&w, "from_journal", judging->from_journal);
	json_text(&w, "profile_digest", judging->verdict->profile_digest);
	verdict_write_reasons(&w, judging->verdict);
	json_text(&w, "record_digest", judging->verdict->record_digest);
	json_text(&w, "verdict", verdict_name(judging->verdict->kind));
	json_end(&w);
	if (json_finish(&w, &err) < 0)
		return cmd_fail(cmd, &err);
	buf_addc(&out, '\n');
	return cmd_put(cmd, out.data, out.size);
}

static int judge(struct judging *judging)
{
	const char *profile = cmd_option(judging->cmd, "profile");
	struct err err = ERR_INIT;
	int code;

	if (read_record(judging, &err) < 0)
		return cmd_fail(judging->cmd, &err);
	if (!judging->from_journal)
		fputs(_("no journal lies beside the record: it is judged as it stands\n"), stderr);
	code = profile ? judge_by(judging, profile) : EXIT_PASS;
	if (!code)
		code = show(judging);
	if (code)
		return code;
	/* What another profile would say is only shown: the folder keeps the verdict of its run. */
	if ((!profile || cmd_option(judging->cmd, "check")) && keep_verdict(judging, &err) < 0)
		return cmd_fail(judging->cmd, &err);
	return verdict_exit_code(judging->verdict);
}

static int run(struct cmd *cmd)
{
	struct arena arena = ARENA_INIT;
	struct judging judging = { .cmd = cmd, .folder = cmd->argument[0], .judged = JUDGED_INIT };
	int code;

	judging.kernels = kernels_table(&arena);
	judging.verdict = &judging.judged.verdict;
	code = judge(&judging);
	judged_release(&judging.judged);
	arena_release(&arena);
	return code;
}

static const struct cmd_option option[] = {
	{ "profile", "PROFILE", N_("judge by this profile instead of the one in the record, and write nothing") },
	{ "check", NULL, N_("write nothing; fail when verdict.json says something else") },
	{ "json", NULL, N_("print the verdict as JSON") },
	{ NULL, NULL, NULL },
};

extern const struct command command_judge;
const struct command command_judge = {
	.name = "judge",
	.summary = N_("derive the verdict of a run again from its evidence"),
	.arguments = "DIR",
	.option = option,
	.argument_min = 1,
	.argument_max = 1,
	.run = run,
};
