/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/origin.h"

#include "harness/base/auto.h"

#include <fnmatch.h>
#include <string.h>

enum { COUNTRY = 1 };	/* column of makers.tsv */

/* Which attribute of which component names a maker, and which the thing. */
static const struct row {
	const char *class, *component, *maker, *what, *or_what;
} part_row[] = {
	{ "cpu", "cpu/*", "maker", "model", "series" },
	{ "memory", "dimm/*", "maker", "part_number", "type" },
	{ "memory", "spd/*", "maker", "part_number", "type" },
	{ "board", "board/*", "maker", "product", NULL },
	{ "firmware", "firmware/*", "maker", "version", "vendor" },
	{ "pci", "*", "maker", "device", "kind" },
	{ "usb", "usb/[0-9]*", "maker", "product", "device" },	/* no root hubs */
	{ "block", "*", "maker", "model", NULL },
	{ "display", "*", "maker", "model", NULL },
	{ "audio", "audio/*/codec*", "vendor", "model", NULL },
	{ "power", "*", "manufacturer", "model", "kind" },
	{ "tpm", "*", "maker", "name", "kind" },
	{ "bmc", "*", "maker", "firmware", NULL },
	{ "os", "*", "maker", "product", "pretty_name" },
};

static const struct row *row_of(const struct component *component)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(part_row); i++) {
		if (!strcmp(part_row[i].class, component->class) &&
		    fnmatch(part_row[i].component, component->id, 0) == 0)
			return &part_row[i];
	}
	return NULL;
}

static const char *text_of(const struct component *component, const char *name)
{
	const struct attribute *attribute = name ? component_attribute(component, name) : NULL;

	/* "NULL", "To be filled": what was never programmed tells nothing. */
	if (!attribute || attribute->certainty == CERTAINTY_UNKNOWN)
		return NULL;
	return component_get_text(component, name);
}

static void take_maker(const struct component *component, const struct attribute *maker,
		       const struct ids *makers, struct origin_part *part)
{
	long at;

	if (!maker || maker->kind != ATTRIBUTE_TEXT)
		return;
	part->evidence = maker->source;
	part->certainty = maker->certainty;
	if (maker->certainty == CERTAINTY_UNKNOWN)
		return;
	part->maker = maker->text;
	/* A host shows its guest whatever processor it likes. */
	if (component_attribute(component, "hypervisor") &&
	    part->certainty > CERTAINTY_AMBIGUOUS)
		part->certainty = CERTAINTY_AMBIGUOUS;
	if (part->certainty < CERTAINTY_LIKELY)
		return;
	at = ids_find(makers, &maker->text);
	if (at >= 0 && *ids_at(makers, (size_t)at, COUNTRY))
		part->country = ids_at(makers, (size_t)at, COUNTRY);
	/* The country of a maker is a fact of the table, the part's own word or not. */
	if (part->certainty > CERTAINTY_LIKELY)
		part->certainty = CERTAINTY_LIKELY;
}

bool origin_of(const struct component *component, const struct ids *makers,
	       struct origin_part *ret_part)
{
	const struct row *row = row_of(component);

	/* An empty slot holds no part. */
	if (!row || component_get_number(component, "populated", 1) == 0)
		return false;
	*ret_part = (struct origin_part){ .component = component, .what = "", .evidence = "" };
	if (text_of(component, row->what))
		ret_part->what = text_of(component, row->what);
	else if (text_of(component, row->or_what))
		ret_part->what = text_of(component, row->or_what);
	take_maker(component, component_attribute(component, row->maker), makers, ret_part);
	return true;
}

bool origin_of_chips(const struct component *component, const struct ids *makers,
		     struct origin_part *ret_part)
{
	const struct attribute *maker = component_attribute(component, "dram_maker");

	if (!maker || strcmp(component->class, "memory") != 0)
		return false;
	*ret_part = (struct origin_part){ .component = component, .what = "DRAM", .evidence = "" };
	take_maker(component, maker, makers, ret_part);
	return true;
}
