/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/mounts.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Types that keep nothing anywhere but in memory; an overlay's own layers are mounts themselves. */
static bool is_in_memory(const char *type)
{
	static const char *const types[] = {
		"autofs",   "binfmt_misc", "bpf",	 "cgroup",    "cgroup2", "configfs",
		"debugfs",  "devpts",	   "devtmpfs",	 "fusectl",   "hugetlbfs", "mqueue",
		"nsfs",	    "overlay",	   "proc",	 "ramfs",     "rootfs",	 "rpc_pipefs",
		"securityfs", "selinuxfs", "sysfs",	 "tmpfs",     "tracefs",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(types); i++) {
		if (!strcmp(type, types[i]))
			return true;
	}
	return false;
}

const char *mounts_writable(struct sysroot *root, struct arena *arena)
{
	AUTO(buf_release) struct buf mounts = BUF_INIT;
	char place[512], type[64], options[64];
	const char *line, *dash;

	if (sysroot_read(root, "proc/self/mountinfo", &mounts, NULL) < 0 || !mounts.size)
		return "?";
	for (line = mounts.data; line && *line; line = strchr(line, '\n')) {
		line += *line == '\n';
		dash = strstr(line, " - ");
		if (!dash || sscanf(line, "%*s %*s %*s %*s %511s", place) != 1 ||
		    sscanf(dash, " - %63s %*s %63s", type, options) != 2)
			continue;
		if (!is_in_memory(type) && (!strcmp(options, "rw") || text_starts(options, "rw,")))
			return arena_strdup(arena, place);
	}
	return NULL;
}
