/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which module a physical address is of, as far as the inventory knows. */
#include "harness/run/assembly.h"

#include "harness/base/scan.h"

#include <inttypes.h>
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

/* `mapped` of the inventory: "0x0-0xbfffffff 0x100000000-0x23fffffff". */
static bool is_mapped(const char *at, uint64_t physical)
{
	uint64_t first, last;

	while (at && *at) {
		at = take_number(at, "-", &first);
		if (at)
			at = take_number(at, " ", &last);
		if (at && physical >= first && physical <= last)
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
