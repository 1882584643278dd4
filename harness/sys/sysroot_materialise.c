/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A private copy of a part of a captured root, for libraries that open paths themselves and would
 * follow an absolute link out of it. Files are copied to where they really are; every link crossed
 * is made anew, relative, to where it really leads; what leads nowhere below the root is left out.
 * A folder of a plain root that holds nothing but folders and files, at any depth, needs no copy:
 * one link leads to it. (The topology of 128 processors is four thousand files.)
 *
 * The folders are cuihuo-root.OWNER.XXXXXX below /dev/shm, or /tmp where that is not there (a disk
 * is slow at thousands of small files that live for a moment); OWNER names the process and the
 * root. They go with the root, also those that a child process made (it shares OWNER). While it is
 * in use a folder is locked (flock); what a killed process left behind is unlocked, and removed by
 * the next.
 */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/base/text.h"
#include "harness/sys/clock.h"
#include "harness/sys/disk.h"
#include "harness/sys/sysroot_parts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX "cuihuo-root."
#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)

/* A folder this young may be unlocked because it was made this moment. */
enum { SETTLED_SECONDS = 60 };

struct sysroot_folder {
	char *path;
	int fd;			/* holds the lock */
	struct sysroot_folder *next;
};

static const char *place_of_folders(void)
{
	return access("/dev/shm", R_OK | W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp";
}

static void owner_text(const struct sysroot *root, struct buf *out)
{
	buf_addf(out, PREFIX "%d-%" PRIx64 ".", (int)root->opener, (uint64_t)root->id);
}

static void remove_tree(int parent, const char *name)
{
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)) != NULL) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		if (unlinkat(dirfd(dir), entry->d_name, 0) < 0)
			remove_tree(dirfd(dir), entry->d_name);
	}
	if (dir)
		closedir(dir);
	else if (fd >= 0)
		close(fd);
	unlinkat(parent, name, AT_REMOVEDIR);
}

/* Ours, unlocked, and not made this moment. */
static bool is_left_behind(int parent, const char *name)
{
	AUTO_FD int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	int64_t now = clock_wall_ns() / 1000000000;
	struct stat stat;

	return fd >= 0 && fstat(fd, &stat) == 0 && stat.st_uid == geteuid() &&
	       now - stat.st_mtime > SETTLED_SECONDS && flock(fd, LOCK_EX | LOCK_NB) == 0;
}

/* Remove what begins with `start`; when it is PREFIX itself, only what was left behind. */
static void sweep(const char *start)
{
	bool all = !strcmp(start, PREFIX);
	DIR *dir = opendir(place_of_folders());
	struct dirent *entry;

	while (dir && (entry = readdir(dir)) != NULL) {
		if (text_starts(entry->d_name, start) &&
		    (!all || is_left_behind(dirfd(dir), entry->d_name)))
			remove_tree(dirfd(dir), entry->d_name);
	}
	if (dir)
		closedir(dir);
}

void sysroot_folders_remove(struct sysroot *root)
{
	AUTO(buf_release) struct buf owner = BUF_INIT;

	while (root->folder) {
		struct sysroot_folder *folder = root->folder;

		root->folder = folder->next;
		remove_tree(AT_FDCWD, folder->path);
		close(folder->fd);
		free(folder->path);
		free(folder);
	}
	owner_text(root, &owner);
	if (!root->live && root->opener == getpid())
		sweep(owner.data);
}

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
	struct buf made;	/* the folder that was made last, with those above it */
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

/* Make the folders above `path`. */
static int make_folders(struct copying *copying, const char *path)
{
	AUTO(buf_release) struct buf part = BUF_INIT;
	const char *slash;

	if (copying->made.size && is_folder_of(&copying->made, path))
		return 0;
	buf_reset(&copying->made);
	buf_add(&copying->made, path, folder_size(path));
	/* Mostly the folder above is there. */
	if (!copying->made.size || mkdirat(copying->fd, copying->made.data, 0700) == 0 ||
	    errno == EEXIST)
		return 0;
	for (slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		buf_reset(&part);
		buf_add(&part, path, (size_t)(slash - path));
		if (mkdirat(copying->fd, part.data, 0700) < 0 && errno != EEXIST)
			return -errno;
	}
	return 0;
}

static void copy_link(void *context, const char *path, const char *target)
{
	struct copying *copying = context;
	const struct sysroot_trace on = { .known = &copying->known };
	AUTO(buf_release) struct buf real = BUF_INIT;
	AUTO(buf_release) struct buf relative = BUF_INIT;
	int code;

	(void)target;		/* where it leads counts, not how that is written */
	if (sysroot_trace(copying->root, path, &on, &real) < 0)
		return;
	add_ups(&relative, path);
	buf_adds(&relative, real.size ? real.data : ".");
	code = make_folders(copying, path);
	if (!code && symlinkat(relative.data, copying->fd, path) < 0 && errno != EEXIST)
		code = -errno;
	if (!copying->failed)
		copying->failed = code;
}

static int write_file(int fd, const char *path, const struct buf *content)
{
	AUTO_FD int file = openat(fd, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
				  0600);

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
	const struct sysroot_trace links = { .link = copy_link, .context = copying,
					      .known = &copying->known };
	int code;

	if (copying->folder.size && is_folder_of(&copying->folder, path))
		return 0;
	buf_reset(&copying->folder);
	buf_add(&copying->folder, path, folder_size(path));
	code = sysroot_trace(copying->root, copying->folder.data, &links, &copying->real_folder);
	if (code < 0)
		buf_reset(&copying->folder);
	return code;
}

/* Where `path` really is and what is there; the links on the way are copied. */
static int trace_path(struct copying *copying, const char *path, struct buf *real, mode_t *ret_mode)
{
	const struct sysroot_trace links = { .link = copy_link, .context = copying,
					      .known = &copying->known };
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
	code = sysroot_trace(copying->root, path, &links, real);
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

/* Unreadable files are left out: a library shall not take an empty one for an answer. */
static int copy_path(struct copying *copying, const char *path)
{
	AUTO(buf_release) struct buf real = BUF_INIT;
	AUTO(buf_release) struct buf content = BUF_INIT;
	mode_t mode;
	int code;

	if (trace_path(copying, path, &real, &mode) < 0 || is_linked(copying, real.data))
		return copying->failed;
	code = make_folders(copying, real.data);
	if (!code && S_ISDIR(mode)) {
		if (mkdirat(copying->fd, real.data, 0700) < 0 && errno != EEXIST)
			code = -errno;
	} else if (!code && copying->root->door->read(copying->root, real.data, &content) == 0) {
		code = write_file(copying->fd, real.data, &content);
	}
	return code ? code : copying->failed;
}

/* --- folders without links --------------------------------------------------------------------- */

enum { DEPTH_MAX = 16 };

/* Takes the descriptor. Nothing in it, at any depth, leads elsewhere, waits or does something. */
static bool is_plain(int fd, int depth)
{
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	bool plain = dir && depth < DEPTH_MAX;
	struct dirent *entry;

	while (plain && (entry = readdir(dir)) != NULL) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		plain = entry->d_type == DT_REG ||
			(entry->d_type == DT_DIR &&
			 is_plain(openat(dirfd(dir), entry->d_name, FOLDER_FLAGS), depth + 1));
	}
	if (dir)
		closedir(dir);
	else if (fd >= 0)
		close(fd);
	return plain;
}

/* What stands before the first wildcard, as a folder of sys; "" where a link would gain nothing. */
static void add_prefix(struct buf *out, const char *glob)
{
	size_t size = strcspn(glob, "*?[");

	if (!glob[size] || !text_starts(glob, "sys/"))
		return;
	while (size && glob[size - 1] != '/')
		size--;
	buf_add(out, glob, size - 1);
}

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

static void link_folder(struct copying *copying, const char *path)
{
	AUTO(buf_release) struct buf target = BUF_INIT;
	AUTO(buf_release) struct buf real = BUF_INIT;

	if (sysroot_trace(copying->root, path, NULL, &real) < 0 || strcmp(real.data, path) != 0 ||
	    !is_plain(openat(copying->root->fd, path, FOLDER_FLAGS), 0))
		return;
	add_root_path(copying->root, &target);
	buf_addf(&target, "/%s", path);
	if (make_folders(copying, path) == 0 && symlinkat(target.data, copying->fd, path) == 0)
		sysroot_names_add(&copying->linked, path);
}

/* A strict root shall show what its globs name and nothing beside. */
static void link_folders(struct copying *copying, const char *const *globs)
{
	AUTO(buf_release) struct buf before = BUF_INIT;

	for (; copying->root->fd >= 0 && !copying->root->strict && *globs; globs++) {
		AUTO(buf_release) struct buf prefix = BUF_INIT;

		add_prefix(&prefix, *globs);
		if (!prefix.size || !strcmp(prefix.data, before.data) ||
		    is_linked(copying, prefix.data))
			continue;
		link_folder(copying, prefix.data);
		buf_reset(&before);
		buf_adds(&before, prefix.data);
	}
}

/* Those of the globs whose matches are still to be copied. */
static const char **globs_left(const struct copying *copying, const char *const *globs)
{
	const char **left = NULL;
	size_t capacity = 0, count = 0;

	for (; *globs; globs++) {
		left = mem_grow(left, &capacity, count + 2, sizeof(*left));
		if (!is_linked(copying, *globs))
			left[count++] = *globs;
		left[count] = NULL;
	}
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
	link_folders(copying, globs);
	left = globs_left(copying, globs);
	/* A folder that may not be listed holds nothing that could be copied. */
	if (left)
		sysroot_expand_all(copying->root, left, &paths);
	for (i = 0; i < paths.count; i++) {
		int code = copy_path(copying, paths.name[i]);

		if (code < 0)
			return err_set_errno(err, -code, "cannot copy '%s' below '%s'",
					     paths.name[i], place_of_folders());
	}
	return 0;
}

static struct sysroot_folder *make_folder(struct sysroot *root, struct err *err)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	struct sysroot_folder *folder;
	int fd;

	sweep(PREFIX);
	buf_addf(&path, "%s/", place_of_folders());
	owner_text(root, &path);
	buf_adds(&path, "XXXXXX");
	if (!mkdtemp(path.data)) {
		err_set_errno(err, errno, "cannot make a folder '%s'", path.data);
		return NULL;
	}
	fd = open(path.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) < 0) {
		err_set_errno(err, errno, "cannot lock folder '%s'", path.data);
		if (fd >= 0)
			close(fd);
		rmdir(path.data);
		return NULL;
	}
	folder = mem_zalloc(sizeof(*folder));
	*folder = (struct sysroot_folder){ buf_detach(&path), fd, root->folder };
	root->folder = folder;
	return folder;
}

const char *sysroot_materialise(struct sysroot *root, const char *const *globs, struct err *err)
{
	struct copying copying = { .root = root, .folder = BUF_INIT, .real_folder = BUF_INIT,
				   .made = BUF_INIT };
	struct sysroot_folder *folder;
	int code;

	if (root->live)
		return "/";
	folder = make_folder(root, err);
	if (!folder)
		return NULL;
	copying.fd = folder->fd;
	sysroot_known_init(&copying.known);
	code = copy_all(&copying, globs, err);
	buf_release(&copying.folder);
	buf_release(&copying.real_folder);
	buf_release(&copying.made);
	sysroot_names_release(&copying.linked);
	sysroot_known_release(&copying.known);
	return code < 0 ? NULL : folder->path;
}
