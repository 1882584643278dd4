/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_JEDEC_H
#define PROBES_JEDEC_H
/*
 * Who made a memory module, from the number that JEDEC gave the maker (JEP106; SMBIOS type 17
 * offset 2Ch: continuation codes, then the id, both with parity). Several firmwares swap the two
 * bytes, so both orders are looked up: one hit is likely, two are ambiguous. What the firmware wrote
 * as the manufacturer's name is kept apart: the two can contradict each other.
 */
#include "harness/sys/pack.h"
#include "probes/dmi.h"

struct jedec {
	struct ids ids;
};

/* Without the table makers stay unnamed, which is a problem of the inventory. */
void jedec_open(struct jedec *jedec, const struct probe_place *place, struct inventory *inventory);
void jedec_release(struct jedec *jedec);

/*
 * Adds jedec_id ("8a:d6") and maker. `named`: the component has a manufacturer that means
 * something; when it is clearly another maker than the id's, maker is contradictory and names both.
 */
void jedec_maker(const struct jedec *jedec, const struct dmi_target *module, bool named);

#endif
