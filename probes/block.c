/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Disks: whole block devices that have hardware behind them. */
#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/model/placeholder.h"
#include "probes/disk_maker.h"
#include "probes/disk_slot.h"
#include "probes/look.h"
#include "probes/smart.h"

#include <stdio.h>
#include <string.h>

#define N_(text) (text)
#define FOLDER "sys/block"

static const char class[] = "block";

/* How the disk hangs on the machine, told by the way to it: the first word that fits. */
static const char *transport(const char *real)
{
	static const struct {
		const char *part, *name;
	} way[] = {
		{ "/usb", "usb" },	    { "/nvme-fabrics", "nvme-of" }, { "/nvme", "nvme" },
		{ "/ata", "ata" },	    { "/virtio", "virtio" },	    { "/mmc_host", "mmc" },
		{ "/rport-", "fc" },	    { "/session", "iscsi" },	    { "/sas_", "sas" },
		{ "/expander-", "sas" },    { "/host", "scsi" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(way); i++) {
		if (strstr(real, way[i].part))
			return way[i].name;
	}
	return NULL;
}

static void add_transport(struct look *look)
{
	AUTO(buf_release) struct buf real = BUF_INIT;
	AUTO(buf_release) struct buf slot = BUF_INIT;
	const char *name;

	if (sysroot_real_path(look->place->root, look->folder, &real, NULL) < 0)
		return;
	name = transport(real.data);
	if (name)
		component_text(look->inventory, look->component, "transport", name, look->folder,
			       CERTAINTY_CERTAIN);
	if (disk_slot(look->place->root, real.data, &slot))
		component_text(look->inventory, look->component, "slot", slot.data, look->folder,
			       CERTAINTY_CERTAIN);
}

/*
 * An NVMe disk may be reached over several ports. The kernel then shows each way to it as a hidden
 * device that nobody can open, nvme0c1n1, and the disk itself, nvme0n1, as one of its own making. The
 * name of the disk into `out`; false where `name` is no such way.
 */
static bool is_way_to(const char *name, struct buf *out)
{
	size_t control = strcspn(name, "c");
	size_t namespace = control + strcspn(name + control, "n");

	if (!text_starts(name, "nvme") || !name[control] || !name[namespace])
		return false;
	buf_add(out, name, control);
	buf_adds(out, name + namespace);
	return true;
}

/*
 * The serial number of an ATA or SCSI disk: page 80h of its vital product data, four bytes of head
 * (SPC-4, 7.8.15) and the text. Only new kernels show it as a file of its own.
 */
static void look_serial_page(struct look *look)
{
	AUTO(buf_release) struct buf page = BUF_INIT;
	AUTO(buf_release) struct buf text = BUF_INIT;
	const unsigned char *byte;
	size_t size;

	snprintf(look->path, sizeof(look->path), "%s/device/vpd_pg80", look->folder);
	if (sysroot_read(look->place->root, look->path, &page, NULL) < 0 || page.size < 4)
		return;
	byte = (const unsigned char *)page.data;
	size = (size_t)byte[2] << 8 | byte[3];
	if (byte[1] != 0x80 || size > page.size - 4)
		return;
	buf_add(&text, page.data + 4, size);
	buf_trim(&text);
	component_bytes(look->inventory, look->component, "serial", text.data, text.size, look->path,
			inventory_is_placeholder(look->inventory, text.data, text.size)
				? CERTAINTY_UNKNOWN : CERTAINTY_CERTAIN);
}

/*
 * A disk of the live machine: the kernel's own devices (zram, md, device mapper) are out already,
 * an optical drive (sr) has no SMART, and a card reader without a card is no disk.
 */
static bool is_asked_for_health(struct look *look, const char *name)
{
	int64_t size;

	return sysroot_is_live(look->place->root) && !text_starts(name, "sr") &&
	       look_value(look, "size", &size) && size > 0;
}

static void add_details(struct look *look)
{
	AUTO(buf_release) struct buf line = BUF_INIT;

	look_scaled(look, "size_bytes", "size", 512, 1);	/* always units of 512 */
	look_number(look, "removable", "removable");
	look_number(look, "read_only", "ro");
	look_number(look, "rotational", "queue/rotational");
	look_number(look, "logical_block_bytes", "queue/logical_block_size");
	look_number(look, "physical_block_bytes", "queue/physical_block_size");
	look_name(look, "model", "device/model");
	/* A disk's is a text; a virtio device has its vendor's number there. */
	if (look_line(look, "device/vendor", &line) && !text_starts(line.data, "0x"))
		look_name(look, "vendor", "device/vendor");
	if (!look_text(look, "firmware", "device/firmware_rev"))
		look_text(look, "firmware", "device/rev");
	if (!look_name(look, "serial", "device/serial") && !look_name(look, "serial", "serial"))
		look_serial_page(look);
	if (!look_text(look, "wwn", "wwid"))
		look_text(look, "wwn", "device/wwid");
}

static void add(struct look *look, const char *name)
{
	AUTO(buf_release) struct buf id = BUF_INIT;
	AUTO(buf_release) struct buf parent = BUF_INIT;
	AUTO(buf_release) struct buf disk = BUF_INIT;

	if (!look_has_hardware(look))
		return;
	look_pci_parent(look, false, &parent);
	if (is_way_to(name, &disk)) {
		name = disk.data;
		look_at(look, FOLDER "/%s", name);
	}
	buf_addf(&id, "block/%s", name);
	if (inventory_find(look->inventory, id.data))
		return;
	look->component = inventory_add(look->inventory, class, id.data,
					parent.size ? parent.data : NULL);
	add_details(look);
	add_transport(look);
	disk_maker_add(look, look->context, parent.data);
	if (is_asked_for_health(look, name))
		smart_add(look, name);
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	AUTO(disk_makers_release) struct disk_makers makers = DISK_MAKERS_INIT;
	struct look look = { .place = place, .inventory = inventory, .class = class,
			     .context = &makers };

	disk_makers_open(&look, &makers);
	return look_each(&look, FOLDER, add, N_("no device with hardware behind it"), err);
}

static const char *const reads[] = {
	FOLDER "/*",
	FOLDER "/*/size",
	FOLDER "/*/removable",
	FOLDER "/*/ro",
	FOLDER "/*/queue/rotational",
	FOLDER "/*/queue/logical_block_size",
	FOLDER "/*/queue/physical_block_size",
	FOLDER "/*/device/model",
	FOLDER "/*/device/vendor",
	FOLDER "/*/device/firmware_rev",
	FOLDER "/*/device/rev",
	FOLDER "/*/device/serial",
	FOLDER "/*/serial",
	FOLDER "/*/device/vpd_pg80",
	FOLDER "/*/wwid",
	FOLDER "/*/device/wwid",
	DISK_SLOT_READS,
	DISK_MAKER_READS,
	NULL,
};

const struct probe probe_block = {
	.name = class,
	.summary = N_("disks: model, size, serial, how they are attached"),
	.reads = reads,
	.live_only = "health of the disk (SMART) is asked of it by smartctl",
	.scan = scan,
};
