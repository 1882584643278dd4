/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/memory_map.h"

#include "harness/base/memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {	/* offsets in type 20, DMTF DSP0134 */
	START = 0x04, END = 0x08,	/* in KiB; all ones: see below */
	DEVICE = 0x0c,
	START_BYTES = 0x13, END_BYTES = 0x1b,
};

void memory_map_module(struct memory_map *map, uint16_t handle, struct component *component)
{
	map->module = mem_grow(map->module, &map->capacity, map->count + 1, sizeof(*map->module));
	map->module[map->count++] = (struct memory_mapped){
		.handle = handle, .component = component, .ranges = BUF_INIT
	};
}

static bool bytes_at(const struct smbios_structure *s, size_t offset, uint64_t *ret_bytes)
{
	uint32_t low, high;

	if (!smbios_u32(s, offset, &low) || !smbios_u32(s, offset + 4, &high))
		return false;
	*ret_bytes = (uint64_t)high << 32 | low;
	return true;
}

/* First and last byte of the range. */
static bool range_of(const struct smbios_structure *s, uint64_t *ret_first, uint64_t *ret_last)
{
	uint32_t start, end;

	if (!smbios_u32(s, START, &start) || !smbios_u32(s, END, &end))
		return false;
	if (start == UINT32_MAX)
		return bytes_at(s, START_BYTES, ret_first) && bytes_at(s, END_BYTES, ret_last) &&
		       *ret_first < *ret_last;
	*ret_first = (uint64_t)start << 10;
	*ret_last = ((uint64_t)end << 10) + 1023;
	return start <= end && end;
}

static void add_range(struct memory_map *map, const struct smbios_structure *s)
{
	uint64_t first, last;
	uint16_t handle;
	size_t i;

	if (!smbios_u16(s, DEVICE, &handle) || !range_of(s, &first, &last))
		return;
	for (i = 0; i < map->count; i++)
		if (map->module[i].handle == handle)
			buf_addf(&map->module[i].ranges, "%s0x%" PRIx64 "-0x%" PRIx64,
				 map->module[i].ranges.size ? " " : "", first, last);
}

void memory_map_add(struct memory_map *map, const struct dmi *dmi, struct inventory *inventory)
{
	struct smbios_walk walk = dmi_walk(dmi);
	struct smbios_structure s;
	size_t i;

	while (smbios_next(&walk, &s))
		if (s.type == SMBIOS_MEMORY_MAPPED)
			add_range(map, &s);
	for (i = 0; i < map->count; i++)
		if (map->module[i].ranges.size)
			component_text(inventory, map->module[i].component, "mapped",
				       map->module[i].ranges.data, "smbios type 20",
				       CERTAINTY_CERTAIN);
}

void memory_map_release(struct memory_map *map)
{
	size_t i;

	for (i = 0; i < map->count; i++)
		buf_release(&map->module[i].ranges);
	free(map->module);
	memset(map, 0, sizeof(*map));
}
