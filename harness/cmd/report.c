/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cuihuo report DIR|record.json: the record for people. The verdict shown is derived here, from the
 * record alone; a certificate is named only when it speaks of these very bytes.
 */
#include "harness/cmd/command.h"

#include "harness/base/auto.h"
#include "harness/base/envelope.h"
#include "harness/base/lang.h"
#include "harness/cmd/capture_make.h"
#include "harness/cmd/kernels.h"
#include "harness/cmd/random_map.h"
#include "harness/cmd/run_folder.h"
#include "harness/issue/judged.h"
#include "harness/model/certificate.h"
#include "harness/model/redact_record.h"
#include "harness/sys/disk.h"
#include "reports/writer.h"

#include <string.h>
#include <sys/stat.h>

static int read_record(const char *path, const struct kernel_table *kernels, struct buf *out,
		       struct err *err)
{
	bool from_journal;
	struct stat state;

	if (stat(path, &state) == 0 && S_ISDIR(state.st_mode))
		return run_folder_record(path, kernels, out, &from_journal, err);
	return disk_read_file(path, JUDGED_SIZE_MAX, out, err);
}

/* Its signature is not looked at: that is what verify is for, and what the report says. */
static int read_certificate(const char *path, const char *record_digest,
			    struct certificate *certificate, struct err *err)
{
	AUTO(envelope_release) struct envelope envelope = ENVELOPE_INIT;
	AUTO(buf_release) struct buf text = BUF_INIT;
	int code = disk_read_file(path, ENVELOPE_SIZE_MAX, &text, err);

	if (code >= 0)
		code = envelope_read(text.data, text.size, path, &envelope, err);
	if (code >= 0)
		code = certificate_read(envelope.payload.data, envelope.payload.size, path,
					certificate, err);
	if (code >= 0 && strcmp(certificate->record_digest, record_digest))
		return err_set(err, ERR_INPUT, "%s: is the certificate of another record", path);
	return code;
}

/* 0, or an exit code after saying what is wrong with the options. */
static int choose(const struct cmd *cmd, enum lang *ret_lang, const struct writer **ret_writer)
{
	const char *lang = cmd_option(cmd, "lang");
	const char *out = cmd_option(cmd, "out");
	int number = lang ? lang_from_name(lang) : (int)cmd_lang();

	if (number < 0)
		return cmd_usage(cmd, _("--lang takes en or zh"));
	*ret_lang = (enum lang)number;
	*ret_writer = !out || !strcmp(out, "-") ? writer_find(REPORT_TEXT) : writer_for_file(out);
	if (!*ret_writer)
		return cmd_usage(
			cmd, _("'%s': the name must end in .html or .txt, or be - for text"), out);
	return 0;
}

/* Names of hosts and people stand in log lines unannounced; those of this machine can be learned. */
static int make_public(const struct kernel_table *kernels, struct judged *judged, struct err *err)
{
	AUTO(redact_map_free_at) struct redact_map *map = random_map(err);
	AUTO(sysroot_free_at) struct sysroot *root = NULL;

	if (!map)
		return err->code;
	root = sysroot_open(NULL, err);
	if (!root)
		return err->code;
	capture_learn(map, root);
	return redact_record(map, kernels, &judged->record, &judged->verdict, err);
}

static int run(struct cmd *cmd)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	AUTO(buf_release) struct buf text = BUF_INIT;
	AUTO(judged_release) struct judged judged = JUDGED_INIT;
	AUTO(certificate_release) struct certificate certificate = CERTIFICATE_INIT;
	const struct kernel_table kernels = kernels_table(&arena);
	const char *path = cmd->argument[0];
	const char *out = cmd_option(cmd, "out");
	struct report report = { .record = &judged.record, .verdict = &judged.verdict };
	const struct writer *writer;
	struct err err = ERR_INIT;
	int code = choose(cmd, &report.lang, &writer);

	if (code)
		return code;
	if (read_record(path, &kernels, &bytes, &err) < 0 ||
	    judged_read(bytes.data, bytes.size, path, &kernels, &judged, &err) < 0)
		return cmd_fail(cmd, &err);
	if (cmd_option(cmd, "certificate")) {
		if (read_certificate(cmd_option(cmd, "certificate"), judged.digest, &certificate,
				     &err) < 0)
			return cmd_fail(cmd, &err);
		report.certificate = certificate.number;
	}
	report.is_public = cmd_option(cmd, "public") != NULL;
	if (report.is_public && make_public(&kernels, &judged, &err) < 0)
		return cmd_fail(cmd, &err);
	if (report_write(&report, writer->format, &text, &err) < 0)
		return cmd_fail(cmd, &err);
	if (!out || !strcmp(out, "-"))
		return cmd_put(cmd, text.data, text.size);
	if (disk_replace(out, text.data, text.size, 0, &err) < 0)
		return cmd_fail(cmd, &err);
	return EXIT_PASS;
}

static const struct cmd_option option[] = {
	{ "out", "FILE", N_("write to FILE, a .html page or .txt; - is text to standard output") },
	{ "lang", "LANG", N_("language of the report: en or zh; else that of the locale") },
	{ "certificate", "FILE", N_("name this certificate in the report") },
	{ "public", NULL, N_("replace what names this unit, people and networks") },
	{ NULL, NULL, NULL },
};

const struct command command_report = {
	.name = "report",
	.summary = N_("show a record to people, as a page or as text"),
	.arguments = "DIR|RECORD",
	.option = option,
	.argument_min = 1,
	.argument_max = 1,
	.run = run,
};
