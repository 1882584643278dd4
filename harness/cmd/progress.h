/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H
/*
 * What a run shows while it runs, on standard error: one line that is written over on a terminal, a
 * plain line a minute (the first at once, and one for each new step) elsewhere.
 *
 *	struct progress progress = progress_start();
 *	config.progress = progress_show; config.context = &progress;
 *	progress_end(&progress);		leaves the cursor on a line of its own
 */
#include "harness/run/loop.h"

#include <stdbool.h>

struct progress {
	bool terminal;
	bool line_open;
	int64_t step;		/* shown last */
	int64_t shown_ns;	/* run time of the last plain line */
	bool shown;
};

struct progress progress_start(void);
void progress_show(void *context, const struct run_progress *progress);
void progress_end(struct progress *progress);

#endif
