/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cuihuo compare A B: what differs between two machines, or between a machine and its declared bill
 * of materials, and what of A's conclusions still holds.
 *
 * Exit code: 0 the same; 1 different; 4 not everything could be compared; 2 bad input.
 */
#include "harness/base/auto.h"
#include "harness/cmd/compare_show.h"
#include "harness/cmd/folders.h"
#include "harness/cmd/kernels.h"
#include "harness/sys/pack.h"

static int compare(const struct cmd *cmd, struct comparison *c)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	AUTO(deltas_release) struct deltas deltas = DELTAS_INIT;
	AUTO(delta_effects_release) struct delta_effects effects = DELTA_EFFECTS_INIT;
	struct kernel_table kernels = kernels_table(&arena);
	const char **test = arena_array(&arena, const char *, kernels.count);
	size_t i;

	for (i = 0; i < kernels.count; i++)
		test[i] = kernels.kernel[i]->name;
	deltas_make(subject_inventory(c->was), subject_inventory(c->now), &deltas);
	delta_effects_make(c->rules, &deltas, test, kernels.count, &effects);
	c->deltas = &deltas;
	c->effects = &effects;
	return cmd_option(cmd, "json") ? compare_show_json(cmd, c) : compare_show(cmd, c);
}

static int run(struct cmd *cmd)
{
	AUTO(subject_release) struct subject was = SUBJECT_INIT;
	AUTO(subject_release) struct subject now = SUBJECT_INIT;
	AUTO(ids_release) struct ids rules = IDS_INIT;
	AUTO(buf_release) struct buf folder = BUF_INIT;
	struct comparison c = { .was = &was, .now = &now, .rules = &rules };
	struct err err = ERR_INIT;
	int code = folders_names(cmd, &folder);

	if (code)
		return code;
	if (pack_read(&rules, folder.data, &pack_changes, &err) < 0)
		return cmd_fail(cmd, &err);
	code = subject_read(cmd, cmd->argument[0], &was);
	if (code)
		return code;
	code = subject_read(cmd, cmd->argument[1], &now);
	return code ? code : compare(cmd, &c);
}

static const struct cmd_option option[] = {
	{ "data", "DIR", N_("tables of names from there, not those that are installed") },
	{ "json", NULL, N_("print JSON") },
	{ NULL, NULL, NULL },
};

extern const struct command command_compare;
const struct command command_compare = {
	.name = "compare",
	.summary = N_("say what changed between two machines, and what must be tested again"),
	.arguments = "A B",
	.option = option,
	.argument_min = 2,
	.argument_max = 2,
	.run = run,
};
