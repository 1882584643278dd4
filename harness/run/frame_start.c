/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first frame: all that was known before the run. */
#include "harness/run/frame.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/model/json_noun.h"
#include "harness/model/record_words.h"
#include "harness/run/frame_json.h"

#include <string.h>

enum { START_FORMAT = 1 };

static void write_series(struct json_writer *w, const struct series *series)
{
	json_begin_object(w, NULL);
	frame_json_text(w, "component", series->component);
	json_text(w, "kind", series_word[series->kind]);
	frame_json_text(w, "label", series->label);
	json_text(w, "metric", series->metric);
	json_text(w, "source", series->source);
	json_text(w, "unit", series->unit);
	json_end(w);
}

int frame_write_start(struct buf *out, const struct frame_start *start, struct err *err)
{
	struct json_writer w;
	size_t i;

	json_start(&w, json_buf_sink, out);
	json_begin_object(&w, NULL);
	json_text(&w, "boot", start->boot);
	json_int(&w, "boot_ns", start->boot_ns);
	json_int(&w, "format", START_FORMAT);
	json_text(&w, "harness_version", start->harness_version);
	inventory_write(&w, "inventory", start->inventory);
	frame_json_text(&w, "lot", start->lot);
	plan_write(&w, "plan", start->plan);
	profile_write(&w, "profile", start->profile);
	json_text(&w, "run_id", start->run_id);
	frame_json_text(&w, "serial", start->serial);
	json_begin_array(&w, "series");
	for (i = 0; i < start->series_count; i++)
		write_series(&w, &start->series[i]);
	json_end(&w);
	json_int(&w, "started_wall_s", start->started_wall_s);
	json_end(&w);
	return json_finish(&w, err);
}

static int read_series(json_t *array, const char *where, struct arena *arena,
		       struct frame_start *start, struct err *err)
{
	size_t count = json_array_size(array);
	struct series *series = arena_array(arena, struct series, count);
	size_t i;

	for (i = 0; i < count; i++) {
		const json_t *object = json_array_get(array, i);
		unsigned int kind = SERIES_GAUGE;

		if (json_get_copy(object, "component", where, arena, &series[i].component,
					err) < 0 ||
		    json_get_word(object, "kind", where, series_word, SERIES_WORDS, &kind,
				  err) < 0 ||
		    json_get_copy(object, "label", where, arena, &series[i].label, err) < 0 ||
		    json_get_copy(object, "metric", where, arena, &series[i].metric, err) < 0 ||
		    json_get_copy(object, "source", where, arena, &series[i].source, err) < 0 ||
		    json_get_copy(object, "unit", where, arena, &series[i].unit, err) < 0)
			return ERR_INPUT;
		series[i].kind = (enum series_kind)kind;
	}
	start->series = series;
	start->series_count = count;
	return 0;
}

static int read_nouns(const json_t *object, const char *where, const struct kernel_table *kernels,
		      struct record *record, struct err *err)
{
	json_t *inventory, *plan, *profile;

	if (json_get_object(object, "inventory", where, &inventory, err) < 0 ||
	    json_get_object(object, "plan", where, &plan, err) < 0 ||
	    json_get_object(object, "profile", where, &profile, err) < 0 ||
	    inventory_read(inventory, where, &record->inventory, err) < 0 ||
	    plan_read(plan, where, kernels, &record->plan, err) < 0)
		return ERR_INPUT;
	return profile_read(profile, where, kernels, &record->profile, err);
}

static int read_texts(const json_t *object, const char *where, struct arena *arena,
		      struct frame_start *start, struct err *err)
{
	if (json_get_copy(object, "boot", where, arena, &start->boot, err) < 0 ||
	    json_get_copy(object, "harness_version", where, arena, &start->harness_version,
				err) < 0 ||
	    json_get_copy(object, "lot", where, arena, &start->lot, err) < 0 ||
	    json_get_copy(object, "run_id", where, arena, &start->run_id, err) < 0)
		return ERR_INPUT;
	return json_get_copy(object, "serial", where, arena, &start->serial, err);
}

int frame_read_start(const struct frame *frame, const struct kernel_table *kernels,
		     struct record *record, struct frame_start *ret_start, struct err *err)
{
	char where[FRAME_WHERE_SIZE];
	AUTO(json_release) json_t *object = frame_json_open(frame, where, err);
	json_t *series;
	int64_t format;

	memset(ret_start, 0, sizeof(*ret_start));
	if (!object || json_get_int(object, "format", where, &format, err) < 0)
		return ERR_INPUT;
	if (format != START_FORMAT)
		return err_set(err, ERR_INPUT,
			       "the journal has format %d, this cuihuo reads %d; use the version that made it",
			       (int)format, START_FORMAT);
	if (read_texts(object, where, &record->arena, ret_start, err) < 0 ||
	    json_get_int(object, "boot_ns", where, &ret_start->boot_ns, err) < 0 ||
	    json_get_int(object, "started_wall_s", where, &ret_start->started_wall_s, err) < 0 ||
	    json_get_array(object, "series", where, &series, err) < 0 ||
	    read_series(series, where, &record->arena, ret_start, err) < 0)
		return ERR_INPUT;
	ret_start->inventory = &record->inventory;
	ret_start->plan = &record->plan;
	ret_start->profile = &record->profile;
	return read_nouns(object, where, kernels, record, err);
}

int frame_read_clock(const struct frame *frame, struct arena *arena, struct frame_clock *ret_clock,
		     struct err *err)
{
	char where[FRAME_WHERE_SIZE];
	AUTO(json_release) json_t *object = frame_json_open(frame, where, err);

	if (!object || json_get_copy(object, "boot", where, arena, &ret_clock->boot, err) < 0)
		return ERR_INPUT;
	return json_get_int(object, "boot_ns", where, &ret_clock->boot_ns, err);
}
