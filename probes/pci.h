/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_PCI_H
#define PROBES_PCI_H
/* What the files pci*.c share. */
#include "harness/sys/pack.h"
#include "probes/look.h"

#include <pci/pci.h>

/* Words for a device's class ("NVMe disk"), from the PCI Code and ID Assignment Specification. */
const char *pci_class_word(uint16_t class_id);

/*
 * pci_link.c: link_speed_mts, link_width and what the device can do at most (link_speed_max_mts,
 * link_width_max). The other end of the link is the component's parent.
 */
void pci_add_link(struct look *look, struct pci_dev *device);

/*
 * pci_names.c: vendor, device and maker, from pci.tsv; what is not there, by libpci from the pci.ids
 * beside it (in a tarball, for systems without one), else the system's. It is read only then.
 */
struct pci_names {
	struct ids ids;
	struct pci_access *access;
};
void pci_names_open(struct pci_names *names, const struct probe_place *place,
		    struct pci_access *access, struct inventory *inventory);
void pci_names_add(struct pci_names *names, struct look *look, uint16_t vendor, uint16_t device);
void pci_names_release(struct pci_names *names);

#endif
