/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_USB_IDS_H
#define PROBES_USB_IDS_H
/*
 * usb.ids: names of vendors and devices where usb.tsv has none. The file is the one beside that table
 * (in a tarball, for systems without one), else that of the machine the program runs on, as pci.ids is
 * with libpci: it names numbers, not this machine.
 *
 *	usb_ids_read(place->ids, &text);	empty where there is no such file
 *	usb_ids_find(text.data, "24ae", "4110", &vendor, &device);	empty where nothing is known
 *
 * Form: http://www.linux-usb.org/usb-ids.html.
 */
#include "harness/base/buf.h"

void usb_ids_read(const char *folder, struct buf *text);
void usb_ids_find(const char *text, const char *vendor_id, const char *device_id,
		  struct buf *vendor, struct buf *device);

#endif
