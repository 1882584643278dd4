/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cuihuo certify DIR: judge the record of a run again and sign what passed. Runs where the key is,
 * never on a machine under test of a plant; on a bench both are one machine.
 */
#include "harness/cmd/command.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/cmd/kernels.h"
#include "harness/cmd/password.h"
#include "harness/cmd/run_folder.h"
#include "harness/issue/certify.h"
#include "harness/issue/judged.h"
#include "harness/sys/clock.h"
#include "harness/sys/disk.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEY_FILE_MAX = 65536 };

static int print_result(const struct cmd *cmd, const struct judged *judged, const char *path,
			const struct key *key)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	AUTO(buf_release) struct buf out = BUF_INIT;
	struct err err = ERR_INIT;
	struct json_writer w;

	if (!cmd_option(cmd, "json")) {
		buf_addf(&out, _("certified by key %s: %s\n"), key_id(key), path);
		return cmd_put(cmd, out.data, out.size);
	}
	json_start(&w, json_buf_sink, &out);
	json_begin_object(&w, NULL);
	json_text(&w, "file", text_cleaned(&arena, path));
	json_text(&w, "key", key_id(key));
	json_text(&w, "record", judged->digest);
	json_text(&w, "stage", stage_name(judged->record.plan.stage));
	json_text(&w, "verdict", verdict_name(judged->verdict.kind));
	json_end(&w);
	if (json_finish(&w, &err) < 0)
		return cmd_fail(cmd, &err);
	buf_addc(&out, '\n');
	return cmd_put(cmd, out.data, out.size);
}

/* Says why nothing is signed; with --json the verdict itself, as `judge` prints it. */
static int refuse(const struct cmd *cmd, const struct judged *judged)
{
	AUTO(buf_release) struct buf out = BUF_INIT;
	const struct verdict *verdict = &judged->verdict;
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	const struct reason *reason;
	struct err err = ERR_INIT;
	struct json_writer w;

	if (cmd_option(cmd, "json")) {
		json_start(&w, json_buf_sink, &out);
		verdict_write(&w, verdict);
		if (json_finish(&w, &err) < 0)
			return cmd_fail(cmd, &err);
		buf_addc(&out, '\n');
		cmd_put(cmd, out.data, out.size);
	}
	fprintf(stderr, _("cuihuo certify: not certified, the verdict is %s\n"),
		_(verdict_name(verdict->kind)));
	for (reason = verdict->reason; reason; reason = reason->next)
		fprintf(stderr, "  %s%s%s: %s\n", reason->code, reason->subject[0] ? " " : "",
			text_cleaned(&arena, reason->subject),
			text_cleaned(&arena, cmd_said(&arena, reason->detail)));
	return verdict->kind == VERDICT_FAIL ? EXIT_FAILED : EXIT_INCOMPLETE;
}

/* A key inside the run folder travels with the evidence it is meant to vouch for. */
static bool is_inside(const char *dir, const char *path)
{
	AUTO_FREE char *folder = realpath(dir, NULL);
	AUTO_FREE char *file = realpath(path, NULL);
	size_t length = folder ? strlen(folder) : 0;

	return folder && file && !strncmp(folder, file, length) &&
	       (file[length] == '/' || !strcmp(folder, "/"));
}

/* DIR/SERIAL.cert.json, or by the run id where no serial was given. */
static void name_file(const struct cmd *cmd, const struct record *record, struct buf *out)
{
	const char *unit = record->serial[0] ? record->serial : record->run_id;
	size_t i;

	if (cmd_option(cmd, "out")) {
		buf_adds(out, cmd_option(cmd, "out"));
		return;
	}
	buf_addf(out, "%s/", cmd->argument[0]);
	for (i = 0; unit[i]; i++) {
		bool plain = isalnum((unsigned char)unit[i]) || unit[i] == '-' || unit[i] == '_' ||
			     (unit[i] == '.' && i);

		buf_addc(out, plain ? unit[i] : '_');
	}
	buf_adds(out, ".cert.json");
}

static struct key *open_key(const struct cmd *cmd, const char *path, struct err *err)
{
	AUTO(password_release) struct password password = { "" };
	AUTO(buf_release) struct buf pem = BUF_INIT;

	if (disk_read_file(path, KEY_FILE_MAX, &pem, err) < 0 ||
	    password_get(cmd, path, PASSWORD_OLD, &password, err) < 0)
		return NULL;
	return key_read_private(pem.data, pem.size, password.text, path, err);
}

static int sign(const struct cmd *cmd, const struct judged *judged)
{
	AUTO(key_free_at) struct key *key = NULL;
	AUTO(buf_release) struct buf path = BUF_INIT;
	AUTO(buf_release) struct buf envelope = BUF_INIT;
	struct err err = ERR_INIT;
	int code;

	name_file(cmd, &judged->record, &path);
	if (access(path.data, F_OK) == 0)
		return cmd_usage(cmd,
				 _("'%s' is already there; a certificate is never overwritten"),
				 path.data);
	key = open_key(cmd, cmd_option(cmd, "key"), &err);
	if (!key)
		return cmd_fail(cmd, &err);
	code = certify_judged(judged, key, clock_wall_ns() / 1000000000, &envelope, &err);
	if (code == ERR_UNSUPPORTED)
		return cmd_usage(cmd, "%s", err.text);
	if (code < 0 || disk_replace(path.data, envelope.data, envelope.size, DISK_NEW, &err) < 0)
		return cmd_fail(cmd, &err);
	return print_result(cmd, judged, path.data, key);
}

static int run(struct cmd *cmd)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	AUTO(judged_release) struct judged judged = JUDGED_INIT;
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	struct kernel_table kernels = kernels_table(&arena);
	const char *dir = cmd->argument[0];
	struct err err = ERR_INIT;
	bool from_journal;

	if (!cmd_option(cmd, "key"))
		return cmd_usage(cmd,
				 _("say with --key which key signs; 'cuihuo key make' makes one"));
	if (is_inside(dir, cmd_option(cmd, "key")))
		return cmd_usage(cmd,
				 _("the key '%s' lies inside the run folder; keep it elsewhere"),
				 cmd_option(cmd, "key"));
	if (run_folder_record(dir, &kernels, &bytes, &from_journal, &err) < 0 ||
	    judged_read(bytes.data, bytes.size, "record.json", &kernels, &judged, &err) < 0)
		return cmd_fail(cmd, &err);
	if (!from_journal)
		fputs(_("cuihuo certify: no run.journal there; judged from record.json alone\n"),
		      stderr);
	if (judged.verdict.kind != VERDICT_PASS)
		return refuse(cmd, &judged);
	return sign(cmd, &judged);
}

static const struct cmd_option option[] = {
	{ "key", "FILE", N_("the private key that signs") },
	PASSWORD_OPTION,
	{ "out", "FILE", N_("write the certificate there, not into the run folder") },
	{ "json", NULL, N_("print JSON") },
	{ NULL, NULL, NULL },
};

const struct command command_certify = {
	.name = "certify",
	.summary = N_("judge a run again and sign a certificate of what passed"),
	.arguments = "DIR",
	.option = option,
	.argument_min = 1,
	.argument_max = 1,
	.run = run,
};
