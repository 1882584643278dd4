/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cuihuo verify FILE: is this certificate valid? Offline, from what is at hand; says what is
 * missing.
 *
 * Exit code: 0 valid; 1 invalid, also for a file that is no certificate at all; 4 cannot tell; 2
 * only for arguments, and for files that are not there; 3 for those that may not be read.
 */
#include "harness/cmd/command.h"

#include "harness/base/auto.h"
#include "harness/cmd/kernels.h"
#include "harness/cmd/run_folder.h"
#include "harness/cmd/verify_print.h"
#include "harness/issue/judged.h"
#include "harness/issue/verify.h"
#include "harness/sys/disk.h"
#include "harness/sys/sysroot.h"
#include "probes/probe.h"

#include <string.h>
#include <unistd.h>

static int check_signer(const struct cmd *cmd, struct verification *v, struct trust *trust,
			struct err *err)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	const char *path = cmd_option(cmd, "trust");

	if (path && disk_read_file(path, TRUST_SIZE_MAX, &text, err) < 0)
		return err->code;
	if (path && trust_read(text.data, text.size, path, trust, err) < 0) {
		err_prefix(err, "not a trust file");
		return err->code;
	}
	verify_signer(v, path ? trust : NULL);
	return 0;
}

static int check_stage(const struct cmd *cmd, struct verification *v, struct err *err)
{
	const char *name = cmd_option(cmd, "stage");
	enum stage stage = name ? stage_from_name(name) : STAGE_UNKNOWN;

	if (!name)
		return 0;
	if (stage == STAGE_UNKNOWN)
		return err_set(err, ERR_USAGE, "--stage: there is no stage '%s'", name);
	verify_stage(v, stage);
	return 0;
}

static int check_record(const struct cmd *cmd, struct verification *v, struct err *err)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	AUTO(judged_release) struct judged judged = JUDGED_INIT;
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	struct kernel_table kernels = kernels_table(&arena);
	const char *path = cmd_option(cmd, "record");
	const char *dir = cmd_option(cmd, "run");
	struct err unread = ERR_INIT;
	bool from_journal;
	int code = 0;

	if (!path && !dir)
		return 0;
	if (path && dir)
		return err_set(err, ERR_USAGE, "--record and --run say the same; give one");
	if (path)
		code = disk_read_file(path, JUDGED_SIZE_MAX, &bytes, &unread);
	else
		code = run_folder_record(dir, &kernels, &bytes, &from_journal, &unread);
	/* Wrong content is a matter of the certificate; a file that is not there is none. */
	if (code < 0 && (code != ERR_INPUT || !bytes.size)) {
		*err = unread;
		return code;
	}
	judged_read(bytes.data, bytes.size, "record.json", &kernels, &judged, &unread);
	verify_record(v, &judged, &unread);
	return 0;
}

static int check_machine(const struct cmd *cmd, struct verification *v, struct err *err)
{
	AUTO(sysroot_free_at) struct sysroot *root = NULL;
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	int code;

	if (!cmd_option(cmd, "machine")) {
		if (cmd_option(cmd, "root"))
			return err_set(err, ERR_USAGE, "--root is of use only with --machine");
		return 0;
	}
	root = sysroot_open(cmd_option(cmd, "root"), err);
	if (!root)
		return err->code;
	code = probe_machine(root, identity_class, identity_class_count, &inventory, err);
	if (code < 0)
		return code;
	verify_machine(v, &inventory);
	return 0;
}

static int run(struct cmd *cmd)
{
	AUTO(verification_release) struct verification v = VERIFICATION_INIT;
	AUTO(trust_release) struct trust trust = TRUST_INIT;
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	const char *path = cmd->argument[0];
	struct err err = ERR_INIT;
	int code;

	if (!strcmp(path, "-")) {
		path = _("standard input");
		code = disk_read_open(STDIN_FILENO, path, ENVELOPE_SIZE_MAX, &bytes, &err);
	} else {
		code = disk_read_file(path, ENVELOPE_SIZE_MAX, &bytes, &err);
	}
	if (code < 0)
		return cmd_fail(cmd, &err);
	verify_file(&v, bytes.data, bytes.size, path);
	if (check_signer(cmd, &v, &trust, &err) < 0 || check_stage(cmd, &v, &err) < 0 ||
	    check_record(cmd, &v, &err) < 0 || check_machine(cmd, &v, &err) < 0)
		return cmd_fail(cmd, &err);
	return verify_print(cmd, &v);
}

static const struct cmd_option option[] = {
	{ "trust", "FILE", N_("whom to trust; without it no signer is trusted") },
	{ "record", "FILE", N_("derive the certificate again from this record") },
	{ "run", "DIR", N_("the same with the record of a run folder") },
	{ "machine", NULL, N_("compare the certified parts with this machine") },
	{ "root", "DIR|FILE", N_("with --machine: a captured machine instead of this one") },
	{ "stage", "STAGE", N_("accept this stage only") },
	{ "json", NULL, N_("print JSON") },
	{ NULL, NULL, NULL },
};

const struct command command_verify = {
	.name = "verify",
	.summary = N_("say whether a certificate is valid, offline"),
	.arguments = "FILE|-",
	.option = option,
	.argument_min = 1,
	.argument_max = 1,
	.run = run,
};
