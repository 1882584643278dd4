/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Disks: whole block devices that have hardware behind them. */
#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "probes/look.h"
#include "probes/smart.h"

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
		{ "/usb", "usb" },	 { "/nvme", "nvme" },	{ "/ata", "ata" },
		{ "/virtio", "virtio" }, { "/mmc_host", "mmc" }, { "/sas_", "sas" },
		{ "/expander-", "sas" }, { "/host", "scsi" },
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
	const char *name;

	if (sysroot_real_path(look->place->root, look->folder, &real, NULL) < 0)
		return;
	name = transport(real.data);
	if (name)
		component_text(look->inventory, look->component, "transport", name, look->folder,
			       CERTAINTY_CERTAIN);
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

static void add(struct look *look, const char *name)
{
	AUTO(buf_release) struct buf id = BUF_INIT;
	AUTO(buf_release) struct buf parent = BUF_INIT;
	AUTO(buf_release) struct buf line = BUF_INIT;

	if (!look_has_hardware(look))
		return;
	look_pci_parent(look, false, &parent);
	buf_addf(&id, "block/%s", name);
	look->component = inventory_add(look->inventory, class, id.data,
					parent.size ? parent.data : NULL);
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
	if (!look_name(look, "serial", "device/serial"))
		look_name(look, "serial", "serial");
	if (!look_text(look, "wwn", "wwid"))
		look_text(look, "wwn", "device/wwid");
	add_transport(look);
	if (is_asked_for_health(look, name))
		smart_add(look, name);
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	struct look look = { .place = place, .inventory = inventory, .class = class };

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
	FOLDER "/*/wwid",
	FOLDER "/*/device/wwid",
	NULL,
};

const struct probe probe_block = {
	.name = class,
	.summary = N_("disks: model, size, serial, how they are attached"),
	.reads = reads,
	.live_only = "health of the disk (SMART) is asked of it by smartctl",
	.scan = scan,
};
