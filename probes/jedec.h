/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_JEDEC_H
#define PROBES_JEDEC_H
/*
 * Who made a memory module, by what the firmware says of it:
 *
 *	- the number that JEDEC gave the maker (JEP106: how many continuation codes, then the id, both
 *	  with parity) in SMBIOS type 17 (offset 2Ch). Several firmwares swap its bytes, so both
 *	  orders are looked up
 *	- the same number written as text where the name should be ("0x1234", "859B0000802C",
 *	  "7F7F9B0000000000", "Unknown - [0x859B]", "JEDEC ID:80 2C", "Bank 9, Hex 0x1A"), likewise
 *	- a name, in one of the spellings that are known
 *	- how the part number begins, where that is one maker's way to number
 *
 * What agrees is likely; what disagrees is contradictory, and both makers are named; a number that
 * fits two makers by its two orders is ambiguous, unless a name decides. A number that is not in
 * the table is that of another maker ("bank 13 id 0x33"): beside a name that is known it
 * contradicts. A brand and its maker agree. The source of the
 * attribute lists what spoke for it.
 */
#include "harness/model/inventory.h"
#include "harness/sys/pack.h"
#include "probes/probe.h"

struct jedec {
	struct ids ids, names;
};

/* A number: bytes as they stand, continuation codes first where they stand in order. */
struct jedec_id {
	uint8_t byte[2];
	bool given;
};

struct jedec_evidence {
	struct jedec_id firmware;	/* in either order */
	struct jedec_id module;		/* of its own data, where the table does not have it */
	const char *name;		/* as the firmware writes it; NULL: it says nothing */
	const char *part_number;	/* likewise */
};

/* Without the table makers stay unnamed, which is a problem of the inventory. */
void jedec_open(struct jedec *jedec, const struct probe_place *place, struct inventory *inventory);
void jedec_release(struct jedec *jedec);

/* Adds "maker" to the component, where there is something to tell. */
void jedec_maker(const struct jedec *jedec, struct inventory *inventory,
		 struct component *component, const struct jedec_evidence *evidence);
/* The maker of a number in order; NULL when the table does not have it. */
const char *jedec_name(const struct jedec *jedec, struct jedec_id id);

/* Whether modules of that brand are that maker's. */
bool jedec_is_brand(const struct jedec *jedec, const char *brand, const char *maker);

/* The number that a text stands for; not given when it is a name. */
struct jedec_id jedec_id_of_text(const char *text);

#endif
