/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/module_map.h"

#include "harness/base/scan.h"
#include "harness/base/text.h"

#include <string.h>

/* The number that ends at one of `ends`; what stands behind that. */
static const char *take_number(const char *at, const char *ends, uint64_t *ret_number)
{
	size_t length = strcspn(at, ends);
	char text[32];

	if (!length || length >= sizeof(text))
		return NULL;
	memcpy(text, at, length);
	text[length] = '\0';
	if (scan_u64(text, 0, UINT64_MAX, ret_number) < 0)
		return NULL;
	return at + length + (at[length] != '\0');
}

bool module_mapped_next(const char **at, uint64_t *ret_first, uint64_t *ret_last)
{
	if (!*at || !**at)
		return false;
	*at = take_number(*at, "-", ret_first);
	if (*at)
		*at = take_number(*at, " ", ret_last);
	return *at && *ret_first <= *ret_last;
}

static void add_range(struct module_map *map, struct arena *arena, const struct module_range *add)
{
	size_t i;

	for (i = 0; i < map->count; i++) {
		struct module_range *range = &map->range[i];

		if (range->first != add->first || range->last != add->last)
			continue;
		range->modules = arena_printf(arena, "%s %s", range->modules, add->modules);
		return;
	}
	if (map->count < MODULE_RANGES)
		map->range[map->count++] = *add;
}

/* Modules of which only their own EEPROM is known may not be all that there are. */
static bool is_module(const struct component *component)
{
	return (text_starts(component->id, "dimm/") || text_starts(component->id, "edac/")) &&
	       component_get_number(component, "populated", 1);
}

const struct component *module_map_only(const struct inventory *inventory)
{
	const struct component *component = inventory_first(inventory, "memory"), *only = NULL;
	int64_t kernel = 0, size;

	for (; component; component = inventory_next(component)) {
		kernel += component_get_number(component, "kernel_total_bytes", 0);
		if (!is_module(component))
			continue;
		if (only)
			return NULL;
		only = component;
	}
	size = only ? component_get_number(only, "size_bytes", 0) : 0;
	return size && size < kernel ? NULL : only;
}

static void add_ranges(struct module_map *map, const struct inventory *inventory,
		       struct arena *arena, const char *attribute)
{
	const struct component *module = inventory_first(inventory, "memory");
	const char *at;

	for (; module; module = inventory_next(module)) {
		struct module_range range = { .modules = module->id };

		at = component_get_text(module, attribute);
		while (module_mapped_next(&at, &range.first, &range.last)) {
			range.bytes = range.last - range.first + 1;
			add_range(map, arena, &range);
		}
	}
}

struct module_map module_map_make(const struct inventory *inventory, struct arena *arena)
{
	struct module_map map = { .range = arena_array(arena, struct module_range, MODULE_RANGES) };
	const struct component *only = module_map_only(inventory);
	int64_t size = only ? component_get_number(only, "size_bytes", 0) : 0;

	if (size) {
		const struct module_range all = { .last = UINT64_MAX,
						  .bytes = (uint64_t)size,
						  .modules = only->id };

		add_range(&map, arena, &all);
		return map;
	}
	add_ranges(&map, inventory, arena, "mapped");
	if (!map.count)
		add_ranges(&map, inventory, arena, "array_mapped");
	return map;
}

static struct module_bytes *row_of(struct module_bytes *row, size_t *count, const char *modules)
{
	size_t i = *count;

	while (i && strcmp(row[i - 1].modules, modules) > 0)
		i--;
	if (i && !strcmp(row[i - 1].modules, modules))
		return &row[i - 1];
	memmove(row + i + 1, row + i, (*count - i) * sizeof(*row));
	row[i] = (struct module_bytes){ .modules = modules };
	++*count;
	return &row[i];
}

size_t module_map_rows(const struct module_map *map, const uint64_t *bytes,
		       struct module_bytes *row)
{
	size_t count = 0, i;

	for (i = 0; i < map->count; i++) {
		struct module_bytes *to = row_of(row, &count, map->range[i].modules);

		to->bytes += bytes[i];
		to->mapped += map->range[i].bytes;
	}
	return count;
}
