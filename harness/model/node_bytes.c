/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/node_bytes.h"

#include "harness/base/json_read.h"
#include "harness/model/json_noun.h"

uint64_t node_bytes_sum(const struct node_bytes_list *list)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < list->count; i++) {
		if (list->node[i].bytes > UINT64_MAX - sum)
			return UINT64_MAX;
		sum += list->node[i].bytes;
	}
	return sum;
}

void node_bytes_write(struct json_writer *w, const struct node_bytes_list *list)
{
	size_t i;

	if (!list->count)
		return;
	json_begin_array(w, "frames");
	for (i = 0; i < list->count; i++) {
		json_begin_object(w, NULL);
		json_count(w, "bytes", list->node[i].bytes);
		json_int(w, "node", list->node[i].node);
		json_end(w);
	}
	json_end(w);
}

int node_bytes_read(const json_t *object, const char *where, struct arena *arena,
		    struct node_bytes_list *ret_list, struct err *err)
{
	struct node_bytes *node;
	json_t *array;
	size_t count, i;

	*ret_list = (struct node_bytes_list){ .count = 0 };
	if (!json_object_get(object, "frames"))
		return 0;
	if (json_get_array(object, "frames", where, &array, err) < 0)
		return ERR_INPUT;
	count = json_array_size(array);
	node = arena_array(arena, struct node_bytes, count);
	for (i = 0; i < count; i++) {
		const json_t *member = json_array_get(array, i);

		if (json_get_count(member, "bytes", where, &node[i].bytes, err) < 0 ||
		    json_get_int(member, "node", where, &node[i].node, err) < 0)
			return ERR_INPUT;
		if (node[i].node < NODE_UNKNOWN || (i && node[i].node <= node[i - 1].node))
			return err_set(err, ERR_INPUT,
				       "%s: key '%s': nodes must ascend, from -1", where, "frames");
	}
	if (!count)
		return err_set(err, ERR_INPUT, "%s: key '%s' is empty", where, "frames");
	*ret_list = (struct node_bytes_list){ .node = node, .count = count };
	return 0;
}
