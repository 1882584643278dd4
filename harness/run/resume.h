/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_RESUME_H
#define RUN_RESUME_H
/*
 * May a run go on, and where. Pure: from the journal, its record, and what is seen now.
 *
 *	struct resume resume = RESUME_INIT;
 *	code = resume_plan(&scan, &record, &now, &resume, &err);	an error says why not
 *	...	run_loop(&config, journal, &resume.past, ...)
 *	resume_release(&resume);
 *
 * A step that never ended, was interrupted or failed runs again from its start, as a new attempt; one
 * that is done, crashed or hung is not asked again. A run that was done or stopped by the guard has
 * nothing to go on with (ERR_UNSUPPORTED). Another machine than the journal's, and a damaged journal,
 * are refused (ERR_UNSUPPORTED, ERR_INPUT); a machine is another one when it has parts with numbers that
 * the run does not know, or none that it knows. Disks, cards, ports, modules and processors that the machine
 * had at the start and has no more are past.lost.
 */
#include "harness/base/err.h"
#include "harness/model/inventory.h"
#include "harness/model/record.h"
#include "harness/run/frame.h"
#include "harness/run/journal.h"
#include "harness/run/loop.h"

#include <stdbool.h>
#include <stdint.h>

struct resume_now {
	const struct inventory *inventory;	/* of this machine */
	const char *boot;			/* digest of the boot id */
	int64_t boot_ns, wall_s;
};

struct resume {
	struct arena arena;
	struct run_past past;
};

#define RESUME_INIT { .arena = ARENA_INIT }

int resume_plan(const struct journal_scan *scan, const struct record *record,
		const struct resume_now *now, struct resume *resume, struct err *err);
void resume_release(struct resume *resume);

/* How the run ended, by its last end frame; false when it did not. */
bool resume_cause(const struct journal_scan *scan, struct arena *arena, const char **ret_cause);

#endif
