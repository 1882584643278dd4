/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/dmi.h"

#include "harness/base/auto.h"
#include "harness/model/placeholder.h"

#include <stdio.h>
#include <string.h>

#define N_(text) (text)

void dmi_release(struct dmi *dmi)
{
	buf_release(&dmi->table);
}

enum presence dmi_read(struct dmi *dmi, const struct probe_place *place)
{
	AUTO(buf_release) struct buf entry = BUF_INIT;
	struct err err = ERR_INIT;
	int code = sysroot_read(place->root, DMI_TABLE, &dmi->table, &err);

	if (code == ERR_NOT_FOUND) {
		snprintf(dmi->note, sizeof(dmi->note), N_("no SMBIOS: %s is not there"), DMI_TABLE);
		return PRESENCE_ABSENT;
	}
	if (code == ERR_ACCESS) {
		snprintf(dmi->note, sizeof(dmi->note), N_("%s: not readable without root"), DMI_TABLE);
		return PRESENCE_UNREADABLE;
	}
	if (code < 0) {
		snprintf(dmi->note, sizeof(dmi->note), "%.150s", err.plain);
		return PRESENCE_UNREADABLE;
	}
	/* Without it the UUID's byte order is taken for that of every firmware since 2.6. */
	dmi->entry = (struct smbios_entry){ .major = 3 };
	if (sysroot_read(place->root, DMI_ENTRY, &entry, NULL) == 0)
		smbios_entry_point(entry.data, entry.size, &dmi->entry);
	return PRESENCE_PRESENT;
}

struct smbios_walk dmi_walk(const struct dmi *dmi)
{
	return (struct smbios_walk){ .data = (const uint8_t *)dmi->table.data,
				     .size = dmi->table.size };
}

void dmi_end(const struct smbios_walk *walk, struct inventory *inventory, const char *class)
{
	if (walk->fault)
		inventory_problem(inventory, class, "smbios-damaged", "%s, at byte %zu of %zu",
				  walk->fault, walk->at, walk->size);
}

void dmi_class(const struct dmi *dmi, enum presence presence, struct inventory *inventory,
	       const char *class, const char *places)
{
	bool found = inventory_first(inventory, class) != NULL;

	if (presence == PRESENCE_UNREADABLE)
		inventory_class(inventory, class, found ? PRESENCE_PRESENT : PRESENCE_UNREADABLE,
				"%s", dmi->note);
	else if (found)
		inventory_class(inventory, class, PRESENCE_PRESENT, NULL);
	else if (presence == PRESENCE_ABSENT)
		inventory_class(inventory, class, PRESENCE_ABSENT, "looked at %s; %s", places,
				dmi->note);
	else
		inventory_class(inventory, class, PRESENCE_ABSENT, "looked at %s", places);
}

bool dmi_text(const struct dmi_target *target, const char *attribute, size_t offset,
	      enum dmi_name expected)
{
	const char *bytes;
	const char *text;
	uint8_t number;
	size_t size;
	enum smbios_text found = smbios_string(target->structure, offset, &bytes, &size);

	if (found == SMBIOS_TEXT_BAD_INDEX)
		inventory_problem(target->inventory, target->component->class, "smbios-bad-index",
				  "%s of %s names a text that %s does not have", attribute,
				  target->component->id, target->source);
	if (found == SMBIOS_TEXT_NONE && expected == DMI_EXPECTED &&
	    smbios_u8(target->structure, offset, &number))
		inventory_problem(target->inventory, target->component->class, "unprogrammed-name",
				  "%s of %s was never programmed: %s names no text for it",
				  attribute, target->component->id, target->source);
	if (found != SMBIOS_TEXT_FOUND)
		return false;
	component_bytes(target->inventory, target->component, attribute, bytes, size,
			target->source, CERTAINTY_LIKELY);
	text = component_get_text(target->component, attribute);
	if (text && !inventory_is_placeholder(target->inventory, text, strlen(text)))
		return true;
	if (text)
		component_bytes(target->inventory, target->component, attribute, bytes, size,
				target->source, CERTAINTY_UNKNOWN);
	if (expected == DMI_EXPECTED)
		inventory_problem(target->inventory, target->component->class, "unprogrammed-name",
				  "%s of %s was never programmed: the firmware says '%s'",
				  attribute, target->component->id, text ? text : "");
	return false;
}

void dmi_number(const struct dmi_target *target, const char *attribute, int64_t number)
{
	component_number(target->inventory, target->component, attribute, number, target->source,
			 CERTAINTY_LIKELY);
}

void dmi_u8(const struct dmi_target *target, const char *attribute, size_t offset)
{
	uint8_t value;

	if (smbios_u8(target->structure, offset, &value) && value && value != 0xff)
		dmi_number(target, attribute, value);
}

void dmi_u16(const struct dmi_target *target, const char *attribute, size_t offset)
{
	uint16_t value;

	if (smbios_u16(target->structure, offset, &value) && value && value != 0xffff)
		dmi_number(target, attribute, value);
}

void dmi_word(const struct dmi_target *target, const char *attribute, const char *word)
{
	if (word)
		component_text(target->inventory, target->component, attribute, word,
			       target->source, CERTAINTY_LIKELY);
}
