/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/latency.h"

#include "harness/base/json_read.h"
#include "harness/model/json_noun.h"

#include <string.h>

void latency_write(struct json_writer *w, const struct latency_list *list)
{
	size_t i;

	if (!list->count)
		return;
	json_begin_array(w, "latency");
	for (i = 0; i < list->count; i++) {
		const struct latency_row *row = &list->row[i];

		json_begin_object(w, NULL);
		json_count(w, "count", row->count);
		json_count(w, "max_at", row->max_at);
		json_int(w, "max_ns", row->max_ns);
		json_int(w, "p50_ns", row->p50_ns);
		json_int(w, "p999_ns", row->p999_ns);
		json_int(w, "p99_ns", row->p99_ns);
		json_text(w, "request", row->request);
		json_count(w, "stalls", row->stalls);
		json_end(w);
	}
	json_end(w);
}

static int read_row(const json_t *object, const char *where, struct arena *arena,
		    struct latency_row *row, struct err *err)
{
	if (json_get_count(object, "count", where, &row->count, err) < 0 ||
	    json_get_count(object, "max_at", where, &row->max_at, err) < 0 ||
	    json_get_int(object, "max_ns", where, &row->max_ns, err) < 0 ||
	    json_get_int(object, "p50_ns", where, &row->p50_ns, err) < 0 ||
	    json_get_int(object, "p999_ns", where, &row->p999_ns, err) < 0 ||
	    json_get_int(object, "p99_ns", where, &row->p99_ns, err) < 0 ||
	    json_get_copy(object, "request", where, arena, &row->request, err) < 0)
		return ERR_INPUT;
	return json_get_count(object, "stalls", where, &row->stalls, err);
}

int latency_read(const json_t *object, const char *where, struct arena *arena,
		 struct latency_list *ret_list, struct err *err)
{
	struct latency_row *row;
	json_t *array;
	size_t count, i;

	*ret_list = (struct latency_list){ .count = 0 };
	if (!json_object_get(object, "latency"))
		return 0;
	if (json_get_array(object, "latency", where, &array, err) < 0)
		return ERR_INPUT;
	count = json_array_size(array);
	row = arena_array(arena, struct latency_row, count);
	for (i = 0; i < count; i++) {
		if (read_row(json_array_get(array, i), where, arena, &row[i], err) < 0)
			return ERR_INPUT;
		if (i && strcmp(row[i - 1].request, row[i].request) >= 0)
			return err_set(err, ERR_INPUT, "%s: key '%s': requests must ascend", where,
				       "latency");
	}
	if (!count)
		return err_set(err, ERR_INPUT, "%s: key '%s' is empty", where, "latency");
	*ret_list = (struct latency_list){ .row = row, .count = count };
	return 0;
}
