/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/usb_ids.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/sys/disk.h"

#include <string.h>

enum { FILE_SIZE_MAX = 4 << 20, ID_SIZE = 4 };

/* The name of a line "ID  name" behind `indent` tabs, where it is that of `id`. */
static bool take(const char *line, const char *indent, const char *id, struct buf *name)
{
	size_t skip = strlen(indent);

	if (strncmp(line, indent, skip) != 0 || strncmp(line + skip, id, ID_SIZE) != 0 ||
	    strncmp(line + skip + ID_SIZE, "  ", 2) != 0)
		return false;
	line += skip + ID_SIZE + 2;
	buf_add(name, line, strcspn(line, "\n"));
	buf_trim(name);
	return true;
}

static const char *next_line(const char *line)
{
	line = strchr(line, '\n');
	return line ? line + 1 : "";
}

void usb_ids_find(const char *text, const char *vendor_id, const char *device_id,
		  struct buf *vendor, struct buf *device)
{
	const char *line;

	if (strlen(vendor_id) != ID_SIZE || strlen(device_id) != ID_SIZE)
		return;
	for (line = text; *line; line = next_line(line)) {
		if (take(line, "", vendor_id, vendor))
			break;
	}
	/* Its devices follow, and end with the first line that is not indented. */
	while (*line && *(line = next_line(line)) == '\t') {
		if (take(line, "\t", device_id, device))
			return;
	}
}

void usb_ids_read(const char *folder, struct buf *text)
{
	AUTO(buf_release) struct buf beside = BUF_INIT;
	static const char *const path[] = { "/usr/share/hwdata/usb.ids", "/usr/share/misc/usb.ids",
					    "/var/lib/usbutils/usb.ids" };
	size_t i;

	buf_addf(&beside, "%s/usb.ids", folder);
	if (disk_read_file(beside.data, FILE_SIZE_MAX, text, NULL) == 0)
		return;
	for (i = 0; i < ARRAY_SIZE(path); i++) {
		if (disk_read_file(path[i], FILE_SIZE_MAX, text, NULL) == 0)
			return;
	}
}
