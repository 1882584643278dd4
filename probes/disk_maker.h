/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_DISK_MAKER_H
#define PROBES_DISK_MAKER_H
/*
 * Who sells a disk: by its model (disks.tsv), with its vendor before it where the model alone says
 * nothing ("TOSHIBA AL15SEB120N"), and for a NVMe disk by the vendor id of its controller, where that
 * is of a house that sells disks, and not of one that makes controllers for others. Who made the
 * flash nothing tells.
 */
#include "probes/look.h"

struct disk_makers {
	struct ids disks, vendors;
};
#define DISK_MAKERS_INIT { IDS_INIT, IDS_INIT }

#define DISK_MAKER_READS "sys/bus/pci/devices/*/vendor"

void disk_makers_open(const struct look *look, struct disk_makers *ret_makers);
void disk_makers_release(struct disk_makers *makers);

/* Adds the attribute maker, "unknown" where nothing tells it; controller "pci/0000:01:00.0" or "". */
void disk_maker_add(struct look *look, const struct disk_makers *makers, const char *controller);

#endif
