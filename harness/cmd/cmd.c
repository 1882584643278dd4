/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/command.h"

#include "harness/base/auto.h"
#include "harness/base/lang_sentence.h"
#include "harness/sys/disk.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char *cmd_option(const struct cmd *cmd, const char *name)
{
	const struct cmd_option *option = cmd->command->option;
	size_t i;

	for (i = 0; option[i].name; i++) {
		if (!strcmp(option[i].name, name))
			return cmd->value[i];
	}
	return NULL;
}

static void say(const struct cmd *cmd, const char *text)
{
	fprintf(stderr, "cuihuo %s: %s%s%s\n", cmd->command->name, cmd->color_err ? "\033[31m" : "",
		text, cmd->color_err ? "\033[0m" : "");
}

int cmd_fail(const struct cmd *cmd, const struct err *err)
{
	say(cmd, err->text);
	return cmd_exit_code(err->code);
}

int cmd_usage(const struct cmd *cmd, const char *format, ...)
{
	char text[ERR_TEXT_SIZE];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	say(cmd, text);
	return EXIT_USAGE;
}

enum exit_code cmd_exit_code(enum err_code code)
{
	switch (code) {
	case ERR_NONE:
		return EXIT_PASS;
	case ERR_USAGE:
	case ERR_INPUT:
	case ERR_NOT_FOUND:
		return EXIT_USAGE;
	default:
		return EXIT_STATION;
	}
}

int cmd_put(const struct cmd *cmd, const void *data, size_t size)
{
	int failed;

	fflush(stdout);
	failed = disk_write_all(STDOUT_FILENO, data, size);
	if (failed) {
		say(cmd, _("cannot write to standard output"));
		return EXIT_STATION;
	}
	return EXIT_PASS;
}

const char *cmd_said(struct arena *arena, const char *english)
{
	return lang_sentence(cmd_lang(), arena, english);
}

enum lang cmd_lang(void)
{
	/* Which of the two catalogues gettext took says more than the name of a locale. */
	static const char known[] = N_("passed, done, valid");

	return strcmp(_(known), known) ? LANG_ZH : LANG_EN;
}
