/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/usb_strings.h"

#include "harness/base/auto.h"

#include <libusb.h>

static void add_code(struct buf *out, uint32_t code)
{
	if (code < 0x80) {
		buf_addc(out, (char)code);
		return;
	}
	if (code < 0x800) {
		buf_addc(out, (char)(0xc0 | code >> 6));
	} else {
		if (code < 0x10000) {
			buf_addc(out, (char)(0xe0 | code >> 12));
		} else {
			buf_addc(out, (char)(0xf0 | code >> 18));
			buf_addc(out, (char)(0x80 | (code >> 12 & 0x3f)));
		}
		buf_addc(out, (char)(0x80 | (code >> 6 & 0x3f)));
	}
	buf_addc(out, (char)(0x80 | (code & 0x3f)));
}

void usb_strings_text(const uint8_t *descriptor, size_t size, struct buf *out)
{
	size_t end = size >= 2 && descriptor[0] < size ? descriptor[0] : size;
	size_t at;

	for (at = 2; at + 1 < end; at += 2) {
		uint32_t code = descriptor[at] | (uint32_t)descriptor[at + 1] << 8;
		uint32_t low = 0;

		if (code >= 0xd800 && code < 0xdc00 && at + 3 < end)
			low = descriptor[at + 2] | (uint32_t)descriptor[at + 3] << 8;
		if (low >= 0xdc00 && low < 0xe000) {
			code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
			at += 2;
		} else if (code >= 0xd800 && code < 0xe000) {
			code = 0xfffd;	/* half of a pair */
		}
		add_code(out, code);
	}
}

/* The text in the first language that the device has. */
static void add_one(struct look *look, libusb_device_handle *handle, const char *attribute,
		    uint8_t index)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	unsigned char bytes[256];
	int size;

	if (!index || component_get_text(look->component, attribute))
		return;
	size = libusb_get_string_descriptor(handle, 0, 0, bytes, sizeof(bytes));
	if (size < 4)
		return;
	size = libusb_get_string_descriptor(handle, index, (uint16_t)(bytes[2] | bytes[3] << 8),
					    bytes, sizeof(bytes));
	if (size <= 2)
		return;
	usb_strings_text(bytes, (size_t)size, &text);
	component_bytes(look->inventory, look->component, attribute, text.data, text.size, "libusb",
			CERTAINTY_CERTAIN);
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
