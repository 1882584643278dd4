/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the findings, the counted mismatches and the crashes say. */
#include "harness/model/verdict_judge.h"

#include "harness/base/auto.h"

#include <inttypes.h>
#include <string.h>

bool judge_has_finding(const struct judge *j, const char *code, int64_t step)
{
	const struct finding *finding;

	for (finding = j->record->finding; finding; finding = finding->next) {
		if (finding->step == step && !strcmp(finding->code->code, code))
			return true;
	}
	return false;
}

const struct outcome *judge_last_outcome(const struct judge *j, size_t step)
{
	const struct outcome *last = NULL;
	const struct outcome *outcome;

	for (outcome = j->record->outcome; outcome; outcome = outcome->next) {
		if (outcome->step == step)
			last = outcome;
	}
	return last;
}

/*
 * A station fault is made good when the work was done after it: the step in a later attempt, or,
 * outside any step, the run by a resume that came to the end.
 */
static bool is_made_good(const struct judge *j, const struct finding *finding)
{
	const struct interruption *at;
	const struct outcome *last;

	if (finding->code->severity == SEVERITY_CRITICAL)
		return false;
	if (finding->step >= 0) {
		last = judge_last_outcome(j, (size_t)finding->step);
		return last && last->kind == OUTCOME_DONE && last->started_ns >= finding->time_ns;
	}
	for (at = j->record->interruption; at; at = at->next) {
		if (at->resumed_ns >= 0 && at->resumed_ns >= finding->time_ns)
			return j->record->complete;
	}
	return false;
}

static const char *step_name(const struct judge *j, int64_t step)
{
	const struct plan *plan = &j->record->plan;

	return step >= 0 && (size_t)step < plan->step_count ? plan->step[step].name : "";
}

static void judge_finding(struct judge *j, const struct finding *finding)
{
	const struct finding_code *code = finding->code;
	const char *subject = finding->component[0] ? finding->component :
						      step_name(j, finding->step);
	struct buf evidence = BUF_INIT;
	const struct evidence *e;

	if (code->severity > SEVERITY_MAJOR)
		return;
	if (code->fault_of == FAULT_OF_STATION && is_made_good(j, finding))
		return;
	for (e = finding->evidence; e; e = e->next)
		buf_addf(&evidence, "%s%s %s", evidence.size ? ", " : "", e->name, e->value);
	judge_reason(j, code->fault_of == FAULT_OF_STATION ? VERDICT_INCOMPLETE : VERDICT_FAIL,
		     code->code, subject, "%s", evidence.data);
	buf_release(&evidence);
}

/* Counted or crashed, in any attempt, and no finding tells of it: it counts all the same. */
static void judge_outcome(struct judge *j, const struct outcome *outcome)
{
	static const char *const mismatch[] = { "memory-mismatch", "cpu-mismatch",
						"disk-mismatch", "disk-failed" };
	const char *name = step_name(j, (int64_t)outcome->step);
	int64_t step = (int64_t)outcome->step;
	uint64_t mismatches = 0;
	bool told = false;
	size_t i;

	for (i = 0; i < outcome->worker_count; i++)
		mismatches += outcome->worker[i].mismatches;
	for (i = 0; i < ARRAY_SIZE(mismatch); i++)
		told = told || judge_has_finding(j, mismatch[i], step);
	if (mismatches && !told)
		judge_reason(j, VERDICT_FAIL, "mismatch-counted", name, "%llu times",
			     (unsigned long long)mismatches);
	if (outcome->kind == OUTCOME_CRASHED && !judge_has_finding(j, "worker-crashed", step))
		judge_reason(j, VERDICT_FAIL, "worker-crashed", name, "in attempt %llu",
			     (unsigned long long)outcome->attempt);
	if (outcome->kind == OUTCOME_TIMED_OUT && !judge_has_finding(j, "worker-hung", step))
		judge_reason(j, VERDICT_FAIL, "worker-hung", name, "in attempt %llu",
			     (unsigned long long)outcome->attempt);
	if (outcome->kind == OUTCOME_STOPPED_BY_GUARD &&
	    !judge_has_finding(j, "guard-stop", step) &&
	    !judge_has_finding(j, "sensor-silent", step))
		judge_reason(j, VERDICT_FAIL, "guard-stop", name, "in attempt %llu",
			     (unsigned long long)outcome->attempt);
}

void judge_findings(struct judge *j)
{
	const struct finding *finding;
	const struct outcome *outcome;

	for (finding = j->record->finding; finding; finding = finding->next)
		judge_finding(j, finding);
	for (outcome = j->record->outcome; outcome; outcome = outcome->next)
		judge_outcome(j, outcome);
}
