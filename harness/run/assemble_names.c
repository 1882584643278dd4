/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names and numbers that the maker never wrote into the firmware, as the inventory has them: what
 * stands there says "to be filled", so its certainty is unknown. A machine that ships like this
 * cannot be told from the next one.
 */
#include "harness/run/assembly.h"

#include "harness/base/auto.h"

#include <string.h>

/* What the maker must write. The rest (asset tags, a family) is the buyer's, or often empty on purpose. */
static const struct {
	const char *class, *attribute;
} expected[] = {
	{ "board", "manufacturer" }, { "board", "product" },	   { "board", "serial" },
	{ "firmware", "vendor" },    { "firmware", "version" },	   { "firmware", "date" },
	{ "memory", "manufacturer" }, { "memory", "part_number" },
};

static void judge_names(struct assembly *assembly, const struct component *component)
{
	struct finding *finding = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(expected); i++) {
		const struct attribute *name;

		if (strcmp(expected[i].class, component->class) != 0)
			continue;
		name = component_attribute(component, expected[i].attribute);
		if (!name || name->kind != ATTRIBUTE_TEXT || name->certainty != CERTAINTY_UNKNOWN)
			continue;
		if (!finding)
			finding = assembly_finding(assembly, "name-unprogrammed", component->id, -1,
						   -1);
		finding_evidence(assembly->arena, finding, name->name, "%s", name->text);
	}
}

void assemble_names(struct assembly *assembly)
{
	const struct component *component = assembly->record->inventory.component;

	for (; component; component = component->next)
		judge_names(assembly, component);
}
