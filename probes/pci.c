/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PCI devices by libpci, whose `sysfs.path` points into the root. libpci prints and exits on
 * errors: the runner turns that into a problem. It is not let near the host's hardware database.
 */
#include "probes/pci.h"

#include "harness/base/auto.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_(text) (text)
#define BUS "sys/bus/pci"
#define FOLDER BUS "/devices"

static const char class[] = "pci";
static const char source[] = "libpci";

struct reading {
	struct look look;
	struct pci_access *access;
	struct pci_names names;
};

static void add_text(struct look *look, const char *attribute, const char *text)
{
	component_text(look->inventory, look->component, attribute, text, source,
		       CERTAINTY_CERTAIN);
}

/* In the header of an ordinary device, in a capability of a bridge. */
static void find_subsystem(struct pci_dev *device, char out[12])
{
	uint8_t type = pci_read_byte(device, PCI_HEADER_TYPE) & 0x7f;
	struct pci_cap *cap = pci_find_cap(device, PCI_CAP_ID_SSVID, PCI_CAP_NORMAL);
	int at = type == PCI_HEADER_TYPE_NORMAL ? PCI_SUBSYSTEM_VENDOR_ID
		 : type == PCI_HEADER_TYPE_BRIDGE && cap ? (int)cap->addr + PCI_SSVID_VENDOR : -1;
	uint16_t vendor;

	out[0] = 0;
	if (at < 0)
		return;
	vendor = pci_read_word(device, at);
	if (vendor && vendor != 0xffff)
		snprintf(out, 12, "%04x:%04x", vendor, pci_read_word(device, at + 2));
}

static void add_kind(struct look *look, const struct pci_dev *device)
{
	const char *word = pci_class_word(device->device_class);

	component_text(look->inventory, look->component, "kind", word ? word : "unknown", source,
		       word ? CERTAINTY_CERTAIN : CERTAINTY_UNKNOWN);
}

/* A device that does nothing without a driver and has none is worth a word. */
static void add_driver(struct look *look, const struct pci_dev *device)
{
	bool bound = look_link_name(look, "driver", "driver");

	component_number(look->inventory, look->component, "driver_bound", bound, look->path,
			 CERTAINTY_CERTAIN);
	if (!bound && pci_class_needs_driver(device->device_class))
		inventory_problem(look->inventory, class, "no-driver",
				  "no driver has taken %s (%s)", look->component->id,
				  pci_class_word(device->device_class));
}

static void describe(struct reading *r, struct pci_dev *device)
{
	struct look *look = &r->look;
	struct pci_identity identity;
	char revision[4];
	int64_t node;

	pci_fill_info(device, PCI_FILL_IDENT | PCI_FILL_CLASS | PCI_FILL_CAPS);
	snprintf(identity.vendor, sizeof(identity.vendor), "%04x", device->vendor_id);
	snprintf(identity.device, sizeof(identity.device), "%04x", device->device_id);
	snprintf(identity.class, sizeof(identity.class), "%04x", device->device_class);
	snprintf(revision, sizeof(revision), "%02x", pci_read_byte(device, PCI_REVISION_ID));
	find_subsystem(device, identity.subsystem);
	add_text(look, "vendor_id", identity.vendor);
	add_text(look, "device_id", identity.device);
	add_text(look, "class_id", identity.class);
	add_text(look, "revision", revision);
	if (*identity.subsystem)
		add_text(look, "subsystem_id", identity.subsystem);
	add_kind(look, device);
	add_driver(look, device);
	/* -1: the machine has one node, or the firmware does not say. */
	if (look_value(look, "numa_node", &node) && node >= 0)
		look_number(look, "numa_node", "numa_node");
	pci_add_link(look, device);
	pci_names_add(&r->names, look, &identity);
}

static bool has_file(struct look *look, const char *file)
{
	snprintf(look->path, sizeof(look->path), "%s/%s", look->folder, file);
	return sysroot_exists(look->place->root, look->path);
}

static void add(struct reading *r, const char *name)
{
	AUTO(buf_release) struct buf id = BUF_INIT;
	AUTO(buf_release) struct buf parent = BUF_INIT;
	unsigned int domain, bus, slot, function;
	struct pci_dev *device;

	if (sscanf(name, "%x:%x:%x.%x", &domain, &bus, &slot, &function) != 4)
		return;
	look_at(&r->look, FOLDER "/%s", name);
	/* Without these libpci gives up on all devices: one may be unplugged at this moment. */
	if (!has_file(&r->look, "vendor") || !has_file(&r->look, "device") ||
	    !has_file(&r->look, "class") || !has_file(&r->look, "config")) {
		inventory_problem(r->look.inventory, class, "device-incomplete",
				  "%s is listed but %s is not there", name, r->look.path);
		return;
	}
	look_pci_parent(&r->look, false, &parent);
	buf_addf(&id, "pci/%s", name);
	r->look.component = inventory_add(r->look.inventory, class, id.data,
					  parent.size ? parent.data : NULL);
	device = pci_get_dev(r->access, (int)domain, (int)bus, (int)slot, (int)function);
	describe(r, device);
	pci_free_dev(device);
}

static struct pci_access *open_bus(const struct probe_place *place)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	struct pci_access *access = pci_alloc();

	buf_addf(&path, "%s/%s", place->folder, BUS);
	access->method = PCI_ACCESS_SYS_BUS_PCI;
	pci_set_param(access, (char *)"sysfs.path", path.data);
	pci_set_param(access, (char *)"hwdb.disable", (char *)"1");
	pci_init(access);
	return access;
}

/* Addresses are hexadecimal, of one width: the order of their bytes is that of their numbers. */
static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	AUTO(sysroot_names_release) struct sysroot_names names = { .count = 0 };
	struct reading r = { .look = { .place = place, .inventory = inventory, .class = class } };
	int code = sysroot_list(place->root, FOLDER, &names, err);
	size_t i;

	if (code < 0 && code != ERR_NOT_FOUND)
		return code;
	if (!names.count) {
		inventory_class(inventory, class, PRESENCE_ABSENT,
				code < 0 ? N_("%s is not there") : N_("%s is empty"), FOLDER);
		return 0;
	}
	qsort(names.name, names.count, sizeof(*names.name), compare);
	r.access = open_bus(place);
	pci_names_open(&r.names, place, r.access, inventory);
	for (i = 0; i < names.count; i++)
		add(&r, names.name[i]);
	pci_names_release(&r.names);
	pci_cleanup(r.access);
	inventory_class(inventory, class, PRESENCE_PRESENT, NULL);
	return 0;
}

static const char *const reads[] = {
	FOLDER "/*",
	FOLDER "/*/class",
	FOLDER "/*/config",
	FOLDER "/*/current_link_speed",
	FOLDER "/*/current_link_width",
	FOLDER "/*/device",
	FOLDER "/*/driver",
	FOLDER "/*/max_link_speed",
	FOLDER "/*/max_link_width",
	FOLDER "/*/numa_node",
	FOLDER "/*/vendor",
	NULL,
};

static const char *const library_reads[] = {
	FOLDER "/*", FOLDER "/*/class", FOLDER "/*/config", FOLDER "/*/device", FOLDER "/*/vendor",
	NULL,
};

const struct probe probe_pci = {
	.name = class,
	.summary = N_("PCI devices: identity, driver, link"),
	.reads = reads,
	.library_reads = library_reads,
	.scan = scan,
};
