/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/command.h"

#include "harness/base/buf.h"
#include "harness/base/auto.h"
#include "harness/cmd/usage.h"

#include <string.h>

static int run(struct cmd *cmd)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	size_t i;

	if (!cmd->argument_count) {
		usage_program(&text);
		return cmd_put(cmd, text.data, text.size);
	}
	for (i = 0; i < command_count; i++) {
		if (!strcmp(command_table[i]->name, cmd->argument[0])) {
			usage_command(&text, command_table[i]);
			return cmd_put(cmd, text.data, text.size);
		}
	}
	return cmd_usage(cmd, _("there is no command '%s'; 'cuihuo help' lists them"),
			 cmd->argument[0]);
}

static const struct cmd_option option[] = { { NULL, NULL, NULL } };

const struct command command_help = {
	.name = "help",
	.summary = N_("say what the program, or one command, does"),
	.arguments = "[COMMAND]",
	.option = option,
	.argument_max = 1,
	.run = run,
};
