/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SYS_DISK_H
#define SYS_DISK_H
/*
 * The door to files that must survive a power cut.
 *
 * disk_read_file	a whole file, at most `limit` bytes (ERR_INPUT beyond), into `out`
 * disk_read_open	the same of what is open: standard input may be a socket, which has no name to open
 * disk_exists		whether something has that name
 * disk_replace		write beside, fsync, rename over `name`, fsync the folder: a reader sees the old
 *			or the new content, never a part. Mode is 0644, or 0600 for DISK_PRIVATE. What is
 *			there and no plain file (a device, a pipe, a link) stays, ERR_INPUT
 * disk_make_folder	mkdir (parents must exist), fsync of the parent; ERR_BUSY when it is there
 * disk_sync_folder	fsync of the folder that holds `path`: a file made there by hand stays
 * disk_medium		what lies under a path: "ext4", "xfs", "tmpfs", "overlay", ... or "unknown"
 *
 * Errors name the path. ERR_FULL means that the device or quota is full.
 */
#include "harness/base/buf.h"
#include "harness/base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum disk_flags {
	DISK_PRIVATE = 1 << 0,
	DISK_NEW = 1 << 1,	/* refuse (ERR_BUSY) when `path` is already there */
};

int disk_read_file(const char *path, size_t limit, struct buf *out, struct err *err);
int disk_read_open(int fd, const char *path, size_t limit, struct buf *out, struct err *err);
bool disk_exists(const char *path);
int disk_replace(const char *path, const void *data, size_t size, unsigned int flags,
		 struct err *err);
int disk_make_folder(const char *path, struct err *err);
int disk_sync_folder(const char *path, struct err *err);
const char *disk_medium(const char *path);

/* Write all of it, going on after short writes and EINTR. 0 or -errno. */
int disk_write_all(int fd, const void *data, size_t size);

#endif
