/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/room.h"

#include "harness/base/arena.h"
#include "harness/base/auto.h"
#include "harness/base/scan.h"

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

/* What is left below the limit of one group; UINT64_MAX when it sets none. */
static uint64_t group_room(struct sysroot *root, const char *folder)
{
	uint64_t limit, used, cache = 0;

	if (!read_number(root, folder, "memory.max", "", &limit) ||
	    !read_number(root, folder, "memory.current", "", &used))
		return UINT64_MAX;
	if (read_number(root, folder, "memory.stat", "inactive_file ", &cache))
		used -= cache < used ? cache : used;
	return used < limit ? limit - used : 0;
}

static uint64_t groups_room(struct sysroot *root)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	AUTO(buf_release) struct buf folder = BUF_INIT;
	uint64_t room = UINT64_MAX;
	const char *path;

	if (sysroot_read(root, "proc/self/cgroup", &text, NULL) < 0)
		return room;
	path = strstr(text.data, "0::/");
	if (!path)
		return room;
	buf_adds(&folder, "sys/fs/cgroup");
	buf_add(&folder, path + 3, strcspn(path + 3, "\n"));
	/* From the innermost group outwards; the root group has no limit. */
	while (folder.size > strlen("sys/fs/cgroup")) {
		uint64_t here = group_room(root, folder.data);

		room = here < room ? here : room;
		buf_cut(&folder, (size_t)(strrchr(folder.data, '/') - folder.data));
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

	return share > RESERVE_LEAST ? share : RESERVE_LEAST;
}
