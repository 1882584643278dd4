/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cuihuo status: how a run stands, also while it runs. Reads the journal and locks nothing. */
#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/base/scan.h"
#include "harness/cmd/command.h"
#include "harness/cmd/kernels.h"
#include "harness/model/verdict.h"
#include "harness/run/finish.h"
#include "harness/run/resume.h"
#include "harness/sys/clock.h"

#include <inttypes.h>
#include <string.h>

struct status {
	const char *folder;
	const char *state;	/* "running", "ended", "broken" */
	const char *cause;	/* of an ended one */
	int runner;		/* pid, 0 when none */
	size_t steps_done;
	const char *step;	/* that runs, or ran last when broken; NULL */
	uint64_t errors;
	struct arena arena;
	struct finish finish;
};

#define STATUS_INIT { .arena = ARENA_INIT, .finish = FINISH_INIT }

static void status_release(struct status *status)
{
	finish_release(&status->finish);
	arena_release(&status->arena);
}

static void look_at_steps(struct status *status)
{
	const struct record *record = &status->finish.record;
	const struct outcome *outcome;
	const struct finding *finding;

	for (outcome = record->outcome; outcome; outcome = outcome->next) {
		status->steps_done += outcome->kind == OUTCOME_DONE;
		if (outcome->kind == OUTCOME_UNKNOWN)
			status->step = record->plan.step[outcome->step].name;
	}
	for (finding = record->finding; finding; finding = finding->next)
		status->errors += finding->code->fault_of == FAULT_OF_PRODUCT &&
				  finding->code->severity <= SEVERITY_MAJOR;
}

static int look(struct status *status, struct err *err)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	AUTO(journal_scan_release) struct journal_scan scan = JOURNAL_SCAN_INIT;
	struct kernel_table kernels = kernels_table(&status->arena);
	int code;

	buf_addf(&path, "%s/%s", status->folder, JOURNAL_NAME);
	/* The holder is asked first: a run that ends in between is seen as ended. */
	status->runner = journal_holder(path.data);
	code = journal_read(path.data, &bytes, err);
	if (code < 0)
		return code;
	code = journal_scan(bytes.data, bytes.size, &scan, err);
	if (code >= 0)
		code = finish_record(&scan, &kernels, &status->finish, err);
	if (code < 0) {
		err_prefix(err, "%s", path.data);
		return code;
	}
	status->state = status->runner ? "running" : "broken";
	if (status->finish.record.complete && resume_cause(&scan, &status->arena, &status->cause))
		status->state = "ended";
	look_at_steps(status);
	return 0;
}

static int add_json(struct buf *out, struct status *status, struct err *err)
{
	const struct record *record = &status->finish.record;
	struct json_writer w;

	json_start(&w, json_buf_sink, out);
	json_begin_object(&w, NULL);
	json_text_if(&w, "cause", status->cause);
	json_int(&w, "duration_ns", record->duration_ns);
	json_int(&w, "errors", (int64_t)status->errors);
	json_text(&w, "folder", text_cleaned(&status->arena, status->folder));
	json_text(&w, "journal", record->journal_state);
	json_text(&w, "profile", record->profile.name);
	json_text(&w, "run_id", record->run_id);
	if (status->runner)
		json_int(&w, "runner_pid", status->runner);
	json_text(&w, "serial", record->serial);
	json_int(&w, "started_wall_s", record->started_wall_s);
	json_text(&w, "state", status->state);
	json_text_if(&w, "step", status->step);
	json_int(&w, "steps", (int64_t)record->plan.step_count);
	json_int(&w, "steps_done", (int64_t)status->steps_done);
	if (status->cause)
		json_text(&w, "verdict", verdict_name(status->finish.verdict.kind));
	json_end(&w);
	buf_addc(out, '\n');
	return json_finish(&w, err);
}

/* The words of the journal and of the end, for people; those of --json stay as they are. */
static const char *say(const char *word)
{
	static const struct {
		const char *word;
		const char *said;
	} table[] = {
		{ "done", N_("every step") },
		{ "signal", N_("interrupted; 'cuihuo resume' goes on") },
		{ "guard", N_("stopped by the guard") },
		{ "fault", N_("the station could not go on; 'cuihuo resume' goes on") },
		{ "clean", N_("whole") },
		{ "torn", N_("its tail torn off") },
		{ "damaged", N_("damaged") },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		if (!strcmp(table[i].word, word))
			return _(table[i].said);
	}
	return word;
}

static void add_state(struct buf *out, struct status *status)
{
	if (!strcmp(status->state, "running"))
		buf_addf(out, _("running (process %d)"), status->runner);
	else if (status->cause)
		buf_addf(out, _("ended (%s): %s"),
			 say(text_cleaned(&status->arena, status->cause)),
			 _(verdict_name(status->finish.verdict.kind)));
	else
		buf_adds(out, _("broken off: 'cuihuo resume' goes on"));
	buf_addc(out, '\n');
}

static void add_text(struct buf *out, struct status *status)
{
	const struct record *record = &status->finish.record;
	struct arena *arena = &status->arena;
	char started[CLOCK_TEXT_SIZE], lasted[DURATION_TEXT_SIZE], planned[DURATION_TEXT_SIZE];
	int64_t seconds = record->duration_ns / 1000000000;

	add_state(out, status);
	buf_addf(out, _("profile   %s\n"), text_cleaned(arena, record->profile.name));
	if (record->serial[0])
		buf_addf(out, _("serial    %s\n"), text_cleaned(arena, record->serial));
	buf_addf(out, _("started   %s\n"),
		 clock_format_utc(record->started_wall_s * 1000000000, started));
	buf_addf(out, _("lasted    %s; the steps as planned %s\n"), format_duration(seconds * 1000000000, lasted),
		 format_duration(record->plan.duration_ns, planned));
	buf_addf(out, _("steps     %zu of %zu done\n"), status->steps_done,
		 record->plan.step_count);
	if (status->step)
		buf_addf(out, _("step      %s\n"), text_cleaned(arena, status->step));
	buf_addf(out, _("errors    %" PRIu64 "\n"), status->errors);
	buf_addf(out, _("journal   %s\n"), say(record->journal_state));
}

static int run(struct cmd *cmd)
{
	AUTO(status_release) struct status status = STATUS_INIT;
	AUTO(buf_release) struct buf out = BUF_INIT;
	struct err err = ERR_INIT;

	status.folder = cmd->argument[0];
	if (look(&status, &err) < 0)
		return cmd_fail(cmd, &err);
	if (!cmd_option(cmd, "json"))
		add_text(&out, &status);
	else if (add_json(&out, &status, &err) < 0)
		return cmd_fail(cmd, &err);
	return cmd_put(cmd, out.data, out.size);
}

static const struct cmd_option option[] = {
	{ "json", NULL, N_("print one JSON object") },
	{ NULL, NULL, NULL },
};

extern const struct command command_status;
const struct command command_status = {
	.name = "status",
	.summary = N_("tell how a run stands, also while it runs"),
	.arguments = "DIR",
	.option = option,
	.argument_min = 1,
	.argument_max = 1,
	.run = run,
};
