/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/hashes.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/sys/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static const char fit[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

int hashes_open(const char *folder, const char *serial, struct err *err)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	int code = disk_make_folder(folder, err), fd;

	if (code < 0 && code != ERR_BUSY)
		return code;
	err_clear(err);
	buf_addf(&path, "%s/", folder);
	for (; *serial; serial++)
		buf_addf(&path, "%c", strchr(fit, *serial) ? *serial : '_');
	buf_adds(&path, ".hashes");
	fd = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (fd < 0)
		return err_set_errno(err, errno, "cannot open the hash set '%s'", path.data);
	if (flock(fd, LOCK_EX | LOCK_NB)) {
		err_set(err, ERR_BUSY, "another run is using the hash set '%s'", path.data);
		close(fd);
		return ERR_BUSY;
	}
	code = disk_sync_folder(path.data, err);
	if (code >= 0)
		return fd;
	close(fd);
	return code;
}
