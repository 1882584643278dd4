/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_LATENCY_H
#define MODEL_LATENCY_H
/*
 * How long the requests of a step took, a row for each kind of request: the key `latency` of an outcome
 * and of a step-end frame. Steps that make no requests have none. A quantile is the least bound
 * of the kernels' histogram (an eighth of a power of two) that so many requests did not exceed.
 */
#include "harness/base/arena.h"
#include "harness/base/err.h"
#include "harness/base/json.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

/* A request that takes longer stalled. */
#define LATENCY_STALL_NS INT64_C(1000000000)

struct latency_row {
	const char *request;		/* "read", "write", "sync" */
	uint64_t count;
	int64_t p50_ns, p99_ns, p999_ns;
	int64_t max_ns;			/* exact; */
	uint64_t max_at;		/* the byte at which that request began */
	uint64_t stalls;		/* how many stalled; of a sync nobody says so */
};

struct latency_list {
	const struct latency_row *row;	/* in ascending order of the request's name */
	size_t count;
};

/* The member `latency`; nothing at all when the list is empty. */
void latency_write(struct json_writer *w, const struct latency_list *list);
int latency_read(const json_t *object, const char *where, struct arena *arena,
		 struct latency_list *ret_list, struct err *err);

#endif
