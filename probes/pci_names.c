/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/pci.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/sys/disk.h"

#include <stdio.h>
#include <string.h>

enum { KIND = 4, NAME, MAKER };			/* columns of pci.tsv */
enum { VENDOR_MEANS = 1, VENDOR_NAME, VENDOR_MAKER };	/* of pci-vendors.tsv */

void pci_names_open(struct pci_names *names, const struct probe_place *place,
		    struct pci_access *access, struct inventory *inventory)
{
	AUTO(buf_release) struct buf pci_ids = BUF_INIT;
	struct look look = { .place = place, .inventory = inventory, .class = "pci" };

	names->access = access;
	buf_addf(&pci_ids, "%s/pci.ids", place->ids);
	if (disk_exists(pci_ids.data))
		pci_set_name_list_path(access, mem_strdup(pci_ids.data), 1);
	look_table(&look, &pack_pci, &names->ids);
	look_table(&look, &pack_pci_vendors, &names->vendors);
}

void pci_names_release(struct pci_names *names)
{
	ids_release(&names->ids);
	ids_release(&names->vendors);
}

static void add(struct look *look, const char *attribute, const char *text, const char *source)
{
	component_text(look->inventory, look->component, attribute, text, source, CERTAINTY_LIKELY);
}

static void add_unknown(struct look *look, const char *attribute, const char *source)
{
	component_text(look->inventory, look->component, attribute, "unknown", source,
		       CERTAINTY_UNKNOWN);
}

/* Into `attribute`, from the table, else from pci.ids. Returns the row, or -1. */
static long add_vendor(struct pci_names *names, struct look *look, const char *attribute,
		       const char *vendor)
{
	long row = ids_find(&names->vendors, &vendor);
	unsigned int number = 0;
	char text[160];
	const char *name;

	if (row >= 0) {
		add(look, attribute, ids_at(&names->vendors, (size_t)row, VENDOR_NAME),
		    names->vendors.source);
		return row;
	}
	sscanf(vendor, "%x", &number);
	name = pci_lookup_name(names->access, text, sizeof(text),
			       PCI_LOOKUP_VENDOR | PCI_LOOKUP_NO_NUMBERS, (int)number);
	if (name)
		add(look, attribute, name, "pci.ids");
	else
		add_unknown(look, attribute, "pci.ids");
	return -1;
}

static void add_device(struct pci_names *names, struct look *look,
		       const struct pci_identity *identity)
{
	unsigned int vendor = 0, device = 0;
	char text[160];
	const char *name;

	sscanf(identity->vendor, "%x", &vendor);
	sscanf(identity->device, "%x", &device);
	name = pci_lookup_name(names->access, text, sizeof(text),
			       PCI_LOOKUP_DEVICE | PCI_LOOKUP_NO_NUMBERS, (int)vendor,
			       (int)device);
	if (name)
		add(look, "device", name, "pci.ids");
	else
		add_unknown(look, "device", "pci.ids");
}

/*
 * The maker is a claim about who designed the part. A device that the table knows has it from
 * there; of another, the vendor id tells it only where the table says that it names makers
 * (Phytium's root ports carry Cadence's).
 */
static void add_maker(struct pci_names *names, struct look *look, long device, long vendor)
{
	const char *maker = device >= 0 ? ids_at(&names->ids, (size_t)device, MAKER) : "";
	const char *means = vendor >= 0 ? ids_at(&names->vendors, (size_t)vendor, VENDOR_MEANS)
					: "";

	if (*maker)
		add(look, "maker", maker, names->ids.source);
	else if (device < 0 && !strcmp(means, "maker"))
		add(look, "maker", ids_at(&names->vendors, (size_t)vendor, VENDOR_MAKER),
		    names->vendors.source);
	else
		add_unknown(look, "maker", device >= 0 ? names->ids.source
						       : names->vendors.source);
}

void pci_names_add(struct pci_names *names, struct look *look,
		   const struct pci_identity *identity)
{
	const char *key[] = { identity->vendor, identity->device, identity->class,
			      identity->subsystem };
	long vendor = add_vendor(names, look, "vendor", identity->vendor);
	long row = ids_find(&names->ids, key);

	if (row >= 0)
		add(look, "device", ids_at(&names->ids, (size_t)row, NAME), names->ids.source);
	else
		add_device(names, look, identity);
	if (row >= 0 && *ids_at(&names->ids, (size_t)row, KIND))
		add(look, "kind", ids_at(&names->ids, (size_t)row, KIND), names->ids.source);
	add_maker(names, look, row, vendor);
	if (*identity->subsystem) {
		char brand[8] = "";

		memcpy(brand, identity->subsystem, 4);
		add_vendor(names, look, "subsystem_vendor", brand);
	}
}
