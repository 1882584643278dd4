/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cuihuo run: burn this machine in by a profile. */
#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/base/text.h"
#include "harness/cmd/ending.h"
#include "harness/cmd/live.h"
#include "harness/cmd/prepare.h"
#include "harness/cmd/progress.h"
#include "harness/cmd/telemetry_show.h"
#include "harness/run/inject.h"
#include "harness/sys/clock.h"
#include "harness/sys/disk.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>

#define RUNS "cuihuo-runs"
enum { TAG_MAX = 128, RUN_ID_BYTES = 16 };

/* --- options ---------------------------------------------------------------------------------- */

/* A serial or lot as a label has it: one line of print, without blanks around it. */
static bool is_tag(struct arena *arena, const char *text)
{
	size_t length = strlen(text);

	return length && length <= TAG_MAX && text[0] != ' ' && text[length - 1] != ' ' &&
	       text_cleaned(arena, text) == text;
}

static int check_tag(const struct cmd *cmd, const char *option)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	const char *text = cmd_option(cmd, option);

	if (text && !is_tag(&arena, text))
		return cmd_usage(cmd, _("--%s takes 1 to %d bytes of UTF-8 text as printed on the label: no control or invisible characters, no blanks around it"),
				 option, TAG_MAX);
	return EXIT_PASS;
}

/* --- folder ----------------------------------------------------------------------------------- */

/* cuihuo-runs/20261123-060500-SERIAL, the serial made fit for a file name. */
static char *default_folder(struct arena *arena, const char *serial)
{
	time_t now = (time_t)(clock_wall_ns() / 1000000000);
	char date[32];
	struct tm local;
	char *folder, *at;

	localtime_r(&now, &local);
	strftime(date, sizeof(date), "%Y%m%d-%H%M%S", &local);
	folder = arena_printf(arena, "%s/%s%s%s", RUNS, date, serial ? "-" : "",
			      serial ? serial : "");
	for (at = folder + strlen(RUNS) + 1; *at; at++) {
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.", *at))
			*at = '_';
	}
	return folder;
}

/* The folder that will hold the run: it must be there before the plan can know its medium. */
static const char *folder_above(struct arena *arena, const char *folder)
{
	char *above = arena_strdup(arena, folder);
	char *slash;
	size_t length = strlen(above);

	while (length > 1 && above[length - 1] == '/')
		above[--length] = 0;
	slash = strrchr(above, '/');
	if (!slash)
		return ".";
	slash[slash == above] = 0;
	return above;
}

/* --- the run ---------------------------------------------------------------------------------- */

/* Said before it begins: nobody waits a day for a verdict that is lost already. */
static void say_what_does_not(const struct plan *plan)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	bool lost = false;
	size_t i;

	for (i = 0; i < plan->step_count; i++) {
		const struct plan_step *step = &plan->step[i];

		if (!step->skip)
			continue;
		fprintf(stderr, _("step %s is skipped: %s\n"), step->name,
			text_cleaned(&arena, step->skip_shown));
		lost = lost || step->required;
	}
	if (lost)
		fputs(_("a required step is skipped: the verdict can be no better than INCOMPLETE\n"),
		      stderr);
}

static void say_what_runs(const struct plan *plan, const char *folder)
{
	AUTO(buf_release) struct buf absent = BUF_INIT;
	char time[DURATION_TEXT_SIZE];

	fprintf(stderr, _("profile %s, %d steps, about %s; everything is kept in %s\n"),
		plan->profile_name, (int)plan->step_count, format_duration(plan->duration_ns, time),
		folder);
	telemetry_show_absent(&absent, plan);
	fputs(absent.data, stderr);
	say_what_does_not(plan);
	if (plan->blind && plan->blind_approver)
		fprintf(stderr, _("no believable cpu temperature sensor: running blind, approved by %s\n"),
			plan->blind_approver);
	else if (plan->blind)
		fputs(_("no believable cpu temperature sensor: running blind, as the profile allows\n"),
		      stderr);
	if (plan->cut_short)
		fputs(_("the profile may not be shortened: the verdict can be no better than INCOMPLETE\n"),
		      stderr);
}

static int random_bytes(void *out, size_t size, struct err *err)
{
	if (getrandom(out, size, 0) == (ssize_t)size)
		return 0;
	return err_set_errno(err, errno, "cannot get random bytes from the kernel");
}

/* Nothing was written: there is no run, and its place is free again. */
static void remove_empty(const char *folder, const char *path)
{
	struct stat found;

	if (stat(path, &found) < 0 || !found.st_size)
		unlink(path);
	rmdir(folder);
}

static int perform(const struct cmd *cmd, const char *folder, const struct inject *inject,
		   struct prepared *prepared)
{
	const char *serial = cmd_option(cmd, "serial"), *lot = cmd_option(cmd, "lot");
	const char *path = arena_printf(&prepared->arena, "%s/%s", folder, JOURNAL_NAME);
	struct journal *journal;
	uint8_t id[RUN_ID_BYTES];
	uint64_t salt;
	char run_id[2 * RUN_ID_BYTES + 1];
	struct run_config config = {
		.folder = folder,
		.run_id = run_id,
		.serial = serial ? serial : "",
		.lot = lot ? lot : "",
		.profile = &prepared->profile,
		.plan = &prepared->plan,
		.inventory = &prepared->inventory,
	};
	struct err err = ERR_INIT;
	int code = live_config(cmd, prepared, &config);

	if (code)
		return code;
	if (inject->kind) {
		/* What is planted stands in the record beside the version. */
		config.inject = inject;
		config.harness_version = arena_printf(&prepared->arena, "%s %s",
						      config.harness_version,
						      cmd_option(cmd, "inject"));
	}
	if (random_bytes(id, sizeof(id), &err) < 0 || random_bytes(&salt, sizeof(salt), &err) < 0)
		return cmd_fail(cmd, &err);
	hex_encode(id, sizeof(id), run_id);
	if (disk_make_folder(folder, &err) < 0)
		return cmd_fail(cmd, &err);
	journal = journal_create(path, salt, NULL, &err);
	if (journal) {
		say_what_runs(&prepared->plan, folder);
		code = live_run(cmd, &config, NULL, journal, &prepared->kernels);
		journal_close(journal);
	} else {
		code = cmd_fail(cmd, &err);
	}
	remove_empty(folder, path);
	return code;
}

static int run(struct cmd *cmd)
{
	AUTO(prepared_release) struct prepared prepared = PREPARED_INIT;
	const char *name = cmd->argument_count ? cmd->argument[0] : "quick";
	const char *folder = cmd_option(cmd, "out");
	struct prepare_ask ask = { .duration = cmd_option(cmd, "duration"),
				   .memory = cmd_option(cmd, "memory"),
				   .stage = cmd_option(cmd, "stage"),
				   .erase = cmd_option(cmd, "erase") };
	struct inject inject = { .kind = INJECT_NONE };
	struct err err = ERR_INIT;
	int code = check_tag(cmd, "serial");

	if (cmd_option(cmd, "inject") && inject_parse(cmd_option(cmd, "inject"), &inject, &err) < 0)
		return cmd_fail(cmd, &err);
	if (!code)
		code = check_tag(cmd, "lot");
	if (!code)
		code = prepare_profile(cmd, name, &prepared);
	if (code)
		return code;
	if (!folder) {
		folder = default_folder(&prepared.arena, cmd_option(cmd, "serial"));
		if (disk_make_folder(RUNS, &err) < 0 && err.code != ERR_BUSY)
			return cmd_fail(cmd, &err);
		err_clear(&err);
	}
	/* Refused before anything is looked at; made when the plan is good. */
	if (!access(folder, F_OK)) {
		err_set(&err, ERR_BUSY, "'%s' is already there; choose another folder with --out", folder);
		return cmd_fail(cmd, &err);
	}
	ask.folder = folder_above(&prepared.arena, folder);
	code = prepare_plan(cmd, &ask, &prepared);
	return code ? code : perform(cmd, folder, &inject, &prepared);
}

static const struct cmd_option option[] = {
	{ "serial", "SN", N_("serial number of the machine, for record and certificate") },
	{ "lot", "LOT", N_("lot it belongs to") },
	{ "stage", "STAGE", N_("bench: try a profile of another stage without proving anything") },
	{ "out", "DIR", N_("folder of the run, which must not be there yet (default: cuihuo-runs/DATE)") },
	{ "duration", "D", N_("how long all steps together take: 90s, 10m") },
	{ "memory", "SIZE", N_("how much memory its steps test: 4GiB, or a share in percent of what is free") },
	{ "erase", "SERIAL", N_("serial numbers of the disks that this run may erase: SN1,SN2") },
	{ "inject", "FAULT", N_("plant a fault; only programs of 'make injected' do") },
	{ "isa", "NAMES", N_("use only these instruction sets: scalar, avx2,neon ...") },
	{ "data", "DIR", N_("tables of names from there, not those that are installed") },
	{ "json", NULL, N_("print the end as one JSON object") },
	{ NULL, NULL, NULL },
};

extern const struct command command_run;
const struct command command_run = {
	.name = "run",
	.summary = N_("burn this machine in by a profile (default: quick), or only its mem, cpu or disk"),
	.arguments = "[PROFILE]",
	.option = option,
	.argument_max = 1,
	.run = run,
};
