/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/disk_state.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/run/disk_way.h"

#include <stdio.h>
#include <string.h>

#define BLOCK "sys/block"

/* mountinfo and swaps of proc(5), read once. */
struct tables {
	struct sysroot *root;
	struct arena *arena;
	struct buf mounts, swaps;
	bool known;
};

/* The last part of a path. */
static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The `index`th word of a line, from 0; false when it has fewer. */
static bool word_of(const char *line, unsigned int index, char *out, size_t size)
{
	size_t length;

	for (;; index--) {
		line += strspn(line, " \t");
		length = strcspn(line, " \t\n");
		if (!length)
			return false;
		if (!index)
			break;
		line += length;
	}
	if (length >= size)
		length = size - 1;
	memcpy(out, line, length);
	out[length] = 0;
	return true;
}

/* --- one block device, the disk or a partition of it ------------------------------------------ */

struct place {
	const char *name;	/* "sda2" */
	const char *folder;	/* in sys/block */
};

static const char *held_by(struct tables *tables, const struct place *place)
{
	struct sysroot_names names = { NULL, 0 };
	char path[512];
	const char *by = NULL;

	snprintf(path, sizeof(path), "%s/holders", place->folder);
	if (sysroot_list(tables->root, path, &names, NULL) == 0 && names.count)
		by = arena_strdup(tables->arena, names.name[0]);
	sysroot_names_release(&names);
	return by;
}

/*
 * Lines of mountinfo: number, parent, MAJOR:MINOR, root, mount point, ... " - " type, source. A file
 * system on several devices (btrfs) has a number of its own there, and only its source names one.
 */
static const char *mounted_at(struct tables *tables, const struct place *place)
{
	AUTO(buf_release) struct buf number = BUF_INIT;
	char path[512], word[512], source[512];
	const char *line, *end;

	snprintf(path, sizeof(path), "%s/dev", place->folder);
	sysroot_read_line(tables->root, path, &number, NULL);
	for (line = tables->mounts.data; line && *line; line = end + (*end == '\n')) {
		const char *dash = strstr(line, " - ");

		end = strchrnul(line, '\n');
		if (!word_of(line, 2, word, sizeof(word)) || !dash || dash > end ||
		    !word_of(dash + 3, 1, source, sizeof(source)))
			continue;
		if ((!number.size || strcmp(word, number.data)) &&
		    strcmp(base_name(source), place->name))
			continue;
		if (word_of(line, 4, word, sizeof(word)))
			return arena_strdup(tables->arena, word);
	}
	return NULL;
}

static bool has_swap(const struct tables *tables, const struct place *place)
{
	char word[512];
	const char *line, *end;

	for (line = tables->swaps.data; line && *line; line = end + (*end == '\n')) {
		end = strchrnul(line, '\n');
		if (word_of(line, 0, word, sizeof(word)) && !strcmp(base_name(word), place->name))
			return true;
	}
	return false;
}

static bool look_at(struct tables *tables, const struct place *place, struct disk_state *state)
{
	if ((state->by = mounted_at(tables, place)))
		state->use = DISK_MOUNTED;
	else if (has_swap(tables, place))
		state->use = DISK_SWAP, state->by = arena_strdup(tables->arena, place->name);
	else if ((state->by = held_by(tables, place)))
		state->use = DISK_HELD;
	return state->use != DISK_UNUSED;
}

/* --- the way to it ----------------------------------------------------------------------------- */

static void look_at_way(struct tables *tables, const char *folder, struct disk_state *state)
{
	const struct disk_way way = disk_way(tables->root, tables->arena, folder);

	if (way.network)
		state->use = DISK_FABRIC, state->by = way.network;
	else if (way.nvme_ways > 1)
		state->use = DISK_SEVERAL_WAYS;
}

/* --- one disk --------------------------------------------------------------------------------- */

static void look_at_disk(struct tables *tables, struct disk_state *state)
{
	struct sysroot_names parts = { NULL, 0 };
	char folder[256], part[512];
	struct place place = { state->device, folder };
	bool found;
	size_t i;

	snprintf(folder, sizeof(folder), BLOCK "/%s", state->device);
	found = look_at(tables, &place, state);
	if (sysroot_list(tables->root, folder, &parts, NULL) < 0) {
		state->use = DISK_UNKNOWN;
		return;
	}
	for (i = 0; i < parts.count && !found; i++) {
		place = (struct place){ parts.name[i], part };
		snprintf(part, sizeof(part), "%s/%s", folder, parts.name[i]);
		if (text_starts(parts.name[i], state->device))
			found = look_at(tables, &place, state);
	}
	sysroot_names_release(&parts);
	if (!found)
		look_at_way(tables, folder, state);
	if (state->use == DISK_UNUSED && !tables->known)
		state->use = DISK_UNKNOWN;
}

struct disk_state *disk_states(struct sysroot *root, struct arena *arena, size_t *ret_count)
{
	struct tables tables = { .root = root, .arena = arena, .mounts = BUF_INIT, .swaps = BUF_INIT };
	struct sysroot_names disks = { NULL, 0 };
	struct disk_state *state;
	size_t i;

	tables.known = sysroot_read(root, "proc/self/mountinfo", &tables.mounts, NULL) == 0 &&
		       sysroot_read(root, "proc/swaps", &tables.swaps, NULL) == 0;
	sysroot_list(root, BLOCK, &disks, NULL);
	state = arena_array(arena, struct disk_state, disks.count + 1);
	for (i = 0; i < disks.count; i++) {
		state[i].device = arena_strdup(arena, disks.name[i]);
		look_at_disk(&tables, &state[i]);
	}
	*ret_count = disks.count;
	sysroot_names_release(&disks);
	buf_release(&tables.mounts);
	buf_release(&tables.swaps);
	return state;
}
