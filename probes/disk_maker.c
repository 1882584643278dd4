/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/disk_maker.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/sys/pack.h"

#include <stdio.h>
#include <string.h>

enum { MAKER = 2 };				/* column of disks.tsv */
enum { MEANS = 1, VENDOR_MAKER = 3 };		/* columns of pci-vendors.tsv */

void disk_makers_open(const struct look *look, struct disk_makers *ret_makers)
{
	look_table(look, &pack_disks, &ret_makers->disks);
	look_table(look, &pack_pci_vendors, &ret_makers->vendors);
}

void disk_makers_release(struct disk_makers *makers)
{
	ids_release(&makers->disks);
	ids_release(&makers->vendors);
}

static const char *by_model(const struct ids *disks, const char *transport, const char *model)
{
	long row = model ? ids_find(disks, (const char *[]){ transport, model }) : -1;

	return row < 0 ? NULL : ids_at(disks, (size_t)row, MAKER);
}

/* What SCSI's INQUIRY has; "ATA" of those that are behind a translation. */
static const char *by_vendor(const struct look *look, const struct ids *disks,
			     const char *transport, const char *model)
{
	const char *vendor = component_get_text(look->component, "vendor");
	AUTO(buf_release) struct buf both = BUF_INIT;

	if (!vendor || !model)
		return NULL;
	buf_addf(&both, "%s %s", vendor, model);
	return by_model(disks, transport, both.data);
}

static bool sells_disks(const struct ids *disks, const char *maker)
{
	size_t row;

	for (row = 0; row < disks->count; row++) {
		if (!strcmp(ids_at(disks, row, MAKER), maker))
			return true;
	}
	return false;
}

static const char *by_controller(const struct look *look, const struct disk_makers *makers,
				 const char *controller)
{
	AUTO(buf_release) struct buf vendor = BUF_INIT;
	const char *address = strchr(controller, '/');
	const char *maker;
	char path[96];
	long row;

	snprintf(path, sizeof(path), "sys/bus/pci/devices%s/vendor", address ? address : "/-");
	if (sysroot_read_line(look->place->root, path, &vendor, NULL) < 0 ||
	    !text_starts(vendor.data, "0x"))
		return NULL;
	row = ids_find(&makers->vendors, (const char *[]){ vendor.data + 2 });
	if (row < 0 || strcmp(ids_at(&makers->vendors, (size_t)row, MEANS), "maker") != 0)
		return NULL;
	maker = ids_at(&makers->vendors, (size_t)row, VENDOR_MAKER);
	return sells_disks(&makers->disks, maker) ? maker : NULL;
}

void disk_maker_add(struct look *look, const struct disk_makers *makers, const char *controller)
{
	const char *transport = component_get_text(look->component, "transport");
	const char *model = component_get_text(look->component, "model");
	const char *source = makers->disks.source, *maker;

	if (!transport || !strcmp(transport, "virtio"))
		return;
	maker = by_model(&makers->disks, transport, model);
	if (!maker)
		maker = by_vendor(look, &makers->disks, transport, model);
	if (!maker && !strcmp(transport, "nvme")) {
		maker = by_controller(look, makers, controller);
		source = maker ? makers->vendors.source : source;
	}
	component_text(look->inventory, look->component, "maker", maker ? maker : "unknown", source,
		       maker ? CERTAINTY_LIKELY : CERTAINTY_UNKNOWN);
}
