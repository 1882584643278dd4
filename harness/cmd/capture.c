/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/cmd/capture_make.h"
#include "harness/cmd/command.h"
#include "harness/cmd/random_map.h"
#include "harness/sys/disk.h"

#include <stdio.h>
#include <string.h>

static void say_what_was_written(const char *path, const struct capture *capture)
{
	size_t files = 0, unreadable = 0;
	size_t i;

	for (i = 0; i < capture->entry_count; i++) {
		files += capture->entry[i].kind == CAPTURE_FILE;
		unreadable += capture->entry[i].kind == CAPTURE_UNREADABLE;
	}
	fprintf(stderr, _("%s: %zu files, %zu more could not be read; names and numbers of this "
			  "unit are replaced, look through it before you pass it on\n"),
		path, files, unreadable);
}

static int make(const char *root_path, struct capture *capture, struct buf *text, struct err *err)
{
	AUTO(sysroot_free_at) struct sysroot *root = sysroot_open(root_path, err);
	AUTO(redact_map_free_at) struct redact_map *map = NULL;
	AUTO_FREE const char **globs = capture_globs();
	int code;

	if (!root)
		return err->code;
	map = random_map(err);
	if (!map)
		return err->code;
	code = capture_machine(capture, root, globs, map, err);
	if (!code)
		capture_write(capture, text);
	return code;
}

static int run(struct cmd *cmd)
{
	AUTO(capture_release) struct capture capture = CAPTURE_INIT;
	AUTO(buf_release) struct buf text = BUF_INIT;
	struct err err = ERR_INIT;
	const char *path = cmd->argument[0];
	int code = make(cmd_option(cmd, "root"), &capture, &text, &err);

	if (!code && !strcmp(path, "-")) {
		say_what_was_written(_("standard output"), &capture);
		return cmd_put(cmd, text.data, text.size);
	}
	if (!code)
		code = disk_replace(path, text.data, text.size,
				    cmd_option(cmd, "force") ? 0 : DISK_NEW, &err);
	if (code == ERR_BUSY)
		return cmd_usage(cmd, _("'%s' is already there; --force replaces it"), path);
	if (code < 0)
		return cmd_fail(cmd, &err);
	say_what_was_written(path, &capture);
	return EXIT_PASS;
}

static const struct cmd_option option[] = {
	{ "root", "DIR|FILE", N_("a captured machine in place of this one") },
	{ "force", NULL, N_("replace FILE when it is there") },
	{ NULL, NULL, NULL },
};

const struct command command_capture = {
	.name = "capture",
	.summary = N_("write this machine down as one redacted text file"),
	.arguments = "FILE",
	.option = option,
	.argument_min = 1,
	.argument_max = 1,
	.run = run,
};
