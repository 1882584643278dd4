/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_FRAMES_H
#define RUN_FRAMES_H
/*
 * Which page frames of the machine a stretch of this process's memory lies in, as a set.
 *
 *	set = frames_new(&err);
 *	frames_add(set, memory, size);		any number of times
 *	frames_meet(set, other);		only those that are in both
 *	bytes = frames_by_node(set, root, node, FRAMES_NODES, &count);
 *	frames_free(set);
 *
 * A frame counts once however often it is mapped. frames_add is false, and the set is worth nothing,
 * when the kernel does not show frame numbers (CAP_SYS_ADMIN is missing, no pagemap). Not shared
 * between threads.
 */
#include "harness/base/err.h"
#include "harness/model/node_bytes.h"
#include "harness/sys/sysroot.h"

#include <stdbool.h>
#include <stddef.h>

enum { FRAMES_NODES = 64 };

struct frames;

struct frames *frames_new(struct err *err);
bool frames_add(struct frames *set, const void *memory, size_t size);
void frames_meet(struct frames *set, const struct frames *other);
/* At most `most` nodes, ascending; what the kernel gives no node is NODE_UNKNOWN's. */
size_t frames_by_node(const struct frames *set, struct sysroot *root, struct node_bytes *node,
		      size_t most);
/* How much of it lies in these physical addresses, the last one included. */
uint64_t frames_within(const struct frames *set, uint64_t first, uint64_t last);
struct frames *frames_free(struct frames *set);

#endif
