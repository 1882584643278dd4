/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keyboards, mice, buttons: the blocks of /proc/bus/input/devices. What a device is, is told by the
 * events it can send, by the rules of udev's input_id: names are the maker's.
 */
#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/base/text.h"
#include "harness/model/placeholder.h"
#include "probes/look.h"

#include <ctype.h>
#include <string.h>

#define N_(text) (text)
#define DEVICES "proc/bus/input/devices"

static const char class[] = "input";

/* Bits of linux/input-event-codes.h: they are part of the kernel's interface. */
enum {
	BIT_EV_SW = 0x05, BIT_EV_SND = 0x12, BIT_KEY_ESC = 1, BIT_KEY_D = 32, BIT_BTN_MOUSE = 0x110,
	BIT_BTN_JOYSTICK = 0x120, BIT_BTN_TOOL_PEN = 0x140, BIT_BTN_TOOL_FINGER = 0x145,
	BIT_BTN_TOUCH = 0x14a, BIT_X = 0, BIT_Y = 1, BITS_PER_WORD = 64,
};

/* One block: pointers into the text, whose lines were cut. NULL: the line was not there. */
struct device {
	const char *ids, *name, *sysfs, *ev, *key, *rel, *abs;
};

/* "402000000 3803078f800d001": words of 64 bits in hex, the highest first. */
static bool has_bit(const char *words, unsigned int bit)
{
	const char *end = words ? words + strlen(words) : NULL;
	unsigned int skip = bit / BITS_PER_WORD;
	char word[20];
	uint64_t value;
	const char *start;

	while (end) {
		while (end > words && end[-1] == ' ')
			end--;
		for (start = end; start > words && start[-1] != ' '; start--)
			;
		if (start == end || (size_t)(end - start) + 3 > sizeof(word))
			return false;
		if (!skip--)
			break;
		end = start;
	}
	if (!end)
		return false;
	memcpy(word, "0x", 2);
	memcpy(word + 2, start, (size_t)(end - start));
	word[2 + (end - start)] = 0;
	return scan_u64(word, 0, UINT64_MAX, &value) == 0 &&
	       (value >> bit % BITS_PER_WORD & 1) != 0;
}

static bool has_letters(const char *key)
{
	unsigned int bit;

	for (bit = BIT_KEY_ESC; bit < BIT_KEY_D; bit++) {
		if (!has_bit(key, bit))
			return false;
	}
	return true;
}

static const char *kind_of(const struct device *device)
{
	if (has_bit(device->abs, BIT_X) && has_bit(device->abs, BIT_Y)) {
		if (has_bit(device->key, BIT_BTN_TOOL_PEN))
			return "tablet";
		if (has_bit(device->key, BIT_BTN_TOOL_FINGER))
			return "touchpad";
		if (has_bit(device->key, BIT_BTN_TOUCH))
			return "touchscreen";
		if (has_bit(device->key, BIT_BTN_JOYSTICK))
			return "joystick";
		if (has_bit(device->key, BIT_BTN_MOUSE))
			return "mouse";
	}
	if (has_bit(device->rel, BIT_X) && has_bit(device->rel, BIT_Y) &&
	    has_bit(device->key, BIT_BTN_MOUSE))
		return "mouse";
	if (has_letters(device->key))
		return "keyboard";
	if (has_bit(device->ev, BIT_EV_SW))
		return "switch";
	if (has_bit(device->ev, BIT_EV_SND))
		return "beeper";
	return device->key ? "buttons" : NULL;
}

/* The USB device on the way: "1-4.2" as against its interface "1-4.2:1.0". */
static bool is_usb_port(const char *text, size_t size)
{
	size_t digits = 0;

	while (digits < size && isdigit((unsigned char)text[digits]))
		digits++;
	return digits && digits < size && text[digits] == '-' &&
	       strspn(text + digits, "-.0123456789") >= size - digits;
}

static void parent_of(const char *sysfs, struct buf *out)
{
	while (sysfs && *sysfs) {
		size_t size = strcspn(sysfs, "/");

		if (is_usb_port(sysfs, size)) {
			buf_reset(out);
			buf_addf(out, "usb/%.*s", (int)size, sysfs);
		}
		sysfs += size + (sysfs[size] == '/');
	}
}

/* "Bus=0003 Vendor=046d Product=c31c Version=0110": the number behind a key, with what is before. */
static void add_part(struct buf *out, const char *before, const char *ids, const char *key)
{
	const char *at = strstr(ids, key);

	if (at) {
		at += strlen(key);
		buf_addf(out, "%s%.*s", before, (int)strcspn(at, " "), at);
	}
}

static void add_id(struct look *look, const char *attribute, const char *ids, const char *key)
{
	AUTO(buf_release) struct buf number = BUF_INIT;

	add_part(&number, "", ids, key);
	if (number.size)
		component_text(look->inventory, look->component, attribute, number.data, DEVICES,
			       CERTAINTY_CERTAIN);
}

/* Devices of programs (uinput) are no hardware. */
static void add_device(struct look *look, const struct device *device)
{
	AUTO(buf_release) struct buf id = BUF_INIT;
	AUTO(buf_release) struct buf parent = BUF_INIT;
	const char *kind = kind_of(device);

	if (!device->ids || !device->sysfs || text_starts(device->sysfs, "/devices/virtual/"))
		return;
	parent_of(device->sysfs, &parent);
	buf_addf(&id, "input/%s", kind ? kind : "other");
	add_part(&id, "-", device->ids, "Vendor=");
	add_part(&id, ":", device->ids, "Product=");
	look->component = inventory_add(look->inventory, class, id.data,
					parent.size ? parent.data : NULL);
	if (device->name)
		component_bytes(look->inventory, look->component, "name", device->name,
				strlen(device->name), DEVICES, CERTAINTY_CERTAIN);
	if (kind)
		component_text(look->inventory, look->component, "kind", kind, DEVICES,
			       CERTAINTY_LIKELY);
	add_id(look, "bus_id", device->ids, "Bus=");
	add_id(look, "vendor_id", device->ids, "Vendor=");
	add_id(look, "device_id", device->ids, "Product=");
}

/* Name="..." : the kernel does not escape quotes. */
static const char *unquoted(char *text)
{
	size_t size = strlen(text);

	if (size < 2 || text[0] != '"' || text[size - 1] != '"')
		return text;
	text[size - 1] = 0;
	return text + 1;
}

static void take_line(struct device *device, char *line)
{
	static const struct {
		const char *start;
		size_t at;
	} row[] = {
		{ "I: ", offsetof(struct device, ids) },
		{ "S: Sysfs=", offsetof(struct device, sysfs) },
		{ "B: EV=", offsetof(struct device, ev) },
		{ "B: KEY=", offsetof(struct device, key) },
		{ "B: REL=", offsetof(struct device, rel) },
		{ "B: ABS=", offsetof(struct device, abs) },
	};
	size_t i;

	if (text_starts(line, "N: Name="))
		device->name = unquoted(line + strlen("N: Name="));
	for (i = 0; i < ARRAY_SIZE(row); i++) {
		if (text_starts(line, row[i].start))
			*(const char **)((char *)device + row[i].at) = line + strlen(row[i].start);
	}
}

static void add_devices(struct look *look, char *text)
{
	struct device device = { .ids = NULL };
	char *line, *next;

	for (line = text; line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = 0;
		take_line(&device, line);
		if (*line && next)
			continue;
		add_device(look, &device);
		device = (struct device){ .ids = NULL };
	}
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	struct look look = { .place = place, .inventory = inventory, .class = class };
	AUTO(buf_release) struct buf text = BUF_INIT;
	int code = sysroot_read(place->root, DEVICES, &text, err);

	if (code < 0 && code != ERR_NOT_FOUND)
		return code;
	if (text.size)
		add_devices(&look, text.data);
	if (inventory_first(inventory, class))
		inventory_class(inventory, class, PRESENCE_PRESENT, NULL);
	else if (code < 0)
		inventory_class(inventory, class, PRESENCE_ABSENT, "%s is not there", DEVICES);
	else
		inventory_class(inventory, class, PRESENCE_ABSENT, "looked in %s: %s", DEVICES,
				N_("no device with hardware behind it"));
	return 0;
}

static const char *const reads[] = {
	DEVICES,
	NULL,
};

const struct probe probe_input = {
	.name = class,
	.summary = N_("keyboards, mice, touch panels, buttons"),
	.reads = reads,
	.scan = scan,
};
