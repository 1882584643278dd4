/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_DMI_H
#define PROBES_DMI_H
/*
 * The SMBIOS table of a root, and attributes from it.
 *
 *	AUTO(dmi_release) struct dmi dmi = DMI_INIT;
 *	presence = dmi_read(&dmi, place);
 *	... struct smbios_walk walk = dmi_walk(&dmi); smbios_next(&walk, &s) ...
 *	dmi_end(&walk, inventory, "memory");	a damaged table is a problem
 *
 * When the table is absent or unreadable dmi.note says what was looked at, or why.
 */
#include "harness/base/buf.h"
#include "harness/model/inventory.h"
#include "probes/probe.h"
#include "probes/smbios.h"

#define DMI_TABLE "sys/firmware/dmi/tables/DMI"
#define DMI_ENTRY "sys/firmware/dmi/tables/smbios_entry_point"

struct dmi {
	struct buf table;
	struct smbios_entry entry;
	char note[160];
};

#define DMI_INIT { .table = BUF_INIT }

enum presence dmi_read(struct dmi *dmi, const struct probe_place *place);
void dmi_release(struct dmi *dmi);
struct smbios_walk dmi_walk(const struct dmi *dmi);
void dmi_end(const struct smbios_walk *walk, struct inventory *inventory, const char *class);

/*
 * The state of a class that SMBIOS and other places tell of, after all were looked at: present where
 * it has a component; else absent, or unreadable when SMBIOS might have told of one. `presence` is
 * what dmi_read said; `places` names all that was looked at.
 */
void dmi_class(const struct dmi *dmi, enum presence presence, struct inventory *inventory,
	       const char *class, const char *places);

/* Where an attribute of a structure comes from, and to which component it goes. */
struct dmi_target {
	struct inventory *inventory;
	struct component *component;
	const struct smbios_structure *structure;
	const char *source;	/* "smbios type 17" */
};

enum dmi_name {
	DMI_OPTIONAL = 0,	/* many machines leave it empty */
	DMI_EXPECTED,		/* a maker who ships it empty forgot something: a problem */
};

/*
 * The text of a field. A text that only says "not programmed" is kept, with certainty unknown.
 * Returns whether a text that names something was added.
 */
bool dmi_text(const struct dmi_target *target, const char *attribute, size_t offset,
	      enum dmi_name expected);
void dmi_u8(const struct dmi_target *target, const char *attribute, size_t offset);
void dmi_u16(const struct dmi_target *target, const char *attribute, size_t offset);
void dmi_word(const struct dmi_target *target, const char *attribute, const char *word);
void dmi_number(const struct dmi_target *target, const char *attribute, int64_t number);

#endif
