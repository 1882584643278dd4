/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files of a capture, in memory. Its entries stand under their real paths, so a path is traced
 * through the links first and then looked up. A folder is there when anything lies below it.
 */
#include "harness/base/auto.h"
#include "harness/sys/disk.h"
#include "harness/sys/sysroot_parts.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static mode_t mode_of(const struct capture_entry *entry)
{
	switch (entry->kind) {
	case CAPTURE_FOLDER:
		return S_IFDIR | 0555;
	case CAPTURE_LINK:
		return S_IFLNK | 0777;
	default:
		return S_IFREG | entry->mode;
	}
}

static int capture_look(struct sysroot *root, const char *path, mode_t *ret_mode,
			struct buf *target)
{
	const struct capture *capture = &root->capture;
	size_t at = capture_at(capture, path);
	const struct capture_entry *entry;

	if (!*path) {
		*ret_mode = S_IFDIR | 0555;
		return 0;
	}
	if (at == capture->entry_count)
		return -ENOENT;
	entry = &capture->entry[at];
	if (capture_path_below(entry->path, path)) {
		*ret_mode = S_IFDIR | 0555;
		return 0;
	}
	if (strcmp(entry->path, path) != 0)
		return -ENOENT;
	*ret_mode = mode_of(entry);
	if (entry->kind == CAPTURE_LINK)
		buf_add(target, entry->data, entry->size);
	return 0;
}

/* What stands below an unreadable folder is as unreadable as the folder. */
static int trace(struct sysroot *root, const char *path, struct buf *real)
{
	int code = sysroot_trace(root, path, NULL, real);
	const struct capture_entry *entry;

	if (code != -ENOTDIR)
		return code;
	entry = capture_find(&root->capture, real->data);
	return entry && entry->kind == CAPTURE_UNREADABLE ? -entry->error_number : code;
}

/* The folder of `path` traced, the last component as it is. */
static int trace_folder(struct sysroot *root, const char *path, struct buf *real)
{
	const char *slash = strrchr(path, '/');
	AUTO(buf_release) struct buf folder = BUF_INIT;
	int code;

	buf_add(&folder, path, slash ? (size_t)(slash - path) : 0);
	code = trace(root, folder.data, real);
	if (!code)
		buf_addf(real, "%s%s", real->size ? "/" : "", slash ? slash + 1 : path);
	return code;
}

static int kind_and_target(struct sysroot *root, const char *path, mode_t *ret_mode,
			   struct buf *target)
{
	AUTO(buf_release) struct buf real = BUF_INIT;
	int code = trace_folder(root, path, &real);

	return code ? code : capture_look(root, real.data, ret_mode, target);
}

static int capture_kind_of(struct sysroot *root, const char *path, bool follow, mode_t *ret_mode)
{
	AUTO(buf_release) struct buf real = BUF_INIT;
	AUTO(buf_release) struct buf target = BUF_INIT;
	int code;

	if (!follow)
		return kind_and_target(root, path, ret_mode, &target);
	code = trace(root, path, &real);
	return code ? code : capture_look(root, real.data, ret_mode, &target);
}

static int capture_link(struct sysroot *root, const char *path, struct buf *out)
{
	mode_t mode = 0;
	int code = kind_and_target(root, path, &mode, out);

	return code ? code : S_ISLNK(mode) ? 0 : -EINVAL;
}

static int capture_read_file(struct sysroot *root, const char *path, struct buf *out)
{
	AUTO(buf_release) struct buf real = BUF_INIT;
	const struct capture_entry *entry;
	int code = trace(root, path, &real);

	if (code)
		return code;
	entry = capture_find(&root->capture, real.data);
	if (!entry || entry->kind == CAPTURE_FOLDER)
		return -EISDIR;
	if (entry->kind == CAPTURE_UNREADABLE)
		return -entry->error_number;
	buf_add(out, entry->data, entry->size);
	return 0;
}

static int capture_open_file(struct sysroot *root, const char *path)
{
	AUTO(buf_release) struct buf content = BUF_INIT;
	AUTO_FD int fd = -1;
	int code = capture_read_file(root, path, &content);

	if (code < 0)
		return code;
	fd = memfd_create("cuihuo-capture", MFD_CLOEXEC);
	if (fd < 0)
		return -errno;
	code = disk_write_all(fd, content.data, content.size);
	if (!code && lseek(fd, 0, SEEK_SET) < 0)
		code = -errno;
	return code ? code : auto_take_fd(&fd);
}

static int capture_list(struct sysroot *root, const char *path, struct sysroot_names *names)
{
	AUTO(buf_release) struct buf real = BUF_INIT;
	AUTO(buf_release) struct buf last = BUF_INIT;
	const struct capture *capture = &root->capture;
	int code = trace(root, path, &real);
	size_t skip = real.size + (real.size > 0);
	mode_t mode = 0;
	size_t i;

	if (!code)
		code = capture_look(root, real.data, &mode, &last);
	if (code)
		return code;
	i = capture_at(capture, real.data);
	if (i < capture->entry_count && !strcmp(capture->entry[i].path, real.data) &&
	    capture->entry[i].kind == CAPTURE_UNREADABLE)
		return -capture->entry[i].error_number;
	if (!S_ISDIR(mode))
		return -ENOTDIR;
	for (; i < capture->entry_count; i++) {
		const char *name = capture->entry[i].path + skip;
		size_t length;

		if (!capture_path_below(capture->entry[i].path, real.data)) {
			if (strcmp(capture->entry[i].path, real.data) != 0)
				break;
			continue;	/* the folder itself */
		}
		length = strcspn(name, "/");
		if (last.size == length && !memcmp(last.data, name, length))
			continue;
		buf_reset(&last);
		buf_add(&last, name, length);
		sysroot_names_add(names, last.data);
	}
	return 0;
}

const struct sysroot_door sysroot_capture_door = {
	.kind = capture_kind_of,
	.read = capture_read_file,
	.open = capture_open_file,
	.link = capture_link,
	.list = capture_list,
	.look = capture_look,
};
