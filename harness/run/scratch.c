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
static void remove_files(int folder, const char *kept)
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
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") &&
		    (!kept || strcmp(entry->d_name, kept)))
			unlinkat(folder, entry->d_name, 0);
	}
	closedir(list);
}

/* With a file that is kept the folder stays. */
static void remove_in(int run, const char *kept)
{
	AUTO_FD int folder = open_folder(run, SCRATCH);

	if (folder < 0)
		return;
	remove_files(folder, kept);
	unlinkat(run, SCRATCH, AT_REMOVEDIR);
}

int scratch_make(const char *run_folder, const char *kept, struct err *err)
{
	AUTO_FD int run = open_folder(AT_FDCWD, run_folder);
	int folder;

	if (run < 0)
		return err_set_errno(err, errno, "cannot open folder '%s'", run_folder);
	remove_in(run, kept);
	if (mkdirat(run, SCRATCH, 0700) < 0 && (!kept || errno != EEXIST))
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
		remove_in(run, NULL);
}
