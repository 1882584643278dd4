/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_MOUNTS_H
#define RUN_MOUNTS_H
/*
 * Is any file system mounted that could be written to a disk or a server? For tests that may flip bits of
 * memory that is not their own: what is in memory of such a file system would be written there later.
 *
 *	where = mounts_writable(root, &arena);	"/home", or NULL
 *
 * What lives in memory alone (tmpfs, proc, sysfs ...) does not count, nor does what is read-only as a
 * whole: a mount that is read-only of a file system that is not counts. Where the mounts cannot be
 * read, that is said: "?".
 */
#include "harness/base/arena.h"
#include "harness/sys/sysroot.h"

const char *mounts_writable(struct sysroot *root, struct arena *arena);

#endif
