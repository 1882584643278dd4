/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/json_read.h"
#include "harness/model/delta.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_one(const char *text, size_t size, struct inventory *inventory)
{
	json_t *root = json_read(text, size, "fuzz", NULL);

	if (root)
		inventory_read(root, "fuzz", inventory, NULL);
	json_decref(root);
}

static enum deltas_answer compare(const struct inventory *was, const struct inventory *now)
{
	struct deltas deltas = DELTAS_INIT;
	struct buf out = BUF_INIT;
	const struct delta *delta;
	enum deltas_answer answer;

	deltas_make(was, now, &deltas);
	answer = deltas_answer(&deltas);
	for (delta = deltas.delta; delta; delta = delta->next)
		delta_sentence(delta, &out);
	buf_release(&out);
	deltas_release(&deltas);
	return answer;
}

/* One or two inventories, a line each: none differs from itself, and any two can be compared. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	const char *end = size ? memchr(text, '\n', size) : NULL;
	size_t first = end ? (size_t)(end - text) : size;
	struct inventory was = INVENTORY_INIT, now = INVENTORY_INIT, bom = INVENTORY_INIT;

	read_one(text, first, &was);
	read_one(text + first, size - first, &now);
	bom_make(&was, NULL, &bom);
	if (compare(&was, &was) == DELTAS_DIFFERENT)
		abort();
	compare(&was, &now);
	compare(&bom, &now);
	inventory_release(&was);
	inventory_release(&now);
	inventory_release(&bom);
	return 0;
}
