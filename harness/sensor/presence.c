/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Devices that were there when the set was opened, and are they still?
 *
 * An open attribute of a device that went away answers ENODEV for ever, also when the device came
 * back under the same name (fs/kernfs: the node is drained): so a kept descriptor sees what a look
 * at names once a second would miss. The attributes read here are numbers that the kernel holds;
 * the device itself is never asked.
 */
#include "harness/base/auto.h"
#include "harness/sensor/table.h"

#include <string.h>

#define N_(text) (text)
#define PACE_NS  1000000000LL

struct presence_kind {
	const char *name;   /* component of its count, and start of those of its devices */
	const char *folder;
	const char *beside; /* must be there as well; NULL: nothing */
	const char *file;   /* that every device of the kind has */
};

/* As the probes name them. What has no device beside it is the kernel's own: loop0, docker0. */
static const struct presence_kind kind_table[] = {
	{ "pci", "sys/bus/pci/devices", NULL, "vendor" },
	{ "usb", "sys/bus/usb/devices", NULL, "devnum" },
	{ "block", "sys/block", "device", "dev" },
	{ "net", "sys/class/net", "device", "ifindex" },
};

struct presence { /* of a channel */
	int64_t *there; /* how many of the kind; its own channel has nothing else */
	bool is_count, lost;
};

/* A device that is there says nothing: a run with hundreds of them keeps no hundreds of noughts. */
static int presence_read(const struct sensor_channel *channel, int64_t *ret_raw)
{
	struct presence *presence = channel->own;
	char text[64];
	int code;

	if (presence->is_count) {
		*ret_raw = *presence->there;
		return 0;
	}
	if (!presence->lost) {
		code = sensor_read_text(channel->fd, text, sizeof(text));
		if (code != ERR_NOT_FOUND) /* another error tells nothing of the device */
			return code < 0 ? code : ERR_NOT_FOUND;
		presence->lost = true;
		--*presence->there;
	}
	*ret_raw = 1;
	return 0;
}

static void add_device(struct sysroot *root, struct sensor_sink *sink,
		       const struct presence_kind *kind, const char *name, int64_t *there)
{
	AUTO(buf_release) struct buf file = BUF_INIT, component = BUF_INIT;
	struct presence *presence;
	struct sensor_channel channel = { .fd = -1, .numerator = 1000, .pace_ns = PACE_NS };

	buf_addf(&file, "%s/%s/%s", kind->folder, name, kind->beside ? kind->beside : kind->file);
	if (!sysroot_exists(root, file.data))
		return;
	buf_reset(&file);
	buf_addf(&file, "%s/%s/%s", kind->folder, name, kind->file);
	buf_addf(&component, "%s/%s", kind->name, name);
	presence = sensor_sink_alloc(sink, sizeof(*presence));
	presence->there = there;
	channel.series.metric = "device-lost";
	channel.series.component = component.data;
	channel.own = presence;
	if (sensor_sink_file(sink, file.data, &channel) == 0)
		++*there;
}

/* Behind those that it counts: in that order they are read. */
static void add_count(struct sensor_sink *sink, const char *kind, int64_t *there)
{
	struct presence *presence = sensor_sink_alloc(sink, sizeof(*presence));
	struct sensor_channel channel = {
		.fd = -1,
		.numerator = 1000,
		.pace_ns = PACE_NS,
		.own = presence,
		.series = { .metric = "devices", .component = kind },
	};

	presence->there = there;
	presence->is_count = true;
	if (*there)
		sensor_sink_add(sink, &channel);
}

static int presence_open(struct sysroot *root, struct sensor_sink *sink, struct err *err)
{
	size_t k, i;

	for (k = 0; k < ARRAY_SIZE(kind_table); k++) {
		int64_t *there = sensor_sink_alloc(sink, sizeof(*there));
		struct sysroot_names found = { 0 };
		int code = sysroot_list(root, kind_table[k].folder, &found, err);

		for (i = 0; i < found.count; i++)
			add_device(root, sink, &kind_table[k], found.name[i], there);
		sysroot_names_release(&found);
		if (code < 0 && code != ERR_NOT_FOUND)
			return code;
		add_count(sink, kind_table[k].name, there);
	}
	return 0;
}

static const char *const reads[] = {
	"sys/bus/pci/devices/*/vendor",
	"sys/bus/usb/devices/*/devnum",
	"sys/block/*/dev",
	"sys/block/*/device",
	"sys/class/net/*/ifindex",
	"sys/class/net/*/device",
	NULL,
};

const struct sensor_source sensor_presence = {
	.name = "presence",
	.summary = N_("devices that were there at the start and went away"),
	.reads = reads,
	.open = presence_open,
	.read = presence_read,
};
