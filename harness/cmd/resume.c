/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cuihuo resume: go on with a run that was ended before its time, or say why not. */
#include "harness/run/resume.h"

#include "harness/base/auto.h"
#include "harness/cmd/ending.h"
#include "harness/cmd/kernels.h"
#include "harness/cmd/live.h"
#include "harness/run/assemble.h"
#include "harness/run/scratch.h"
#include "harness/run/settings.h"
#include "harness/sys/clock.h"

#include <stdio.h>
#include <string.h>

struct again {
	struct prepared prepared;	/* of this machine; its plan and profile stay empty */
	struct record record;
	struct buf bytes;
	struct journal_scan scan;
	struct resume resume;
	struct journal *journal;
};

#define AGAIN_INIT                                                                                 \
	{ .prepared = PREPARED_INIT, .record = RECORD_INIT, .bytes = BUF_INIT,                     \
	  .scan = JOURNAL_SCAN_INIT, .resume = RESUME_INIT }

static void again_release(struct again *again)
{
	again->journal = journal_close(again->journal);
	resume_release(&again->resume);
	record_release(&again->record);
	journal_scan_release(&again->scan);
	buf_release(&again->bytes);
	prepared_release(&again->prepared);
}

static int open_run(const char *folder, struct again *again, struct err *err)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	int code;

	buf_addf(&path, "%s/%s", folder, JOURNAL_NAME);
	again->prepared.kernels = kernels_table(&again->prepared.arena);
	again->journal = journal_reopen(path.data, NULL, &again->bytes, &again->scan, err);
	if (!again->journal)
		return err->code;
	code = assemble_record(&again->scan, &again->prepared.kernels, &again->record, err);
	if (code < 0)
		err_prefix(err, "%s", path.data);
	return code;
}

/* A journal that takes nothing more is no reason to leave the machine changed. */
static void put_settings_back(const struct again *again)
{
	const struct setting *setting;

	for (setting = again->record.setting; setting; setting = setting->next) {
		struct frame_setting left = { setting->path, setting->before, setting->during };
		struct err err = ERR_INIT;

		if (!setting->restored && settings_restore("/", &left, &err) < 0)
			fprintf(stderr, "%s\n", err.text);
	}
}

/* Ended as it should: what it left behind is made anew, which changes nothing, and shown. */
static int show_end(const struct cmd *cmd, const struct again *again, const char *cause)
{
	struct ending ending = { .folder = cmd->argument[0],
				 .kernels = &again->prepared.kernels,
				 .cause = cause,
				 .json = cmd_option(cmd, "json") != NULL };

	put_settings_back(again);
	return ending_make(cmd, &ending, again->journal);
}

static int go_on(const struct cmd *cmd, struct again *again)
{
	struct record *record = &again->record;
	struct run_config config = {
		.folder = cmd->argument[0],
		.run_id = record->run_id,
		.serial = record->serial,
		.lot = record->lot,
		.profile = &record->profile,
		.plan = &record->plan,
		.inventory = &record->inventory,
	};
	int code = live_config(cmd, &again->prepared, &config);

	if (code)
		return code;
	fprintf(stderr, _("going on with profile %s in %s\n"), record->plan.profile_name,
		config.folder);
	code = live_run(cmd, &config, &again->resume.past, again->journal,
			&again->prepared.kernels);
	/* What the runner before left there: a step that looked at it did so by now. */
	scratch_remove(config.folder);
	return code;
}

static int decide(const struct cmd *cmd, struct again *again)
{
	struct resume_now now = { .inventory = &again->prepared.inventory };
	struct err err = ERR_INIT;
	const char *cause;
	int code;

	if (again->record.complete && resume_cause(&again->scan, &again->resume.arena, &cause) &&
	    (!strcmp(cause, "done") || !strcmp(cause, "guard"))) {
		fputs(_("this run has ended; there is nothing to go on with\n"), stderr);
		return show_end(cmd, again, cause);
	}
	code = prepare_machine(cmd, &again->prepared);
	if (code)
		return code;
	now.boot = prepare_boot(again->prepared.root, &again->prepared.arena);
	now.boot_ns = clock_boot_ns();
	now.wall_s = clock_wall_ns() / 1000000000;
	if (resume_plan(&again->scan, &again->record, &now, &again->resume, &err) < 0) {
		if (again->scan.state == JOURNAL_DAMAGED)
			put_settings_back(again);
		cmd_fail(cmd, &err);
		return EXIT_STATION;
	}
	return go_on(cmd, again);
}

static int run(struct cmd *cmd)
{
	AUTO(again_release) struct again again = AGAIN_INIT;
	struct err err = ERR_INIT;

	if (open_run(cmd->argument[0], &again, &err) < 0)
		return cmd_fail(cmd, &err);
	return decide(cmd, &again);
}

static const struct cmd_option option[] = {
	{ "isa", "NAMES", N_("use only these instruction sets: scalar, avx2,neon ...") },
	{ "data", "DIR", N_("tables of names from there, not those that are installed") },
	{ "json", NULL, N_("print the end as one JSON object") },
	{ NULL, NULL, NULL },
};

extern const struct command command_resume;
const struct command command_resume = {
	.name = "resume",
	.summary = N_("go on with a run that was interrupted"),
	.arguments = "DIR",
	.option = option,
	.argument_min = 1,
	.argument_max = 1,
	.run = run,
};
