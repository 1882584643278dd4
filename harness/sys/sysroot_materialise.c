/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A private copy of a part of a captured root, for libraries that open paths themselves and would
 * follow an absolute link out of it. Files stand where they really are; every link crossed is made
 * anew, relative, to where it really leads; what leads nowhere below the root is left out. The files
 * of a captured folder need no copy: a link leads to each, and one alone to a folder that holds
 * nothing but folders and files, at any depth. (The topology of 128 processors is four thousand.)
 * sysroot_place.c keeps the private folders.
 */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/base/text.h"
#include "harness/sys/disk.h"
#include "harness/sys/sysroot_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How many "../" lead from the folder of `path` to the root. */
static void add_ups(struct buf *out, const char *path)
{
	for (; *path; path++) {
		if (*path == '/')
			buf_adds(out, "../");
	}
}

struct copying {
	struct sysroot *root;
	int fd;
	int failed;		/* -errno of the first thing that could not be written */
	/* Of the path before: its folder as it was written, and where that really is. */
	struct buf folder, real_folder;
	struct buf link, link_real;	/* the link that was copied last, and where it leads */
	struct buf root_path;	/* of a folder, without links; empty of a capture file */
	struct sysroot_names linked;	/* folders that one link leads to */
	struct sysroot_known known;
};

static size_t folder_size(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) : 0;
}

static bool is_folder_of(const struct buf *folder, const char *path)
{
	return folder->size == folder_size(path) && !memcmp(folder->data, path, folder->size);
}

/* The folders above `path`, which mostly are there: only when something could not be put there. */
static int make_folders(const struct copying *copying, const char *path)
{
	const char *slash;

	for (slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		AUTO(buf_release) struct buf part = BUF_INIT;

		buf_add(&part, path, (size_t)(slash - path));
		if (mkdirat(copying->fd, part.data, 0700) < 0 && errno != EEXIST)
			return -errno;
	}
	return 0;
}

static int put_folder(const struct copying *copying, const char *path)
{
	int code = mkdirat(copying->fd, path, 0700) < 0 ? -errno : 0;

	if (code == -ENOENT) {
		code = make_folders(copying, path);
		if (!code && mkdirat(copying->fd, path, 0700) < 0)
			code = -errno;
	}
	return code == -EEXIST ? 0 : code;
}

/* -EEXIST where something is already. */
static int put_link(const struct copying *copying, const char *path, const char *target)
{
	int code = symlinkat(target, copying->fd, path) < 0 ? -errno : 0;

	if (code == -ENOENT) {
		code = make_folders(copying, path);
		if (!code && symlinkat(target, copying->fd, path) < 0)
			code = -errno;
	}
	return code;
}

static void copy_link(void *context, const char *path, const char *target)
{
	struct copying *copying = context;
	const struct sysroot_trace on = { .known = &copying->known };
	AUTO(buf_release) struct buf relative = BUF_INIT;
	int code;

	(void)target;		/* where it leads counts, not how that is written */
	if (!strcmp(copying->link.data, path))
		return;
	buf_reset(&copying->link);
	if (sysroot_trace(copying->root, path, &on, &copying->link_real) < 0)
		return;
	buf_adds(&copying->link, path);
	add_ups(&relative, path);
	buf_adds(&relative, copying->link_real.size ? copying->link_real.data : ".");
	code = put_link(copying, path, relative.data);
	if (!copying->failed && code != -EEXIST)
		copying->failed = code;
}

/* As sysroot_trace; the links on the way are copied. What hangs on one link comes together. */
static int trace_all(struct copying *copying, const char *path, struct buf *real)
{
	const struct sysroot_trace links = { .link = copy_link, .context = copying,
					      .known = &copying->known };

	if (!*path || strcmp(copying->link.data, path) != 0)
		return sysroot_trace(copying->root, path, &links, real);
	buf_reset(real);
	buf_add(real, copying->link_real.data, copying->link_real.size);
	return 0;
}

static int write_file(const struct copying *copying, const char *path, const struct buf *content)
{
	enum { FLAGS = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC };
	AUTO_FD int file = openat(copying->fd, path, FLAGS, 0600);

	if (file < 0 && errno == ENOENT) {
		int code = make_folders(copying, path);

		if (code < 0)
			return code;
		file = openat(copying->fd, path, FLAGS, 0600);
	}
	if (file < 0)
		return errno == EEXIST ? 0 : -errno;
	return disk_write_all(file, content->data, content->size);
}

/*
 * Thousands of files lie in few folders, and neighbours come one after the other: the way to a
 * folder is traced once.
 */
static int trace_folder(struct copying *copying, const char *path)
{
	AUTO(buf_release) struct buf folder = BUF_INIT;
	int code;

	if (copying->folder.size && is_folder_of(&copying->folder, path))
		return 0;
	buf_reset(&copying->folder);
	buf_add(&folder, path, folder_size(path));
	code = trace_all(copying, folder.data, &copying->real_folder);
	if (!code)
		buf_add(&copying->folder, folder.data, folder.size);
	return code;
}

/* Where `path` really is and what is there; the links on the way are copied. */
static int trace_path(struct copying *copying, const char *path, struct buf *real, mode_t *ret_mode)
{
	const struct sysroot_door *door = copying->root->door;
	AUTO(buf_release) struct buf target = BUF_INIT;
	size_t size = folder_size(path);
	int code = trace_folder(copying, path);

	if (code < 0)
		return code;
	buf_addf(real, "%s%s%s", copying->real_folder.data, copying->real_folder.size ? "/" : "",
		 path + size + (path[size] == '/'));
	code = door->look(copying->root, real->data, ret_mode, &target);
	if (code < 0 || !S_ISLNK(*ret_mode))
		return code;
	copy_link(copying, real->data, target.data);
	code = trace_all(copying, copying->link.size ? copying->link.data : path, real);
	return code < 0 ? code : door->look(copying->root, real->data, ret_mode, &target);
}

/* Whether it is there already: what is below a linked folder is the root itself, not ours to write. */
static bool is_linked(const struct copying *copying, const char *path)
{
	size_t i;

	for (i = 0; i < copying->linked.count; i++) {
		size_t size = strlen(copying->linked.name[i]);

		if (!strncmp(path, copying->linked.name[i], size) &&
		    (!path[size] || path[size] == '/'))
			return true;
	}
	return false;
}

static int link_file(const struct copying *copying, const char *path)
{
	AUTO(buf_release) struct buf target = BUF_INIT;
	int code;

	buf_addf(&target, "%s/%s", copying->root_path.data, path);
	code = put_link(copying, path, target.data);
	return code == -EEXIST ? 0 : code;
}

/* What cannot be read is left out: a library shall not take an empty file for an answer. */
static int copy_file(struct copying *copying, const char *path)
{
	AUTO(buf_release) struct buf content = BUF_INIT;

	if (copying->root_path.size)
		return link_file(copying, path);
	if (copying->root->door->read(copying->root, path, &content) < 0)
		return 0;
	return write_file(copying, path, &content);
}

static int copy_path(struct copying *copying, const char *path)
{
	AUTO(buf_release) struct buf real = BUF_INIT;
	mode_t mode;
	int code = 0;

	if (trace_path(copying, path, &real, &mode) < 0 || is_linked(copying, real.data))
		return copying->failed;
	if (S_ISDIR(mode))
		code = put_folder(copying, real.data);
	else if (S_ISREG(mode))
		code = copy_file(copying, real.data);
	return code ? code : copying->failed;
}

/* --- folders without links --------------------------------------------------------------------- */

enum { DEPTH_MAX = 16 };

/* The path of the root without links; the kernel's slow name of our descriptor where it has none. */
static void add_root_path(const struct sysroot *root, struct buf *out)
{
	char name[32], path[PATH_MAX];
	struct stat named, ours;
	ssize_t size;

	snprintf(name, sizeof(name), "/proc/self/fd/%d", root->fd);
	size = readlink(name, path, sizeof(path) - 1);
	path[size < 0 ? 0 : size] = 0;
	if (size > 0 && stat(path, &named) == 0 && fstat(root->fd, &ours) == 0 &&
	    named.st_dev == ours.st_dev && named.st_ino == ours.st_ino)
		buf_adds(out, path);
	else
		buf_adds(out, name);
}

/* Whether nothing of the folder is left to copy. */
static bool link_folder(struct copying *copying, const char *path)
{
	const struct sysroot_trace on = { .known = &copying->known };
	AUTO(buf_release) struct buf target = BUF_INIT;
	AUTO(buf_release) struct buf real = BUF_INIT;

	if (is_linked(copying, path))
		return true;
	if (sysroot_trace(copying->root, path, &on, &real) < 0 || strcmp(real.data, path) != 0 ||
	    !sysroot_is_plain(copying->root->fd, path))
		return false;
	buf_addf(&target, "%s/%s", copying->root_path.data, path);
	if (put_link(copying, path, target.data) < 0)
		return false;
	sysroot_names_add(&copying->linked, path);
	return true;
}

static bool link_matches(struct copying *copying, const char *glob)
{
	AUTO(sysroot_names_release) struct sysroot_names paths = { .count = 0 };
	const char *const globs[] = { glob, NULL };
	bool all = true;
	size_t i;

	sysroot_expand_all(copying->root, globs, &paths);
	for (i = 0; i < paths.count; i++)
		all = link_folder(copying, paths.name[i]) && all;
	return all;
}

/* Length of the folder above the first component with a wildcard, at `from` or behind; 0: none. */
static size_t folder_before_wildcard(const char *glob, size_t from)
{
	size_t size = from + strcspn(glob + from, "*?[");

	if (!glob[size])
		return 0;
	while (size && glob[size] != '/')
		size--;
	return size;
}

struct linking {
	struct buf tried;	/* the glob of folders that was tried last, for neighbours share it */
	bool all;		/* whether links lead to all that it matches */
};

static bool try_folders(struct copying *copying, struct linking *linking, const char *glob,
			size_t size)
{
	if (linking->tried.size == size && !memcmp(linking->tried.data, glob, size))
		return linking->all;
	buf_reset(&linking->tried);
	buf_add(&linking->tried, glob, size);
	linking->all = link_matches(copying, linking->tried.data);
	return linking->all;
}

/* The folder before the first wildcard, else those before the second: of processors, say. */
static bool link_glob(struct copying *copying, struct linking *linking, const char *glob)
{
	size_t first = folder_before_wildcard(glob, 0);
	size_t second = first ? first + 1 + strcspn(glob + first + 1, "/") : 0;

	if (!first || !text_starts(glob, "sys/"))
		return false;
	if (try_folders(copying, &linking[0], glob, first))
		return true;
	second = glob[second] ? folder_before_wildcard(glob, second) : 0;
	return second && try_folders(copying, &linking[1], glob, second);
}

/*
 * Link folders; returns those of the globs whose matches are still to be copied. A strict root shall
 * show what its globs name and nothing beside.
 */
static const char **link_folders(struct copying *copying, const char *const *globs)
{
	struct linking linking[] = { { .tried = BUF_INIT }, { .tried = BUF_INIT } };
	const char **left = mem_zalloc(sizeof(*left));
	size_t capacity = 1, count = 0;
	bool may = copying->root_path.size && !copying->root->strict;

	for (; *globs; globs++) {
		if (may && link_glob(copying, linking, *globs))
			continue;
		left = mem_grow(left, &capacity, count + 2, sizeof(*left));
		left[count++] = *globs;
		left[count] = NULL;
	}
	buf_release(&linking[0].tried);
	buf_release(&linking[1].tried);
	return left;
}

static int copy_all(struct copying *copying, const char *const *globs, struct err *err)
{
	AUTO(sysroot_names_release) struct sysroot_names paths = { .count = 0 };
	AUTO_FREE const char **left = NULL;
	size_t i;

	for (i = 0; globs[i]; i++) {
		if (sysroot_allow_glob(copying->root, globs[i], err) < 0)
			return ERR_INTERNAL;
	}
	left = link_folders(copying, globs);
	/* A folder that may not be listed holds nothing that could be copied. */
	sysroot_expand_all(copying->root, left, &paths);
	for (i = 0; i < paths.count; i++) {
		int code = copy_path(copying, paths.name[i]);

		if (code < 0)
			return err_set_errno(err, -code, "cannot copy '%s' below '%s'",
					     paths.name[i], sysroot_place_name());
	}
	return 0;
}

const char *sysroot_materialise(struct sysroot *root, const char *const *globs, struct err *err)
{
	struct copying copying = { .root = root, .folder = BUF_INIT, .real_folder = BUF_INIT,
				   .link = BUF_INIT, .link_real = BUF_INIT,
				   .root_path = BUF_INIT };
	struct sysroot_folder *folder;
	int code;

	if (root->live)
		return "/";
	folder = sysroot_place_make(root, err);
	if (!folder)
		return NULL;
	copying.fd = folder->fd;
	if (root->fd >= 0)
		add_root_path(root, &copying.root_path);
	sysroot_known_init(&copying.known);
	code = copy_all(&copying, globs, err);
	buf_release(&copying.folder);
	buf_release(&copying.real_folder);
	buf_release(&copying.link);
	buf_release(&copying.link_real);
	buf_release(&copying.root_path);
	sysroot_names_release(&copying.linked);
	sysroot_known_release(&copying.known);
	return code < 0 ? NULL : folder->path;
}
