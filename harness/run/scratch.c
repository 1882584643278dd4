/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/scratch.h"

#include "harness/base/auto.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SCRATCH "scratch"

static int open_folder(int at, const char *name)
{
	return openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* Kernels make files there and no folders. */
static void remove_files(int folder)
{
	int fd = dup(folder);
	DIR *list = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	if (!list) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((entry = readdir(list))) {
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			unlinkat(folder, entry->d_name, 0);
	}
	closedir(list);
}

static void remove_in(int run)
{
	AUTO_FD int folder = open_folder(run, SCRATCH);

	if (folder < 0)
		return;
	remove_files(folder);
	unlinkat(run, SCRATCH, AT_REMOVEDIR);
}

int scratch_make(const char *run_folder, struct err *err)
{
	AUTO_FD int run = open_folder(AT_FDCWD, run_folder);
	int folder;

	if (run < 0)
		return err_set_errno(err, errno, "cannot open folder '%s'", run_folder);
	remove_in(run);
	if (mkdirat(run, SCRATCH, 0700) < 0)
		return err_set_errno(err, errno, "cannot make folder '%s/%s'", run_folder, SCRATCH);
	folder = open_folder(run, SCRATCH);
	if (folder < 0)
		return err_set_errno(err, errno, "cannot open folder '%s/%s'", run_folder,
				     SCRATCH);
	return folder;
}

void scratch_remove(const char *run_folder)
{
	AUTO_FD int run = open_folder(AT_FDCWD, run_folder);

	if (run >= 0)
		remove_in(run);
}
