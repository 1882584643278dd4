/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_PCI_H
#define PROBES_PCI_H
/* What the files pci*.c share. */
#include "harness/sys/pack.h"
#include "probes/look.h"

#include <pci/pci.h>

/*
 * Words for a device's class ("NVMe disk"), from the PCI Code and ID Assignment Specification; for
 * a subclass that has none, those of its class ("other storage"); NULL: not assigned.
 */
const char *pci_class_word(uint16_t class_id);
/* Whether such a device is of no use without a driver: a bridge or a memory controller is not. */
bool pci_class_needs_driver(uint16_t class_id);

/*
 * pci_link.c: link_speed_mts, link_width and what the device can do at most (link_speed_max_mts,
 * link_width_max). The other end of the link is the component's parent, which is in the inventory
 * already: link_speed_possible_mts and link_width_possible are the lesser of what both ends can.
 */
void pci_add_link(struct look *look, struct pci_dev *device);

/* What a device is told by: class and subsystem too, for ids are shared and left at defaults. */
struct pci_identity {
	char vendor[8], device[8], class[8];	/* four hex digits each */
	char subsystem[12];			/* "19e5:d136", "" where there is none */
};

/*
 * pci_names.c: kind, vendor, device, maker and subsystem_vendor from pci.tsv and pci-vendors.tsv;
 * what is not there, by libpci from the pci.ids beside them (in a tarball, for systems without one),
 * else the system's, which is read only then. What nothing tells is "unknown", in words.
 */
struct pci_names {
	struct ids ids, vendors;
	struct pci_access *access;
};
void pci_names_open(struct pci_names *names, const struct probe_place *place,
		    struct pci_access *access, struct inventory *inventory);
void pci_names_add(struct pci_names *names, struct look *look,
		   const struct pci_identity *identity);
void pci_names_release(struct pci_names *names);

#endif
