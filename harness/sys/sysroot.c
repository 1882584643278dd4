/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sys/sysroot.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/sys/clock.h"
#include "harness/sys/disk.h"
#include "harness/sys/sysroot_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CAPTURE_SIZE_MAX (256u << 20)

static struct sysroot *root_new(const struct sysroot_door *door, const char *path)
{
	struct sysroot *root = mem_zalloc(sizeof(*root));
	size_t length = strlen(path);
	size_t start;

	while (length > 1 && path[length - 1] == '/')
		length--;
	for (start = length; start && path[start - 1] != '/'; start--)
		;
	root->door = door;
	root->name = mem_strdup(path + start);
	root->name[length - start] = 0;
	root->fd = -1;
	root->opener = getpid();
	root->id = clock_boot_ns();
	sysroot_known_init(&root->known);
	return root;
}

static int open_capture(const char *path, struct sysroot **ret_root, struct err *err)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	AUTO(sysroot_free_at) struct sysroot *root = root_new(&sysroot_capture_door, path);
	int code = disk_read_file(path, CAPTURE_SIZE_MAX, &text, err);

	if (code < 0)
		return code;
	if (!capture_looks_like(text.data, text.size))
		return err_set(err, ERR_INPUT,
			       "'%s' is not a capture made by cuihuo; give such a file or a folder "
			       "that holds proc/ and sys/",
			       path);
	code = capture_read(&root->capture, text.data, text.size, path, err);
	if (code < 0)
		return code;
	*ret_root = auto_take_ptr(root);
	return 0;
}

int sysroot_open_folder(const char *path, bool walk, struct sysroot **ret_root, struct err *err)
{
	AUTO(sysroot_free_at) struct sysroot *root = root_new(&sysroot_folder_door, path);

	root->fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root->fd < 0)
		return err_set_errno(err, errno, "cannot open folder '%s'", path);
	root->walk = walk || !sysroot_has_openat2(root->fd);
	*ret_root = auto_take_ptr(root);
	return 0;
}

static bool holds_a_machine(struct sysroot *root)
{
	return sysroot_exists(root, "proc") || sysroot_exists(root, "sys");
}

static int open_given(const char *path, struct sysroot **ret_root, struct err *err)
{
	struct stat stat_;
	int code;

	if (stat(path, &stat_) < 0)
		return err_set_errno(err, errno, "cannot open '%s'", path);
	if (S_ISREG(stat_.st_mode)) {
		code = open_capture(path, ret_root, err);
	} else if (S_ISDIR(stat_.st_mode)) {
		code = sysroot_open_folder(path, false, ret_root, err);
		if (!code && !holds_a_machine(*ret_root)) {
			*ret_root = sysroot_free(*ret_root);
			code = err_set(err, ERR_INPUT,
				       "folder '%s' holds neither proc/ nor sys/; give the folder "
				       "that holds them",
				       path);
		}
	} else {
		code = err_set(err, ERR_INPUT, "'%s' is neither a folder nor a capture file", path);
	}
	return code;
}

struct sysroot *sysroot_open(const char *path, struct err *err)
{
	AUTO(sysroot_free_at) struct sysroot *root = NULL;

	if (!path) {
		if (sysroot_open_folder("/", false, &root, err) < 0)
			return NULL;
		root->live = true;
		free(root->name);
		root->name = mem_strdup("live");
		return auto_take_ptr(root);
	}
	if (open_given(path, &root, err) < 0 || sysroot_facts_load(root, err) < 0)
		return NULL;
	return auto_take_ptr(root);
}

struct sysroot *sysroot_free(struct sysroot *root)
{
	if (!root)
		return NULL;
	sysroot_folders_remove(root);
	if (root->fd >= 0)
		close(root->fd);
	sysroot_known_release(&root->known);
	capture_release(&root->capture);
	sysroot_facts_release(&root->facts);
	free(root->name);
	free(root);
	return NULL;
}

void sysroot_free_at(struct sysroot **root)
{
	*root = sysroot_free(*root);
}

bool sysroot_is_live(const struct sysroot *root)
{
	return root->live;
}

const char *sysroot_name(const struct sysroot *root)
{
	return root->name;
}

/*
 * The words and the code of a failed access. ENODEV and ENXIO come from drivers whose device does
 * not answer: the file is there all the same.
 */
static int fail(struct err *err, int failed, const char *path)
{
	if (failed == -ENODEV || failed == -ENXIO)
		return err_set(err, ERR_IO, "cannot read '%s': no device answers behind it", path);
	if (failed == -ENOENT || failed == -ENOTDIR)
		return err_set(err, ERR_NOT_FOUND, "'%s' is not there", path);
	return err_set_errno(err, -failed, "cannot read '%s'", path);
}

/* A relative path without empty, "." and ".." components. */
static int check_path(const char *path, struct err *err)
{
	const char *at = path;

	while (*at) {
		size_t length = strcspn(at, "/");

		if (!length || (length <= 2 && !strncmp(at, "..", length)))
			return err_set(err, ERR_INTERNAL, "'%s' is no path below a root", path);
		at += length;
		if (*at && !*++at)
			return err_set(err, ERR_INTERNAL, "'%s' is no path below a root", path);
	}
	return 0;
}

static int check_read(const struct sysroot *root, const char *path, struct err *err)
{
	int code = check_path(path, err);

	return code < 0 ? code : sysroot_allow_read(root, path, err);
}

int sysroot_read(struct sysroot *root, const char *path, struct buf *out, struct err *err)
{
	size_t start = out->size;
	int code = check_read(root, path, err);

	if (code < 0)
		return code;
	code = root->door->read(root, path, out);
	if (!code)
		return 0;
	buf_cut(out, start);
	return fail(err, code, path);
}

int sysroot_read_line(struct sysroot *root, const char *path, struct buf *out, struct err *err)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	int code = sysroot_read(root, path, &text, err);

	if (code < 0)
		return code;
	buf_cut(&text, strcspn(text.data, "\n"));
	buf_trim(&text);
	buf_add(out, text.data, text.size);
	return 0;
}

int sysroot_open_file(struct sysroot *root, const char *path, struct err *err)
{
	int code = check_read(root, path, err);

	if (code < 0)
		return code;
	code = root->door->open(root, path);
	return code < 0 ? fail(err, code, path) : code;
}

int sysroot_open_stream(struct sysroot *root, const char *path, struct err *err)
{
	int code, fd;

	if (!root->live)
		return sysroot_open_file(root, path, err);
	code = check_read(root, path, err);
	if (code < 0)
		return code;
	fd = openat(root->fd, path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	return fd < 0 ? fail(err, -errno, path) : fd;
}

int sysroot_read_link(struct sysroot *root, const char *path, struct buf *out, struct err *err)
{
	size_t start = out->size;
	int code = check_read(root, path, err);

	if (code < 0)
		return code;
	code = root->door->link(root, path, out);
	if (!code)
		return 0;
	buf_cut(out, start);
	return fail(err, code, path);
}

bool sysroot_exists(struct sysroot *root, const char *path)
{
	mode_t mode;

	return check_path(path, NULL) == 0 && sysroot_allow_list(root, path, NULL) == 0 &&
	       root->door->kind(root, path, true, &mode) == 0;
}

int sysroot_real_path(struct sysroot *root, const char *path, struct buf *out, struct err *err)
{
	const struct sysroot_trace folders = { .known = &root->known };
	AUTO(buf_release) struct buf real = BUF_INIT;
	int code = check_path(path, err);

	if (!code)
		code = sysroot_allow_list(root, path, err);
	if (code < 0)
		return code;
	code = sysroot_trace(root, path, root->live ? NULL : &folders, &real);
	if (code < 0)
		return fail(err, code, path);
	buf_add(out, real.data, real.size);
	return 0;
}

int sysroot_list(struct sysroot *root, const char *path, struct sysroot_names *ret_names,
		 struct err *err)
{
	struct sysroot_names names = { .count = 0 };
	int code = check_path(path, err);

	if (!code)
		code = sysroot_allow_list(root, path, err);
	if (code < 0)
		return code;
	code = root->door->list(root, path, &names);
	if (code < 0) {
		sysroot_names_release(&names);
		return fail(err, code, path);
	}
	sysroot_names_sort(&names);
	*ret_names = names;
	return 0;
}
