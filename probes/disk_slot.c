/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/disk_slot.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* One component of a path. */
struct part {
	const char *text;
	int length;
};

/* The next component after `at`, which becomes its end; false at the end of the path. */
static bool next_part(const char **at, struct part *part)
{
	*at += strspn(*at, "/");
	part->text = *at;
	part->length = (int)strcspn(*at, "/");
	*at += part->length;
	return part->length;
}

/* As `form`, in which 'x' stands for a hexadecimal digit. */
static bool is_like(const struct part *part, const char *form)
{
	size_t i, size = strlen(form);

	if ((size_t)part->length != size)
		return false;
	for (i = 0; i < size; i++) {
		if (form[i] == 'x' ? !isxdigit((unsigned char)part->text[i])
				   : part->text[i] != form[i])
			return false;
	}
	return true;
}

static bool begins_with_digit_after(const struct part *part, const char *start)
{
	return text_starts(part->text, start) && isdigit((unsigned char)part->text[strlen(start)]);
}

/* Ports are counted over the whole machine, in the order in which they were found: not from boot to boot. */
static bool add_ata(struct sysroot *root, const struct part *part, struct buf *out)
{
	AUTO(buf_release) struct buf port = BUF_INIT;
	char path[64];

	snprintf(path, sizeof(path), "sys/class/ata_port/%.*s/port_no", part->length, part->text);
	if (sysroot_read_line(root, path, &port, NULL) < 0)
		return false;
	buf_addf(out, "-ata-%s", port.data);
	return true;
}

/* 1-2.1:1.0 is interface 0 of what is in port 2.1 of bus 1. */
static bool add_usb(const struct part *part, struct buf *out)
{
	const char *dash = memchr(part->text, '-', (size_t)part->length);
	const char *colon = memchr(part->text, ':', (size_t)part->length);

	if (!isdigit((unsigned char)*part->text) || !dash || !colon || colon < dash)
		return false;
	buf_addf(out, "-usb-%.*s", (int)(colon - dash - 1), dash + 1);
	return true;
}

/* 2:0:1:0 is unit 0 of target 1 on channel 0 of host 2, and hosts are counted as ports are. */
static bool add_scsi(const struct part *part, struct buf *out)
{
	const char *colon = memchr(part->text, ':', (size_t)part->length);

	if (!isdigit((unsigned char)*part->text) || !colon)
		return false;
	buf_addf(out, "-scsi-%.*s", part->length - (int)(colon + 1 - part->text), colon + 1);
	return true;
}

static bool add_namespace(const struct part *part, struct buf *out)
{
	const char *name = part->text + strlen("nvme");

	if (!begins_with_digit_after(part, "nvme"))
		return false;
	name += strspn(name, "0123456789");
	if (*name != 'n')
		return false;
	buf_addf(out, "-nvme-%.*s", part->length - (int)(name + 1 - part->text), name + 1);
	return true;
}

/* What is behind the controller. */
static void add_behind(struct sysroot *root, const char *at, struct buf *out)
{
	struct part part;
	bool usb = false;

	while (next_part(&at, &part)) {
		if (begins_with_digit_after(&part, "ata") && add_ata(root, &part, out))
			return;
		usb |= begins_with_digit_after(&part, "usb");
		if (usb && add_usb(&part, out))
			return;
		if ((!usb && add_scsi(&part, out)) || add_namespace(&part, out))
			return;
	}
}

/* What the kernel makes below a controller, of whatever bus that is. */
static bool is_below_controller(const struct part *part)
{
	static const char *const numbered[] = { "ata", "host", "virtio", "usb" };
	static const char *const named[] = { "mmc_host", "nvme", "block" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(numbered); i++) {
		if (begins_with_digit_after(part, numbered[i]))
			return true;
	}
	for (i = 0; i < ARRAY_SIZE(named); i++) {
		if (is_like(part, named[i]))
			return true;
	}
	return false;
}

/* The PCI function nearest to the disk, or what else stands above the first thing below a controller. */
bool disk_slot(struct sysroot *root, const char *real, struct buf *out)
{
	struct part part, controller = { NULL, 0 };
	const char *at = real, *behind = NULL;
	bool pci = false, below = false;

	while (next_part(&at, &part)) {
		bool is_pci = is_like(&part, "xxxx:xx:xx.x");

		below |= is_below_controller(&part);
		if (!is_pci && (pci || below))
			continue;
		pci |= is_pci;
		controller = part;
		behind = at;
	}
	if (!below || text_starts(real, "sys/devices/virtual/"))
		return false;
	buf_addf(out, "%s-%.*s", pci ? "pci" : "platform", controller.length, controller.text);
	add_behind(root, behind, out);
	return true;
}
