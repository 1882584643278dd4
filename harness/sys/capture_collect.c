/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a machine to a capture. What cannot be read is noted as such, and is no failure. */
#include "harness/base/auto.h"
#include "harness/sys/clock.h"
#include "harness/sys/sysroot_parts.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define TOTAL_MAX (128u << 20)

struct collecting {
	struct sysroot *root;
	struct capture *capture;
	size_t total;
};

static void add_unreadable(struct collecting *collecting, const char *path, mode_t mode, int failed)
{
	struct capture_entry *entry =
		capture_add(collecting->capture, path, CAPTURE_UNREADABLE, "", 0);

	entry->mode = mode & 0777;
	entry->error_number = -failed;
}

static void add_file(struct collecting *collecting, const char *path, mode_t mode)
{
	AUTO(buf_release) struct buf content = BUF_INIT;
	int code = collecting->root->door->read(collecting->root, path, &content);

	if (code < 0) {
		add_unreadable(collecting, path, mode, code);
		return;
	}
	collecting->total += content.size;
	capture_add(collecting->capture, path, CAPTURE_FILE, content.data, content.size)->mode =
		mode & 0777;
}

static void add_folder(struct collecting *collecting, const char *path, mode_t mode)
{
	AUTO(sysroot_names_release) struct sysroot_names names = { .count = 0 };
	int code = collecting->root->door->list(collecting->root, path, &names);

	if (!*path)
		return;
	if (code < 0)
		add_unreadable(collecting, path, mode, code);
	else
		capture_add(collecting->capture, path, CAPTURE_FOLDER, "", 0);
}

static void add_link(void *context, const char *path, const char *target)
{
	struct collecting *collecting = context;

	capture_add(collecting->capture, path, CAPTURE_LINK, target, strlen(target));
}

/* A path that leads nowhere tells that the folder where it ends is there. */
static void add_end(struct collecting *collecting, struct buf *real)
{
	char *slash = strrchr(real->data, '/');

	if (!slash)
		return;
	buf_cut(real, (size_t)(slash - real->data));
	capture_add(collecting->capture, real->data, CAPTURE_FOLDER, "", 0);
}

static void add_path(struct collecting *collecting, const char *path)
{
	const struct sysroot_trace links = { .link = add_link, .context = collecting };
	AUTO(buf_release) struct buf real = BUF_INIT;
	AUTO(buf_release) struct buf target = BUF_INIT;
	int code = sysroot_trace(collecting->root, path, &links, &real);
	mode_t mode = 0;

	if (!code && real.size)
		code = collecting->root->door->look(collecting->root, real.data, &mode, &target);
	else if (!code)
		mode = S_IFDIR;
	if (code == -ENOENT)
		add_end(collecting, &real);
	else if (code < 0 && code != -ENOTDIR)
		add_unreadable(collecting, real.data, mode, code);
	else if (!code && S_ISDIR(mode))
		add_folder(collecting, real.data, mode);
	else if (!code)
		add_file(collecting, real.data, mode);
}

/* Each path of a sorted list once. */
static int add_paths(struct collecting *collecting, const struct sysroot_names *paths,
		     struct err *err)
{
	size_t i;

	for (i = 0; i < paths->count; i++) {
		if (i && !strcmp(paths->name[i], paths->name[i - 1]))
			continue;
		add_path(collecting, paths->name[i]);
		if (collecting->total > TOTAL_MAX ||
		    collecting->capture->entry_count > 4 * (size_t)CAPTURE_ENTRY_MAX)
			return err_set(err, ERR_UNSUPPORTED,
				       "the files of '%s' are too many for one capture",
				       sysroot_name(collecting->root));
	}
	return 0;
}

static void add_facts(struct collecting *collecting)
{
	const struct sysroot_facts *facts = sysroot_facts(collecting->root);
	size_t i;

	for (i = 0; i < facts->count; i++)
		capture_add_fact(collecting->capture, facts->fact[i].name, facts->fact[i].value);
}

int capture_collect(struct capture *capture, struct sysroot *root, const char *const *globs,
		    const char *tool, struct err *err)
{
	AUTO(sysroot_names_release) struct sysroot_names paths = { .count = 0 };
	AUTO(sysroot_names_release) struct sysroot_names looked = { .count = 0 };
	struct collecting collecting = { .root = root, .capture = capture };
	char created[CLOCK_TEXT_SIZE];
	int code;

	capture->tool = arena_strdup(&capture->arena, tool);
	capture->created =
		arena_strdup(&capture->arena, clock_format_utc(clock_wall_ns(), created));
	capture->synchronised = clock_is_synchronised();
	add_facts(&collecting);
	for (; *globs; globs++)
		sysroot_expand(root, *globs, &paths, &looked);
	sysroot_names_sort(&paths);
	sysroot_names_sort(&looked);
	code = add_paths(&collecting, &paths, err);
	if (!code)
		code = add_paths(&collecting, &looked, err);
	if (code < 0)
		return code;
	capture_sort(capture);
	if (capture->entry_count > CAPTURE_ENTRY_MAX)
		return err_set(err, ERR_UNSUPPORTED, "'%s' has more than %d files to capture",
			       sysroot_name(root), CAPTURE_ENTRY_MAX);
	return 0;
}
