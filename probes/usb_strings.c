/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/usb_strings.h"

#include <libusb.h>

static void add_one(struct look *look, libusb_device_handle *handle, const char *attribute,
		    uint8_t index)
{
	unsigned char text[256];
	int size;

	if (!index || component_get_text(look->component, attribute))
		return;
	size = libusb_get_string_descriptor_ascii(handle, index, text, sizeof(text));
	if (size > 0)
		component_bytes(look->inventory, look->component, attribute, text, (size_t)size,
				"libusb", CERTAINTY_CERTAIN);
}

static void add_all(struct look *look, libusb_device *device)
{
	struct libusb_device_descriptor about;
	libusb_device_handle *handle;

	if (libusb_get_device_descriptor(device, &about) || libusb_open(device, &handle))
		return;
	add_one(look, handle, "manufacturer", about.iManufacturer);
	add_one(look, handle, "product", about.iProduct);
	add_one(look, handle, "serial", about.iSerialNumber);
	libusb_close(handle);
}

void usb_strings_add(struct look *look)
{
	libusb_context *context;
	libusb_device **list;
	int64_t bus, address;
	ssize_t count, i;

	if (!look_value(look, "busnum", &bus) || !look_value(look, "devnum", &address) ||
	    libusb_init(&context))
		return;
	count = libusb_get_device_list(context, &list);
	for (i = 0; i < count; i++) {
		if (libusb_get_bus_number(list[i]) == bus &&
		    libusb_get_device_address(list[i]) == address)
			add_all(look, list[i]);
	}
	if (count >= 0)
		libusb_free_device_list(list, 1);
	libusb_exit(context);
}
