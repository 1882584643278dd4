/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/memory_edac.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/base/text.h"
#include "probes/look.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define FOLDER "sys/devices/system/edac/mc/"

static const char class[] = "memory";

/* "" where the file says nothing. */
static const char *text_of(struct look *look, const char *file)
{
	AUTO(buf_release) struct buf line = BUF_INIT;

	if (!look_line(look, file, &line))
		return "";
	return arena_strndup(&look->inventory->arena, line.data, line.size);
}

/* What has no size is no module: drivers also list places that are empty. */
static void add_row(struct memory_edac *edac, struct look *look, const char *path)
{
	struct memory_edac_row row = { .name = arena_printf(&look->inventory->arena, "%s",
							    path + strlen(FOLDER)) };
	int64_t mib = 0;

	look_at(look, "%s", path);
	if (!look_value(look, "size", &mib) || mib <= 0 || mib > INT64_MAX >> 20)
		return;
	row.bytes = (uint64_t)mib << 20;
	row.label = text_of(look, "dimm_label");
	row.location = text_of(look, "dimm_location");
	row.is_rank = text_starts(strchr(row.name, '/') + 1, "rank");
	edac->row = mem_grow(edac->row, &edac->capacity, edac->count + 1, sizeof(*edac->row));
	edac->row[edac->count++] = row;
}

void memory_edac_read(struct memory_edac *edac, const struct probe_place *place,
		      struct inventory *inventory)
{
	static const char *const pattern[] = { FOLDER "mc[0-9]*/dimm[0-9]*",
					       FOLDER "mc[0-9]*/rank[0-9]*" };
	struct look look = { .place = place, .inventory = inventory, .class = class };
	size_t i, k;

	*edac = (struct memory_edac){ .count = 0 };
	for (i = 0; i < ARRAY_SIZE(pattern); i++) {
		struct sysroot_names found = { .count = 0 };

		sysroot_glob(place->root, pattern[i], &found, NULL);
		for (k = 0; k < found.count; k++)
			add_row(edac, &look, found.name[k]);
		sysroot_names_release(&found);
	}
}

void memory_edac_slot(struct memory_edac *edac, struct component *component)
{
	edac->slot = mem_grow(edac->slot, &edac->slot_capacity, edac->slots + 1,
			      sizeof(struct component *));
	edac->slot[edac->slots++] = component;
}

/* The label is that name, or both names of the slot with a blank between them (as ghes_edac writes it). */
static bool is_named(const struct component *slot, const char *label)
{
	const char *locator = component_get_text(slot, "locator");
	const char *bank = component_get_text(slot, "bank");
	size_t size = bank ? strlen(bank) : 0;

	if (!label[0])
		return false;
	if ((locator && !strcasecmp(label, locator)) || (bank && !strcasecmp(label, bank)))
		return true;
	return locator && size && !strncasecmp(label, bank, size) && label[size] == ' ' &&
	       !strcasecmp(label + size + 1, locator);
}

/* NULL: none, or more than one. */
static struct component *slot_named(const struct memory_edac *edac, const char *label)
{
	struct component *found = NULL;
	size_t i;

	for (i = 0; i < edac->slots; i++) {
		if (!is_named(edac->slot[i], label))
			continue;
		if (found)
			return NULL;
		found = edac->slot[i];
	}
	return found;
}

/* Two modules cannot sit in one slot: then it is neither's. Ranks of one module do. */
static void leave_disputed(struct memory_edac *edac, const struct component *slot)
{
	size_t i, modules = 0;

	for (i = 0; i < edac->count; i++)
		modules += edac->row[i].slot == slot && !edac->row[i].is_rank;
	for (i = 0; i < edac->count && modules > 1; i++) {
		if (edac->row[i].slot == slot)
			edac->row[i].slot = NULL;
	}
}

static void tie(struct memory_edac *edac)
{
	size_t i;

	for (i = 0; i < edac->count; i++)
		edac->row[i].slot = slot_named(edac, edac->row[i].label);
	for (i = 0; i < edac->slots; i++)
		leave_disputed(edac, edac->slot[i]);
	if (edac->count == 1 && edac->slots == 1 && !edac->row[0].slot &&
	    component_get_number(edac->slot[0], "size_bytes", 0) == (int64_t)edac->row[0].bytes)
		edac->row[0].slot = edac->slot[0];
}

/* "mc0 channel 1" of a row at "channel 1 slot 0". */
static void add_channel(struct inventory *inventory, struct component *component,
			const struct memory_edac_row *row)
{
	static const char word[] = "channel ";
	const char *at = strstr(row->location, word);
	size_t size;

	if (!at || component_attribute(component, "channel"))
		return;
	size = strspn(at + strlen(word), "0123456789");
	if (size)
		component_text(inventory, component, "channel",
			       arena_printf(&inventory->arena, "%.*s %.*s",
					    (int)strcspn(row->name, "/"), row->name,
					    (int)(strlen(word) + size), at),
			       "edac", CERTAINTY_CERTAIN);
}

static void describe_slot(const struct memory_edac *edac, struct inventory *inventory,
			  struct component *slot)
{
	AUTO(buf_release) struct buf names = BUF_INIT;
	AUTO(buf_release) struct buf places = BUF_INIT;
	size_t i;

	for (i = 0; i < edac->count; i++) {
		const struct memory_edac_row *row = &edac->row[i];

		if (row->slot != slot)
			continue;
		buf_addf(&names, "%s%s", names.size ? " " : "", row->name);
		if (row->location[0])
			buf_addf(&places, "%s%s", places.size ? ", " : "", row->location);
		add_channel(inventory, slot, row);
	}
	if (names.size)
		component_text(inventory, slot, "edac", names.data, "edac", CERTAINTY_CERTAIN);
	if (places.size)
		component_bytes(inventory, slot, "edac_location", places.data, places.size, "edac",
				CERTAINTY_CERTAIN);
}

/* Ranks are not modules: only modules have a size that is added up. */
static void add_component(struct inventory *inventory, const struct memory_edac_row *row,
			  const struct component *total)
{
	struct component *component =
		inventory_add(inventory, class,
			      arena_printf(&inventory->arena, "edac/%s", row->name), total->id);

	component_text(inventory, component, "edac", row->name, "edac", CERTAINTY_CERTAIN);
	component_bytes(inventory, component, "locator", row->label, strlen(row->label), "edac",
			CERTAINTY_CERTAIN);
	component_bytes(inventory, component, "edac_location", row->location,
			strlen(row->location), "edac", CERTAINTY_CERTAIN);
	add_channel(inventory, component, row);
	component_number(inventory, component, row->is_rank ? "rank_bytes" : "size_bytes",
			 (int64_t)row->bytes, "edac", CERTAINTY_CERTAIN);
}

void memory_edac_add(struct memory_edac *edac, struct inventory *inventory,
		     const struct component *total)
{
	size_t i;

	tie(edac);
	for (i = 0; i < edac->slots; i++)
		describe_slot(edac, inventory, edac->slot[i]);
	for (i = 0; i < edac->count && !edac->slots; i++)
		add_component(inventory, &edac->row[i], total);
}

void memory_edac_release(struct memory_edac *edac)
{
	free(edac->row);
	free(edac->slot);
	*edac = (struct memory_edac){ .count = 0 };
}
