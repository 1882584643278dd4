/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/stick.h"

#include "harness/base/auto.h"
#include "harness/run/disk_way.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static bool is_usb(struct sysroot *root, const char *folder, void *context)
{
	(void)root;
	(void)context;
	return strstr(folder, "/usb");
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
		if (disk_way_any(root, path, is_usb, NULL))
			return true;
	}
	return false;
}

static bool lies_on_usb(struct sysroot *root, dev_t device)
{
	char path[64];

	snprintf(path, sizeof(path), "sys/dev/block/%u:%u", major(device), minor(device));
	return disk_way_any(root, path, is_usb, NULL) || source_on_usb(root, device);
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
