/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PCIe links that were trained below what both of their ends can, as the inventory has them.
 *
 * Displays and accelerators change width and speed with their load, and with them every port above:
 * nothing is said of those. Nor of an end whose limits or present state are not known.
 */
#include "harness/run/assembly.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"

#include <inttypes.h>
#include <string.h>

static const struct component *above(const struct assembly *assembly,
				     const struct component *component)
{
	return component->parent ?
		       inventory_find(&assembly->record->inventory, component->parent) :
		       NULL;
}

static bool is_adaptive(const struct component *component)
{
	const char *class_id = component_get_text(component, "class_id");

	return class_id && (text_starts(class_id, "03") || text_starts(class_id, "12"));
}

static bool has_adaptive_below(const struct assembly *assembly, const struct component *top)
{
	const struct component *component = inventory_first(&assembly->record->inventory, "pci");
	const struct component *at;

	for (; component; component = inventory_next(component)) {
		if (!is_adaptive(component))
			continue;
		for (at = component; at && at != top;)
			at = above(assembly, at);
		if (at)
			return true;
	}
	return false;
}

/* What both ends can is known of links only: between the two ports of a switch there is none. */
static void judge_link(struct assembly *assembly, const struct component *end,
		       const struct component *port)
{
	static const struct {
		const char *now, *possible, *most;
	} measure[] = { { "link_width", "link_width_possible", "link_width_max" },
			{ "link_speed_mts", "link_speed_possible_mts", "link_speed_max_mts" } };
	struct arena *arena = assembly->arena;
	struct finding *finding = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(measure); i++) {
		int64_t now = component_get_number(end, measure[i].now, 0);
		int64_t most = component_get_number(end, measure[i].possible, 0);

		if (now <= 0 || now >= most)
			continue;
		if (!finding)
			finding = assembly_finding(assembly, "link-degraded", end->id, -1, -1);
		finding_evidence(arena, finding, "port", "%s", port->id);
		finding_evidence(arena, finding, measure[i].now, "%" PRId64, now);
		finding_evidence(arena, finding, measure[i].most, "%" PRId64, most);
	}
}

void assemble_links(struct assembly *assembly)
{
	const struct component *end = inventory_first(&assembly->record->inventory, "pci");

	for (; end; end = inventory_next(end)) {
		const struct component *port = above(assembly, end);
		size_t length = strlen(end->id);

		/* All functions of a device share its link: the first one speaks. */
		if (port && length > 2 && !strcmp(end->id + length - 2, ".0") &&
		    !has_adaptive_below(assembly, end))
			judge_link(assembly, end, port);
	}
}
