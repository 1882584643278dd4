/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * USB devices, from sysfs. On the live machine libusb asks a device for the texts that the kernel
 * did not keep (some devices answer only later).
 */
#include "harness/base/auto.h"
#include "probes/look.h"
#include "probes/usb_strings.h"

#include <string.h>

#define N_(text) (text)
#define FOLDER "sys/bus/usb/devices"

static const char class[] = "usb";

/* "12" and "480" are Mbit/s, "1.5" is the low speed. */
static void add_speed(struct look *look)
{
	AUTO(buf_release) struct buf line = BUF_INIT;

	if (look_line(look, "speed", &line) && !strcmp(line.data, "1.5"))
		component_number(look->inventory, look->component, "speed_kbit", 1500, look->path,
				 CERTAINTY_CERTAIN);
	else
		look_scaled(look, "speed_kbit", "speed", 1000, 1);
}

/* "2-1.4" hangs on "2-1", "2-1" on the root hub "usb2", a root hub on its PCI controller. */
static void parent_id(struct look *look, const char *name, struct buf *out)
{
	const char *dot = strrchr(name, '.');
	const char *dash = strchr(name, '-');

	if (dot)
		buf_addf(out, "usb/%.*s", (int)(dot - name), name);
	else if (dash)
		buf_addf(out, "usb/usb%.*s", (int)(dash - name), name);
	else
		look_pci_parent(look, false, out);
}

static void add(struct look *look, const char *name)
{
	AUTO(buf_release) struct buf id = BUF_INIT;
	AUTO(buf_release) struct buf parent = BUF_INIT;
	bool maker, product;

	if (strchr(name, ':'))		/* an interface of a device */
		return;
	parent_id(look, name, &parent);
	buf_addf(&id, "usb/%s", name);
	look->component = inventory_add(look->inventory, class, id.data,
					parent.size ? parent.data : NULL);
	look_text(look, "vendor_id", "idVendor");
	look_text(look, "device_id", "idProduct");
	look_text(look, "class_id", "bDeviceClass");
	look_text(look, "usb_version", "version");
	add_speed(look);
	maker = look_name(look, "manufacturer", "manufacturer");
	product = look_name(look, "product", "product");
	look_name(look, "serial", "serial");
	if (!(maker && product) && sysroot_is_live(look->place->root))
		usb_strings_add(look);
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	struct look look = { .place = place, .inventory = inventory, .class = class };

	return look_each(&look, FOLDER, add, N_("nothing is there"), err);
}

static const char *const reads[] = {
	FOLDER "/*",
	FOLDER "/*/idVendor",
	FOLDER "/*/idProduct",
	FOLDER "/*/bDeviceClass",
	FOLDER "/*/version",
	FOLDER "/*/speed",
	FOLDER "/*/manufacturer",
	FOLDER "/*/product",
	FOLDER "/*/serial",
	FOLDER "/*/busnum",
	FOLDER "/*/devnum",
	NULL,
};

const struct probe probe_usb = {
	.name = class,
	.summary = N_("USB controllers, hubs and devices"),
	.reads = reads,
	.live_only = "texts that the kernel did not keep are asked of the device by libusb",
	.scan = scan,
};
