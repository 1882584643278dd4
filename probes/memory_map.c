/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/memory_map.h"

#include "harness/base/memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {	/* offsets in types 17, 19 and 20, DMTF DSP0134 */
	ARRAY = 0x04,			/* of type 17 */
	START = 0x04, END = 0x08,	/* in KiB; all ones: the fields in bytes, further behind */
	HOLDER = 0x0c,			/* the array, or the module */
	ARRAY_BYTES = 0x0f,
	POSITION = 0x11, DEPTH = 0x12, MODULE_BYTES = 0x13,
};

enum { NO_ARRAY = 0xffff, NOT_SAID = 0xff };

void memory_map_module(struct memory_map *map, const struct smbios_structure *s,
		       struct component *component)
{
	struct memory_mapped module = { .handle = s->handle,
					.array = NO_ARRAY,
					.component = component,
					.ranges = BUF_INIT,
					.array_ranges = BUF_INIT };

	smbios_u16(s, ARRAY, &module.array);
	map->module = mem_grow(map->module, &map->capacity, map->count + 1, sizeof(*map->module));
	map->module[map->count++] = module;
}

static bool bytes_at(const struct smbios_structure *s, size_t offset, uint64_t *ret_bytes)
{
	uint32_t low, high;

	if (!smbios_u32(s, offset, &low) || !smbios_u32(s, offset + 4, &high))
		return false;
	*ret_bytes = (uint64_t)high << 32 | low;
	return true;
}

/* First and last byte of the range; `wide`: where they stand in bytes. */
static bool range_of(const struct smbios_structure *s, size_t wide, uint64_t *ret_first,
		     uint64_t *ret_last)
{
	uint32_t start, end;

	if (!smbios_u32(s, START, &start) || !smbios_u32(s, END, &end))
		return false;
	if (start == UINT32_MAX)
		return bytes_at(s, wide, ret_first) && bytes_at(s, wide + 8, ret_last) &&
		       *ret_first < *ret_last;
	*ret_first = (uint64_t)start << 10;
	*ret_last = ((uint64_t)end << 10) + 1023;
	return start <= end && end;
}

static void add_range(struct buf *ranges, uint64_t first, uint64_t last)
{
	buf_addf(ranges, "%s0x%" PRIx64 "-0x%" PRIx64, ranges->size ? " " : "", first, last);
}

/* 0xff: the firmware does not know. */
static uint8_t interleave(const struct smbios_structure *s, size_t offset)
{
	uint8_t value;

	return smbios_u8(s, offset, &value) && value != NOT_SAID ? value : 0;
}

static void add_module_range(struct memory_map *map, const struct smbios_structure *s)
{
	uint64_t first, last;
	uint16_t handle;
	size_t i;

	if (!smbios_u16(s, HOLDER, &handle) || !range_of(s, MODULE_BYTES, &first, &last))
		return;
	for (i = 0; i < map->count; i++) {
		if (map->module[i].handle != handle)
			continue;
		add_range(&map->module[i].ranges, first, last);
		map->module[i].position = interleave(s, POSITION);
		map->module[i].depth = interleave(s, DEPTH);
	}
}

static void add_array_range(struct memory_map *map, const struct smbios_structure *s)
{
	uint64_t first, last;
	uint16_t array;
	size_t i;

	if (!smbios_u16(s, HOLDER, &array) || array == NO_ARRAY ||
	    !range_of(s, ARRAY_BYTES, &first, &last))
		return;
	for (i = 0; i < map->count; i++)
		if (map->module[i].array == array)
			add_range(&map->module[i].array_ranges, first, last);
}

static void describe(const struct memory_mapped *module, struct inventory *inventory)
{
	static const char type_20[] = "smbios type 20";

	if (module->ranges.size)
		component_text(inventory, module->component, "mapped", module->ranges.data, type_20,
			       CERTAINTY_CERTAIN);
	if (module->position)
		component_number(inventory, module->component, "interleave_position",
				 module->position, type_20, CERTAINTY_CERTAIN);
	if (module->position && module->depth)
		component_number(inventory, module->component, "interleave_depth", module->depth,
				 type_20, CERTAINTY_CERTAIN);
	if (module->array_ranges.size)
		component_text(inventory, module->component, "array_mapped",
			       module->array_ranges.data, "smbios type 19", CERTAINTY_CERTAIN);
}

void memory_map_add(struct memory_map *map, const struct dmi *dmi, struct inventory *inventory)
{
	struct smbios_walk walk = dmi_walk(dmi);
	struct smbios_structure s;
	size_t i;

	while (smbios_next(&walk, &s)) {
		if (s.type == SMBIOS_MEMORY_MAPPED)
			add_module_range(map, &s);
		else if (s.type == SMBIOS_ARRAY_MAPPED)
			add_array_range(map, &s);
	}
	for (i = 0; i < map->count; i++)
		describe(&map->module[i], inventory);
}

void memory_map_release(struct memory_map *map)
{
	size_t i;

	for (i = 0; i < map->count; i++) {
		buf_release(&map->module[i].ranges);
		buf_release(&map->module[i].array_ranges);
	}
	free(map->module);
	memset(map, 0, sizeof(*map));
}
