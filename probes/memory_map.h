/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_MEMORY_MAP_H
#define PROBES_MEMORY_MAP_H
/*
 * Which module holds which physical addresses: SMBIOS type 20, memory device mapped addresses; and which
 * array of modules does: type 19. Most firmware leaves one or both out; then nothing is added.
 *
 *	memory_map_module(&map, &structure, component);	each module, by its type 17
 *	memory_map_add(&map, &dmi, inventory);		attributes of each
 *	memory_map_release(&map);
 *
 * `mapped` and `array_mapped` are lists of "0x...-0x..." (first and last byte), a blank between two.
 * Interleaved modules have the same range, and `interleave_position` and `interleave_depth` where the
 * firmware says them; these do not tell which of the modules an address is in.
 */
#include "probes/dmi.h"

struct memory_map {
	struct memory_mapped {
		uint16_t handle, array;
		struct component *component;
		struct buf ranges, array_ranges;
		uint8_t position, depth;	/* 0: not interleaved, or not known */
	} *module;
	size_t count, capacity;
};

void memory_map_module(struct memory_map *map, const struct smbios_structure *s,
		       struct component *component);
void memory_map_add(struct memory_map *map, const struct dmi *dmi, struct inventory *inventory);
void memory_map_release(struct memory_map *map);

#endif
