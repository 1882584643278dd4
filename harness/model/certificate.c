/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/certificate.h"

#include "harness/base/auto.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define N_(text) (text)

const char *const certificate_not_covered[] = {
	N_("electrical safety"),
	N_("electromagnetic compatibility"),
	N_("energy efficiency"),
	N_("service life"),
	NULL,
};

/* Stage, day of issue and head of the run id: tells certificates apart and can be derived again. */
static void make_number(struct certificate *certificate)
{
	time_t issued = (time_t)certificate->issued_s;
	char day[16] = "";
	struct tm tm;
	char *at;

	if (gmtime_r(&issued, &tm))
		strftime(day, sizeof(day), "%Y%m%d", &tm);
	snprintf(certificate->number, sizeof(certificate->number), "%s-%s-%.8s",
		 stage_name(certificate->stage), day, certificate->run_id);
	for (at = certificate->number; *at; at++)
		*at = (char)toupper((unsigned char)*at);
}

static const struct outcome *last_attempt(const struct record *record, size_t step)
{
	const struct outcome *outcome;
	const struct outcome *last = NULL;

	for (outcome = record->outcome; outcome; outcome = outcome->next) {
		if (outcome->step == step)
			last = outcome;
	}
	return last;
}

static struct module_bytes_list copy_modules(struct arena *arena,
					     const struct module_bytes_list *from)
{
	struct module_bytes *row = arena_copy(arena, from->row, from->count * sizeof(*row));
	size_t i;

	for (i = 0; i < from->count; i++)
		row[i].modules = arena_strdup(arena, from->row[i].modules);
	return (struct module_bytes_list){ row, from->count };
}

static void add_items(const struct record *record, struct certificate *certificate)
{
	const struct plan *plan = &record->plan;
	size_t i;

	certificate->item = arena_array(&certificate->arena, struct certificate_item,
					plan->step_count);
	certificate->item_count = plan->step_count;
	for (i = 0; i < plan->step_count; i++) {
		const struct plan_step *step = &plan->step[i];
		const struct outcome *outcome = last_attempt(record, i);
		struct certificate_item *item = &certificate->item[i];

		item->name = arena_strdup(&certificate->arena, step->name);
		item->kernel = arena_strdup(&certificate->arena,
					    step_mode_kernels(&certificate->arena, &step->mode,
							      step->kernel));
		item->unit = arena_strdup(&certificate->arena, step->kernel->work_unit);
		item->required = step->required;
		item->asked_ns = step->asked_ns;
		item->outcome = step->skip ? OUTCOME_SKIPPED : OUTCOME_UNKNOWN;
		if (!outcome)
			continue;
		item->outcome = outcome->kind;
		item->attempts = outcome->attempt;
		item->work = outcome->work;
		item->distinct_bytes = outcome->distinct_bytes;
		item->frames.count = outcome->frames.count;
		item->frames.node =
			arena_copy(&certificate->arena, outcome->frames.node,
				   outcome->frames.count * sizeof(*outcome->frames.node));
		item->modules = copy_modules(&certificate->arena, &outcome->modules);
		item->done_ns = outcome->done_ns;
	}
}

static bool series_peak(const struct record_series *series, int64_t *ret_milli)
{
	bool any = false;
	size_t i;

	for (i = 0; i < series->bucket_count; i++) {
		if (!series->bucket[i].good)
			continue;
		if (!any || series->bucket[i].max > *ret_milli)
			*ret_milli = series->bucket[i].max;
		any = true;
	}
	return any;
}

/* Length of "hwmon/k10temp" in "hwmon/k10temp/0000:00:18.3/temp1": the source, not the sensor. */
static size_t source_length(const char *component)
{
	size_t length = strcspn(component, "/");

	if (component[length] == '/')
		length += 1 + strcspn(component + length + 1, "/");
	return length;
}

static struct certificate_peak *find_peak(struct certificate *certificate, const char *component)
{
	size_t length = source_length(component);
	size_t i;

	for (i = 0; i < certificate->peak_count; i++) {
		if (source_length(certificate->peak[i].component) == length &&
		    !strncmp(certificate->peak[i].component, component, length))
			return &certificate->peak[i];
	}
	return NULL;
}

static void add_peaks(const struct record *record, struct certificate *certificate)
{
	size_t i;

	certificate->peak = arena_array(&certificate->arena, struct certificate_peak,
					record->series_count);
	for (i = 0; i < record->series_count; i++) {
		const struct series *series = &record->series[i].series;
		struct certificate_peak *peak;
		int64_t milli = 0;

		if (strcmp(series->metric, "temperature") != 0 ||
		    !series_peak(&record->series[i], &milli))
			continue;
		peak = find_peak(certificate, series->component);
		if (peak && peak->milli_c >= milli)
			continue;
		if (!peak)
			peak = &certificate->peak[certificate->peak_count++];
		peak->component = arena_strdup(&certificate->arena, series->component);
		peak->label = arena_strdup(&certificate->arena, series->label);
		peak->milli_c = milli;
	}
}

static void add_run(const struct record *record, struct certificate *certificate)
{
	const struct interruption *interruption;
	const struct finding *finding;

	certificate->serial = arena_strdup(&certificate->arena, record->serial);
	certificate->lot = arena_strdup(&certificate->arena, record->lot);
	certificate->run_id = arena_strdup(&certificate->arena, record->run_id);
	certificate->harness_version = arena_strdup(&certificate->arena, record->harness_version);
	certificate->started_s = record->started_wall_s;
	certificate->ended_s = record->ended_wall_s;
	memcpy(certificate->journal_digest, record->journal_digest, DIGEST_TEXT_SIZE);
	certificate->blind = record->plan.blind;
	if (record->plan.blind && record->plan.blind_approver)
		certificate->blind_approver =
			arena_strdup(&certificate->arena, record->plan.blind_approver);
	for (interruption = record->interruption; interruption; interruption = interruption->next)
		certificate->interruptions++;
	for (finding = record->finding; finding; finding = finding->next)
		certificate->remarks++;
}

int certificate_make(const struct certificate_source *source, struct certificate *certificate,
		     struct err *err)
{
	const struct record *record = source->record;

	if (record_is_injected(record->harness_version))
		return err_set(err, ERR_UNSUPPORTED,
			       "the program that ran this may plant faults (%s): nothing is certified "
			       "by it", record->harness_version);
	if (source->verdict->kind != VERDICT_PASS)
		return err_set(err, ERR_UNSUPPORTED, "only PASS is certified; the verdict is %s",
			       verdict_name(source->verdict->kind));
	certificate->verdict = source->verdict->kind;
	certificate->stage = record->plan.stage;
	certificate->issued_s = source->issued_s;
	certificate->record_bytes = source->record_bytes;
	memcpy(certificate->record_digest, source->verdict->record_digest, DIGEST_TEXT_SIZE);
	memcpy(certificate->profile_digest, record->profile.digest, DIGEST_TEXT_SIZE);
	snprintf(certificate->key_id, sizeof(certificate->key_id), "%s", source->key_id);
	certificate->profile_name = arena_strdup(&certificate->arena, record->profile.name);
	certificate->profile_version = record->profile.version;
	add_run(record, certificate);
	add_items(record, certificate);
	add_peaks(record, certificate);
	make_number(certificate);
	return identity_make(&record->inventory, record->run_id, &certificate->identity, err);
}

void certificate_release(struct certificate *certificate)
{
	identity_release(&certificate->identity);
	arena_release(&certificate->arena);
	*certificate = (struct certificate)CERTIFICATE_INIT;
}
