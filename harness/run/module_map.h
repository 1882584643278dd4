/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_MODULE_MAP_H
#define RUN_MODULE_MAP_H
/*
 * Which memory modules hold which physical addresses: the only module holds all; else by `mapped` of the
 * inventory (SMBIOS type 20), and where no module has that by `array_mapped` (type 19), all modules of
 * the array together.
 *
 *	map = module_map_make(&inventory, &arena);
 *	...	bytes[i] of map.range[i] were verified
 *	count = module_map_rows(&map, bytes, row);	room for map.count
 */
#include "harness/base/arena.h"
#include "harness/model/inventory.h"
#include "harness/model/module_bytes.h"

enum { MODULE_RANGES = 256 };	/* more are left out */

struct module_range {
	uint64_t first, last;
	uint64_t bytes;		/* of memory in it: of the only module its size */
	const char *modules;	/* ids, a blank between two: interleaved, or of one array */
};

struct module_map {
	struct module_range *range;	/* no two alike */
	size_t count;
};

struct module_map module_map_make(const struct inventory *inventory, struct arena *arena);
size_t module_map_rows(const struct module_map *map, const uint64_t *bytes,
		       struct module_bytes *row);

/*
 * The module that all addresses are of: the only one that is plugged in, by SMBIOS type 17 or by EDAC, and
 * as large as what the kernel has. NULL when there are several, or it is not known.
 */
const struct component *module_map_only(const struct inventory *inventory);

/* The next of "0x0-0xbfffffff 0x100000000-0x23fffffff"; false at the end, or where it is no such list. */
bool module_mapped_next(const char **at, uint64_t *ret_first, uint64_t *ret_last);

#endif
