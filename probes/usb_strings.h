/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_USB_STRINGS_H
#define PROBES_USB_STRINGS_H
/* Texts of a live USB device, by libusb: manufacturer, product, serial where they are missing. */
#include "probes/look.h"

#include <stdint.h>

/* look->folder is the device's in sysfs. A device that does not answer adds nothing. */
void usb_strings_add(struct look *look);

/* The text of a string descriptor (USB 2.0, 9.6.7: length, type, then UTF-16LE) as UTF-8. */
void usb_strings_text(const uint8_t *descriptor, size_t size, struct buf *out);

#endif
