/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_DISK_FILE_H
#define STRESS_DISK_FILE_H
/*
 * A nameless file in a scratch folder, or a disk, read and written past the page cache.
 *
 *	disk_file_check_medium	refuses (ERR_UNSUPPORTED) what is no local disk
 *	disk_file_open		O_DIRECT or refused; `block` is what offsets, sizes and addresses
 *				must be multiples of: what the kernel says, at least 4096
 *	disk_file_open_kept	the same with a name, which may be there already and stays
 *	disk_file_adopt		a disk that is open O_DIRECT already, and stays its owner's
 *	disk_file_write, _read	one whole range; a short one is an error
 *	disk_file_write_through	the same, and it is on the medium when it returns (FUA, or a sync)
 *	disk_file_settle	fdatasync, and nothing of it left in the page cache
 *	disk_file_discard	a disk may forget the range (TRIM); of a file in a self-test the range
 *				becomes a hole. DISK_FILE_CANNOT: the device does not do it, or refused it
 *	disk_file_set_cached	from now on through the page cache, in any number of bytes, or not
 *
 *	disk_file_forget	before a read: what the buffer held, so that a request which brings nothing
 *				is not taken for one that brought the same
 *
 * These return DISK_FILE_FAILED when it is the disk that did not do it: `errno_value` says
 * how. An error is everything else: no space, no permission, a file system that was closed.
 *
 * disk_file_read makes sure, before it reads, that the page cache holds nothing of the range: what
 * comes then comes from the device (or its own cache). With `any_medium` (self-tests) a file system
 * without O_DIRECT is read and written through the cache, and nothing is refused.
 */
#include "harness/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DISK_FILE_FAILED = 1, DISK_FILE_CANNOT = 2 };

struct disk_file {
	int fd;
	size_t block;
	size_t sector;		/* what one request must be a multiple of: it divides `block` */
	bool any_medium;
	bool is_direct;		/* disk_file_set_cached keeps it */
	uint64_t requests;	/* the kernel's name for those of disk_queue.h, or 0 */
	int errno_value;	/* of the last DISK_FILE_FAILED */
};

int disk_file_check_medium(int folder_fd, bool any_medium, struct err *err);
int disk_file_open(struct disk_file *file, int folder_fd, bool any_medium, struct err *err);
int disk_file_open_kept(struct disk_file *file, int folder_fd, const char *name, bool any_medium,
			struct err *err);
void disk_file_adopt(struct disk_file *file, int fd);
int disk_file_write(struct disk_file *file, const void *data, size_t size, uint64_t at,
		    struct err *err);
int disk_file_read(struct disk_file *file, void *data, size_t size, uint64_t at, struct err *err);
int disk_file_write_through(struct disk_file *file, const void *data, size_t size, uint64_t at,
			    struct err *err);
int disk_file_discard(struct disk_file *file, size_t size, uint64_t at, struct err *err);
int disk_file_set_cached(struct disk_file *file, bool cached, struct err *err);
int disk_file_settle(struct disk_file *file, struct err *err);
void disk_file_forget(void *data, size_t size);
void disk_file_close(struct disk_file *file);

/* For disk_queue.h: nothing of the range is in the page cache; is that errno the disk's own failure? */
int disk_file_ready(const struct disk_file *file, size_t size, uint64_t at, struct err *err);
bool disk_file_failed(struct disk_file *file, int errno_value);

#endif
