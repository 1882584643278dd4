/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/room.h"

#include "harness/base/arena.h"
#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/model/plan.h"

#include <string.h>

#define RESERVE_LEAST (128ULL << 20)

/* The number behind "KEY" at the start of a line, in units; false when it is not there. */
static bool find_number(const char *text, const char *key, uint64_t *ret_number)
{
	size_t length = strlen(key);
	const char *line = text;
	char digits[24];
	size_t count;

	while (strncmp(line, key, length)) {
		line = strchr(line, '\n');
		if (!line)
			return false;
		line++;
	}
	line += length;
	line += strspn(line, " \t");
	count = strspn(line, "0123456789");
	if (!count || count >= sizeof(digits))
		return false;
	memcpy(digits, line, count);
	digits[count] = 0;
	return scan_u64(digits, 0, UINT64_MAX, ret_number) == 0;
}

static uint64_t meminfo_bytes(struct sysroot *root, const char *key)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	uint64_t kib;

	if (sysroot_read(root, "proc/meminfo", &text, NULL) < 0 ||
	    !find_number(text.data, key, &kib) || kib > UINT64_MAX / 1024)
		return 0;
	return kib * 1024;
}

static bool read_number(struct sysroot *root, const char *folder, const char *name,
			const char *key, uint64_t *ret_number)
{
	struct arena arena = ARENA_INIT;
	AUTO(buf_release) struct buf text = BUF_INIT;
	bool found = sysroot_read(root, arena_printf(&arena, "%s/%s", folder, name), &text,
				  NULL) == 0 &&
		     find_number(text.data, key, ret_number);

	arena_release(&arena);
	return found;
}

/* The files of a group that limit memory, in version 2 of control groups and in version 1. */
struct group_files {
	const char *limit[2];	/* "memory.high" slows down whoever is above it: nearly as good as an end */
	const char *used, *cache;
};

static const struct group_files unified = {
	{ "memory.max", "memory.high" }, "memory.current", "inactive_file "
};
static const struct group_files memory_controller = {
	{ "memory.limit_in_bytes", NULL }, "memory.usage_in_bytes", "total_inactive_file "
};

/* What is left below the limit of one group; UINT64_MAX when it sets none. */
static uint64_t group_room(struct sysroot *root, const char *folder, const struct group_files *files)
{
	uint64_t limit = UINT64_MAX, used, cache = 0, one;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(files->limit) && files->limit[i]; i++) {
		if (read_number(root, folder, files->limit[i], "", &one) && one < limit)
			limit = one;
	}
	if (limit == UINT64_MAX || !read_number(root, folder, files->used, "", &used))
		return UINT64_MAX;
	if (read_number(root, folder, "memory.stat", files->cache, &cache))
		used -= cache < used ? cache : used;
	return used < limit ? limit - used : 0;
}

/*
 * From the group `path` below `top` outwards, the topmost included: in a container that is the container's own
 * group, and its limit stands there whatever path the kernel tells.
 */
static uint64_t groups_above(struct sysroot *root, const char *top, const char *path,
			     const struct group_files *files)
{
	AUTO(buf_release) struct buf folder = BUF_INIT;
	uint64_t room = UINT64_MAX, here;

	buf_adds(&folder, top);
	if (path[0] == '/' && path[1] != '\n')
		buf_add(&folder, path, strcspn(path, "\n"));
	do {
		here = group_room(root, folder.data, files);
		room = here < room ? here : room;
		if (folder.size <= strlen(top))
			break;
		buf_cut(&folder, (size_t)(strrchr(folder.data, '/') - folder.data));
	} while (true);
	return room;
}

/* "4:cpu,memory:/plant/cell": the path of the group that the controller of version 1 has us in, or NULL. */
static const char *memory_path(const char *line)
{
	const char *at = strchr(line, ':');

	while (at && *at && *at != '\n') {
		size_t size;

		at++;
		size = strcspn(at, ",:\n");
		if (size == strlen("memory") && !strncmp(at, "memory", size)) {
			at += strcspn(at, ":\n");
			return *at == ':' ? at + 1 : NULL;
		}
		at += size;
		if (*at == ':')
			return NULL;
	}
	return NULL;
}

static uint64_t groups_room(struct sysroot *root)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	uint64_t room = UINT64_MAX, here;
	const char *line;

	if (sysroot_read(root, "proc/self/cgroup", &text, NULL) < 0)
		return room;
	for (line = text.data; line && *line; line = strchr(line, '\n'), line += line != NULL) {
		const char *path = memory_path(line);

		if (!strncmp(line, "0::/", 4))
			here = groups_above(root, "sys/fs/cgroup", line + 3, &unified);
		else if (path)
			here = groups_above(root, "sys/fs/cgroup/memory", path,
					    &memory_controller);
		else
			continue;
		room = here < room ? here : room;
	}
	return room;
}

uint64_t room_available(struct sysroot *root)
{
	uint64_t machine = meminfo_bytes(root, "MemAvailable:");
	uint64_t groups = groups_room(root);

	return groups < machine ? groups : machine;
}

uint64_t room_reserve(struct sysroot *root)
{
	uint64_t share = meminfo_bytes(root, "MemTotal:") / 32;
	uint64_t planned = room_available(root) / 10;

	share = share > RESERVE_LEAST ? share : RESERVE_LEAST;
	planned = planned > PLAN_RESERVE_MIN ? planned : PLAN_RESERVE_MIN;
	return share < planned ? share : planned;
}
