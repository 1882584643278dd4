/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame that closes a step: how it ended and what every worker did. */
#include "harness/run/frame.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/model/json_noun.h"
#include "harness/model/record_words.h"
#include "harness/run/frame_json.h"

static void write_worker(struct json_writer *w, const struct worker_outcome *worker,
			 const struct frame_faults *faults, const char *reason)
{
	json_begin_object(w, NULL);
	json_count(w, "cpu", worker->cpu);
	json_count(w, "distinct_bytes", worker->distinct_bytes);
	if (faults)
		frame_faults_write(w, faults);
	json_text(w, "isa", worker->isa);
	json_text_if(w, "kernel", worker->kernel);
	if (worker->kernels)
		json_count(w, "kernels", worker->kernels);
	json_text(w, "kind", outcome_kind_name(worker->kind));
	json_count(w, "mismatches", worker->mismatches);
	json_hex(w, "phase", worker->phase);
	frame_json_text(w, "reason", reason);
	json_hex(w, "seed", worker->seed);
	json_int(w, "signal", worker->signal);
	json_count(w, "work", worker->work);
	json_end(w);
}

void frame_write_step_end(struct buf *out, const struct frame_step_end *value)
{
	struct json_writer w;
	size_t i;

	json_start(&w, json_buf_sink, out);
	json_begin_object(&w, NULL);
	json_count(&w, "attempt", value->attempt);
	json_int(&w, "done_ns", value->done_ns);
	node_bytes_write(&w, &value->frames);
	json_text(&w, "kind", outcome_kind_name(value->kind));
	latency_write(&w, &value->latency);
	module_bytes_write(&w, &value->modules);
	frame_json_text(&w, "reason", value->reason);
	json_count(&w, "step", value->step);
	json_begin_array(&w, "workers");
	for (i = 0; i < value->worker_count; i++)
		write_worker(&w, &value->worker[i],
			     value->worker_faults ? &value->worker_faults[i] : NULL,
			     value->worker_reason ? value->worker_reason[i] : NULL);
	json_end(&w);
	json_end(&w);
}

static int read_kind(const json_t *object, const char *where, enum outcome_kind *ret_kind,
		     struct err *err)
{
	unsigned int kind = OUTCOME_UNKNOWN;
	int code = json_get_word(object, "kind", where, outcome_word, OUTCOME_WORDS, &kind, err);

	*ret_kind = (enum outcome_kind)kind;
	return code;
}

static int read_worker(const json_t *object, const char *where, struct arena *arena,
		       struct worker_outcome *worker, struct err *err)
{
	uint64_t cpu = 0;

	if (frame_json_index(object, "cpu", where, &cpu, err) < 0 ||
	    json_get_count(object, "distinct_bytes", where, &worker->distinct_bytes, err) < 0 ||
	    json_get_copy(object, "isa", where, arena, &worker->isa, err) < 0 ||
	    json_get_copy_or(object, "kernel", where, arena, &worker->kernel, err) < 0 ||
	    (json_object_get(object, "kernels") &&
	     json_get_count(object, "kernels", where, &worker->kernels, err) < 0) ||
	    read_kind(object, where, &worker->kind, err) < 0 ||
	    json_get_count(object, "mismatches", where, &worker->mismatches,
				 err) < 0 ||
	    json_get_hex(object, "phase", where, &worker->phase, err) < 0 ||
	    json_get_hex(object, "seed", where, &worker->seed, err) < 0 ||
	    json_get_int(object, "signal", where, &worker->signal, err) < 0)
		return ERR_INPUT;
	worker->cpu = (unsigned int)cpu;
	return json_get_count(object, "work", where, &worker->work, err);
}

static int read_workers(json_t *array, const char *where, struct arena *arena,
			struct frame_step_end *ret_value, struct err *err)
{
	size_t count = json_array_size(array);
	struct worker_outcome *worker = arena_array(arena, struct worker_outcome, count);
	const char **reason = arena_array(arena, const char *, count);
	struct frame_faults *faults = arena_array(arena, struct frame_faults, count);
	size_t i;

	for (i = 0; i < count; i++) {
		const json_t *object = json_array_get(array, i);

		if (read_worker(object, where, arena, &worker[i], err) < 0 ||
		    frame_faults_read(object, where, &faults[i], err) < 0 ||
		    json_get_copy_or(object, "reason", where, arena, &reason[i], err) < 0)
			return ERR_INPUT;
	}
	ret_value->worker = worker;
	ret_value->worker_faults = faults;
	ret_value->worker_reason = reason;
	ret_value->worker_count = count;
	return 0;
}

int frame_read_step_end(const struct frame *frame, struct arena *arena,
			struct frame_step_end *ret_value, struct err *err)
{
	char where[FRAME_WHERE_SIZE];
	AUTO(json_release) json_t *object = frame_json_open(frame, where, err);
	json_t *workers;
	uint64_t step = 0;

	if (!object ||
	    frame_json_index(object, "attempt", where, &ret_value->attempt,
				 err) < 0 ||
	    json_get_int(object, "done_ns", where, &ret_value->done_ns, err) < 0 ||
	    node_bytes_read(object, where, arena, &ret_value->frames, err) < 0 ||
	    read_kind(object, where, &ret_value->kind, err) < 0 ||
	    latency_read(object, where, arena, &ret_value->latency, err) < 0 ||
	    module_bytes_read(object, where, arena, &ret_value->modules, err) < 0 ||
	    json_get_copy_or(object, "reason", where, arena, &ret_value->reason, err) < 0 ||
	    frame_json_index(object, "step", where, &step, err) < 0 ||
	    json_get_array(object, "workers", where, &workers, err) < 0)
		return ERR_INPUT;
	ret_value->step = (size_t)step;
	return read_workers(workers, where, arena, ret_value, err);
}
