/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files of the live machine or of a folder, through descriptors. Resolution stays below the
 * folder: by openat2(2) with RESOLVE_IN_ROOT where the kernel has it (Linux 5.6), else by the walk
 * of sysroot_walk.c. The live machine is the folder "/", where both mean the usual thing.
 */
#include "harness/base/auto.h"
#include "harness/sys/sysroot_parts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* linux/openat2.h came with Linux 5.6; the oldest systems built on have older headers. */
#ifndef SYS_openat2
#define SYS_openat2 437
#endif
enum { IN_ROOT = 0x10 };	/* RESOLVE_IN_ROOT */

struct how {			/* struct open_how */
	uint64_t flags, mode, resolve;
};

static int open_in_root(int fd, const char *path, int flags)
{
	struct how how = { .flags = (uint64_t)(unsigned int)flags, .resolve = IN_ROOT };
	long result = syscall(SYS_openat2, fd, path, &how, sizeof(how));

	return result < 0 ? -errno : (int)result;
}

bool sysroot_has_openat2(int fd)
{
	AUTO_FD int self = open_in_root(fd, ".", O_PATH | O_CLOEXEC);

	return self >= 0;
}

static int folder_open(const struct sysroot *root, const char *path, int flags)
{
	int fd = -EAGAIN;

	flags |= O_CLOEXEC;
	if (!*path)
		path = ".";
	if (!root->walk)
		fd = open_in_root(root->fd, path, flags);
	/* EAGAIN: something was renamed meanwhile, and the kernel could not be sure of "..". */
	if (fd == -EAGAIN)
		fd = sysroot_walk_open(root->fd, path, flags);
	return fd;
}

static int folder_kind(struct sysroot *root, const char *path, bool follow, mode_t *ret_mode)
{
	AUTO_FD int fd = folder_open(root, path, O_PATH | (follow ? 0 : O_NOFOLLOW));
	struct stat stat;

	if (fd < 0)
		return fd;
	if (fstat(fd, &stat) < 0)
		return -errno;
	*ret_mode = stat.st_mode;
	return 0;
}

/* The kernel log is the one device that is read: each read gives a record, and none waits. */
static bool is_kernel_log(const struct sysroot *root, const struct stat *stat)
{
	return root->live && S_ISCHR(stat->st_mode) && stat->st_rdev == makedev(1, 11);
}

/*
 * Opening a device or a pipe may do something or wait, so the kind is asked of an O_PATH
 * descriptor first and, against a swap in between, of the open file again.
 */
static int folder_open_file(struct sysroot *root, const char *path)
{
	AUTO_FD int look = folder_open(root, path, O_PATH);
	AUTO_FD int fd = -1;
	struct stat stat;

	if (look < 0)
		return look;
	if (fstat(look, &stat) < 0)
		return -errno;
	if (!S_ISREG(stat.st_mode) && !is_kernel_log(root, &stat))
		return S_ISDIR(stat.st_mode) ? -EISDIR : -EOPNOTSUPP;
	fd = folder_open(root, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return fd;
	if (fstat(fd, &stat) < 0)
		return -errno;
	return S_ISREG(stat.st_mode) || is_kernel_log(root, &stat) ? auto_take_fd(&fd)
								    : -EOPNOTSUPP;
}

static int folder_read(struct sysroot *root, const char *path, struct buf *out)
{
	enum { PIECE = 65536 };
	AUTO_FD int fd = folder_open_file(root, path);
	size_t start = out->size;

	if (fd < 0)
		return fd;
	while (out->size - start < SYSROOT_FILE_MAX) {
		size_t left = SYSROOT_FILE_MAX - (out->size - start);
		size_t wanted = left < PIECE ? left : PIECE;
		ssize_t got = read(fd, buf_room(out, wanted), wanted);

		/* EPIPE, of the kernel log: the oldest records were overwritten meanwhile. */
		if (got < 0 && (errno == EINTR || errno == EPIPE))
			continue;
		if (got < 0 && errno == EAGAIN && out->size > start)
			break;
		if (got < 0)
			return -errno;
		if (!got)
			break;
		buf_grown(out, (size_t)got);
	}
	return 0;
}

static int add_target(int fd, const char *path, struct buf *out)
{
	ssize_t size = readlinkat(fd, path, buf_room(out, PATH_MAX), PATH_MAX);

	if (size < 0)
		return errno == ENOENT ? -EINVAL : -errno;	/* no link: either, by kernel */
	buf_grown(out, (size_t)size);
	return 0;
}

static int folder_link(struct sysroot *root, const char *path, struct buf *out)
{
	AUTO_FD int fd = folder_open(root, path, O_PATH | O_NOFOLLOW);

	return fd < 0 ? fd : add_target(fd, "", out);
}

/*
 * Thousands of times in a row, so without a descriptor: the folders above are no links, and if one
 * became one meanwhile, what is told here is the kind of something outside, and nothing opens it.
 */
static int folder_look(struct sysroot *root, const char *path, mode_t *ret_mode, struct buf *target)
{
	struct stat stat;

	if (!*path)
		path = ".";
	if (fstatat(root->fd, path, &stat, AT_SYMLINK_NOFOLLOW) < 0)
		return -errno;
	*ret_mode = stat.st_mode;
	return S_ISLNK(stat.st_mode) ? add_target(root->fd, path, target) : 0;
}

static int folder_list(struct sysroot *root, const char *path, struct sysroot_names *names)
{
	int fd = folder_open(root, path, O_RDONLY | O_DIRECTORY | O_NONBLOCK);
	struct dirent *entry;
	DIR *dir;

	if (fd < 0)
		return fd;
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return -ENOMEM;
	}
	for (errno = 0; (entry = readdir(dir)) != NULL; errno = 0) {
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			sysroot_names_add(names, entry->d_name);
	}
	fd = -errno;
	closedir(dir);
	return fd;
}

const struct sysroot_door sysroot_folder_door = {
	.kind = folder_kind,
	.read = folder_read,
	.open = folder_open_file,
	.link = folder_link,
	.list = folder_list,
	.look = folder_look,
};
