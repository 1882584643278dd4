/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_DISK_STATE_H
#define RUN_DISK_STATE_H
/*
 * What the disks of a machine are used for, by its sysfs, its mounts and its swaps.
 *
 *	struct disk_state *state = disk_states(root, &arena, &count);
 *
 * One row for each name in sys/block; texts are the arena's. Where the machine does not say (a capture
 * has no mounts) the use is DISK_UNKNOWN, never DISK_UNUSED. The first of the uses in the order of
 * enum disk_use is named.
 */
#include "harness/base/arena.h"
#include "harness/model/fence.h"
#include "harness/sys/sysroot.h"

struct disk_state *disk_states(struct sysroot *root, struct arena *arena, size_t *ret_count);

#endif
