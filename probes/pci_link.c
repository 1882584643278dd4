/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PCI Express links. The registers stand in the part of the configuration space that only root may
 * read; the kernel shows the same as text to everybody.
 */
#include "probes/pci.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"

#include <string.h>

/* Codes of the PCI Express Base Specification 6.0, in MT/s; 0: no such code. */
static int64_t speed_of_code(unsigned int code)
{
	static const int64_t mts[] = { 0, 2500, 5000, 8000, 16000, 32000, 64000 };

	return code < ARRAY_SIZE(mts) ? mts[code] : 0;
}

struct link {
	int64_t speed, width, speed_max, width_max;	/* 0: not known */
};

static bool from_registers(struct pci_dev *device, struct link *link)
{
	struct pci_cap *cap = pci_find_cap(device, PCI_CAP_ID_EXP, PCI_CAP_NORMAL);
	uint32_t can;
	uint16_t has;

	if (!cap)
		return false;
	can = pci_read_long(device, (int)cap->addr + PCI_EXP_LNKCAP);
	has = pci_read_word(device, (int)cap->addr + PCI_EXP_LNKSTA);
	/* Cut off: a device that is asleep or gone reads as all ones. */
	if (can == 0xffffffff || has == 0xffff)
		return false;
	link->speed_max = speed_of_code(can & PCI_EXP_LNKCAP_SPEED);
	link->width_max = (can & PCI_EXP_LNKCAP_WIDTH) >> 4;
	link->speed = speed_of_code(has & PCI_EXP_LNKSTA_SPEED);
	link->width = (has & PCI_EXP_LNKSTA_WIDTH) >> 4;
	return true;
}

/* "8.0 GT/s PCIe" in MT/s; 0 for "Unknown". */
static int64_t speed_text(struct look *look, const char *file)
{
	AUTO(buf_release) struct buf line = BUF_INIT;
	int64_t mts = 0;

	if (!look_line(look, file, &line))
		return 0;
	buf_cut(&line, strcspn(line.data, " "));
	return scan_milli(line.data, &mts) == 0 ? mts : 0;
}

static bool from_kernel(struct look *look, struct link *link)
{
	link->speed = speed_text(look, "current_link_speed");
	link->speed_max = speed_text(look, "max_link_speed");
	if (!look_value(look, "current_link_width", &link->width))
		link->width = 0;
	if (!look_value(look, "max_link_width", &link->width_max) || link->width_max == 255)
		link->width_max = 0;
	return link->speed_max && link->width_max;
}

static void add(struct look *look, const char *attribute, int64_t number, const char *source)
{
	component_number(look->inventory, look->component, attribute, number, source,
			 CERTAINTY_CERTAIN);
}

static unsigned int bridges_above(const struct look *look)
{
	const struct component *at = look->component;
	unsigned int count = 0;

	while (at->parent && (at = inventory_find(look->inventory, at->parent)) != NULL) {
		const char *class_id = component_get_text(at, "class_id");

		count += class_id && !strcmp(class_id, "0604");
	}
	return count;
}

/*
 * Whether the link is the one to below: root ports and the lower ports of switches have theirs with
 * what is plugged into them. Without root the kind of a port is not to be read: below a root port
 * stands the upper port of a switch, below that its lower ones, and so on.
 */
static bool faces_down(const struct look *look, struct pci_dev *device)
{
	struct pci_cap *cap = pci_find_cap(device, PCI_CAP_ID_EXP, PCI_CAP_NORMAL);

	if (device->device_class != PCI_CLASS_BRIDGE_PCI)
		return false;
	switch (cap ? (pci_read_word(device, (int)cap->addr + PCI_EXP_FLAGS) & PCI_EXP_FLAGS_TYPE) >> 4
		    : 0) {
	case PCI_EXP_TYPE_ROOT_PORT:
	case PCI_EXP_TYPE_DOWNSTREAM:
	case PCI_EXP_TYPE_PCIE_BRIDGE:
		return true;
	case PCI_EXP_TYPE_UPSTREAM:
	case PCI_EXP_TYPE_PCI_BRIDGE:
		return false;
	default:
		return bridges_above(look) % 2 == 0;
	}
}

/* Of the lesser end. Where the other end does not say what it can, nothing is possible to tell. */
static void add_possible(struct look *look, const char *attribute, const char *max, int64_t own)
{
	const struct component *port = look->component->parent
		? inventory_find(look->inventory, look->component->parent) : NULL;
	int64_t other = port ? component_get_number(port, max, 0) : 0;

	if (own > 0 && other > 0)
		component_number(look->inventory, look->component, attribute,
				 own < other ? own : other, "lesser of both ends",
				 CERTAINTY_CERTAIN);
}

void pci_add_link(struct look *look, struct pci_dev *device)
{
	struct link link = { .speed = 0 };
	const char *source = "libpci";

	if (!from_registers(device, &link)) {
		if (!from_kernel(look, &link))
			return;
		source = "sysfs link attributes";
	}
	if (!link.width_max)
		return;		/* a device inside the chip: it has registers but no lanes */
	if (link.speed_max)
		add(look, "link_speed_max_mts", link.speed_max, source);
	add(look, "link_width_max", link.width_max, source);
	/* Width 0: nothing is connected; the speed then means nothing. */
	add(look, "link_width", link.width, source);
	if (link.width && link.speed)
		add(look, "link_speed_mts", link.speed, source);
	/* Between the ports of a switch there is none, and none above a root port. */
	if (faces_down(look, device))
		return;
	add_possible(look, "link_speed_possible_mts", "link_speed_max_mts", link.speed_max);
	add_possible(look, "link_width_possible", "link_width_max", link.width_max);
}
