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

/* The getters with what is the same for every key of the record. */
#define GETTER(type, target)                                                                       \
	static int get_##type(struct reader *r, const json_t *object, const char *key,             \
			      target ret)                                                          \
	{                                                                                          \
		return json_get_##type(object, key, r->where, ret, r->err);                        \
	}
GETTER(count, uint64_t *)
GETTER(int, int64_t *)
GETTER(bool, bool *)
GETTER(hex, uint64_t *)
GETTER(array, json_t **)
GETTER(digest, char *)

static int get_copy(struct reader *r, const json_t *object, const char *key, const char **ret)
{
	return json_get_copy(object, key, r->where, r->arena, ret, r->err);
}

static int get_copy_or(struct reader *r, const json_t *object, const char *key, const char **ret)
{
	return json_get_copy_or(object, key, r->where, r->arena, ret, r->err);
}

static int get_kind(struct reader *r, const json_t *object, enum outcome_kind *ret_kind)
{
	unsigned int kind;

	if (json_get_word(object, "kind", r->where, outcome_word, OUTCOME_WORDS, &kind, r->err) < 0)
		return ERR_INPUT;
	*ret_kind = (enum outcome_kind)kind;
	return 0;
}

static int read_worker(struct reader *r, const json_t *object, struct worker_outcome *worker)
{
	uint64_t cpu;

	if (get_count(r, object, "cpu", &cpu) < 0 ||
	    get_count(r, object, "distinct_bytes", &worker->distinct_bytes) < 0 ||
	    get_copy(r, object, "isa", &worker->isa) < 0 ||
	    get_copy_or(r, object, "kernel", &worker->kernel) < 0 ||
	    (json_object_get(object, "kernels") &&
	     get_count(r, object, "kernels", &worker->kernels) < 0) ||
	    get_kind(r, object, &worker->kind) < 0 ||
	    get_count(r, object, "mismatches", &worker->mismatches) < 0 ||
	    get_hex(r, object, "phase", &worker->phase) < 0 ||
	    get_hex(r, object, "seed", &worker->seed) < 0 ||
	    get_int(r, object, "signal", &worker->signal) < 0 ||
	    get_count(r, object, "work", &worker->work) < 0)
		return ERR_INPUT;
	if (cpu > INT32_MAX)
		return err_set(r->err, ERR_INPUT, "%s: key '%s' is out of range", r->where, "cpu");
	worker->cpu = (unsigned int)cpu;
	return 0;
}

static int read_outcome(struct reader *r, const json_t *object, struct outcome *outcome)
{
	json_t *workers, *worker;
	uint64_t step;
	size_t i;

	if (get_int(r, object, "asked_ns", &outcome->asked_ns) < 0 ||
	    get_count(r, object, "attempt", &outcome->attempt) < 0 ||
	    get_count(r, object, "distinct_bytes", &outcome->distinct_bytes) < 0 ||
	    get_int(r, object, "done_ns", &outcome->done_ns) < 0 ||
	    get_int(r, object, "ended_ns", &outcome->ended_ns) < 0 ||
	    node_bytes_read(object, r->where, r->arena, &outcome->frames, r->err) < 0 ||
	    get_kind(r, object, &outcome->kind) < 0 ||
	    latency_read(object, r->where, r->arena, &outcome->latency, r->err) < 0 ||
	    module_bytes_read(object, r->where, r->arena, &outcome->modules, r->err) < 0 ||
	    get_copy_or(r, object, "reason", &outcome->reason) < 0 ||
	    get_int(r, object, "started_ns", &outcome->started_ns) < 0 ||
	    get_count(r, object, "step", &step) < 0 ||
	    get_count(r, object, "work", &outcome->work) < 0 ||
	    get_array(r, object, "workers", &workers) < 0)
		return ERR_INPUT;
	outcome->step = (size_t)step;
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
			return err_set(r->err, ERR_INPUT,
				       "%s: an outcome of a step that is not planned", r->where);
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

		if (get_count(r, object, "limit", &limit) < 0 ||
		    get_int(r, object, "longest_ns", &excess->longest_ns) < 0 ||
		    get_int(r, object, "worst", &excess->worst) < 0)
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

	if (get_count(r, object, "bad", &series->bad) < 0 ||
	    get_array(r, object, "buckets", &buckets) < 0 ||
	    get_copy(r, object, "component", &s->component) < 0 ||
	    get_array(r, object, "excess", &excess) < 0 ||
	    get_int(r, object, "first", &series->first) < 0 ||
	    get_count(r, object, "good", &series->good) < 0 ||
	    json_get_word(object, "kind", r->where, series_word, SERIES_WORDS, &kind, r->err) < 0 ||
	    get_copy(r, object, "label", &s->label) < 0 ||
	    get_int(r, object, "last", &series->last) < 0 ||
	    get_copy(r, object, "metric", &s->metric) < 0 ||
	    get_copy(r, object, "source", &s->source) < 0 ||
	    get_copy(r, object, "unit", &s->unit) < 0)
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

		if (get_copy_or(r, object, "boot_after", &at->boot_after) < 0 ||
		    get_copy_or(r, object, "boot_before", &at->boot_before) < 0 ||
		    json_get_word(object, "kind", r->where, interruption_word, INTERRUPTION_WORDS,
				  &kind, r->err) < 0 ||
		    get_int(r, object, "resumed_ns", &at->resumed_ns) < 0 ||
		    get_int(r, object, "time_ns", &at->time_ns) < 0)
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

		if (get_copy(r, object, "before", &setting->before) < 0 ||
		    get_copy(r, object, "during", &setting->during) < 0 ||
		    get_copy(r, object, "path", &setting->path) < 0 ||
		    get_bool(r, object, "restored", &setting->restored) < 0)
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

	if (get_int(r, object, "format", &format) < 0)
		return ERR_INPUT;
	if (format != RECORD_FORMAT)
		return err_set(r->err, ERR_INPUT,
			       "%s: record format %lld, but this version reads format %d", r->where,
			       (long long)format, RECORD_FORMAT);
	if (get_int(r, object, "bucket_ns", &record->bucket_ns) < 0 ||
	    get_int(r, object, "duration_ns", &record->duration_ns) < 0 ||
	    get_int(r, object, "ended_wall_s", &record->ended_wall_s) < 0 ||
	    get_int(r, object, "started_wall_s", &record->started_wall_s) < 0)
		return ERR_INPUT;
	return 0;
}

static int read_scalars(struct reader *r, const json_t *object)
{
	static const char *const state[] = { "clean", "torn", "damaged" };
	struct record *record = r->record;
	unsigned int index;

	if (get_bool(r, object, "complete", &record->complete) < 0 ||
	    get_copy(r, object, "harness_version", &record->harness_version) < 0 ||
	    get_digest(r, object, "journal_digest", record->journal_digest) < 0 ||
	    json_get_word(object, "journal_state", r->where, state, ARRAY_SIZE(state), &index,
			  r->err) < 0 ||
	    get_copy(r, object, "lot", &record->lot) < 0 ||
	    get_copy(r, object, "run_id", &record->run_id) < 0 ||
	    get_count(r, object, "samples_lost", &record->samples_lost) < 0 ||
	    get_copy(r, object, "serial", &record->serial) < 0 ||
	    get_bool(r, object, "watcher_locked", &record->watcher_locked) < 0)
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
		if (get_array(r, object, list[i].key, &array) < 0 ||
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
		return err_set(
			err, ERR_INPUT,
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
