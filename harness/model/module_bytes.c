/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/module_bytes.h"

#include "harness/base/json_read.h"
#include "harness/model/json_noun.h"

#include <string.h>

void module_bytes_write(struct json_writer *w, const struct module_bytes_list *list)
{
	size_t i;

	if (!list->count)
		return;
	json_begin_array(w, "modules");
	for (i = 0; i < list->count; i++) {
		json_begin_object(w, NULL);
		json_count(w, "bytes", list->row[i].bytes);
		json_count(w, "mapped", list->row[i].mapped);
		json_text(w, "modules", list->row[i].modules);
		json_end(w);
	}
	json_end(w);
}

int module_bytes_read(const json_t *object, const char *where, struct arena *arena,
		      struct module_bytes_list *ret_list, struct err *err)
{
	struct module_bytes *row;
	json_t *array;
	size_t count, i;

	*ret_list = (struct module_bytes_list){ .count = 0 };
	if (!json_object_get(object, "modules"))
		return 0;
	if (json_get_array(object, "modules", where, &array, err) < 0)
		return ERR_INPUT;
	count = json_array_size(array);
	row = arena_array(arena, struct module_bytes, count);
	for (i = 0; i < count; i++) {
		const json_t *member = json_array_get(array, i);

		if (json_get_count(member, "bytes", where, &row[i].bytes, err) < 0 ||
		    json_get_count(member, "mapped", where, &row[i].mapped, err) < 0 ||
		    json_get_copy(member, "modules", where, arena, &row[i].modules, err) < 0)
			return ERR_INPUT;
		if (i && strcmp(row[i - 1].modules, row[i].modules) >= 0)
			return err_set(err, ERR_INPUT, "%s: key '%s': modules must ascend", where,
				       "modules");
	}
	if (!count)
		return err_set(err, ERR_INPUT, "%s: key '%s' is empty", where, "modules");
	*ret_list = (struct module_bytes_list){ .row = row, .count = count };
	return 0;
}
