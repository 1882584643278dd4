/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/frame.h"

#include "harness/base/auto.h"
#include "harness/base/json.h"
#include "harness/base/json_read.h"
#include "harness/model/json_noun.h"
#include "harness/run/frame_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* --- shared by the forms ---------------------------------------------------------------------- */

void frame_json_text(struct json_writer *w, const char *key, const char *text)
{
	struct arena arena = ARENA_INIT;
	enum text_encoding how;

	if (text && !text_is_utf8(text, strlen(text)))
		text = text_decode(&arena, text, strlen(text), &how);
	json_text_if(w, key, text);
	arena_release(&arena);
}

json_t *frame_json_open(const struct frame *frame, char where[FRAME_WHERE_SIZE], struct err *err)
{
	snprintf(where, FRAME_WHERE_SIZE, "journal frame %" PRIu64 " (%s)", frame->sequence,
		 frame_kind_name(frame->kind));
	return json_read((const char *)frame->content, frame->size, where, err);
}

int frame_json_index(const json_t *object, const char *key, const char *where,
		     uint64_t *ret_number, struct err *err)
{
	int64_t number;

	if (json_get_int(object, key, where, &number, err) < 0)
		return ERR_INPUT;
	if (number < 0 || number > UINT32_MAX)
		return err_set(err, ERR_INPUT, "%s: key '%s' is out of range", where, key);
	*ret_number = (uint64_t)number;
	return 0;
}

/* Opens the frame's object as `object`, named `where` in messages. */
#define OPEN_FRAME                                                                                 \
	char where[FRAME_WHERE_SIZE];                                                              \
	AUTO(json_release) json_t *object = frame_json_open(frame, where, err);                    \
                                                                                                   \
	if (!object)                                                                               \
		return ERR_INPUT

static void begin(struct json_writer *w, struct buf *out)
{
	json_start(w, json_buf_sink, out);
	json_begin_object(w, NULL);
}

/* --- one pair of functions a kind ------------------------------------------------------------- */

void frame_write_watcher(struct buf *out, const struct frame_watcher *value)
{
	struct json_writer w;

	begin(&w, out);
	json_bool(&w, "locked", value->locked);
	json_end(&w);
}

int frame_read_watcher(const struct frame *frame, struct arena *arena,
		       struct frame_watcher *ret_value, struct err *err)
{
	OPEN_FRAME;
	(void)arena;
	return json_get_bool(object, "locked", where, &ret_value->locked, err);
}

void frame_write_step(struct buf *out, const struct frame_step *value)
{
	struct json_writer w;

	begin(&w, out);
	json_count(&w, "attempt", value->attempt);
	json_count(&w, "step", value->step);
	json_end(&w);
}

static int read_step(const json_t *object, const char *where, size_t *ret_step,
		     uint64_t *ret_attempt, struct err *err)
{
	uint64_t step = 0;

	if (frame_json_index(object, "step", where, &step, err) < 0 ||
	    frame_json_index(object, "attempt", where, ret_attempt, err) < 0)
		return ERR_INPUT;
	*ret_step = (size_t)step;
	return 0;
}

int frame_read_step(const struct frame *frame, struct arena *arena, struct frame_step *ret_value,
		    struct err *err)
{
	OPEN_FRAME;
	(void)arena;
	return read_step(object, where, &ret_value->step, &ret_value->attempt, err);
}

void frame_write_mismatch(struct buf *out, const struct frame_mismatch *value)
{
	struct json_writer w;

	begin(&w, out);
	json_hex(&w, "address", value->address);
	json_hex(&w, "at", value->at);
	json_count(&w, "attempt", value->attempt);
	json_count(&w, "cpu", value->cpu);
	json_hex(&w, "got", value->got);
	json_text(&w, "isa", value->isa);
	json_text_if(&w, "kernel", value->kernel);
	if (value->node >= 0)
		json_int(&w, "node", value->node);
	if (value->physical)
		json_count(&w, "page_bytes", value->page_bytes);
	json_hex(&w, "phase", value->phase);
	if (value->physical)
		json_hex(&w, "physical", value->physical);
	json_hex(&w, "seed", value->seed);
	json_count(&w, "step", value->step);
	json_hex(&w, "want", value->want);
	json_count(&w, "worker", value->worker);
	json_end(&w);
}

int frame_read_mismatch(const struct frame *frame, struct arena *arena,
			struct frame_mismatch *ret_value, struct err *err)
{
	uint64_t cpu = 0, worker = 0;

	OPEN_FRAME;
	ret_value->physical = ret_value->page_bytes = 0;
	if (read_step(object, where, &ret_value->step, &ret_value->attempt, err) < 0 ||
	    frame_json_index(object, "cpu", where, &cpu, err) < 0 ||
	    frame_json_index(object, "worker", where, &worker, err) < 0 ||
	    json_get_copy(object, "isa", where, arena, &ret_value->isa, err) < 0 ||
	    json_get_copy_or(object, "kernel", where, arena, &ret_value->kernel, err) < 0 ||
	    json_get_hex(object, "address", where, &ret_value->address, err) < 0 ||
	    json_get_hex(object, "at", where, &ret_value->at, err) < 0 ||
	    json_get_hex(object, "got", where, &ret_value->got, err) < 0 ||
	    json_get_hex(object, "want", where, &ret_value->want, err) < 0 ||
	    json_get_hex(object, "seed", where, &ret_value->seed, err) < 0 ||
	    json_get_hex(object, "phase", where, &ret_value->phase, err) < 0 ||
	    json_get_int_or(object, "node", where, -1, &ret_value->node, err) < 0 ||
	    (json_object_get(object, "page_bytes") &&
	     json_get_count(object, "page_bytes", where, &ret_value->page_bytes, err) < 0) ||
	    (json_object_get(object, "physical") &&
	     json_get_hex(object, "physical", where, &ret_value->physical, err) < 0))
		return ERR_INPUT;
	ret_value->cpu = (unsigned int)cpu;
	ret_value->worker = (unsigned int)worker;
	return 0;
}

void frame_write_guard(struct buf *out, const struct frame_guard *value)
{
	struct json_writer w;

	begin(&w, out);
	json_text(&w, "action", value->stop ? "stop" : "throttle");
	json_count(&w, "rule", value->rule);
	json_int(&w, "series", value->series);
	json_bool(&w, "silent", value->silent);
	json_int(&w, "step", value->step);
	json_int(&w, "value", value->value);
	json_text(&w, "why", value->why);
	json_end(&w);
}

int frame_read_guard(const struct frame *frame, struct arena *arena, struct frame_guard *ret_value,
		     struct err *err)
{
	const char *action;
	uint64_t rule = 0;

	OPEN_FRAME;
	if (json_get_text(object, "action", where, &action, err) < 0 ||
	    frame_json_index(object, "rule", where, &rule, err) < 0 ||
	    json_get_int(object, "series", where, &ret_value->series, err) < 0 ||
	    json_get_bool(object, "silent", where, &ret_value->silent, err) < 0 ||
	    json_get_int(object, "step", where, &ret_value->step, err) < 0 ||
	    json_get_int(object, "value", where, &ret_value->value, err) < 0 ||
	    json_get_copy(object, "why", where, arena, &ret_value->why, err) < 0)
		return ERR_INPUT;
	ret_value->stop = strcmp(action, "throttle") != 0;
	ret_value->rule = (size_t)rule;
	return 0;
}

void frame_write_setting(struct buf *out, const struct frame_setting *value)
{
	struct json_writer w;

	begin(&w, out);
	frame_json_text(&w, "before", value->before);
	frame_json_text(&w, "during", value->during);
	frame_json_text(&w, "path", value->path);
	json_end(&w);
}

int frame_read_setting(const struct frame *frame, struct arena *arena,
		       struct frame_setting *ret_value, struct err *err)
{
	OPEN_FRAME;
	if (json_get_copy(object, "path", where, arena, &ret_value->path, err) < 0 ||
	    json_get_copy(object, "before", where, arena, &ret_value->before, err) < 0)
		return ERR_INPUT;
	return json_get_copy(object, "during", where, arena, &ret_value->during, err);
}

void frame_write_restore(struct buf *out, const struct frame_restore *value)
{
	struct json_writer w;

	begin(&w, out);
	frame_json_text(&w, "path", value->path);
	frame_json_text(&w, "reason", value->reason);
	json_bool(&w, "restored", value->restored);
	json_end(&w);
}

int frame_read_restore(const struct frame *frame, struct arena *arena,
		       struct frame_restore *ret_value, struct err *err)
{
	OPEN_FRAME;
	if (json_get_copy(object, "path", where, arena, &ret_value->path, err) < 0 ||
	    json_get_copy_or(object, "reason", where, arena, &ret_value->reason, err) < 0)
		return ERR_INPUT;
	return json_get_bool(object, "restored", where, &ret_value->restored, err);
}

void frame_write_signal(struct buf *out, const struct frame_signal *value)
{
	struct json_writer w;

	begin(&w, out);
	json_int(&w, "signal", value->signal);
	json_end(&w);
}

int frame_read_signal(const struct frame *frame, struct arena *arena,
		      struct frame_signal *ret_value, struct err *err)
{
	OPEN_FRAME;
	(void)arena;
	return json_get_int(object, "signal", where, &ret_value->signal, err);
}

void frame_write_fault(struct buf *out, const struct frame_fault *value)
{
	struct json_writer w;

	begin(&w, out);
	json_text(&w, "code", value->code);
	frame_json_text(&w, "detail", value->detail);
	json_end(&w);
}

int frame_read_fault(const struct frame *frame, struct arena *arena, struct frame_fault *ret_value,
		     struct err *err)
{
	OPEN_FRAME;
	if (json_get_copy(object, "code", where, arena, &ret_value->code, err) < 0)
		return ERR_INPUT;
	return json_get_copy(object, "detail", where, arena, &ret_value->detail, err);
}

void frame_write_resume(struct buf *out, const struct frame_resume *value)
{
	struct json_writer w;
	size_t i;

	begin(&w, out);
	json_text(&w, "boot", value->boot);
	json_int(&w, "boot_ns", value->boot_ns);
	json_text(&w, "harness_version", value->harness_version);
	if (value->lost_count)
		json_begin_array(&w, "lost");
	for (i = 0; i < value->lost_count; i++)
		json_text(&w, NULL, value->lost[i]);
	if (value->lost_count)
		json_end(&w);
	json_int(&w, "wall_s", value->wall_s);
	json_end(&w);
}

/* Journals of older versions have no such list. */
static int read_lost(const json_t *object, const char *where, struct arena *arena,
		     struct frame_resume *ret_value, struct err *err)
{
	const json_t *array = json_object_get(object, "lost");
	size_t count = json_array_size(array), i;
	const char **lost = arena_array(arena, const char *, count + 1);

	for (i = 0; i < count; i++) {
		const char *id = json_string_value(json_array_get(array, i));

		if (!id)
			return err_set(err, ERR_INPUT, "%s: 'lost' is no list of names", where);
		lost[i] = arena_strdup(arena, id);
	}
	ret_value->lost = lost;
	ret_value->lost_count = count;
	return 0;
}

int frame_read_resume(const struct frame *frame, struct arena *arena,
		      struct frame_resume *ret_value, struct err *err)
{
	OPEN_FRAME;
	if (json_get_copy(object, "boot", where, arena, &ret_value->boot, err) < 0 ||
	    json_get_int(object, "boot_ns", where, &ret_value->boot_ns, err) < 0 ||
	    json_get_int(object, "wall_s", where, &ret_value->wall_s, err) < 0 ||
	    read_lost(object, where, arena, ret_value, err) < 0)
		return ERR_INPUT;
	return json_get_copy(object, "harness_version", where, arena,
				   &ret_value->harness_version, err);
}

void frame_write_end(struct buf *out, const struct frame_end *value)
{
	struct json_writer w;

	begin(&w, out);
	json_text(&w, "cause", value->cause);
	json_int(&w, "ended_wall_s", value->ended_wall_s);
	json_count(&w, "samples_lost", value->samples_lost);
	json_end(&w);
}

int frame_read_end(const struct frame *frame, struct arena *arena, struct frame_end *ret_value,
		   struct err *err)
{
	OPEN_FRAME;
	if (json_get_copy(object, "cause", where, arena, &ret_value->cause, err) < 0 ||
	    json_get_int(object, "ended_wall_s", where, &ret_value->ended_wall_s, err) < 0)
		return ERR_INPUT;
	return json_get_count(object, "samples_lost", where, &ret_value->samples_lost, err);
}
