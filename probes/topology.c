/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packages, cores, threads, NUMA nodes and caches, by hwloc. */
#include "harness/base/auto.h"
#include "harness/sys/hwloc_env.h"
#include "probes/probe.h"

#include <hwloc.h>
#include <stdlib.h>

#define N_(text) (text)

static const char class[] = "topology";
static const char source[] = "hwloc";

struct reading {
	struct inventory *inventory;
	hwloc_topology_t topology;
};

/* hwloc counts -1 where objects of a type stand at several depths: sources that contradict. */
static void number(const struct reading *r, struct component *component, const char *attribute,
		   int64_t value)
{
	if (value < 0) {
		inventory_problem(r->inventory, class, "topology-irregular",
				  "%s of %s cannot be counted: the files of sys/devices/system/cpu "
				  "contradict each other", attribute, component->id);
		return;
	}
	component_number(r->inventory, component, attribute, value, source, CERTAINTY_CERTAIN);
}

static int count_inside(const struct reading *r, hwloc_const_cpuset_t set, hwloc_obj_type_t type)
{
	return hwloc_get_nbobjs_inside_cpuset_by_type(r->topology, set, type);
}

static void add_cpus(const struct reading *r, struct component *component, hwloc_const_cpuset_t set)
{
	char *list = NULL;

	if (hwloc_bitmap_list_asprintf(&list, set) > 0)
		component_text(r->inventory, component, "cpus", list, source, CERTAINTY_CERTAIN);
	free(list);
}

static void add_machine(const struct reading *r)
{
	struct component *machine = inventory_add(r->inventory, class, "topology/machine", NULL);
	hwloc_obj_t core = NULL;
	int most = 0;

	number(r, machine, "packages", hwloc_get_nbobjs_by_type(r->topology, HWLOC_OBJ_PACKAGE));
	number(r, machine, "cores", hwloc_get_nbobjs_by_type(r->topology, HWLOC_OBJ_CORE));
	number(r, machine, "threads", hwloc_get_nbobjs_by_type(r->topology, HWLOC_OBJ_PU));
	number(r, machine, "numa_nodes", hwloc_get_nbobjs_by_type(r->topology, HWLOC_OBJ_NUMANODE));
	while ((core = hwloc_get_next_obj_by_type(r->topology, HWLOC_OBJ_CORE, core)) != NULL) {
		int threads = hwloc_bitmap_weight(core->cpuset);

		most = threads > most ? threads : most;
	}
	if (most)
		number(r, machine, "threads_per_core", most);
}

static void add_packages(const struct reading *r)
{
	hwloc_obj_t package = NULL;

	while ((package = hwloc_get_next_obj_by_type(r->topology, HWLOC_OBJ_PACKAGE, package))) {
		char id[32];
		struct component *component;

		snprintf(id, sizeof(id), "package/%u", package->logical_index);
		component = inventory_add(r->inventory, class, id, "topology/machine");
		number(r, component, "cores", count_inside(r, package->cpuset, HWLOC_OBJ_CORE));
		number(r, component, "threads", count_inside(r, package->cpuset, HWLOC_OBJ_PU));
		add_cpus(r, component, package->cpuset);
	}
}

static void add_nodes(const struct reading *r)
{
	hwloc_obj_t node = NULL;

	while ((node = hwloc_get_next_obj_by_type(r->topology, HWLOC_OBJ_NUMANODE, node))) {
		char id[32];
		struct component *component;

		snprintf(id, sizeof(id), "numa/%u", node->os_index);
		component = inventory_add(r->inventory, class, id, "topology/machine");
		if (node->attr->numanode.local_memory)
			number(r, component, "memory_bytes",
			       (int64_t)node->attr->numanode.local_memory);
		add_cpus(r, component, node->cpuset);
	}
}

/* One component for all caches of a level, kind and size: chips of two core types have two. */
static void add_caches_like(const struct reading *r, hwloc_obj_t first)
{
	const struct hwloc_cache_attr_s *like = &first->attr->cache;
	struct component *component;
	hwloc_obj_t cache = first;
	char id[32];
	int count = 0;

	for (; cache; cache = cache->next_cousin)
		count += cache->attr->cache.size == like->size;
	snprintf(id, sizeof(id), "cache/L%u%s", like->depth,
		 like->type == HWLOC_OBJ_CACHE_DATA ? "d"
		 : like->type == HWLOC_OBJ_CACHE_INSTRUCTION ? "i" : "");
	component = inventory_add(r->inventory, class, id, "topology/machine");
	number(r, component, "level", like->depth);
	number(r, component, "count", count);
	if (like->size)
		number(r, component, "size_bytes", (int64_t)like->size);
	if (like->linesize)
		number(r, component, "line_bytes", like->linesize);
	number(r, component, "shared_by_cpus", hwloc_bitmap_weight(first->cpuset));
}

static bool seen_before(hwloc_obj_t cache)
{
	hwloc_obj_t before = cache->prev_cousin;

	while (before && before->attr->cache.size != cache->attr->cache.size)
		before = before->prev_cousin;
	return before != NULL;
}

static void add_caches(const struct reading *r)
{
	static const hwloc_obj_type_t type[] = { HWLOC_OBJ_L1CACHE, HWLOC_OBJ_L1ICACHE,
						 HWLOC_OBJ_L2CACHE, HWLOC_OBJ_L3CACHE,
						 HWLOC_OBJ_L4CACHE };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(type); i++) {
		hwloc_obj_t cache = NULL;

		while ((cache = hwloc_get_next_obj_by_type(r->topology, type[i], cache)) != NULL) {
			if (!seen_before(cache))
				add_caches_like(r, cache);
		}
	}
}

/* What is not asked for is not read: the frequencies of every core, the table of distances. */
static int set_flags(hwloc_topology_t topology)
{
	unsigned long flags = HWLOC_TOPOLOGY_FLAG_INCLUDE_DISALLOWED;

#if HWLOC_API_VERSION >= 0x00020800
	/* A library older than its header refuses them. */
	if (!hwloc_topology_set_flags(topology, flags | HWLOC_TOPOLOGY_FLAG_NO_DISTANCES |
							HWLOC_TOPOLOGY_FLAG_NO_MEMATTRS |
							HWLOC_TOPOLOGY_FLAG_NO_CPUKINDS))
		return 0;
#endif
	return hwloc_topology_set_flags(topology, flags);
}

static int load(hwloc_topology_t topology)
{
	if (set_flags(topology) ||
	    hwloc_topology_set_all_types_filter(topology, HWLOC_TYPE_FILTER_KEEP_NONE))
		return -1;
	hwloc_topology_set_type_filter(topology, HWLOC_OBJ_PACKAGE, HWLOC_TYPE_FILTER_KEEP_ALL);
	hwloc_topology_set_type_filter(topology, HWLOC_OBJ_CORE, HWLOC_TYPE_FILTER_KEEP_ALL);
	hwloc_topology_set_cache_types_filter(topology, HWLOC_TYPE_FILTER_KEEP_ALL);
	hwloc_topology_set_icache_types_filter(topology, HWLOC_TYPE_FILTER_KEEP_ALL);
	/* A node that is neither a package nor a cache hangs on a group; without one, on the machine. */
	hwloc_topology_set_type_filter(topology, HWLOC_OBJ_GROUP, HWLOC_TYPE_FILTER_KEEP_STRUCTURE);
	return hwloc_topology_load(topology);
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	struct reading r = { .inventory = inventory };
	int code;

	if (!sysroot_exists(place->root, "sys/devices/system/cpu") &&
	    !sysroot_exists(place->root, "proc/cpuinfo")) {
		inventory_class(inventory, class, PRESENCE_ABSENT,
				"neither sys/devices/system/cpu nor proc/cpuinfo is there");
		return 0;
	}
	code = hwloc_env_set(place->root, place->folder, err);
	if (code < 0)
		return code;
	if (hwloc_topology_init(&r.topology))
		return err_set(err, ERR_UNSUPPORTED, "hwloc cannot be initialised");
	if (load(r.topology)) {
		hwloc_topology_destroy(r.topology);
		return err_set(err, ERR_UNSUPPORTED, "hwloc cannot read the topology");
	}
	add_machine(&r);
	add_packages(&r);
	add_nodes(&r);
	add_caches(&r);
	hwloc_topology_destroy(r.topology);
	inventory_class(inventory, class, PRESENCE_PRESENT, NULL);
	return 0;
}

#define CPU "sys/devices/system/cpu"
#define NODE "sys/devices/system/node"

static const char *const reads[] = {
	"proc/cpuinfo",
	"proc/meminfo",
	CPU "/online",
	CPU "/possible",
	CPU "/present",
	CPU "/cpu[0-9]*/cache/index*/coherency_line_size",
	CPU "/cpu[0-9]*/cache/index*/level",
	CPU "/cpu[0-9]*/cache/index*/number_of_sets",
	CPU "/cpu[0-9]*/cache/index*/physical_line_partition",
	CPU "/cpu[0-9]*/cache/index*/shared_cpu_map",
	CPU "/cpu[0-9]*/cache/index*/size",
	CPU "/cpu[0-9]*/cache/index*/type",
	CPU "/cpu[0-9]*/online",
	CPU "/cpu[0-9]*/topology/*_cpus",
	CPU "/cpu[0-9]*/topology/*_id",
	CPU "/cpu[0-9]*/topology/*_siblings",
	NODE "/node[0-9]*/cpumap",
	NODE "/node[0-9]*/distance",
	NODE "/node[0-9]*/meminfo",
	NODE "/online",
	NODE "/possible",
	NULL,
};

const struct probe probe_topology = {
	.name = class,
	.summary = N_("packages, cores, threads, NUMA nodes, caches"),
	.reads = reads,
	.library_reads = reads,
	.scan = scan,
};
