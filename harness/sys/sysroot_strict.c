/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Strict roots: a probe may reach only what its row says it reads, so that captures are complete.
 */
#include "harness/base/auto.h"
#include "harness/sys/sysroot_parts.h"

#include <fnmatch.h>
#include <string.h>

static bool matches(const char *glob, const char *path)
{
	return fnmatch(glob, path, FNM_PATHNAME | FNM_PERIOD) == 0;
}

/* `path` is a folder above what `glob` names: it matches the first components of the glob. */
static bool leads_to(const char *glob, const char *path)
{
	AUTO(buf_release) struct buf start = BUF_INIT;
	size_t slashes = 0;
	size_t i;

	if (!*path)
		return true;
	for (i = 0; path[i]; i++)
		slashes += path[i] == '/';
	for (i = 0; glob[i]; i++) {
		if (glob[i] == '/' && !slashes--)
			break;
	}
	buf_add(&start, glob, i);
	return glob[i] && matches(start.data, path);
}

static int allow(const struct sysroot *root, const char *path, bool above, struct err *err)
{
	const char *const *glob = root->strict;

	if (!glob)
		return 0;
	for (; *glob; glob++) {
		if (!strcmp(*glob, path) || matches(*glob, path) ||
		    (above && leads_to(*glob, path)))
			return 0;
	}
	return err_set(err, ERR_INTERNAL, "'%s' is in no 'reads' of the running probe", path);
}

void sysroot_set_strict(struct sysroot *root, const char *const *globs)
{
	root->strict = globs;
}

int sysroot_allow_read(const struct sysroot *root, const char *path, struct err *err)
{
	return allow(root, path, false, err);
}

int sysroot_allow_list(const struct sysroot *root, const char *path, struct err *err)
{
	return allow(root, path, true, err);
}

/*
 * A glob is allowed when it is one of the row, or narrower: then a glob of the row matches its
 * text.
 */
int sysroot_allow_glob(const struct sysroot *root, const char *pattern, struct err *err)
{
	return allow(root, pattern, true, err);
}
