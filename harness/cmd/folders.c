/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/folders.h"

#include "harness/base/buf.h"
#include "harness/cmd/command.h"
#include "harness/sys/pack.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The folder of the running program, without a final '/'. */
static void program_folder(char out[PATH_MAX])
{
	ssize_t size = readlink("/proc/self/exe", out, PATH_MAX - 1);
	char *slash;

	if (size < 0)
		size = 0;
	out[size] = 0;
	slash = strrchr(out, '/');
	if (slash)
		*slash = 0;
	else
		memcpy(out, ".", sizeof("."));
}

/* `built` below the build folder when it is there, else `installed` below PREFIX. */
static const char *choose(char out[2 * PATH_MAX], const char *built, const char *installed)
{
	char folder[PATH_MAX];

	program_folder(folder);
	snprintf(out, 2 * PATH_MAX, "%s/%s", folder, built);
	if (access(out, F_OK) < 0)
		snprintf(out, 2 * PATH_MAX, "%s/../%s", folder, installed);
	return out;
}

const char *folders_locale(void)
{
	static char folder[2 * PATH_MAX];

	return folder[0] ? folder : choose(folder, "locale", "share/locale");
}

const char *cmd_data_folder(void)
{
	static char folder[2 * PATH_MAX];
	const char *given = getenv("CUIHUO_DATA");

	if (given && *given)
		return given;
	return folder[0] ? folder : choose(folder, "data", "share/cuihuo");
}

int folders_names(const struct cmd *cmd, struct buf *out)
{
	const char *given = cmd_option(cmd, "data");
	struct err err = ERR_INIT;

	if (!given) {
		buf_addf(out, "%s/ids", cmd_data_folder());
		return EXIT_PASS;
	}
	if (pack_check(given, &err) < 0) {
		err_prefix(&err, "--data");
		return cmd_fail(cmd, &err);
	}
	buf_adds(out, given);
	return EXIT_PASS;
}

const char *cmd_version(void)
{
	return CUIHUO_VERSION;
}
