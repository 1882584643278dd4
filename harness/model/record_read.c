/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/record.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/model/json_noun.h"
#include "harness/model/record_words.h"

#include <string.h>

struct reader {
	struct record *record;
	struct arena *arena;
	const char *where;
	struct err *err;
};

static int read_worker(struct reader *r, const json_t *object, struct worker_outcome *worker)
{
	unsigned int kind;
	uint64_t cpu;

	if (json_get_count(object, "cpu", r->where, &cpu, r->err) < 0 ||
	    json_get_count(object, "distinct_bytes", r->where, &worker->distinct_bytes, r->err) < 0 ||
	    json_get_copy(object, "isa", r->where, r->arena, &worker->isa, r->err) < 0 ||
	    json_get_word(object, "kind", r->where, outcome_word, OUTCOME_WORDS, &kind, r->err) < 0 ||
	    json_get_count(object, "mismatches", r->where, &worker->mismatches, r->err) < 0 ||
	    json_get_hex(object, "phase", r->where, &worker->phase, r->err) < 0 ||
	    json_get_hex(object, "seed", r->where, &worker->seed, r->err) < 0 ||
	    json_get_int(object, "signal", r->where, &worker->signal, r->err) < 0 ||
	    json_get_count(object, "work", r->where, &worker->work, r->err) < 0)
		return ERR_INPUT;
	if (cpu > INT32_MAX)
		return err_set(r->err, ERR_INPUT, "%s: key '%s' is out of range", r->where, "cpu");
	worker->cpu = (unsigned int)cpu;
	worker->kind = (enum outcome_kind)kind;
	return 0;
}

static int read_outcome(struct reader *r, const json_t *object, struct outcome *outcome)
{
	unsigned int kind;
	json_t *workers, *worker;
	uint64_t step;
	size_t i;

	if (json_get_int(object, "asked_ns", r->where, &outcome->asked_ns, r->err) < 0 ||
	    json_get_count(object, "attempt", r->where, &outcome->attempt, r->err) < 0 ||
	    json_get_count(object, "distinct_bytes", r->where, &outcome->distinct_bytes, r->err) < 0 ||
	    json_get_int(object, "done_ns", r->where, &outcome->done_ns, r->err) < 0 ||
	    json_get_int(object, "ended_ns", r->where, &outcome->ended_ns, r->err) < 0 ||
	    json_get_word(object, "kind", r->where, outcome_word, OUTCOME_WORDS, &kind, r->err) < 0 ||
	    json_get_copy_or(object, "reason", r->where, r->arena, &outcome->reason, r->err) < 0 ||
	    json_get_int(object, "started_ns", r->where, &outcome->started_ns, r->err) < 0 ||
	    json_get_count(object, "step", r->where, &step, r->err) < 0 ||
	    json_get_count(object, "work", r->where, &outcome->work, r->err) < 0 ||
	    json_get_array(object, "workers", r->where, &workers, r->err) < 0)
		return ERR_INPUT;
	outcome->step = (size_t)step;
	outcome->kind = (enum outcome_kind)kind;
	outcome->worker_count = json_array_size(workers);
	outcome->worker = arena_array(r->arena, struct worker_outcome, outcome->worker_count);
	json_array_foreach(workers, i, worker) {
		if (read_worker(r, worker, &outcome->worker[i]) < 0)
			return ERR_INPUT;
	}
	return 0;
}

static int read_outcomes(struct reader *r, const json_t *array)
{
	struct outcome **tail = &r->record->outcome;
	json_t *object;
	size_t i;

	json_array_foreach((json_t *)array, i, object) {
		struct outcome *outcome = arena_new(r->arena, struct outcome);

		if (read_outcome(r, object, outcome) < 0)
			return ERR_INPUT;
		if (outcome->step >= r->record->plan.step_count)
			return err_set(r->err, ERR_INPUT, "%s: an outcome of a step that is not planned",
				       r->where);
		*tail = outcome;
		tail = &outcome->next;
	}
	return 0;
}

static int read_bucket(struct reader *r, const json_t *row, struct bucket *bucket)
{
	int64_t number[6];
	json_t *value;
	size_t i;

	if (!json_is_array(row) || json_array_size(row) != ARRAY_SIZE(number))
		return err_set(r->err, ERR_INPUT, "%s: a bucket must be a list of six numbers",
			       r->where);
	json_array_foreach((json_t *)row, i, value) {
		number[i] = json_integer_value(value);
		if (!json_is_integer(value) || (i < 3 && number[i] < 0))
			return err_set(r->err, ERR_INPUT,
				       "%s: a bucket must be a list of six numbers", r->where);
	}
	bucket->index = (uint64_t)number[0];
	bucket->good = (uint64_t)number[1];
	bucket->bad = (uint64_t)number[2];
	bucket->min = number[3];
	bucket->mean = number[4];
	bucket->max = number[5];
	return 0;
}

static int read_excesses(struct reader *r, const json_t *array, struct record_series *series)
{
	struct record_excess **tail = &series->excess;
	json_t *object;
	size_t i;

	json_array_foreach((json_t *)array, i, object) {
		struct record_excess *excess = arena_new(r->arena, struct record_excess);
		uint64_t limit;

		if (json_get_count(object, "limit", r->where, &limit, r->err) < 0 ||
		    json_get_int(object, "longest_ns", r->where, &excess->longest_ns, r->err) < 0 ||
		    json_get_int(object, "worst", r->where, &excess->worst, r->err) < 0)
			return ERR_INPUT;
		if (limit >= r->record->profile.limit_count)
			return err_set(r->err, ERR_INPUT,
				       "%s: an excess of a limit that the profile does not have",
				       r->where);
		excess->limit = (size_t)limit;
		*tail = excess;
		tail = &excess->next;
	}
	return 0;
}

static int read_one_series(struct reader *r, const json_t *object, struct record_series *series)
{
	struct series *s = &series->series;
	json_t *buckets, *excess, *bucket;
	unsigned int kind;
	size_t i;

	if (json_get_count(object, "bad", r->where, &series->bad, r->err) < 0 ||
	    json_get_array(object, "buckets", r->where, &buckets, r->err) < 0 ||
	    json_get_copy(object, "component", r->where, r->arena, &s->component, r->err) < 0 ||
	    json_get_array(object, "excess", r->where, &excess, r->err) < 0 ||
	    json_get_int(object, "first", r->where, &series->first, r->err) < 0 ||
	    json_get_count(object, "good", r->where, &series->good, r->err) < 0 ||
	    json_get_word(object, "kind", r->where, series_word, SERIES_WORDS, &kind, r->err) < 0 ||
	    json_get_copy(object, "label", r->where, r->arena, &s->label, r->err) < 0 ||
	    json_get_int(object, "last", r->where, &series->last, r->err) < 0 ||
	    json_get_copy(object, "metric", r->where, r->arena, &s->metric, r->err) < 0 ||
	    json_get_copy(object, "source", r->where, r->arena, &s->source, r->err) < 0 ||
	    json_get_copy(object, "unit", r->where, r->arena, &s->unit, r->err) < 0)
		return ERR_INPUT;
	s->kind = (enum series_kind)kind;
	series->bucket_count = json_array_size(buckets);
	series->bucket = arena_array(r->arena, struct bucket, series->bucket_count);
	json_array_foreach(buckets, i, bucket) {
		if (read_bucket(r, bucket, &series->bucket[i]) < 0)
			return ERR_INPUT;
	}
	return read_excesses(r, excess, series);
}

static int read_series(struct reader *r, const json_t *array)
{
	json_t *object;
	size_t i;

	r->record->series_count = json_array_size(array);
	r->record->series = arena_array(r->arena, struct record_series, r->record->series_count);
	json_array_foreach((json_t *)array, i, object) {
		if (read_one_series(r, object, &r->record->series[i]) < 0)
			return ERR_INPUT;
	}
	return 0;
}

static int read_findings(struct reader *r, const json_t *array)
{
	struct finding **tail = &r->record->finding;
	json_t *object;
	size_t i;

	json_array_foreach((json_t *)array, i, object) {
		if (finding_read(object, r->where, r->arena, tail, r->err) < 0)
			return ERR_INPUT;
		tail = &(*tail)->next;
	}
	return 0;
}

static int read_interruptions(struct reader *r, const json_t *array)
{
	struct interruption **tail = &r->record->interruption;
	json_t *object;
	size_t i;

	json_array_foreach((json_t *)array, i, object) {
		struct interruption *at = arena_new(r->arena, struct interruption);
		unsigned int kind;

		if (json_get_copy_or(object, "boot_after", r->where, r->arena, &at->boot_after,
				     r->err) < 0 ||
		    json_get_copy_or(object, "boot_before", r->where, r->arena, &at->boot_before,
				     r->err) < 0 ||
		    json_get_word(object, "kind", r->where, interruption_word, INTERRUPTION_WORDS,
				  &kind, r->err) < 0 ||
		    json_get_int(object, "resumed_ns", r->where, &at->resumed_ns, r->err) < 0 ||
		    json_get_int(object, "time_ns", r->where, &at->time_ns, r->err) < 0)
			return ERR_INPUT;
		at->kind = (enum interruption_kind)kind;
		*tail = at;
		tail = &at->next;
	}
	return 0;
}

static int read_settings(struct reader *r, const json_t *array)
{
	struct setting **tail = &r->record->setting;
	json_t *object;
	size_t i;

	json_array_foreach((json_t *)array, i, object) {
		struct setting *setting = arena_new(r->arena, struct setting);

		if (json_get_copy(object, "before", r->where, r->arena, &setting->before, r->err) < 0 ||
		    json_get_copy(object, "during", r->where, r->arena, &setting->during, r->err) < 0 ||
		    json_get_copy(object, "path", r->where, r->arena, &setting->path, r->err) < 0 ||
		    json_get_bool(object, "restored", r->where, &setting->restored, r->err) < 0)
			return ERR_INPUT;
		*tail = setting;
		tail = &setting->next;
	}
	return 0;
}

static int read_times(struct reader *r, const json_t *object)
{
	struct record *record = r->record;
	int64_t format;

	if (json_get_int(object, "format", r->where, &format, r->err) < 0)
		return ERR_INPUT;
	if (format != RECORD_FORMAT)
		return err_set(r->err, ERR_INPUT,
			       "%s: record format %lld, but this version reads format %d", r->where,
			       (long long)format, RECORD_FORMAT);
	if (json_get_int(object, "bucket_ns", r->where, &record->bucket_ns, r->err) < 0 ||
	    json_get_int(object, "duration_ns", r->where, &record->duration_ns, r->err) < 0 ||
	    json_get_int(object, "ended_wall_s", r->where, &record->ended_wall_s, r->err) < 0 ||
	    json_get_int(object, "started_wall_s", r->where, &record->started_wall_s, r->err) < 0)
		return ERR_INPUT;
	return 0;
}

static int read_scalars(struct reader *r, const json_t *object)
{
	static const char *const state[] = { "clean", "torn", "damaged" };
	struct record *record = r->record;
	unsigned int index;

	if (json_get_bool(object, "complete", r->where, &record->complete, r->err) < 0 ||
	    json_get_copy(object, "harness_version", r->where, r->arena, &record->harness_version,
			  r->err) < 0 ||
	    json_get_digest(object, "journal_digest", r->where, record->journal_digest, r->err) < 0 ||
	    json_get_word(object, "journal_state", r->where, state, ARRAY_SIZE(state), &index,
			  r->err) < 0 ||
	    json_get_copy(object, "lot", r->where, r->arena, &record->lot, r->err) < 0 ||
	    json_get_copy(object, "run_id", r->where, r->arena, &record->run_id, r->err) < 0 ||
	    json_get_count(object, "samples_lost", r->where, &record->samples_lost, r->err) < 0 ||
	    json_get_copy(object, "serial", r->where, r->arena, &record->serial, r->err) < 0 ||
	    json_get_bool(object, "watcher_locked", r->where, &record->watcher_locked, r->err) < 0)
		return ERR_INPUT;
	record->journal_state = state[index];
	return 0;
}

/* A list of the root and who reads it. The order matters: plan and profile come before. */
static int read_lists(struct reader *r, const json_t *object)
{
	static const struct {
		const char *key;
		int (*read)(struct reader *r, const json_t *array);
	} list[] = {
		{ "findings", read_findings },	   { "interruptions", read_interruptions },
		{ "outcomes", read_outcomes },	   { "series", read_series },
		{ "settings", read_settings },
	};
	json_t *array;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(list); i++) {
		if (json_get_array(object, list[i].key, r->where, &array, r->err) < 0 ||
		    list[i].read(r, array) < 0)
			return ERR_INPUT;
	}
	return 0;
}

int record_read(const json_t *object, const char *where, const struct kernel_table *kernels,
		struct record *record, struct err *err)
{
	struct reader r = { .record = record, .arena = &record->arena, .where = where, .err = err };
	json_t *inventory, *plan, *profile;

	if (read_times(&r, object) < 0 || read_scalars(&r, object) < 0 ||
	    json_get_object(object, "inventory", where, &inventory, err) < 0 ||
	    json_get_object(object, "plan", where, &plan, err) < 0 ||
	    json_get_object(object, "profile", where, &profile, err) < 0)
		return ERR_INPUT;
	if (inventory_read(inventory, where, &record->inventory, err) < 0 ||
	    profile_read(profile, where, kernels, &record->profile, err) < 0 ||
	    plan_read(plan, where, kernels, &record->plan, err) < 0)
		return ERR_INPUT;
	return read_lists(&r, object);
}

int record_parse(const void *data, size_t size, const char *where,
		 const struct kernel_table *kernels, struct record *record, struct err *err)
{
	AUTO(json_release) json_t *root = json_read(data, size, where, err);
	AUTO(buf_release) struct buf again = BUF_INIT;
	struct json_writer w;
	int code;

	if (!root)
		return ERR_INPUT;
	code = record_read(root, where, kernels, record, err);
	if (code < 0)
		return code;
	json_start(&w, json_buf_sink, &again);
	record_write(&w, record);
	code = json_finish(&w, err);
	if (code < 0)
		return code;
	if (again.size != size || memcmp(again.data, data, size) != 0)
		return err_set(err, ERR_INPUT,
			       "%s: not the canonical form of a record; it was changed after the run",
			       where);
	return 0;
}

void record_release(struct record *record)
{
	profile_release(&record->profile);
	plan_release(&record->plan);
	inventory_release(&record->inventory);
	arena_release(&record->arena);
	*record = (struct record)RECORD_INIT;
}
