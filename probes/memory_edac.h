/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_MEMORY_EDAC_H
#define PROBES_MEMORY_EDAC_H
/*
 * The modules that the memory controllers' drivers know: sys/devices/system/edac/mc/mcN/dimmM, or rankM where
 * a controller counts chip selects (the kernel's Documentation/driver-api/edac.rst). What EDAC says is where
 * a module sits and how large it is; it never says which addresses lie in it.
 *
 *	memory_edac_read(&edac, place, inventory);
 *	memory_edac_slot(&edac, component);	each slot that SMBIOS says is populated
 *	memory_edac_add(&edac, inventory);	attributes of these, or components of their own
 *	memory_edac_release(&edac);
 *
 * A slot is EDAC's when its label is the slot's name, its bank's name or both, and no other slot's; or when
 * there is one slot, one module, and both have the same size. `edac` ("mc0/dimm3") and `edac_location`
 * ("channel 0 slot 1") say where, and `channel` where the names of the firmware do not. Where SMBIOS tells
 * of no module, each of EDAC's is a component "edac/mc0/dimm3".
 */
#include "harness/base/buf.h"
#include "probes/probe.h"

struct memory_edac {
	struct memory_edac_row {
		const char *name, *label, *location;	/* "mc0/dimm3"; the others "" where not given */
		uint64_t bytes;				/* 0: not said */
		bool is_rank;
		struct component *slot;
	} *row;
	size_t count, capacity;
	struct component **slot;
	size_t slots, slot_capacity;
};

#define MEMORY_EDAC_READS                                                                          \
	"sys/devices/system/edac/mc/mc*/*/dimm_label",                                             \
		"sys/devices/system/edac/mc/mc*/*/dimm_location",                                  \
		"sys/devices/system/edac/mc/mc*/*/size"

void memory_edac_read(struct memory_edac *edac, const struct probe_place *place,
		      struct inventory *inventory);
void memory_edac_slot(struct memory_edac *edac, struct component *component);
void memory_edac_add(struct memory_edac *edac, struct inventory *inventory,
		     const struct component *total);
void memory_edac_release(struct memory_edac *edac);

#endif
