/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/stick.h"

#include "harness/base/auto.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { DEPTH = 4 }; /* of devices that are made of others */

static bool on_usb(struct sysroot *root, const char *path, unsigned int depth);

/* A device mapper or md: what it is made of. */
static bool made_of_usb(struct sysroot *root, const char *folder, unsigned int depth)
{
	AUTO(buf_release) struct buf glob = BUF_INIT;
	struct sysroot_names part = { 0 };
	bool usb = false;
	size_t i;

	buf_addf(&glob, "%s/slaves/*", folder);
	if (depth && sysroot_glob(root, glob.data, &part, NULL) == 0)
		for (i = 0; i < part.count && !usb; i++)
			usb = on_usb(root, part.name[i], depth - 1);
	sysroot_names_release(&part);
	return usb;
}

/* `path`: of a block device in sysfs; its real one goes through the ports that it hangs on. */
static bool on_usb(struct sysroot *root, const char *path, unsigned int depth)
{
	AUTO(buf_release) struct buf real = BUF_INIT;

	if (sysroot_real_path(root, path, &real, NULL) < 0)
		return false;
	return strstr(real.data, "/usb") || made_of_usb(root, real.data, depth);
}

/* The mounts of that file system name their source: "/dev/sdb1". */
static bool source_on_usb(struct sysroot *root, dev_t device)
{
	AUTO(buf_release) struct buf mounts = BUF_INIT;
	char number[32], seen[32], source[256], path[300];
	const char *line, *dash, *slash;

	snprintf(number, sizeof(number), "%u:%u", major(device), minor(device));
	if (sysroot_read(root, "proc/self/mountinfo", &mounts, NULL) < 0)
		return false;
	for (line = mounts.data; line && *line; line = strchr(line, '\n')) {
		line += *line == '\n';
		dash = strstr(line, " - ");
		if (sscanf(line, "%*s %*s %31s", seen) != 1 || strcmp(seen, number) || !dash ||
		    sscanf(dash, " - %*s %255s", source) != 1)
			continue;
		slash = strrchr(source, '/');
		snprintf(path, sizeof(path), "sys/class/block/%s", slash ? slash + 1 : source);
		if (on_usb(root, path, DEPTH))
			return true;
	}
	return false;
}

static bool lies_on_usb(struct sysroot *root, dev_t device)
{
	char path[64];

	snprintf(path, sizeof(path), "sys/dev/block/%u:%u", major(device), minor(device));
	return on_usb(root, path, DEPTH) || source_on_usb(root, device);
}

/* The top folder of the file system that `folder` lies in: a descriptor, or -1. */
static int top_of(int folder)
{
	struct stat here, above;
	int fd = dup(folder), up;

	while (fd >= 0) {
		up = openat(fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (up < 0 || fstat(fd, &here) || fstat(up, &above)) {
			close(fd);
			return up;
		}
		if (here.st_dev != above.st_dev || here.st_ino == above.st_ino) {
			close(up);
			return fd;
		}
		close(fd);
		fd = up;
	}
	return fd;
}

static bool is_test_stick(int folder)
{
	static const char want[] = STICK_LINE;
	char got[sizeof(want)] = "";
	AUTO_FD int top = top_of(folder);
	AUTO_FD int file = top < 0 ? -1 : openat(top, STICK_FILE,
						 O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat status;
	ssize_t size;

	if (file < 0 || fstat(file, &status) || !S_ISREG(status.st_mode))
		return false;
	size = read(file, got, sizeof(got));
	return size >= (ssize_t)sizeof(want) - 1 && !memcmp(got, want, sizeof(want) - 1) &&
	       (size < (ssize_t)sizeof(want) || strchr("\r\n", got[sizeof(want) - 1]));
}

int stick_check(struct sysroot *root, const char *folder, struct err *err)
{
	AUTO_FD int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat status;

	if (fd < 0 || fstat(fd, &status))
		return err_set_errno(err, errno, "cannot open folder '%s'", folder);
	if (!lies_on_usb(root, status.st_dev) || is_test_stick(fd))
		return 0;
	return err_set(err, ERR_UNSUPPORTED,
		       "'%s' lies on a USB stick, and tests write only on a stick with a file '%s' in its "
		       "top folder that says '%s'", folder, STICK_FILE, STICK_LINE);
}
