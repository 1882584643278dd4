/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_ENDING_H
#define CMD_ENDING_H
/*
 * The end of a run, for `run` and `resume`: the three files, the verdict on the screen with its
 * reasons and paths (or one JSON object), the exit code.
 */
#include "harness/cmd/command.h"
#include "harness/run/finish.h"
#include "harness/run/journal.h"

#include <stdbool.h>

struct ending {
	const char *folder;
	const struct kernel_table *kernels;
	const char *cause;	/* "done", "signal", "guard", "fault" */
	const struct err *fault; /* of the journal, or NULL */
	bool json;
};

/* The exit code of the run. The journal stays the caller's. */
int ending_make(const struct cmd *cmd, const struct ending *ending, struct journal *journal);

#endif
