/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private folders for sysroot_materialise.c: cuihuo-root.OWNER.XXXXXX below /dev/shm, or /tmp where
 * that is not there (a disk is slow at thousands of small files that live for a moment); OWNER names
 * the process and the root. They go with the root, also those that a child process made (it shares
 * OWNER). While it is in use a folder is locked (flock); what a killed process left behind is
 * unlocked, and removed by the next.
 */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/base/text.h"
#include "harness/sys/clock.h"
#include "harness/sys/sysroot_parts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX "cuihuo-root."

/* A folder this young may be unlocked because it was made this moment. */
enum { SETTLED_SECONDS = 60 };

const char *sysroot_place_name(void)
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
		if (entry->d_type == DT_DIR || unlinkat(dirfd(dir), entry->d_name, 0) < 0)
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
	DIR *dir = opendir(sysroot_place_name());
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

struct sysroot_folder *sysroot_place_make(struct sysroot *root, struct err *err)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	struct sysroot_folder *folder;
	int fd;

	sweep(PREFIX);
	buf_addf(&path, "%s/", sysroot_place_name());
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
