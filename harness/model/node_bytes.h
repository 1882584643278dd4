/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_NODE_BYTES_H
#define MODEL_NODE_BYTES_H
/*
 * Distinct physical memory that a step verified, by NUMA node: the key `frames` of an outcome, of a
 * step-end frame and of a certificate's item. No nodes: the machine showed no frame numbers, and
 * what was verified is known by virtual address only.
 */
#include "harness/base/arena.h"
#include "harness/base/err.h"
#include "harness/base/json.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#define NODE_UNKNOWN (-1)

struct node_bytes {
	int64_t node;	/* or NODE_UNKNOWN */
	uint64_t bytes;
};

struct node_bytes_list {
	const struct node_bytes *node;	/* ascending */
	size_t count;
};

/* All nodes together; saturated. */
uint64_t node_bytes_sum(const struct node_bytes_list *list);
/* The member `frames`; nothing at all when the list is empty. */
void node_bytes_write(struct json_writer *w, const struct node_bytes_list *list);
int node_bytes_read(const json_t *object, const char *where, struct arena *arena,
		    struct node_bytes_list *ret_list, struct err *err);

#endif
