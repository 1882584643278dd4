/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/verdict.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/model/json_noun.h"
#include "harness/model/verdict_judge.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define N_(text) (text)

static const char *const kind_name[] = { N_("INCOMPLETE"), N_("FAIL"), N_("PASS") };

const char *verdict_name(enum verdict_kind kind)
{
	return (size_t)kind < ARRAY_SIZE(kind_name) ? kind_name[kind] : kind_name[0];
}

void judge_reason(struct judge *j, enum verdict_kind towards, const char *code, const char *subject,
		  const char *detail, ...)
{
	struct arena *arena = &j->verdict->arena;
	struct reason *reason = arena_new(arena, struct reason);
	va_list args;

	reason->towards = towards;
	reason->code = arena_strdup(arena, code);
	reason->subject = arena_strdup(arena, subject ? subject : "");
	va_start(args, detail);
	reason->detail = arena_vprintf(arena, detail, args);
	va_end(args);
	*j->tail = reason;
	j->tail = &reason->next;
	j->verdict->reason_count++;
}

static void judge_record(struct judge *j)
{
	const struct record *record = j->record;
	const struct setting *setting;
	uint64_t samples = record->samples_lost;
	size_t i;

	if (record_is_injected(record->harness_version))
		judge_reason(j, VERDICT_INCOMPLETE, "injected", NULL, "cuihuo %s",
			     record->harness_version);
	if (!record->complete)
		judge_reason(j, VERDICT_INCOMPLETE, "record-incomplete", NULL,
			     "the journal has no end");
	/* a torn tail is what a power cut leaves; with an end after it, nothing is missing */
	if (strcmp(record->journal_state ? record->journal_state : "", "clean") &&
	    strcmp(record->journal_state ? record->journal_state : "", "torn"))
		judge_reason(j, VERDICT_INCOMPLETE, "journal-damaged", NULL, "the journal is %s",
			     record->journal_state ? record->journal_state : "not known");
	for (i = 0; i < record->series_count; i++)
		samples += record->series[i].good + record->series[i].bad;
	if (record->samples_lost > samples / 100)
		judge_reason(j, VERDICT_INCOMPLETE, "samples-lost", NULL,
			     "%llu of %llu readings were lost, more than one in a hundred",
			     (unsigned long long)record->samples_lost, (unsigned long long)samples);
	for (setting = record->setting; setting; setting = setting->next) {
		if (!setting->restored)
			judge_reason(j, VERDICT_INCOMPLETE, "setting-not-restored", setting->path,
				     "left at '%s', was '%s'", setting->during, setting->before);
	}
}

void verdict_judge(const struct profile *profile, const struct record *record,
		   const char *record_digest, struct verdict *verdict)
{
	struct judge j = { .profile = profile, .record = record, .verdict = verdict,
			   .tail = &verdict->reason };
	const struct reason *reason;

	snprintf(verdict->record_digest, sizeof(verdict->record_digest), "%s", record_digest);
	memcpy(verdict->profile_digest, profile->digest, sizeof(verdict->profile_digest));
	judge_findings(&j);
	judge_limits(&j);
	judge_record(&j);
	judge_plan(&j);
	judge_guard(&j);
	judge_steps(&j);
	verdict->kind = VERDICT_PASS;
	for (reason = verdict->reason; reason; reason = reason->next) {
		if (reason->towards == VERDICT_FAIL)
			verdict->kind = VERDICT_FAIL;
		else if (verdict->kind == VERDICT_PASS)
			verdict->kind = VERDICT_INCOMPLETE;
	}
}

bool verdict_is_guard_stop(const struct verdict *verdict)
{
	const struct reason *reason;
	bool stopped = false;

	for (reason = verdict->reason; reason; reason = reason->next) {
		if (reason->towards != VERDICT_FAIL)
			continue;
		if (strcmp(reason->code, "guard-stop") && strcmp(reason->code, "sensor-silent"))
			return false;
		stopped = true;
	}
	return stopped;
}

void verdict_release(struct verdict *verdict)
{
	arena_release(&verdict->arena);
	*verdict = (struct verdict)VERDICT_INIT;
}

void verdict_write_reasons(struct json_writer *w, const struct verdict *verdict)
{
	const struct reason *reason;

	json_begin_array(w, "reasons");
	for (reason = verdict->reason; reason; reason = reason->next) {
		json_begin_object(w, NULL);
		json_text(w, "code", reason->code);
		json_text(w, "detail", reason->detail);
		json_text(w, "subject", reason->subject);
		json_text(w, "towards", verdict_name(reason->towards));
		json_end(w);
	}
	json_end(w);
}

void verdict_write(struct json_writer *w, const struct verdict *verdict)
{
	json_begin_object(w, NULL);
	json_int(w, "format", VERDICT_FORMAT);
	json_text(w, "profile_digest", verdict->profile_digest);
	verdict_write_reasons(w, verdict);
	json_text(w, "record_digest", verdict->record_digest);
	json_text(w, "verdict", verdict_name(verdict->kind));
	json_end(w);
}

static int read_reason(const json_t *object, const char *where, struct arena *arena,
		       struct reason *reason, struct err *err)
{
	unsigned int towards;

	if (json_get_copy(object, "code", where, arena, &reason->code, err) < 0 ||
	    json_get_copy(object, "detail", where, arena, &reason->detail, err) < 0 ||
	    json_get_copy(object, "subject", where, arena, &reason->subject, err) < 0 ||
	    json_get_word(object, "towards", where, kind_name, VERDICT_PASS, &towards, err) < 0)
		return ERR_INPUT;
	reason->towards = (enum verdict_kind)towards;
	return 0;
}

int verdict_read(const json_t *object, const char *where, struct verdict *verdict, struct err *err)
{
	struct reason **tail = &verdict->reason;
	json_t *reasons, *member;
	unsigned int kind;
	int64_t format;
	size_t i;

	if (json_get_int(object, "format", where, &format, err) < 0)
		return ERR_INPUT;
	if (format != VERDICT_FORMAT)
		return err_set(err, ERR_INPUT,
			       "%s: verdict format %lld, but this version reads format %d", where,
			       (long long)format, VERDICT_FORMAT);
	if (json_get_digest(object, "profile_digest", where, verdict->profile_digest, err) < 0 ||
	    json_get_array(object, "reasons", where, &reasons, err) < 0 ||
	    json_get_digest(object, "record_digest", where, verdict->record_digest, err) < 0 ||
	    json_get_word(object, "verdict", where, kind_name, ARRAY_SIZE(kind_name), &kind,
			  err) < 0)
		return ERR_INPUT;
	json_array_foreach(reasons, i, member) {
		struct reason *reason = arena_new(&verdict->arena, struct reason);

		if (read_reason(member, where, &verdict->arena, reason, err) < 0)
			return ERR_INPUT;
		*tail = reason;
		tail = &reason->next;
		verdict->reason_count++;
	}
	verdict->kind = (enum verdict_kind)kind;
	return 0;
}
