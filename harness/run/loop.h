/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_LOOP_H
#define RUN_LOOP_H
/*
 * A run, live: performs what the runner (runner.h) asks for. One thread; starts the watcher and the
 * children of steps; owns the journal; hears SIGINT, SIGTERM, SIGHUP and SIGCHLD by a signalfd.
 *
 *	struct run_config config = { .folder = ..., .plan = ..., ... };
 *	journal = journal_create(path, salt, NULL, &err);
 *	code = run_loop(&config, journal, NULL, &result, &err);
 *
 * An error means that the run could not begin (the journal may hold a start frame and nothing more);
 * 0 that it came to an end, whatever that was: result.cause, and result.fault with the reason when
 * the cause is RUN_FAULT. The caller goes on with the journal: finish.h.
 */
#include "harness/model/inventory.h"
#include "harness/model/plan.h"
#include "harness/model/profile.h"
#include "harness/run/journal.h"
#include "harness/run/runner.h"
#include "harness/sensor/source.h"
#include "harness/stress/stressor.h"

#include <stdbool.h>
#include <stdint.h>

/* What a person wants to see; borrowed, valid during the call. */
struct run_progress {
	int64_t elapsed_ns;		/* since run start */
	int64_t remaining_ns;		/* by the plan, which does not know how long steps prepare */
	int64_t step;			/* index, -1 between steps */
	const char *step_name;		/* "" between steps */
	size_t step_count;
	bool preparing;			/* for a second at least: it takes its memory */
	const struct series *hottest;	/* NULL: no temperature is known */
	int64_t hottest_value;		/* thousandths */
	uint64_t errors;		/* wrong data, crashed workers */
	bool throttled;
};

struct run_config {
	const char *folder;		/* of the run: scratch is made in it */
	const char *run_id;
	const char *harness_version;
	const char *serial, *lot;	/* "" when not given */
	const char *boot;		/* digest of the boot id, "" when it cannot be read */
	const struct profile *profile;
	const struct plan *plan;
	const struct inventory *inventory;
	struct sensor_set *sensors;	/* open, not started */
	const struct stressor *(*find)(const char *kernel);
	uint32_t isa_mask;		/* may be used */
	const char *settings_root;	/* "/"; NULL: change no settings */
	int64_t watcher_interval_ns;	/* 0: the watcher's own */
	const struct inject *inject;	/* faults to plant (inject.h), or NULL */
	const struct runner_patience *patience;	/* NULL: runner_patience */
	void (*progress)(void *context, const struct run_progress *progress);	/* once a second, or NULL */
	void *context;
};

/* For a run that goes on: from resume.h. */
struct run_past {
	int64_t time_ns;		/* run time of the new beginning */
	struct step_progress *progress;
	const struct series *series;	/* the journal's table */
	size_t series_count;
	uint64_t errors;		/* wrong data and crashes so far */
	const struct setting *setting;	/* of the record: those not restored are put back first */
	const char *const *lost;	/* components that went away since: ids */
	size_t lost_count;
};

struct run_result {
	enum run_cause cause;
	struct err fault;		/* of the journal, when it failed */
	const char *settings_note;	/* why no setting was changed (translatable), or NULL */
};

/*
 * Before the journal is made: from here on SIGINT, SIGTERM and SIGHUP (when it is not ignored, as nohup
 * does) wait for the run, which ends in order, and after it for the end of the process. Who presses
 * Ctrl-C again because it takes a moment does not lose the record.
 */
void run_hold_signals(void);

int run_loop(const struct run_config *config, struct journal *journal, const struct run_past *past,
	     struct run_result *ret_result, struct err *err);

#endif
