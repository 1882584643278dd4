/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_MEMORY_MAP_H
#define PROBES_MEMORY_MAP_H
/*
 * Which module holds which physical addresses: SMBIOS type 20, memory device mapped addresses. Most
 * firmware leaves it out; then nothing is added.
 *
 *	memory_map_module(&map, handle, component);	each module, by its handle
 *	memory_map_add(&map, &dmi, inventory);		attribute `mapped` of each
 *	memory_map_release(&map);
 *
 * `mapped` is a list of "0x...-0x..." (first and last byte), a blank between two. Interleaved modules
 * have the same range.
 */
#include "probes/dmi.h"

struct memory_map {
	struct memory_mapped {
		uint16_t handle;
		struct component *component;
		struct buf ranges;
	} *module;
	size_t count, capacity;
};

void memory_map_module(struct memory_map *map, uint16_t handle, struct component *component);
void memory_map_add(struct memory_map *map, const struct dmi *dmi, struct inventory *inventory);
void memory_map_release(struct memory_map *map);

#endif
