/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/usage.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"

#include <string.h>

enum { HELP_COLUMN = 28 };

static void add_padded(struct buf *out, const char *left, const char *help)
{
	size_t columns = text_columns(left);

	buf_addf(out, "  %s", left);
	for (columns += 2; columns < HELP_COLUMN; columns++)
		buf_addc(out, ' ');
	buf_addf(out, " %s\n", help);
}

void usage_program(struct buf *out)
{
	static const struct {
		const char *code;
		const char *meaning;
	} exit_row[] = {
		{ "0", N_("passed, done, valid") },
		{ "1", N_("the machine failed; the certificate is invalid") },
		{ "2", N_("usage or bad input") },
		{ "3", N_("the harness or the station could not work") },
		{ "4", N_("incomplete; cannot tell") },
		{ "5", N_("stopped by the guard") },
	};
	size_t i;

	buf_adds(out, _("cuihuo: burn-in and compatibility tests for Xinchuang machines\n"));
	buf_addf(out, "\n%s\n", _("Usage: cuihuo COMMAND [OPTION...] [ARGUMENT...]"));
	buf_addf(out, "       cuihuo --version | --help\n\n%s\n", _("Commands:"));
	for (i = 0; i < command_count; i++)
		add_padded(out, command_table[i]->name, _(command_table[i]->summary));
	buf_addf(out, "\n%s\n", _("Exit codes:"));
	for (i = 0; i < ARRAY_SIZE(exit_row); i++)
		add_padded(out, exit_row[i].code, _(exit_row[i].meaning));
	buf_addf(out, "\n%s\n", _("'cuihuo COMMAND --help' says more of one command."));
}

static void add_option(struct buf *out, const char *name, const char *argument, const char *help)
{
	char left[64] = "";
	size_t room = sizeof(left) - 1;

	strncat(left, strcmp(name, "out") ? "--" : "-o, --", room);
	strncat(left, name, room - strlen(left));
	if (argument) {
		strncat(left, " ", room - strlen(left));
		strncat(left, argument, room - strlen(left));
	}
	add_padded(out, left, help);
}

void usage_command(struct buf *out, const struct command *command)
{
	const struct cmd_option *option;

	buf_addf(out, "cuihuo %s: %s\n\n", command->name, _(command->summary));
	buf_addf(out, _("Usage: cuihuo %s [OPTION...] %s\n"), command->name, command->arguments);
	if (!*command->arguments) {
		buf_trim(out);
		buf_addc(out, '\n');
	}
	buf_addf(out, "\n%s\n", _("Options:"));
	for (option = command->option; option->name; option++)
		add_option(out, option->name, option->argument, _(option->help));
	add_option(out, "color", "WHEN", _("colours: auto, always or never"));
	add_option(out, "help", NULL, _("say this"));
}
