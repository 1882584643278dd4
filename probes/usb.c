/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * USB devices, from sysfs. On the live machine libusb asks a device for the texts that the kernel
 * did not keep (some devices answer only later).
 */
#include "harness/base/auto.h"
#include "harness/sys/pack.h"
#include "probes/look.h"
#include "probes/usb_ids.h"
#include "probes/usb_strings.h"

#include <stdio.h>
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

enum { NAME = 2, MAKER };	/* columns of usb.tsv */

struct tables {
	struct ids ids;
	struct buf usb_ids;	/* the system's, read for the first device */
	bool is_read;
};

static void tables_release(struct tables *tables)
{
	ids_release(&tables->ids);
	buf_release(&tables->usb_ids);
}

/* A number in the table without a maker is one that cheap devices share. */
static void add_names(struct look *look)
{
	struct tables *tables = look->context;
	const struct ids *ids = &tables->ids;
	const char *key[] = { component_get_text(look->component, "vendor_id"),
			      component_get_text(look->component, "device_id") };
	AUTO(buf_release) struct buf vendor = BUF_INIT;
	AUTO(buf_release) struct buf device = BUF_INIT;
	long row = ids_find(ids, key);
	const char *maker = row >= 0 ? ids_at(ids, (size_t)row, MAKER) : "";

	if (!key[0] || !key[1])
		return;
	if (!tables->is_read)
		usb_ids_read(look->place->ids, &tables->usb_ids);
	tables->is_read = true;
	usb_ids_find(tables->usb_ids.data, key[0], key[1], &vendor, &device);
	if (row >= 0)
		component_text(look->inventory, look->component, "vendor",
			       ids_at(ids, (size_t)row, NAME), ids->source, CERTAINTY_LIKELY);
	else if (vendor.size)
		component_bytes(look->inventory, look->component, "vendor", vendor.data,
				vendor.size, "usb.ids", CERTAINTY_LIKELY);
	if (device.size)
		component_bytes(look->inventory, look->component, "device", device.data,
				device.size, "usb.ids", CERTAINTY_LIKELY);
	component_text(look->inventory, look->component, "maker", *maker ? maker : "unknown",
		       ids->source, *maker ? CERTAINTY_LIKELY : CERTAINTY_UNKNOWN);
}

/* Codes of https://www.usb.org/defined-class-codes; 00: told by each interface. */
static const char *class_word(unsigned int code)
{
	static const struct {
		unsigned int code;
		const char *word;
	} table[] = {
		{ 0x01, "audio" },	{ 0x02, "communication" }, { 0x03, "input" },
		{ 0x05, "physical" },	{ 0x06, "camera" },	   { 0x07, "printer" },
		{ 0x08, "disk" },	{ 0x09, "hub" },	   { 0x0b, "smart card reader" },
		{ 0x0e, "video" },	{ 0x11, "billboard" },	   { 0xe0, "wireless" },
		{ 0xff, "of its maker's own kind" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		if (table[i].code == code)
			return table[i].word;
	}
	return NULL;
}

static void append(struct look *look, const char *attribute, const char *word)
{
	const char *old = component_get_text(look->component, attribute);
	AUTO(buf_release) struct buf all = BUF_INIT;

	if (old && strstr(old, word))
		return;
	buf_addf(&all, "%s%s%s", old ? old : "", old ? ", " : "", word);
	component_text(look->inventory, look->component, attribute, all.data, look->path,
		       CERTAINTY_CERTAIN);
}

static void add_kind(struct look *look, const char *file)
{
	AUTO(buf_release) struct buf line = BUF_INIT;
	unsigned int code;

	if (look_line(look, file, &line) && sscanf(line.data, "%x", &code) == 1 &&
	    class_word(code))
		append(look, "kind", class_word(code));
}

/* An interface of the device that came before it: what it is, and which driver has it. */
static void add_interface(struct look *look, const char *name)
{
	AUTO(buf_release) struct buf target = BUF_INIT;
	size_t size = strcspn(name, ":");
	const char *slash;

	if (!look->component || strncmp(look->component->id + strlen("usb/"), name, size) ||
	    look->component->id[strlen("usb/") + size])
		return;
	add_kind(look, "bInterfaceClass");
	snprintf(look->path, sizeof(look->path), "%s/driver", look->folder);
	if (sysroot_read_link(look->place->root, look->path, &target, NULL) < 0)
		return;
	slash = strrchr(target.data, '/');
	append(look, "driver", slash ? slash + 1 : target.data);
}

static void add(struct look *look, const char *name)
{
	AUTO(buf_release) struct buf id = BUF_INIT;
	AUTO(buf_release) struct buf parent = BUF_INIT;
	bool maker, product;

	if (strchr(name, ':')) {
		add_interface(look, name);
		return;
	}
	parent_id(look, name, &parent);
	buf_addf(&id, "usb/%s", name);
	look->component = inventory_add(look->inventory, class, id.data,
					parent.size ? parent.data : NULL);
	look_text(look, "vendor_id", "idVendor");
	look_text(look, "device_id", "idProduct");
	look_text(look, "class_id", "bDeviceClass");
	look_text(look, "usb_version", "version");
	add_speed(look);
	add_names(look);
	add_kind(look, "bDeviceClass");
	maker = look_name(look, "manufacturer", "manufacturer");
	product = look_name(look, "product", "product");
	look_name(look, "serial", "serial");
	if (!(maker && product) && sysroot_is_live(look->place->root))
		usb_strings_add(look);
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	AUTO(tables_release) struct tables tables = { .ids = IDS_INIT, .usb_ids = BUF_INIT };
	struct look look = { .place = place, .inventory = inventory, .class = class,
			     .context = &tables };

	look_table(&look, &pack_usb, &tables.ids);
	return look_each(&look, FOLDER, add, N_("nothing is there"), err);
}

static const char *const reads[] = {
	FOLDER "/*",
	FOLDER "/*/idVendor",
	FOLDER "/*/idProduct",
	FOLDER "/*/bDeviceClass",
	FOLDER "/*/bInterfaceClass",
	FOLDER "/*/driver",
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
