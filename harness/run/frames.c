/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The set is a bit for each frame number that a physical address of 48 bits can have, in memory that
 * the kernel gives only where a bit is set: about a 32768th of what is tested, with pages of 4 KiB.
 */
#include "harness/run/frames.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/memory.h"
#include "harness/base/scan.h"
#include "harness/sys/pagemap.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PHYSICAL_BITS = 48, PAGES_AT_ONCE = 4096 };

struct frames {
	uint64_t *bit;
	size_t bytes;		/* of the map */
	uint64_t page;		/* bytes of a frame */
	uint64_t least, most;	/* frame numbers; least > most: none */
	bool lost;		/* a number that the map has no room for, or that is not shown */
};

struct frames *frames_new(struct err *err)
{
	struct frames *set = mem_zalloc(sizeof(*set));

	set->page = (uint64_t)sysconf(_SC_PAGESIZE);
	set->bytes = (size_t)((1ULL << PHYSICAL_BITS) / set->page / 8);
	set->least = UINT64_MAX;
	set->bit = mmap(NULL, set->bytes, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (set->bit != MAP_FAILED)
		return set;
	err_set_errno(err, errno, "no address space for the numbers of page frames");
	free(set);
	return NULL;
}

static bool add_one(struct frames *set, uint64_t frame)
{
	if (!frame || frame / 8 >= set->bytes)
		return false;
	set->bit[frame / 64] |= 1ULL << frame % 64;
	set->least = frame < set->least ? frame : set->least;
	set->most = frame > set->most ? frame : set->most;
	return true;
}

bool frames_add(struct frames *set, const void *memory, size_t size)
{
	uint64_t frame[PAGES_AT_ONCE];
	size_t pages = (size_t)(size / set->page), at, i;

	for (at = 0; at < pages && !set->lost; at += PAGES_AT_ONCE) {
		size_t count = pages - at < PAGES_AT_ONCE ? pages - at : PAGES_AT_ONCE;

		set->lost = !pagemap_frames((const char *)memory + at * set->page, frame, count);
		for (i = 0; i < count && !set->lost; i++)
			set->lost = !add_one(set, frame[i]);
	}
	return !set->lost;
}

void frames_meet(struct frames *set, const struct frames *other)
{
	uint64_t i;

	set->lost = set->lost || other->lost;
	for (i = set->least / 64; set->least <= set->most && i <= set->most / 64; i++) {
		/* Reading takes no memory; writing where nothing is would. */
		if (set->bit[i])
			set->bit[i] &= other->bit[i];
	}
}

struct block_map {
	uint64_t frames;	/* a block of memory */
	int16_t *node;		/* of each block, NODE_UNKNOWN where it is not known */
	size_t blocks;
};

/* "memory12" is a link in the folder of the node that block 12 belongs to. */
static void map_node(struct sysroot *root, const char *name, struct block_map *map)
{
	struct sysroot_names blocks = { .count = 0 };
	uint64_t node, block;
	char path[64];
	size_t i;

	if (strncmp(name, "node", 4) || scan_u64(name + 4, 0, INT16_MAX, &node) < 0)
		return;
	snprintf(path, sizeof(path), "sys/devices/system/node/node%u", (unsigned int)node);
	if (sysroot_list(root, path, &blocks, NULL) < 0)
		return;
	for (i = 0; i < blocks.count; i++) {
		if (strncmp(blocks.name[i], "memory", 6) ||
		    scan_u64(blocks.name[i] + 6, 0, map->blocks - 1, &block) < 0)
			continue;
		map->node[block] = (int16_t)node;
	}
	sysroot_names_release(&blocks);
}

static void map_blocks(const struct frames *set, struct sysroot *root, struct block_map *map)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	struct sysroot_names nodes = { .count = 0 };
	uint64_t bytes = 0;
	char hex[32];
	size_t i;

	map->frames = set->most + 1;
	if (sysroot_read_line(root, "sys/devices/system/memory/block_size_bytes", &text, NULL) == 0) {
		snprintf(hex, sizeof(hex), "0x%s", text.data);
		if (scan_u64(hex, set->page, UINT64_MAX, &bytes) == 0)
			map->frames = bytes / set->page;
	}
	map->blocks = (size_t)(set->most / map->frames + 1);
	map->node = mem_alloc(map->blocks * sizeof(*map->node));
	for (i = 0; i < map->blocks; i++)
		map->node[i] = NODE_UNKNOWN;
	if (!bytes || sysroot_list(root, "sys/devices/system/node", &nodes, NULL) < 0)
		return;
	for (i = 0; i < nodes.count; i++)
		map_node(root, nodes.name[i], map);
	sysroot_names_release(&nodes);
}

static void add_bytes(struct node_bytes *node, size_t most, size_t *count, struct node_bytes add)
{
	size_t i = *count;

	while (i && node[i - 1].node > add.node)
		i--;
	if (i && node[i - 1].node == add.node) {
		node[i - 1].bytes += add.bytes;
	} else if (*count < most) {
		memmove(node + i + 1, node + i, (*count - i) * sizeof(*node));
		node[i] = add;
		++*count;
	}
}

size_t frames_by_node(const struct frames *set, struct sysroot *root, struct node_bytes *node,
		      size_t most)
{
	struct block_map map;
	size_t count = 0;
	uint64_t i;

	if (set->lost || set->least > set->most)
		return 0;
	map_blocks(set, root, &map);
	for (i = set->least / 64; i <= set->most / 64; i++) {
		struct node_bytes add = { .node = map.node[i * 64 / map.frames] };

		if (!set->bit[i])
			continue;
		add.bytes = (uint64_t)__builtin_popcountll(set->bit[i]) * set->page;
		add_bytes(node, most, &count, add);
	}
	free(map.node);
	return count;
}

uint64_t frames_within(const struct frames *set, uint64_t first, uint64_t last)
{
	uint64_t from = first / set->page + (first % set->page != 0), to = last / set->page, i;
	uint64_t count = 0;

	if (set->lost || set->least > set->most)
		return 0;
	/* A frame belongs to where it begins. */
	from = from < set->least ? set->least : from;
	to = to > set->most ? set->most : to;
	for (i = from; i <= to; i++) {
		if (i % 64 == 0 && to - i >= 63) {
			count += (uint64_t)__builtin_popcountll(set->bit[i / 64]);
			i += 63;
		} else {
			count += set->bit[i / 64] >> i % 64 & 1;
		}
	}
	return count * set->page;
}

struct frames *frames_free(struct frames *set)
{
	if (!set)
		return NULL;
	munmap(set->bit, set->bytes);
	free(set);
	return NULL;
}
