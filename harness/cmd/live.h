/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_LIVE_H
#define CMD_LIVE_H
/* What `run` and `resume` do alike with a live run. */
#include "harness/cmd/command.h"
#include "harness/cmd/prepare.h"
#include "harness/run/loop.h"

/* Fills what comes from this program and machine; EXIT_PASS, or an exit code after saying why. */
int live_config(const struct cmd *cmd, struct prepared *prepared, struct run_config *config);

/* Runs to the end, with progress on the screen and everything written; the exit code. */
int live_run(const struct cmd *cmd, struct run_config *config, const struct run_past *past,
	     struct journal *journal, const struct kernel_table *kernels);

#endif
