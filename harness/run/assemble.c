/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/assemble.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/run/assembly.h"

#include <inttypes.h>
#include <string.h>

struct finding *assembly_finding(struct assembly *assembly, const char *code, const char *component,
				 int64_t step, int64_t time_ns)
{
	struct finding *finding = finding_new(assembly->arena, code, component, step, time_ns);

	*assembly->finding_tail = finding;
	assembly->finding_tail = &finding->next;
	return finding;
}

const char *assembly_component(const struct assembly *assembly, const char *start)
{
	const struct component *component;
	const char *found = "";

	for (component = assembly->record->inventory.component; component;
	     component = component->next) {
		if (!text_starts(component->id, start))
			continue;
		if (found[0])
			return "";
		found = component->id;
	}
	return found;
}

static int64_t current_step(const struct assembly *assembly)
{
	return assembly->running ? (int64_t)assembly->running->step : -1;
}

/* --- frames ----------------------------------------------------------------------------------- */

static int take_start(struct assembly *assembly, const struct frame *frame,
		      const struct kernel_table *kernels, struct err *err)
{
	struct record *record = assembly->record;
	struct frame_start start;
	size_t i;

	if (frame_read_start(frame, kernels, record, &start, err) < 0)
		return ERR_INPUT;
	record->run_id = start.run_id;
	record->harness_version = start.harness_version;
	record->serial = start.serial;
	record->lot = start.lot;
	record->started_wall_s = start.started_wall_s;
	record->ended_wall_s = start.started_wall_s;
	record->series = arena_array(assembly->arena, struct record_series, start.series_count);
	record->series_count = start.series_count;
	for (i = 0; i < start.series_count; i++)
		record->series[i].series = start.series[i];
	assembly->boot = start.boot;
	return 0;
}

static int take_watcher(struct assembly *assembly, const struct frame *frame, struct err *err)
{
	struct frame_watcher watcher;

	if (frame_read_watcher(frame, assembly->arena, &watcher, err) < 0)
		return ERR_INPUT;
	assembly->record->watcher_locked = watcher.locked;
	return 0;
}

static int take_guard(struct assembly *assembly, const struct frame *frame, struct err *err)
{
	const struct record *record = assembly->record;
	const char *code = "guard-throttle";
	const char *component = "";
	struct frame_guard guard;
	struct finding *finding;

	if (frame_read_guard(frame, assembly->arena, &guard, err) < 0)
		return ERR_INPUT;
	if (guard.series >= 0 && (size_t)guard.series < record->series_count)
		component = record->series[guard.series].series.component;
	if (guard.stop)
		code = guard.silent ? "sensor-silent" : "guard-stop";
	finding = assembly_finding(assembly, code, component, guard.step, frame->time_ns);
	if (guard.rule < record->plan.guard_count) {
		const struct guard_rule *rule = &record->plan.guard[guard.rule];

		finding_evidence(assembly->arena, finding, "metric", "%s", rule->metric);
		if (!guard.silent)
			finding_evidence(assembly->arena, finding, "limit", "%" PRId64,
					 guard.stop ? rule->stop : rule->throttle);
	}
	if (!guard.silent)
		finding_evidence(assembly->arena, finding, "value", "%" PRId64, guard.value);
	finding_evidence(assembly->arena, finding, "why", "%s", guard.why);
	return 0;
}

static int take_setting(struct assembly *assembly, const struct frame *frame, struct err *err)
{
	struct frame_setting value;
	struct setting *setting;

	if (frame_read_setting(frame, assembly->arena, &value, err) < 0)
		return ERR_INPUT;
	setting = arena_new(assembly->arena, struct setting);
	setting->path = value.path;
	setting->before = value.before;
	setting->during = value.during;
	*assembly->setting_tail = setting;
	assembly->setting_tail = &setting->next;
	return 0;
}

/* The same path may be changed again after a resume: the last change that is open counts. */
static int take_restore(struct assembly *assembly, const struct frame *frame, struct err *err)
{
	struct setting *setting, *found = NULL;
	struct frame_restore value;

	if (frame_read_restore(frame, assembly->arena, &value, err) < 0)
		return ERR_INPUT;
	for (setting = assembly->record->setting; setting; setting = setting->next) {
		if (!setting->restored && !strcmp(setting->path, value.path))
			found = setting;
	}
	if (found)
		found->restored = value.restored;
	return 0;
}

static struct interruption *add_interruption(struct assembly *assembly, enum interruption_kind kind,
					     int64_t time_ns)
{
	struct interruption *interruption = arena_new(assembly->arena, struct interruption);

	interruption->kind = kind;
	interruption->time_ns = time_ns;
	interruption->resumed_ns = -1;
	interruption->boot_before = assembly->boot;
	*assembly->interruption_tail = interruption;
	assembly->interruption_tail = &interruption->next;
	return interruption;
}

static int take_signal(struct assembly *assembly, const struct frame *frame, struct err *err)
{
	struct frame_signal value;

	if (frame_read_signal(frame, assembly->arena, &value, err) < 0)
		return ERR_INPUT;
	assembly->open = add_interruption(assembly, INTERRUPTION_SIGNAL, frame->time_ns);
	return 0;
}

static int take_fault(struct assembly *assembly, const struct frame *frame, struct err *err)
{
	struct frame_fault value;
	struct finding *finding;

	if (frame_read_fault(frame, assembly->arena, &value, err) < 0)
		return ERR_INPUT;
	finding = assembly_finding(assembly, value.code, "", current_step(assembly),
				   frame->time_ns);
	finding_evidence(assembly->arena, finding, "detail", "%s", value.detail);
	return 0;
}

static void resume_finding(struct assembly *assembly, const struct frame_resume *value,
			   int64_t time_ns)
{
	bool reboot = strcmp(value->boot, assembly->boot) != 0;
	struct finding *finding =
		assembly_finding(assembly, reboot ? "reboot-unannounced" : "runner-crashed", "",
				 current_step(assembly), assembly->time_ns);

	if (reboot) {
		finding_evidence(assembly->arena, finding, "boot_after", "%s", value->boot);
		finding_evidence(assembly->arena, finding, "boot_before", "%s", assembly->boot);
	}
	finding_evidence(assembly->arena, finding, "resumed_ns", "%" PRId64, time_ns);
}

/* Between two runners nobody looked: when it went away is not known. */
static void lost_findings(struct assembly *assembly, const struct frame_resume *value,
			  int64_t time_ns)
{
	struct finding *finding;
	size_t i;

	for (i = 0; i < value->lost_count; i++) {
		finding = assembly_finding(assembly, "device-lost", value->lost[i], -1, time_ns);
		finding_evidence(assembly->arena, finding, "seen_ns", "%" PRId64,
				 assembly->time_ns);
	}
}

/* A run that had ended in order has nothing to answer for: who ended it may restart the machine. */
static int take_resume(struct assembly *assembly, const struct frame *frame, struct err *err)
{
	struct interruption *interruption = assembly->open;
	struct frame_resume value;
	bool reboot;

	if (frame_read_resume(frame, assembly->arena, &value, err) < 0)
		return ERR_INPUT;
	reboot = strcmp(value.boot, assembly->boot) != 0;
	if (!interruption)
		interruption = add_interruption(assembly,
						reboot ? INTERRUPTION_REBOOT : INTERRUPTION_CRASH,
						assembly->time_ns);
	interruption->resumed_ns = frame->time_ns;
	interruption->boot_after = value.boot;
	if (!assembly->record->complete)
		resume_finding(assembly, &value, frame->time_ns);
	lost_findings(assembly, &value, frame->time_ns);
	assemble_step_lost(assembly, OUTCOME_INTERRUPTED,
			   reboot ? "the machine restarted" : "the runner was ended");
	assembly->record->complete = false;
	assembly->open = NULL;
	assembly->boot = value.boot;
	return 0;
}

static int take_end(struct assembly *assembly, const struct frame *frame, struct err *err)
{
	struct frame_end value;
	struct finding *finding;

	if (frame_read_end(frame, assembly->arena, &value, err) < 0)
		return ERR_INPUT;
	assembly->record->complete = true;
	assembly->record->ended_wall_s = value.ended_wall_s;
	assembly->record->samples_lost += value.samples_lost;
	if (value.samples_lost) {
		finding = assembly_finding(assembly, "samples-lost", "", -1, frame->time_ns);
		finding_evidence(assembly->arena, finding, "count", "%" PRIu64,
				 value.samples_lost);
	}
	return 0;
}

/* What each kind of frame adds; samples are gathered later, start has come first. */
static int (*const take[FRAME_KINDS])(struct assembly *, const struct frame *, struct err *) = {
	[FRAME_WATCHER] = take_watcher,	    [FRAME_STEP_START] = assemble_step_start,
	[FRAME_MISMATCH] = assemble_mismatch, [FRAME_GUARD] = take_guard,
	[FRAME_STEP_END] = assemble_step_end, [FRAME_SETTING] = take_setting,
	[FRAME_RESTORE] = take_restore,	    [FRAME_SIGNAL] = take_signal,
	[FRAME_FAULT] = take_fault,	    [FRAME_RESUME] = take_resume,
	[FRAME_END] = take_end,		    [FRAME_REPEAT] = assemble_repeat,
};

/* --- the whole -------------------------------------------------------------------------------- */

static void take_journal_state(struct assembly *assembly, const struct journal_scan *scan)
{
	struct record *record = assembly->record;
	struct finding *finding;

	record->journal_state = journal_state_name(scan->state);
	hex_encode(scan->head, sizeof(scan->head), record->journal_digest);
	if (scan->state != JOURNAL_DAMAGED)
		return;
	finding = assembly_finding(assembly, "journal-damaged", "", -1, -1);
	finding_evidence(assembly->arena, finding, "offset", "%zu", scan->bad_at);
}

static void close_open_ends(struct assembly *assembly)
{
	const struct setting *setting;
	struct finding *finding;

	if (!assembly->record->complete) {
		assemble_step_lost(assembly, OUTCOME_UNKNOWN, "the journal stops in this step");
		if (!assembly->open)
			add_interruption(assembly, INTERRUPTION_UNKNOWN, assembly->time_ns);
	}
	for (setting = assembly->record->setting; setting; setting = setting->next) {
		if (setting->restored)
			continue;
		finding = assembly_finding(assembly, "setting-not-restored", "", -1,
					   assembly->time_ns);
		finding_evidence(assembly->arena, finding, "before", "%s", setting->before);
		finding_evidence(assembly->arena, finding, "during", "%s", setting->during);
		finding_evidence(assembly->arena, finding, "path", "%s", setting->path);
	}
}

static int take_frames(struct assembly *assembly, const struct journal_scan *scan, struct err *err)
{
	size_t i;

	for (i = 1; i < scan->count; i++) {
		const struct frame *frame = &scan->frame[i];

		if ((unsigned int)frame->kind < FRAME_KINDS && take[frame->kind] &&
		    take[frame->kind](assembly, frame, err) < 0)
			return ERR_INPUT;
		if (frame->time_ns > assembly->time_ns)
			assembly->time_ns = frame->time_ns;
	}
	return 0;
}

int assemble_record(const struct journal_scan *scan, const struct kernel_table *kernels,
		    struct record *record, struct err *err)
{
	struct assembly assembly = {
		.record = record,
		.arena = &record->arena,
		.finding_tail = &record->finding,
		.outcome_tail = &record->outcome,
		.interruption_tail = &record->interruption,
		.setting_tail = &record->setting,
	};
	int code = 0;

	if (!scan->count || scan->frame[0].kind != FRAME_START)
		return err_set(err, ERR_INPUT,
			       "the start of the journal cannot be read: nothing can be said of this run");
	if (take_start(&assembly, &scan->frame[0], kernels, err) < 0)
		return ERR_INPUT;
	assemble_skipped(&assembly);
	assemble_links(&assembly);
	assemble_names(&assembly);
	if (take_frames(&assembly, scan, err) < 0)
		code = ERR_INPUT;
	free(assembly.framed);
	if (code < 0)
		return code;
	close_open_ends(&assembly);
	record->duration_ns = assembly.time_ns;
	code = assemble_series(&assembly, scan, err);
	take_journal_state(&assembly, scan);
	return code;
}
