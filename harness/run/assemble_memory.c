/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which module a physical address is of, as far as the inventory knows; never by a guess. In this order:
 *
 *	one module		the only one there is, when it is as large as what the kernel has
 *	SMBIOS type 20		the module mapped there, or all that are: they are interleaved
 *	SMBIOS type 19		all modules of the array that is mapped there
 *
 * EDAC tells of no addresses; it says where a module sits, and names the module when it is the only one.
 */
#include "harness/run/assembly.h"

#include "harness/base/text.h"
#include "harness/run/module_map.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The modules that an address may be in, and who says so. */
struct candidates {
	const struct component **module;
	size_t count;
	const char *by;
};

static bool is_mapped(const char *at, uint64_t physical)
{
	uint64_t first, last;

	while (module_mapped_next(&at, &first, &last)) {
		if (physical >= first && physical <= last)
			return true;
	}
	return false;
}

/* Whether any module has the attribute; those that have the address in it are added. */
static bool add_mapped(const struct assembly *assembly, const char *attribute, uint64_t physical,
		       struct candidates *candidates)
{
	const struct component *module = inventory_first(&assembly->record->inventory, "memory");
	bool any = false;

	for (; module; module = inventory_next(module)) {
		const char *mapped = component_get_text(module, attribute);

		any = any || mapped;
		if (mapped && is_mapped(mapped, physical))
			candidates->module[candidates->count++] = module;
	}
	return any;
}

static size_t components(const struct assembly *assembly)
{
	const struct component *module = inventory_first(&assembly->record->inventory, "memory");
	size_t count = 0;

	for (; module; module = inventory_next(module))
		count++;
	return count;
}

/* NULL, or why nothing is known. */
static const char *find_candidates(const struct assembly *assembly, uint64_t physical,
				   struct candidates *ret)
{
	const struct component *only = module_map_only(&assembly->record->inventory);
	bool any;

	*ret = (struct candidates){ .module = arena_array(assembly->arena, const struct component *,
							  components(assembly) + 1) };
	if (only) {
		ret->by = "the only module";
		ret->module[ret->count++] = only;
		return NULL;
	}
	ret->by = "smbios type 20";
	any = add_mapped(assembly, "mapped", physical, ret);
	if (ret->count)
		return NULL;
	ret->by = "smbios type 19";
	any = add_mapped(assembly, "array_mapped", physical, ret) || any;
	if (ret->count)
		return NULL;
	return any ? "no module is mapped there" : "the firmware gives no map of the modules";
}

/* One that is interleaved has a partner, whether the firmware maps it or not. */
static bool has_hidden_partner(const struct candidates *candidates)
{
	return candidates->count == 1 && strcmp(candidates->by, "the only module") &&
	       component_get_number(candidates->module[0], "interleave_position", 0) > 0;
}

/* What the candidates have under `attribute`, each once: "CHANNEL 0 or CHANNEL 1". */
static void join(struct assembly *assembly, struct finding *finding, const char *name,
		 const char *attribute, const struct candidates *candidates)
{
	struct buf text = BUF_INIT;
	size_t i, k;

	for (i = 0; i < candidates->count; i++) {
		const char *one = component_get_text(candidates->module[i], attribute);

		if (!one) { /* of one nothing is known: the others are no answer */
			buf_reset(&text);
			break;
		}
		for (k = 0; k < i; k++) {
			if (!strcmp(component_get_text(candidates->module[k], attribute), one))
				break;
		}
		if (k == i)
			buf_addf(&text, "%s%s", text.size ? " or " : "", one);
	}
	if (text.size)
		finding_evidence(assembly->arena, finding, name, "%s", text.data);
	buf_release(&text);
}

static void add_places(struct assembly *assembly, struct finding *finding,
		       const struct candidates *candidates)
{
	join(assembly, finding, "socket", "socket", candidates);
	join(assembly, finding, "channel", "channel", candidates);
	join(assembly, finding, "slot", "locator", candidates);
	join(assembly, finding, "edac", "edac_location", candidates);
}

static void name_candidates(struct assembly *assembly, struct finding *finding,
			    const struct candidates *candidates)
{
	bool hidden = has_hidden_partner(candidates);
	struct buf dimms = BUF_INIT;
	size_t i;

	for (i = 0; i < candidates->count; i++)
		buf_addf(&dimms, "%s%s", i ? " or " : "", candidates->module[i]->id);
	finding->component = candidates->count == 1 && !hidden ? candidates->module[0]->id : "";
	finding_evidence(assembly->arena, finding, "dimm", "%s%s", dimms.data,
			 hidden ? " or one that it is interleaved with" : "");
	finding_evidence(assembly->arena, finding, "dimm_by", "%s", candidates->by);
	buf_release(&dimms);
	if (!hidden)
		add_places(assembly, finding, candidates);
}

void assemble_memory_place(struct assembly *assembly, struct finding *finding, uint64_t physical)
{
	struct candidates candidates;
	const char *why;

	if (physical)
		finding_evidence(assembly->arena, finding, "physical", "0x%016" PRIx64, physical);
	else
		finding_evidence(assembly->arena, finding, "physical", "not known");
	why = find_candidates(assembly, physical, &candidates);
	if (!physical && candidates.count && strcmp(candidates.by, "the only module"))
		return;
	if (candidates.count)
		name_candidates(assembly, finding, &candidates);
	else if (physical)
		finding_evidence(assembly->arena, finding, "dimm", "not known: %s", why);
}

/* mc0/rank1 is a word of "mc0/rank0 mc0/rank1", and none of "mc0/rank10". */
static bool has_word(const char *list, const char *word)
{
	size_t size = strlen(word);

	while (list && (strncmp(list, word, size) || (list[size] && list[size] != ' '))) {
		list = strchr(list, ' ');
		if (list)
			list++;
	}
	return list;
}

void assemble_memory_counted(struct assembly *assembly, struct finding *finding)
{
	const struct component *module = inventory_first(&assembly->record->inventory, "memory");

	if (!text_starts(finding->component, "edac/"))
		return;
	for (; module; module = inventory_next(module)) {
		struct candidates one = { .module = &module, .count = 1 };

		if (!has_word(component_get_text(module, "edac"),
			      finding->component + strlen("edac/")))
			continue;
		finding_evidence(assembly->arena, finding, "dimm", "%s", module->id);
		add_places(assembly, finding, &one);
	}
}

static int compare_pages(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/*
 * For the kernel's command line: a parameter for each run of pages. The kernel of LoongArch takes only one
 * range in each; that of aarch64 has no such parameter, there pages can be taken out while it runs.
 */
static void add_memmap(struct assembly *assembly, struct finding *finding, const uint64_t *page,
		       size_t pages, uint64_t page_bytes)
{
	const char *arch = assembly->record->inventory.arch;
	struct buf memmap = BUF_INIT;
	size_t i, run;

	if (!arch || (strcmp(arch, "x86_64") && strcmp(arch, "loongarch64")))
		return;
	for (i = 0; i < pages; i += run) {
		for (run = 1; i + run < pages && page[i + run] == page[i] + run * page_bytes;)
			run++;
		buf_addf(&memmap, "%smemmap=%" PRIu64 "K$0x%" PRIx64, i ? " " : "",
			 run * page_bytes / 1024, page[i]);
	}
	finding_evidence(assembly->arena, finding, "memmap", "%s", memmap.data);
	buf_release(&memmap);
}

/* Ascending. Each is what the kernel takes in sys/devices/system/memory/hard_offline_page. */
static void add_page_lists(struct assembly *assembly, struct finding *finding,
			   const struct frame_faults *faults)
{
	uint64_t page[WORKER_PAGES];
	struct buf list = BUF_INIT;
	size_t i;

	memcpy(page, faults->page, faults->pages * sizeof(*page));
	qsort(page, faults->pages, sizeof(*page), compare_pages);
	for (i = 0; i < faults->pages; i++)
		buf_addf(&list, "%s0x%" PRIx64, i ? " " : "", page[i]);
	finding_evidence(assembly->arena, finding, "bad_pages", "%s%s", list.data,
			 faults->more ? " and others" : "");
	buf_release(&list);
	add_memmap(assembly, finding, page, faults->pages, faults->page_bytes);
}

void assemble_memory_faults(struct assembly *assembly, const struct frame_step_end *end,
			    size_t worker, int64_t time_ns)
{
	const struct frame_faults *faults = &end->worker_faults[worker];
	struct arena *arena = assembly->arena;
	struct finding *finding;

	if (!faults->bits)
		return;
	finding = assembly_finding(assembly, "memory-faults", "", (int64_t)end->step, time_ns);
	finding_evidence(arena, finding, "attempt", "%" PRIu64, end->attempt);
	finding_evidence(arena, finding, "cpu", "%u", end->worker[worker].cpu);
	finding_evidence(arena, finding, "count", "%" PRIu64, end->worker[worker].mismatches);
	finding_evidence(arena, finding, "bits", "0x%016" PRIx64, faults->bits);
	finding_evidence(arena, finding, "addresses", "%s",
			 faults->page_bytes ? "physical" : "virtual");
	finding_evidence(arena, finding, "address_and", "0x%016" PRIx64, faults->address_and);
	finding_evidence(arena, finding, "address_or", "0x%016" PRIx64, faults->address_or);
	if (faults->pages && faults->page_bytes)
		add_page_lists(assembly, finding, faults);
}
