/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Width and speed of PCIe links, at the device that hangs on each.
 *
 * Displays and accelerators change both with their load: they are left out, and so are bridges, which
 * have one of those below them or show a link that its other end shows as well. The kernel reads a
 * register of the device for each look: one that may be put to sleep (power/control) is not asked.
 */
#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/base/text.h"
#include "harness/sensor/table.h"

#include <string.h>

#define N_(text) (text)
#define PACE_NS  2000000000LL

static const struct link_value {
	const char *file, *metric;
	int64_t least, most; /* thousandths of what the file says; outside: it does not answer */
	int64_t numerator;
} value_table[] = {
	{ "current_link_width", "link-width", 1000, 32000, 1 },
	{ "current_link_speed", "link-speed", 2500, 128000, 1000 }, /* GT/s there, MT/s here */
};

/* "8", "8.0 GT/s PCIe"; "Unknown" and 63 lanes stand for a device that does not answer. */
static int link_read(const struct sensor_channel *channel, int64_t *ret_raw)
{
	const struct link_value *value = channel->own;
	char text[64];
	int code = sensor_read_text(channel->fd, text, sizeof(text));

	if (code < 0)
		return code;
	text[strcspn(text, " \n")] = '\0';
	code = scan_milli(text, ret_raw);
	if (code < 0)
		return code;
	return *ret_raw < value->least || *ret_raw > value->most ? ERR_INPUT : 0;
}

/* Line of a file of the device; "" when there is none. */
static const char *line_of(struct sysroot *root, const char *path, const char *name,
			   struct buf *line)
{
	AUTO(buf_release) struct buf file = BUF_INIT;

	buf_reset(line);
	buf_addf(&file, "%s/%s", path, name);
	if (sysroot_read_line(root, file.data, line, NULL) < 0 || !line->size)
		return "";
	return line->data;
}

static bool is_steady(struct sysroot *root, const char *path)
{
	AUTO(buf_release) struct buf line = BUF_INIT;
	const char *class_id = line_of(root, path, "class", &line);
	int64_t width;

	if (!text_starts(class_id, "0x") || text_starts(class_id, "0x03") ||
	    text_starts(class_id, "0x06") || text_starts(class_id, "0x12"))
		return false;
	if (!strcmp(line_of(root, path, "power/control", &line), "auto"))
		return false;
	return scan_i64(line_of(root, path, "current_link_width", &line), 1, 32, &width) == 0;
}

static int pcielink_open(struct sysroot *root, struct sensor_sink *sink, struct err *err)
{
	struct sysroot_names devices = { 0 };
	size_t i, k;
	int code = sysroot_glob(root, "sys/bus/pci/devices/*.0", &devices, err);

	for (i = 0; i < devices.count; i++) {
		if (!is_steady(root, devices.name[i]))
			continue;
		for (k = 0; k < ARRAY_SIZE(value_table); k++) {
			AUTO(buf_release) struct buf file = BUF_INIT, component = BUF_INIT;
			struct sensor_channel channel = { .fd = -1,
							  .numerator = value_table[k].numerator,
							  .pace_ns = PACE_NS,
							  .own = (void *)&value_table[k] };

			buf_addf(&file, "%s/%s", devices.name[i], value_table[k].file);
			buf_addf(&component, "pci/%s", strrchr(devices.name[i], '/') + 1);
			channel.series.metric = value_table[k].metric;
			channel.series.component = component.data;
			sensor_sink_file(sink, file.data, &channel);
		}
	}
	sysroot_names_release(&devices);
	return code == ERR_NOT_FOUND ? 0 : code;
}

static const char *const reads[] = {
	"sys/bus/pci/devices/*/current_link_width",
	"sys/bus/pci/devices/*/current_link_speed",
	"sys/bus/pci/devices/*/class",
	"sys/bus/pci/devices/*/power/control",
	NULL,
};

const struct sensor_source sensor_pcielink = {
	.name = "pcielink",
	.summary = N_("width and speed of PCI Express links"),
	.reads = reads,
	.open = pcielink_open,
	.read = link_read,
};
