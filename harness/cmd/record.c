/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cuihuo record: the evidence of a run, derived anew from its journal. */
#include "harness/run/finish.h"

#include "harness/base/auto.h"
#include "harness/cmd/command.h"
#include "harness/cmd/kernels.h"

#include <string.h>

static int run(struct cmd *cmd)
{
	AUTO(finish_release) struct finish finish = FINISH_INIT;
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	struct kernel_table kernels = kernels_table(&arena);
	const char *format = cmd_option(cmd, "format");
	struct err err = ERR_INIT;

	if (format && strcmp(format, "json"))
		return cmd_usage(cmd, _("--format takes json"));
	if (finish_read(cmd->argument[0], &kernels, &finish, &err) < 0)
		return cmd_fail(cmd, &err);
	return cmd_put(cmd, finish.record_bytes.data, finish.record_bytes.size);
}

static const struct cmd_option option[] = {
	{ "format", "FORMAT", N_("json: the canonical record, byte for byte record.json") },
	{ NULL, NULL, NULL },
};

extern const struct command command_record;
const struct command command_record = {
	.name = "record",
	.summary = N_("print the evidence of a run, derived anew from its journal"),
	.arguments = "DIR",
	.option = option,
	.argument_min = 1,
	.argument_max = 1,
	.run = run,
};
