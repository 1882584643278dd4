/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record.json: docs/formats/record.md. Keys in ascending order, as the writer demands. */
#include "harness/model/record.h"

#include "harness/model/json_noun.h"
#include "harness/model/record_words.h"

static void write_worker(struct json_writer *w, const struct worker_outcome *worker)
{
	json_begin_object(w, NULL);
	json_int(w, "cpu", worker->cpu);
	json_count(w, "distinct_bytes", worker->distinct_bytes);
	json_text(w, "isa", worker->isa);
	json_text_if(w, "kernel", worker->kernel);
	if (worker->kernels)
		json_count(w, "kernels", worker->kernels);
	json_text(w, "kind", outcome_kind_name(worker->kind));
	json_count(w, "mismatches", worker->mismatches);
	json_hex(w, "phase", worker->phase);
	json_hex(w, "seed", worker->seed);
	json_int(w, "signal", worker->signal);
	json_count(w, "work", worker->work);
	json_end(w);
}

static void write_outcome(struct json_writer *w, const struct outcome *outcome)
{
	size_t i;

	json_begin_object(w, NULL);
	json_int(w, "asked_ns", outcome->asked_ns);
	json_count(w, "attempt", outcome->attempt);
	json_count(w, "distinct_bytes", outcome->distinct_bytes);
	json_int(w, "done_ns", outcome->done_ns);
	json_int(w, "ended_ns", outcome->ended_ns);
	node_bytes_write(w, &outcome->frames);
	json_text(w, "kind", outcome_kind_name(outcome->kind));
	latency_write(w, &outcome->latency);
	module_bytes_write(w, &outcome->modules);
	json_text_if(w, "reason", outcome->reason);
	json_int(w, "started_ns", outcome->started_ns);
	json_count(w, "step", outcome->step);
	json_count(w, "work", outcome->work);
	json_begin_array(w, "workers");
	for (i = 0; i < outcome->worker_count; i++)
		write_worker(w, &outcome->worker[i]);
	json_end(w);
	json_end(w);
}

/* A bucket is a row of six numbers: a day of forty sensors stays readable and small. */
static void write_bucket(struct json_writer *w, const struct bucket *bucket)
{
	json_begin_array(w, NULL);
	json_count(w, NULL, bucket->index);
	json_count(w, NULL, bucket->good);
	json_count(w, NULL, bucket->bad);
	json_int(w, NULL, bucket->min);
	json_int(w, NULL, bucket->mean);
	json_int(w, NULL, bucket->max);
	json_end(w);
}

static void write_series(struct json_writer *w, const struct record_series *series)
{
	const struct record_excess *excess;
	size_t i;

	json_begin_object(w, NULL);
	json_count(w, "bad", series->bad);
	json_begin_array(w, "buckets");
	for (i = 0; i < series->bucket_count; i++)
		write_bucket(w, &series->bucket[i]);
	json_end(w);
	json_text(w, "component", series->series.component);
	json_begin_array(w, "excess");
	for (excess = series->excess; excess; excess = excess->next) {
		json_begin_object(w, NULL);
		json_count(w, "limit", excess->limit);
		json_int(w, "longest_ns", excess->longest_ns);
		json_int(w, "worst", excess->worst);
		json_end(w);
	}
	json_end(w);
	json_int(w, "first", series->first);
	json_count(w, "good", series->good);
	json_text(w, "kind", series_word[series->series.kind]);
	json_text(w, "label", series->series.label);
	json_int(w, "last", series->last);
	json_text(w, "metric", series->series.metric);
	json_text(w, "source", series->series.source);
	json_text(w, "unit", series->series.unit);
	json_end(w);
}

static void write_interruptions(struct json_writer *w, const struct interruption *at)
{
	json_begin_array(w, "interruptions");
	for (; at; at = at->next) {
		json_begin_object(w, NULL);
		json_text_if(w, "boot_after", at->boot_after);
		json_text_if(w, "boot_before", at->boot_before);
		json_text(w, "kind", interruption_kind_name(at->kind));
		json_int(w, "resumed_ns", at->resumed_ns);
		json_int(w, "time_ns", at->time_ns);
		json_end(w);
	}
	json_end(w);
}

static void write_settings(struct json_writer *w, const struct setting *setting)
{
	json_begin_array(w, "settings");
	for (; setting; setting = setting->next) {
		json_begin_object(w, NULL);
		json_text(w, "before", setting->before);
		json_text(w, "during", setting->during);
		json_text(w, "path", setting->path);
		json_bool(w, "restored", setting->restored);
		json_end(w);
	}
	json_end(w);
}

static void write_lists(struct json_writer *w, const struct record *record)
{
	const struct outcome *outcome;

	json_begin_array(w, "outcomes");
	for (outcome = record->outcome; outcome; outcome = outcome->next)
		write_outcome(w, outcome);
	json_end(w);
	plan_write(w, "plan", &record->plan);
	profile_write(w, "profile", &record->profile);
}

void record_write(struct json_writer *w, const struct record *record)
{
	const struct finding *finding;
	size_t i;

	json_begin_object(w, NULL);
	json_int(w, "bucket_ns", record->bucket_ns);
	json_bool(w, "complete", record->complete);
	json_int(w, "duration_ns", record->duration_ns);
	json_int(w, "ended_wall_s", record->ended_wall_s);
	json_begin_array(w, "findings");
	for (finding = record->finding; finding; finding = finding->next)
		finding_write(w, NULL, finding);
	json_end(w);
	json_int(w, "format", RECORD_FORMAT);
	json_text(w, "harness_version", record->harness_version);
	write_interruptions(w, record->interruption);
	inventory_write(w, "inventory", &record->inventory);
	json_text(w, "journal_digest", record->journal_digest);
	json_text(w, "journal_state", record->journal_state);
	json_text(w, "lot", record->lot);
	write_lists(w, record);
	json_text(w, "run_id", record->run_id);
	json_count(w, "samples_lost", record->samples_lost);
	json_text(w, "serial", record->serial);
	json_begin_array(w, "series");
	for (i = 0; i < record->series_count; i++)
		write_series(w, &record->series[i]);
	json_end(w);
	write_settings(w, record->setting);
	json_int(w, "started_wall_s", record->started_wall_s);
	json_bool(w, "watcher_locked", record->watcher_locked);
	json_end(w);
}
