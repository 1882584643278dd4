/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/disk_file.h"

#include "harness/base/auto.h"
#include "harness/sys/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
	BLOCK_AT_LEAST = 4096,
	BLOCK_AT_MOST = 1 << 16,
	/* statx(2) since Linux 6.1, which older headers do not know: mask and offsets */
	DIOALIGN_MASK = 0x2000,
	DIOALIGN_MEMORY = 152,
	DIOALIGN_OFFSET = 156,
	STATX_SIZE = 256,
};

#define FILE_NAME "disk.verify"

int disk_file_check_medium(int folder_fd, bool any_medium, struct err *err)
{
	static const char *const local[] = { "ext4", "xfs",   "btrfs",   "f2fs",
					     "vfat", "exfat", "bcachefs" };
	char path[32];
	const char *medium;
	size_t i;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", folder_fd);
	medium = disk_medium(path);
	for (i = 0; i < ARRAY_SIZE(local); i++) {
		if (any_medium || !strcmp(medium, local[i]))
			return 0;
	}
	return err_set(
		err, ERR_UNSUPPORTED,
		"the scratch folder lies on '%s', which is no local disk that can be read past "
		"the page cache; choose a folder on ext4, xfs, btrfs, f2fs, vfat or exfat",
		medium);
}

/*
 * What direct access must be aligned to: `sector` is the least, `block` what blocks lie at; 4096 is a
 * multiple of every smaller sector. Where the kernel does not say, a block is taken for the least.
 */
static void ask_alignment(struct disk_file *file)
{
	unsigned char answer[STATX_SIZE] = { 0 };
	uint32_t mask, memory, offset;
	int sector;

	file->block = BLOCK_AT_LEAST;
	file->sector = ioctl(file->fd, BLKSSZGET, &sector) ? BLOCK_AT_LEAST : (size_t)sector;
	if (syscall(SYS_statx, file->fd, "", AT_EMPTY_PATH, DIOALIGN_MASK, answer))
		return;
	memcpy(&mask, answer, sizeof(mask));
	memcpy(&memory, answer + DIOALIGN_MEMORY, sizeof(memory));
	memcpy(&offset, answer + DIOALIGN_OFFSET, sizeof(offset));
	if (!(mask & DIOALIGN_MASK) || !memory || !offset)
		return;
	file->sector = memory > offset ? memory : offset;
	while (file->block < BLOCK_AT_MOST && file->block < file->sector)
		file->block *= 2;
}

static int open_direct(struct disk_file *file, int folder_fd, const char *name, int flags,
		       struct err *err)
{
	file->fd = openat(folder_fd, name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, 0600);
	if (file->fd < 0)
		return err_set_errno(err, errno, "cannot create '%s' in the scratch folder", name);
	if (flags & O_EXCL)
		unlinkat(folder_fd, name, 0);
	/* Not when it is opened: where it is refused (tmpfs before Linux 6.6) the file stays behind. */
	if (fcntl(file->fd, F_SETFL, O_DIRECT) && !file->any_medium)
		return err_set(err, ERR_UNSUPPORTED,
			       "the file system of the scratch folder cannot be read past the page "
			       "cache (O_DIRECT); choose a folder on another one");
	ask_alignment(file);
	return 0;
}

int disk_file_open(struct disk_file *file, int folder_fd, bool any_medium, struct err *err)
{
	*file = (struct disk_file){ .any_medium = any_medium };
	return open_direct(file, folder_fd, FILE_NAME, O_EXCL, err);
}

int disk_file_open_kept(struct disk_file *file, int folder_fd, const char *name, bool any_medium,
			struct err *err)
{
	*file = (struct disk_file){ .any_medium = any_medium };
	return open_direct(file, folder_fd, name, 0, err);
}

void disk_file_adopt(struct disk_file *file, int fd)
{
	*file = (struct disk_file){ .fd = fd };
	ask_alignment(file);
}

/* What the kernel makes of an answer of a disk, or of none (block/blk-core.c, blk_errors). */
bool disk_file_failed(struct disk_file *file, int errno_value)
{
	static const int number[] = { EIO,	ENODATA, EILSEQ, EREMOTEIO,
				      ETIMEDOUT, ENOLINK, ENODEV, ENXIO };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(number); i++) {
		if (errno_value != number[i])
			continue;
		file->errno_value = errno_value;
		return true;
	}
	return false;
}

static int take_written(struct disk_file *file, ssize_t written, size_t size, uint64_t at,
			struct err *err)
{
	if (written < 0 && disk_file_failed(file, errno))
		return DISK_FILE_FAILED;
	if (written < 0)
		return err_set_errno(err, errno, "cannot write the scratch file at byte %llu",
				     (unsigned long long)at);
	if ((size_t)written != size)
		return err_set(err, ERR_FULL, "the scratch file took %zd of %zu bytes at byte %llu",
			       written, size, (unsigned long long)at);
	return 0;
}

int disk_file_write(struct disk_file *file, const void *data, size_t size, uint64_t at,
		    struct err *err)
{
	ssize_t written;

	do {
		written = pwrite(file->fd, data, size, (off_t)at);
	} while (written < 0 && errno == EINTR);
	return take_written(file, written, size, at, err);
}

int disk_file_write_through(struct disk_file *file, const void *data, size_t size, uint64_t at,
			    struct err *err)
{
	const struct iovec piece = { .iov_base = (void *)(uintptr_t)data, .iov_len = size };
	ssize_t written;
	int code;

	do {
		written = pwritev2(file->fd, &piece, 1, (off_t)at, RWF_DSYNC);
	} while (written < 0 && errno == EINTR);
	if (written >= 0 || (errno != EOPNOTSUPP && errno != ENOSYS))
		return take_written(file, written, size, at, err);
	code = disk_file_write(file, data, size, at, err);
	return code ? code : disk_file_settle(file, err);
}

int disk_file_discard(struct disk_file *file, size_t size, uint64_t at, struct err *err)
{
	const uint64_t range[] = { at, size };
	int failed = ioctl(file->fd, BLKDISCARD, range) ? errno : 0;

	if (failed == ENOTTY && file->any_medium)
		failed = fallocate(file->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)at,
				   (off_t)size)
				 ? errno
				 : 0;
	if (!failed)
		return 0;
	/* EREMOTEIO: the device refused a command that it says it knows; the kernel sends no more then. */
	if (failed == ENOTTY || failed == EOPNOTSUPP || failed == EREMOTEIO)
		return DISK_FILE_CANNOT;
	if (disk_file_failed(file, failed))
		return DISK_FILE_FAILED;
	return err_set_errno(err, failed, "cannot discard %zu bytes of the disk at byte %llu", size,
			     (unsigned long long)at);
}

int disk_file_set_cached(struct disk_file *file, bool cached, struct err *err)
{
	int flags = fcntl(file->fd, F_GETFL);

	if (cached)
		file->is_direct = flags >= 0 && (flags & O_DIRECT);
	if (!file->is_direct)
		return 0;
	flags = cached ? flags & ~O_DIRECT : flags | O_DIRECT;
	return fcntl(file->fd, F_SETFL, flags)
		       ? err_set_errno(err, errno, "cannot read the disk through the page cache")
		       : 0;
}

/* Is any page of the range in the page cache? */
static int is_cached(const struct disk_file *file, size_t size, uint64_t at, struct err *err)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	uint64_t start = at / page * page;
	size_t length = (size_t)(at - start) + size, i;
	AUTO_FREE unsigned char *there = calloc(length / page + 1, 1);
	void *map = mmap(NULL, length, PROT_READ, MAP_SHARED, file->fd, (off_t)start);
	int cached = 0, failed;

	if (map == MAP_FAILED || !there)
		return err_set_errno(err, errno, "cannot map the scratch file");
	failed = mincore(map, length, there) ? errno : 0;
	munmap(map, length);
	if (failed)
		return err_set_errno(err, failed, "cannot ask the page cache for the scratch file");
	for (i = 0; i < (length + page - 1) / page; i++)
		cached |= there[i] & 1;
	return cached;
}

/* Of a page that it is asked to drop in part the kernel drops nothing: a block may be less than a page. */
static int drop_cache(const struct disk_file *file, size_t size, uint64_t at, struct err *err)
{
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE), start = at / page * page;
	uint64_t end = (at + size + page - 1) / page * page;
	int cached = is_cached(file, size, at, err);

	if (cached <= 0)
		return cached;
	posix_fadvise(file->fd, (off_t)start, (off_t)(end - start), POSIX_FADV_DONTNEED);
	cached = is_cached(file, size, at, err);
	return cached <= 0
		       ? cached
		       : err_set(err, ERR_UNSUPPORTED,
				 "the file system keeps the scratch file in memory although it was "
				 "opened O_DIRECT; choose a folder on another one");
}

int disk_file_ready(const struct disk_file *file, size_t size, uint64_t at, struct err *err)
{
	return file->any_medium ? 0 : drop_cache(file, size, at, err);
}

void disk_file_forget(void *data, size_t size)
{
	memset(data, 0x5a, size);
}

int disk_file_read(struct disk_file *file, void *data, size_t size, uint64_t at, struct err *err)
{
	ssize_t got;
	int code = disk_file_ready(file, size, at, err);

	if (code < 0)
		return code;
	do {
		got = pread(file->fd, data, size, (off_t)at);
	} while (got < 0 && errno == EINTR);
	if (got < 0 && disk_file_failed(file, errno))
		return DISK_FILE_FAILED;
	if (got < 0)
		return err_set_errno(err, errno, "cannot read the scratch file at byte %llu",
				     (unsigned long long)at);
	if ((size_t)got != size)
		return err_set(err, ERR_IO, "the scratch file gave %zd of %zu bytes at byte %llu",
			       got, size, (unsigned long long)at);
	return 0;
}

int disk_file_settle(struct disk_file *file, struct err *err)
{
	int failed = fdatasync(file->fd) < 0 ? errno : 0;

	if (failed && disk_file_failed(file, failed))
		return DISK_FILE_FAILED;
	if (failed)
		return err_set_errno(err, failed, "cannot sync the scratch file");
	posix_fadvise(file->fd, 0, 0, POSIX_FADV_DONTNEED);
	return 0;
}

void disk_file_close(struct disk_file *file)
{
	close(file->fd);
	file->fd = -1;
}
