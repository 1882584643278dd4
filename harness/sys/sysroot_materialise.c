/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A private copy of a part of a captured root, for libraries that open paths themselves and would
 * follow an absolute link out of it. Files are copied to where they really are; every link crossed
 * is made anew, relative, to where it really leads; what leads nowhere below the root is left out.
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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX "cuihuo-root."

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

/* Make the folders above `path`, below `fd`. */
static int make_folders(int fd, const char *path)
{
	AUTO(buf_release) struct buf part = BUF_INIT;
	const char *slash;

	for (slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		buf_reset(&part);
		buf_add(&part, path, (size_t)(slash - path));
		if (mkdirat(fd, part.data, 0700) < 0 && errno != EEXIST)
			return -errno;
	}
	return 0;
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
};

static void copy_link(void *context, const char *path, const char *target)
{
	struct copying *copying = context;
	AUTO(buf_release) struct buf real = BUF_INIT;
	AUTO(buf_release) struct buf relative = BUF_INIT;
	int code;

	(void)target;		/* where it leads counts, not how that is written */
	if (sysroot_trace(copying->root, path, NULL, &real) < 0)
		return;
	add_ups(&relative, path);
	buf_adds(&relative, real.size ? real.data : ".");
	code = make_folders(copying->fd, path);
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

/* Unreadable files are left out: a library shall not take an empty one for an answer. */
static int copy_path(struct copying *copying, const char *path)
{
	const struct sysroot_trace links = { .link = copy_link, .context = copying };
	AUTO(buf_release) struct buf real = BUF_INIT;
	AUTO(buf_release) struct buf content = BUF_INIT;
	mode_t mode;
	int code;

	if (sysroot_trace(copying->root, path, &links, &real) < 0 ||
	    copying->root->door->look(copying->root, real.data, &mode, &content) < 0)
		return copying->failed;
	code = make_folders(copying->fd, real.data);
	if (!code && S_ISDIR(mode)) {
		if (mkdirat(copying->fd, real.data, 0700) < 0 && errno != EEXIST)
			code = -errno;
	} else if (!code && copying->root->door->read(copying->root, real.data, &content) == 0) {
		code = write_file(copying->fd, real.data, &content);
	}
	return code ? code : copying->failed;
}

static int copy_glob(struct copying *copying, const char *glob, struct err *err)
{
	AUTO(sysroot_names_release) struct sysroot_names paths = { .count = 0 };
	size_t i;

	/* A folder that may not be listed holds nothing that could be copied. */
	if (sysroot_allow_glob(copying->root, glob, err) < 0)
		return ERR_INTERNAL;
	if (sysroot_glob(copying->root, glob, &paths, NULL) < 0)
		return 0;
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
	struct sysroot_folder *folder;
	struct copying copying = { .root = root };

	if (root->live)
		return "/";
	folder = make_folder(root, err);
	if (!folder)
		return NULL;
	copying.fd = folder->fd;
	for (; *globs; globs++) {
		if (copy_glob(&copying, *globs, err) < 0)
			return NULL;
	}
	return folder->path;
}
