/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sys/disk.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

int disk_read_open(int fd, const char *path, size_t limit, struct buf *out, struct err *err)
{
	size_t start = out->size;

	for (;;) {
		ssize_t got = read(fd, buf_room(out, 65536), 65536);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set_errno(err, errno, "cannot read '%s'", path);
		if (!got)
			return 0;
		buf_grown(out, (size_t)got);
		if (out->size - start > limit)
			return err_set(err, ERR_INPUT, "'%s' is larger than %zu bytes", path,
				       limit);
	}
}

int disk_read_file(const char *path, size_t limit, struct buf *out, struct err *err)
{
	AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return err_set_errno(err, errno, "cannot open '%s'", path);
	return disk_read_open(fd, path, limit, out, err);
}

bool disk_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

int disk_write_all(int fd, const void *data, size_t size)
{
	const char *at = data;

	while (size) {
		ssize_t written = write(fd, at, size);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -errno;
		at += written;
		size -= (size_t)written;
	}
	return 0;
}

/* The folder part of a path: "a/b" -> "a", "b" -> ".", "/b" -> "/". */
static char *folder_of(const char *path)
{
	char *folder = mem_strdup(path);
	char *slash = strrchr(folder, '/');

	if (!slash)
		memcpy(folder, ".", sizeof("."));
	else if (slash == folder)
		slash[1] = 0;
	else
		*slash = 0;
	return folder;
}

int disk_sync_folder(const char *path, struct err *err)
{
	AUTO_FREE char *folder = path[0] ? folder_of(path) : mem_strdup(".");
	AUTO_FD int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || fsync(fd) < 0)
		return err_set_errno(err, errno, "cannot sync folder '%s'", folder);
	return 0;
}

/* 0 or -errno. */
static int write_beside(const char *beside, const void *data, size_t size, unsigned int flags)
{
	AUTO_FD int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
			      flags & DISK_PRIVATE ? 0600 : 0644);
	int failed;

	if (fd < 0)
		return -errno;
	failed = disk_write_all(fd, data, size);
	if (!failed && fsync(fd) < 0)
		failed = -errno;
	if (failed)
		unlink(beside);
	return failed;
}

/*
 * In one step, so that nobody sees a part. A new name is refused where it is taken: by renameat2, or
 * by link() where the file system does not know that flag (FAT knows the flag, but no links).
 */
static int put_in_place(const char *beside, const char *path, unsigned int flags, struct err *err)
{
	int failed = 0;

	if (!(flags & DISK_NEW)) {
		if (rename(beside, path) < 0)
			return err_set_errno(err, errno, "cannot replace '%s'", path);
		return 0;
	}
	if (renameat2(AT_FDCWD, beside, AT_FDCWD, path, RENAME_NOREPLACE) < 0) {
		failed = errno;
		if ((failed == EINVAL || failed == ENOSYS) && link(beside, path) == 0)
			return unlink(beside) < 0 ? err_set_errno(err, errno, "cannot remove '%s'",
								  beside)
						  : 0;
		if (failed == EINVAL || failed == ENOSYS)
			failed = errno;
	}
	if (failed == EEXIST)
		return err_set(err, ERR_BUSY, "'%s' is already there", path);
	return failed ? err_set_errno(err, failed, "cannot create '%s'", path) : 0;
}

/* rename() would put a file where a device, a pipe or a link was, /dev/null of the machine itself. */
static int check_replaceable(const char *path, unsigned int flags, struct err *err)
{
	struct stat there;

	if (flags & DISK_NEW || lstat(path, &there) < 0 || S_ISREG(there.st_mode))
		return 0;
	return err_set(err, ERR_INPUT, "'%s' is there and is no plain file; choose another name", path);
}

int disk_replace(const char *path, const void *data, size_t size, unsigned int flags,
		 struct err *err)
{
	AUTO(buf_release) struct buf beside = BUF_INIT;
	int code = check_replaceable(path, flags, err);
	int failed;

	if (code < 0)
		return code;
	buf_addf(&beside, "%s.%d.new", path, (int)getpid());
	failed = write_beside(beside.data, data, size, flags);
	if (failed)
		return err_set_errno(err, -failed, "cannot write '%s'",
				     failed == -EEXIST ? beside.data : path);
	code = put_in_place(beside.data, path, flags, err);
	if (code < 0) {
		unlink(beside.data);
		return code;
	}
	return disk_sync_folder(path, err);
}

int disk_make_folder(const char *path, struct err *err)
{
	if (mkdir(path, 0755) < 0) {
		if (errno == EEXIST)
			return err_set(err, ERR_BUSY, "'%s' is already there", path);
		return err_set_errno(err, errno, "cannot make folder '%s'", path);
	}
	return disk_sync_folder(path, err);
}

const char *disk_medium(const char *path)
{
	/* Magic numbers of statfs(2) and linux/magic.h. */
	static const struct {
		unsigned long magic;
		const char *name;
	} medium[] = {
		{ 0xef53, "ext4" },	  { 0x58465342, "xfs" },   { 0x9123683e, "btrfs" },
		{ 0x01021994, "tmpfs" },  { 0x858458f6, "ramfs" }, { 0x794c7630, "overlay" },
		{ 0x6969, "nfs" },	  { 0x4d44, "vfat" },	   { 0x2011bab0, "exfat" },
		{ 0xf2f52010, "f2fs" },	  { 0x73717368, "squashfs" }, { 0x5346544e, "ntfs" },
		{ 0x65735546, "fuse" },	  { 0x01021997, "9p" },	   { 0x6a656a63, "fuse" },
		{ 0xff534d42, "cifs" },	  { 0x2fc12fc1, "zfs" },   { 0xca451a4e, "bcachefs" },
	};
	struct statfs stat;
	size_t i;

	if (statfs(path, &stat) < 0)
		return "unknown";
	for (i = 0; i < ARRAY_SIZE(medium); i++) {
		if ((unsigned long)stat.f_type == medium[i].magic)
			return medium[i].name;
	}
	return "unknown";
}
