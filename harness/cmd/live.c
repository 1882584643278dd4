/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/live.h"

#include "harness/cmd/ending.h"
#include "harness/cmd/progress.h"

#include <stdio.h>

int live_config(const struct cmd *cmd, struct prepared *prepared, struct run_config *config)
{
	const char *isa = cmd_option(cmd, "isa");
	struct err err = ERR_INIT;

	config->isa_mask = isa_available(NULL);
	if (isa) {
		uint32_t wanted;

		if (isa_parse(isa, &wanted, &err) < 0)
			return cmd_fail(cmd, &err);
		config->isa_mask &= wanted;
	}
	config->harness_version = cmd_version();
	config->boot = prepare_boot(prepared->root, &prepared->arena);
	config->sensors = prepared->sensors;
	config->find = stressor_find;
	config->settings_root = "/";
	run_hold_signals();
	return EXIT_PASS;
}

static void say_how_it_ended(const struct run_result *result)
{
	if (result->settings_note)
		fprintf(stderr, _("no setting of the machine was changed: %s\n"),
			_(result->settings_note));
	switch (result->cause) {
	case RUN_SIGNAL:
		fputs(_("interrupted: everything so far is kept; 'cuihuo resume' goes on\n"), stderr);
		break;
	case RUN_GUARD:
		fputs(_("stopped by the guard: let the machine cool down and look at the report\n"),
		      stderr);
		break;
	case RUN_FAULT:
		fprintf(stderr, _("the station could not go on: %s; mend it, then 'cuihuo resume'\n"),
			result->fault.code ? result->fault.text : _("see the findings"));
		break;
	case RUN_DONE:
		break;
	}
}

int live_run(const struct cmd *cmd, struct run_config *config, const struct run_past *past,
	     struct journal *journal, const struct kernel_table *kernels)
{
	struct progress progress = progress_start();
	struct run_result result = { .cause = RUN_FAULT };
	struct err err = ERR_INIT;
	struct ending ending = { .folder = config->folder,
				 .kernels = kernels,
				 .json = cmd_option(cmd, "json") != NULL };
	int code;

	config->progress = progress_show;
	config->context = &progress;
	code = run_loop(config, journal, past, &result, &err);
	progress_end(&progress);
	if (code < 0)
		return cmd_fail(cmd, &err);
	say_how_it_ended(&result);
	ending.cause = run_cause_name(result.cause);
	ending.fault = result.fault.code ? &result.fault : NULL;
	return ending_make(cmd, &ending, journal);
}
