/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/resume_parts.h"

#include "harness/base/auto.h"
#include "harness/model/identity.h"

#include <string.h>

#define SECOND 1000000000LL

bool resume_cause(const struct journal_scan *scan, struct arena *arena, const char **ret_cause)
{
	struct frame_end end;
	size_t i = scan->count;

	while (i-- > 0) {
		if (scan->frame[i].kind == FRAME_RESUME)
			return false;
		if (scan->frame[i].kind != FRAME_END)
			continue;
		if (frame_read_end(&scan->frame[i], arena, &end, NULL) < 0)
			return false;
		*ret_cause = end.cause;
		return true;
	}
	return false;
}

static int check_journal(const struct journal_scan *scan, const struct record *record,
			 struct resume *resume, struct err *err)
{
	const char *cause;

	if (scan->state == JOURNAL_DAMAGED)
		return err_set(err, ERR_INPUT,
			       "the journal is damaged at byte %zu, so this run cannot go on; start a new one",
			       scan->bad_at);
	if (!record->complete || !resume_cause(scan, &resume->arena, &cause))
		return 0;
	if (!strcmp(cause, "guard"))
		return err_set(err, ERR_UNSUPPORTED,
			       "the guard has stopped this run, so it does not go on; start a new one");
	if (!strcmp(cause, "done"))
		return err_set(err, ERR_UNSUPPORTED, "this run has come to its end");
	return 0;
}

/* A disk, a port or a module may fail in the meantime: a loss to be told of, in this same machine. */
static bool is_loss(const struct identity_change *change)
{
	static const char *const class[] = { "block", "memory", "net" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(class); i++)
		if (change->kind == IDENTITY_GONE && !strcmp(change->class, class[i]))
			return true;
	return false;
}

/*
 * Parts that cannot be read now (another user) prove nothing; parts that differ do. Something must
 * be left to know the machine by when parts are gone.
 */
static int check_machine(const struct record *record, const struct resume_now *now, struct err *err)
{
	AUTO(identity_release) struct identity before = IDENTITY_INIT;
	AUTO(identity_changes_release) struct identity_changes changes = IDENTITY_CHANGES_INIT;
	size_t lost = 0, i;
	int code = identity_make(&record->inventory, record->run_id, &before, err);

	if (code >= 0)
		code = identity_compare(&before, now->inventory, &changes, err);
	if (code < 0)
		return code;
	if (strcmp(record->inventory.arch, now->inventory->arch))
		return err_set(err, ERR_UNSUPPORTED,
			       "this is another machine: the run began on %s, this is %s",
			       record->inventory.arch, now->inventory->arch);
	for (i = 0; i < changes.count; i++) {
		const struct identity_change *change = &changes.change[i];

		lost += change->kind == IDENTITY_GONE;
		if (change->kind == IDENTITY_ADDED ||
		    (change->kind == IDENTITY_GONE &&
		     (!is_loss(change) || lost == before.part_count)))
			return err_set(err, ERR_UNSUPPORTED,
				       "this is not the machine of the run: %s %s (%s) is %s",
				       change->class, change->component, change->attribute,
				       identity_change_name(change->kind));
	}
	return 0;
}

/* Has this attempt said what it can of the machine? */
static bool is_final(enum outcome_kind kind)
{
	return kind == OUTCOME_DONE || kind == OUTCOME_CRASHED || kind == OUTCOME_TIMED_OUT ||
	       kind == OUTCOME_SKIPPED;
}

static void find_progress(const struct record *record, struct resume *resume)
{
	const struct outcome *outcome;
	size_t i;

	resume->past.progress =
		arena_array(&resume->arena, struct step_progress, record->plan.step_count + 1);
	for (outcome = record->outcome; outcome; outcome = outcome->next) {
		struct step_progress *progress = &resume->past.progress[outcome->step];

		if (outcome->kind == OUTCOME_SKIPPED)
			continue;
		if (outcome->attempt > progress->attempts)
			progress->attempts = outcome->attempt;
		progress->ended = is_final(outcome->kind);
		for (i = 0; i < outcome->worker_count; i++)
			resume->past.errors += outcome->worker[i].mismatches +
					       (outcome->worker[i].kind == OUTCOME_CRASHED);
	}
}

/* The clock of the runner that went last. */
static int last_clock(const struct journal_scan *scan, struct arena *arena,
		      struct frame_clock *ret_clock, struct err *err)
{
	size_t i = scan->count - 1;

	while (i > 0 && scan->frame[i].kind != FRAME_RESUME)
		i--;
	return frame_read_clock(&scan->frame[i], arena, ret_clock, err);
}

/*
 * Run time goes on with the clock of the boot where that is the same one, else with the wall clock.
 * It never goes back.
 */
static int64_t time_now(const struct frame_clock *clock, const struct record *record,
			const struct resume_now *now)
{
	int64_t time_ns = (now->wall_s - record->started_wall_s) * SECOND;

	if (!strcmp(clock->boot, now->boot))
		time_ns = now->boot_ns - clock->boot_ns;
	return time_ns > record->duration_ns ? time_ns : record->duration_ns + 1;
}

static void take_series(const struct record *record, struct resume *resume)
{
	struct series *series = arena_array(&resume->arena, struct series, record->series_count + 1);
	size_t i;

	for (i = 0; i < record->series_count; i++)
		series[i] = record->series[i].series;
	resume->past.series = series;
	resume->past.series_count = record->series_count;
}

int resume_plan(const struct journal_scan *scan, const struct record *record,
		const struct resume_now *now, struct resume *resume, struct err *err)
{
	struct frame_clock clock;
	int code = check_journal(scan, record, resume, err);

	if (code >= 0)
		code = check_machine(record, now, err);
	if (code >= 0)
		code = last_clock(scan, &resume->arena, &clock, err);
	if (code < 0)
		return code;
	find_progress(record, resume);
	take_series(record, resume);
	resume_find_lost(record, now->inventory, resume);
	resume->past.setting = record->setting;
	resume->past.time_ns = time_now(&clock, record, now);
	return 0;
}

void resume_release(struct resume *resume)
{
	arena_release(&resume->arena);
	memset(resume, 0, sizeof(*resume));
}
