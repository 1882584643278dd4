/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sys/hwloc_env.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/sys/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

/* unsetenv moves the entries behind, so each finding starts anew. */
static void forget(const char *start)
{
	char **entry = environ;

	while (entry && *entry) {
		AUTO(buf_release) struct buf name = BUF_INIT;

		if (!text_starts(*entry, start)) {
			entry++;
			continue;
		}
		buf_add(&name, *entry, strcspn(*entry, "="));
		if (unsetenv(name.data) < 0)
			return;
		entry = environ;
	}
}

static void add_line(struct buf *text, const char *key, struct sysroot *root, const char *fact)
{
	const char *value = sysroot_fact(root, fact);

	if (value)
		buf_addf(text, "%s: %s\n", key, value);
}

/* The form that hwloc-gather-topology writes. */
static int write_info(struct sysroot *root, const char *folder, struct err *err)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	AUTO(buf_release) struct buf text = BUF_INIT;
	AUTO_FD int fd = -1;

	add_line(&text, "OSName", root, "uname.sysname");
	add_line(&text, "OSRelease", root, "uname.release");
	add_line(&text, "Architecture", root, "uname.machine");
	buf_addf(&path, "%s/proc", folder);
	if (mkdir(path.data, 0755) < 0 && errno != EEXIST)
		return err_set_errno(err, errno, "cannot make '%s'", path.data);
	buf_adds(&path, "/hwloc-nofile-info");
	fd = open(path.data, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (fd < 0 || disk_write_all(fd, text.data, text.size) < 0)
		return err_set_errno(err, errno, "cannot write '%s'", path.data);
	return 0;
}

int hwloc_env_set(struct sysroot *root, const char *folder, struct err *err)
{
	int code;

	forget("HWLOC_");
	if (setenv("HWLOC_COMPONENTS", "linux,stop", 1) < 0)
		return err_set_errno(err, errno, "cannot set the environment for hwloc");
	if (sysroot_is_live(root))
		return 0;
	code = write_info(root, folder, err);
	if (code < 0)
		return code;
	if (setenv("HWLOC_FSROOT", folder, 1) < 0 || setenv("HWLOC_THISSYSTEM", "0", 1) < 0)
		return err_set_errno(err, errno, "cannot set the environment for hwloc");
	return 0;
}
