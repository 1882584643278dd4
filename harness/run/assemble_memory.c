/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which module a physical address is of, as far as the inventory knows. */
#include "harness/run/assembly.h"

#include "harness/run/module_map.h"

#include <inttypes.h>
#include <string.h>

static bool is_mapped(const char *at, uint64_t physical)
{
	uint64_t first, last;

	while (module_mapped_next(&at, &first, &last)) {
		if (physical >= first && physical <= last)
			return true;
	}
	return false;
}

void assemble_memory_place(struct assembly *assembly, struct finding *finding, uint64_t physical)
{
	const struct component *component;
	struct buf dimms = BUF_INIT;
	bool has_map = false;
	size_t count = 0;

	if (!physical) {
		finding_evidence(assembly->arena, finding, "physical", "not known");
		return;
	}
	finding_evidence(assembly->arena, finding, "physical", "0x%016" PRIx64, physical);
	component = inventory_first(&assembly->record->inventory, "memory");
	for (; component; component = inventory_next(component)) {
		const char *mapped = component_get_text(component, "mapped");

		has_map = has_map || mapped;
		if (!mapped || !is_mapped(mapped, physical))
			continue;
		buf_addf(&dimms, "%s%s", count++ ? " or " : "", component->id);
		if (count == 1)
			finding->component = component->id;
	}
	if (count > 1) /* interleaved */
		finding->component = "";
	if (count)
		finding_evidence(assembly->arena, finding, "dimm", "%s", dimms.data);
	else if (!finding->component[0])
		finding_evidence(assembly->arena, finding, "dimm", "not known: %s",
				 has_map ? "no module is mapped there" :
					   "the firmware gives no map of the modules");
	buf_release(&dimms);
}

/* Pages for the kernel's command line: memmap=4K$0x1000,4K$0x5000. */
static void add_page_lists(struct assembly *assembly, struct finding *finding,
			   const struct frame_faults *faults)
{
	struct buf pages = BUF_INIT, memmap = BUF_INIT;
	size_t i;

	for (i = 0; i < faults->pages; i++) {
		buf_addf(&pages, "%s0x%" PRIx64, i ? " " : "", faults->page[i]);
		buf_addf(&memmap, "%s%" PRIu64 "K$0x%" PRIx64, i ? "," : "memmap=",
			 faults->page_bytes / 1024, faults->page[i]);
	}
	finding_evidence(assembly->arena, finding, "bad_pages", "%s%s", pages.data,
			 faults->more ? " and others" : "");
	finding_evidence(assembly->arena, finding, "memmap", "%s", memmap.data);
	buf_release(&pages);
	buf_release(&memmap);
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
