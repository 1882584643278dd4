/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/pci.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/sys/disk.h"

#include <stdio.h>
#include <string.h>

enum { NAME = 2, MAKER };

void pci_names_open(struct pci_names *names, const struct probe_place *place,
		    struct pci_access *access, struct inventory *inventory)
{
	AUTO(buf_release) struct buf pci_ids = BUF_INIT;
	struct err err = ERR_INIT;

	names->ids = (struct ids)IDS_INIT;
	names->access = access;
	buf_addf(&pci_ids, "%s/pci.ids", place->ids);
	if (disk_exists(pci_ids.data))
		pci_set_name_list_path(access, mem_strdup(pci_ids.data), 1);
	if (pack_read(&names->ids, place->ids, &pack_pci, &err) < 0) {
		ids_release(&names->ids);
		inventory_problem(inventory, "pci", "no-names", "%s", err.plain);
	}
}

void pci_names_release(struct pci_names *names)
{
	ids_release(&names->ids);
}

/* The row of a device, or of a vendor (device_id "*"); -1: none. */
static long find(const struct ids *ids, const char *vendor, const char *device)
{
	return ids_find(ids, (const char *[]){ vendor, device });
}

static void add(struct look *look, const char *attribute, const char *text, const char *source)
{
	component_text(look->inventory, look->component, attribute, text, source, CERTAINTY_LIKELY);
}

/* From pci.ids; the first call reads that file. */
static void add_by_libpci(struct pci_names *names, struct look *look, uint16_t vendor,
			  uint16_t device)
{
	char text[160];
	const char *name;

	name = pci_lookup_name(names->access, text, sizeof(text),
			       PCI_LOOKUP_VENDOR | PCI_LOOKUP_NO_NUMBERS, vendor);
	if (name && !component_attribute(look->component, "vendor"))
		add(look, "vendor", name, "pci.ids");
	name = pci_lookup_name(names->access, text, sizeof(text),
			       PCI_LOOKUP_DEVICE | PCI_LOOKUP_NO_NUMBERS, vendor, device);
	if (name)
		add(look, "device", name, "pci.ids");
}

/*
 * The maker is a claim about who designed the part. It is made for a device that the table knows:
 * a vendor id alone does not make it (Phytium root ports carry Cadence's).
 */
void pci_names_add(struct pci_names *names, struct look *look, uint16_t vendor, uint16_t device)
{
	char vendor_id[8], device_id[8];
	long row;

	snprintf(vendor_id, sizeof(vendor_id), "%04x", vendor);
	snprintf(device_id, sizeof(device_id), "%04x", device);
	row = find(&names->ids, vendor_id, "*");
	if (row >= 0)
		add(look, "vendor", ids_at(&names->ids, (size_t)row, NAME), names->ids.source);
	row = find(&names->ids, vendor_id, device_id);
	if (row < 0) {
		add_by_libpci(names, look, vendor, device);
		return;
	}
	add(look, "device", ids_at(&names->ids, (size_t)row, NAME), names->ids.source);
	if (*ids_at(&names->ids, (size_t)row, MAKER))
		add(look, "maker", ids_at(&names->ids, (size_t)row, MAKER), names->ids.source);
}
