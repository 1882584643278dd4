/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Opening a path below a folder without ever leaving it, one component at a time: what
 * RESOLVE_IN_ROOT of openat2(2) does, for kernels that lack it. Every component is opened with
 * O_NOFOLLOW from the descriptor of the folder above; a link is read and its target walked in its
 * place; ".." takes the descriptor before, and stays where it is at the top; '/' goes to the top.
 */
#include "harness/base/auto.h"
#include "harness/sys/sysroot_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	DEPTH_MAX = 64,
	LINKS_MAX = 40,		/* as the kernel */
};

struct walk {
	int fd[DEPTH_MAX];	/* the folders above; fd[0] is the caller's */
	int depth;
	int links;
	struct buf path;
	size_t at;		/* where the next component of `path` begins */
};

static void walk_up(struct walk *walk, int depth)
{
	while (walk->depth > depth)
		close(walk->fd[walk->depth--]);
}

static void walk_release(struct walk *walk)
{
	walk_up(walk, 0);
	buf_release(&walk->path);
}

/* Go on with the target of the link `fd`, then with what stands behind the link. */
static int walk_link(struct walk *walk, int fd)
{
	AUTO(buf_release) struct buf target = BUF_INIT;
	ssize_t size = readlinkat(fd, "", buf_room(&target, PATH_MAX), PATH_MAX);

	if (size <= 0)
		return size < 0 ? -errno : -ENOENT;
	if (++walk->links > LINKS_MAX)
		return -ELOOP;
	buf_grown(&target, (size_t)size);
	if (target.data[0] == '/')
		walk_up(walk, 0);
	buf_adds(&target, walk->path.data + walk->at);
	if (target.size >= 2 * PATH_MAX)
		return -ENAMETOOLONG;
	buf_reset(&walk->path);
	buf_add(&walk->path, target.data, target.size);
	walk->at = 0;
	return 0;
}

/* One component. *ret_fd is set when it was the last one. */
static int walk_name(struct walk *walk, const char *name, int flags, int *ret_fd)
{
	bool last = !walk->path.data[walk->at];
	AUTO_FD int fd = openat(walk->fd[walk->depth], name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	struct stat stat;

	if (fd < 0 || fstat(fd, &stat) < 0)
		return -errno;
	if (S_ISLNK(stat.st_mode) && !(last && flags & O_NOFOLLOW))
		return walk_link(walk, fd);
	if (last) {
		*ret_fd = openat(walk->fd[walk->depth], name, flags | O_NOFOLLOW);
		return *ret_fd < 0 ? -errno : 0;
	}
	if (!S_ISDIR(stat.st_mode))
		return -ENOTDIR;
	if (walk->depth + 1 == DEPTH_MAX)
		return -ENAMETOOLONG;
	walk->fd[++walk->depth] = auto_take_fd(&fd);
	return 0;
}

int sysroot_walk_open(int fd, const char *path, int flags)
{
	AUTO(walk_release) struct walk walk = { .fd = { fd }, .path = BUF_INIT };
	int result = -1;
	int code = 0;

	buf_adds(&walk.path, path);
	while (!code && result < 0) {
		char name[NAME_MAX + 1];
		const char *at = walk.path.data + walk.at;
		size_t slashes = strspn(at, "/");
		size_t length = strcspn(at + slashes, "/");

		if (length > NAME_MAX)
			return -ENAMETOOLONG;
		memcpy(name, at + slashes, length);
		name[length] = 0;
		walk.at += slashes + length;
		if (!length) {		/* the end, in a folder */
			result = openat(walk.fd[walk.depth], ".", flags);
			code = result < 0 ? -errno : 0;
		} else if (!strcmp(name, "..")) {
			walk_up(&walk, walk.depth ? walk.depth - 1 : 0);
		} else if (strcmp(name, ".")) {
			code = walk_name(&walk, name, flags, &result);
		}
	}
	return code ? code : result;
}
