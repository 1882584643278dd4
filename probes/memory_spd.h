/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_MEMORY_SPD_H
#define PROBES_MEMORY_SPD_H
/*
 * What memory modules say of themselves, where the kernel offers their EEPROMs on I2C (drivers
 * at24, ee1004, spd5118), and which module sits in which slot of SMBIOS.
 *
 *	struct memory_spds spds = { .count = 0 };
 *	memory_spd_read(place, inventory, &spds);
 *	memory_spd_match(&spds, slot, slot_count);
 *	for each slot: memory_spd_describe(inventory, component, slot->spd);
 *
 * All of it lives in the arena of the inventory.
 */
#include "probes/jedec.h"
#include "probes/probe.h"
#include "probes/spd.h"

enum { MEMORY_SPD_MAX = 64 };

struct memory_spd {
	struct spd spd;
	const char *device;	/* "0-0050" */
	const char *source;	/* the path of its file */
	bool placed;		/* it is known in which slot it sits */
};

struct memory_spds {
	struct memory_spd *spd[MEMORY_SPD_MAX];
	size_t count;
};

/* A populated slot, as the firmware tells of it. */
struct memory_slot {
	struct component *component;
	struct jedec_evidence evidence;
	const struct memory_spd *spd;	/* the module in it */
	const struct memory_spd *like;	/* one that is its twin: all but the serial number holds */
};

/* An EEPROM with a wrong checksum is the problem "spd-damaged" and is not in the list. */
void memory_spd_read(const struct probe_place *place, struct inventory *inventory,
		     struct memory_spds *spds);
/*
 * By serial number; else the only module to the only slot; else by part number. Where all that are
 * left are alike, and as many as the slots, each slot gets a twin.
 */
void memory_spd_match(const struct memory_spds *spds, struct memory_slot *slot, size_t slot_count);
/* Its attributes; those of the firmware give way. What differs is the problem "spd-differs". */
void memory_spd_describe(struct inventory *inventory, struct component *component,
			 const struct memory_spd *spd, bool twin);
/*
 * Who made the module (probes/jedec.h), and whose chips are on it. spd may be NULL. Where module
 * and firmware name different makers, the module is believed and the problem is "spd-differs".
 */
void memory_spd_makers(const struct jedec *jedec, struct inventory *inventory,
		       struct component *component, const struct memory_spd *spd,
		       const struct jedec_evidence *evidence);

#endif
