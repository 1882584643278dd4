/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/telemetry_source.h"

#include "harness/base/json_read.h"
#include "harness/model/json_noun.h"

static const char *copied(struct arena *arena, const char *text)
{
	return text ? arena_strdup(arena, text) : NULL;
}

struct telemetry_source *telemetry_sources_copy(struct arena *arena,
						const struct telemetry_source *source,
						size_t count)
{
	struct telemetry_source *copy = arena_array(arena, struct telemetry_source, count);
	size_t i;

	for (i = 0; i < count; i++)
		copy[i] = (struct telemetry_source){
			.name = copied(arena, source[i].name),
			.channels = source[i].channels,
			.looked_at = copied(arena, source[i].looked_at),
			.problem = copied(arena, source[i].problem),
		};
	return copy;
}

void telemetry_sources_write(struct json_writer *w, const char *key,
			     const struct telemetry_source *source, size_t count)
{
	size_t i;

	json_begin_array(w, key);
	for (i = 0; i < count; i++) {
		json_begin_object(w, NULL);
		json_count(w, "channels", source[i].channels);
		json_text_if(w, "looked_at", source[i].looked_at);
		json_text(w, "name", source[i].name);
		json_text_if(w, "problem", source[i].problem);
		json_end(w);
	}
	json_end(w);
}

int telemetry_sources_read(const json_t *array, const char *where, struct arena *arena,
			   struct telemetry_source **ret_source, size_t *ret_count,
			   struct err *err)
{
	size_t count = json_array_size(array), i;
	struct telemetry_source *source = arena_array(arena, struct telemetry_source, count);

	for (i = 0; i < count; i++) {
		const json_t *object = json_array_get(array, i);

		if (json_get_count(object, "channels", where, &source[i].channels, err) < 0 ||
		    json_get_copy_or(object, "looked_at", where, arena, &source[i].looked_at,
				     err) < 0 ||
		    json_get_copy(object, "name", where, arena, &source[i].name, err) < 0 ||
		    json_get_copy_or(object, "problem", where, arena, &source[i].problem, err) < 0)
			return ERR_INPUT;
	}
	*ret_source = source;
	*ret_count = count;
	return 0;
}
