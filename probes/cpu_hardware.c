/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Traces of real hardware, against the name of somebody who sells virtual machines and appliances, too:
 * what no hypervisor describes in SMBIOS, which root alone may read, and bridges of PCI that no
 * hypervisor emulates. A device may be handed to a guest, a bridge may not: what stands above its
 * devices is the hypervisor's own (the rows "bridge" of hypervisors.tsv).
 */
#include "probes/cpu.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"

#include <ctype.h>
#include <stdio.h>

#define DEVICES "sys/bus/pci/devices"

/* A management controller, a memory module with a part number. */
static bool is_described(const struct cpu_reading *r)
{
	struct smbios_walk walk = dmi_walk(&r->dmi);
	struct smbios_structure s;
	const char *part;
	size_t size, i;

	while (smbios_next(&walk, &s)) {
		if (s.type == SMBIOS_IPMI)
			return true;
		if (s.type != SMBIOS_MEMORY_DEVICE ||
		    smbios_string(&s, 0x1a, &part, &size) != SMBIOS_TEXT_FOUND)
			continue;
		/* "None", "Not Specified" have no figure. */
		for (i = 0; i < size; i++) {
			if (isdigit((unsigned char)part[i]))
				return true;
		}
	}
	return false;
}

/* "0x060400": class 06, bridges; host bridges and bridges of PCI. */
static bool is_real_bridge(const struct cpu_reading *r, const struct ids *hypervisors,
			   const char *device)
{
	AUTO(buf_release) struct buf class = BUF_INIT;
	AUTO(buf_release) struct buf vendor = BUF_INIT;
	char path[128];

	snprintf(path, sizeof(path), DEVICES "/%s/class", device);
	if (sysroot_read_line(r->place->root, path, &class, NULL) < 0 ||
	    (!text_starts(class.data, "0x0600") && !text_starts(class.data, "0x0604")))
		return false;
	snprintf(path, sizeof(path), DEVICES "/%s/vendor", device);
	return sysroot_read_line(r->place->root, path, &vendor, NULL) == 0 &&
	       text_starts(vendor.data, "0x") &&
	       ids_find(hypervisors, (const char *[]){ "bridge", vendor.data + 2 }) < 0;
}

bool cpu_has_hardware(const struct cpu_reading *r, const struct ids *hypervisors)
{
	struct sysroot_names devices = { .count = 0 };
	bool found = is_described(r);
	size_t i;

	if (!found && sysroot_list(r->place->root, DEVICES, &devices, NULL) < 0)
		return false;
	for (i = 0; !found && i < devices.count; i++)
		found = is_real_bridge(r, hypervisors, devices.name[i]);
	sysroot_names_release(&devices);
	return found;
}
