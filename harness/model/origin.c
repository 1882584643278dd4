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
	{ "board", "board/*", "maker", "product", NULL },
	{ "firmware", "firmware/*", "maker", "version", "vendor" },
	{ "pci", "*", "maker", "device", "kind" },
	{ "usb", "usb/[0-9]*", "maker", "product", "device" },	/* no root hubs */
	{ "block", "*", "maker", "model", NULL },
	{ "display", "*", "maker", "model", NULL },
	{ "audio", "audio/*/codec*", "vendor", "model", NULL },
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
	return name ? component_get_text(component, name) : NULL;
}

bool origin_of(const struct component *component, const struct ids *makers,
	       struct origin_part *ret_part)
{
	const struct row *row = row_of(component);
	const struct attribute *maker;
	long at;

	/* An empty slot holds no part. */
	if (!row || component_get_number(component, "populated", 1) == 0)
		return false;
	*ret_part = (struct origin_part){ .component = component, .what = "", .evidence = "" };
	if (text_of(component, row->what))
		ret_part->what = text_of(component, row->what);
	else if (text_of(component, row->or_what))
		ret_part->what = text_of(component, row->or_what);
	maker = component_attribute(component, row->maker);
	if (!maker || maker->kind != ATTRIBUTE_TEXT)
		return true;
	ret_part->evidence = maker->source;
	ret_part->certainty = maker->certainty;
	if (maker->certainty == CERTAINTY_UNKNOWN)
		return true;
	ret_part->maker = maker->text;
	if (maker->certainty < CERTAINTY_LIKELY)
		return true;
	at = ids_find(makers, &maker->text);
	if (at >= 0 && *ids_at(makers, (size_t)at, COUNTRY))
		ret_part->country = ids_at(makers, (size_t)at, COUNTRY);
	/* The country of a maker is a fact of the table, the part's own word or not. */
	if (ret_part->certainty > CERTAINTY_LIKELY)
		ret_part->certainty = CERTAINTY_LIKELY;
	return true;
}
