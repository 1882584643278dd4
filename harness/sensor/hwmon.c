/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sensor/hwmon.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/sensor/table.h"

#include <ctype.h>
#include <fnmatch.h>
#include <string.h>

#define N_(text)      (text)
#define LIMIT_PACE_NS 60000000000LL /* limits hardly ever change */

static const struct hwmon_kind kind_table[] = {
	{ "temp", "input", "temperature", 1, 1, NULL, 0 },
	{ "temp", "crit", "temperature-limit", 1, 1, NULL, LIMIT_PACE_NS },
	{ "temp", "max", "temperature-limit", 1, 1, NULL, LIMIT_PACE_NS },
	{ "fan", "input", "fan", 1000, 1, NULL, 0 },
	{ "in", "input", "voltage", 1, 1, NULL, 0 },
	{ "curr", "input", "current", 1, 1, NULL, 0 },
	{ "power", "input", "power", 1, 1000, NULL, 0 },
	{ "power", "average", "power", 1, 1000, "input", 0 },
	{ "energy", "input", "energy", 1, 1000, NULL, 0 },
	{ "humidity", "input", "humidity", 1, 1, NULL, 0 },
};

const struct hwmon_kind *hwmon_kind_of(const char *attribute, size_t *ret_length)
{
	size_t prefix = strcspn(attribute, "0123456789");
	size_t length = prefix + strspn(attribute + prefix, "0123456789");
	size_t i;

	if (length == prefix || attribute[length] != '_')
		return NULL;
	for (i = 0; i < ARRAY_SIZE(kind_table); i++) {
		const struct hwmon_kind *kind = &kind_table[i];

		if (strlen(kind->prefix) == prefix && !strncmp(kind->prefix, attribute, prefix) &&
		    !strcmp(kind->suffix, attribute + length + 1)) {
			*ret_length = length;
			return kind;
		}
	}
	return NULL;
}

/* Parts of a device path that number things in the order they were found, or say nothing. */
static bool part_is_unstable(const char *part)
{
	static const char *const unstable[] = { "hwmon", "hwmon[0-9]*", "nvme", "nvme[0-9]*",
						"device" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(unstable); i++)
		if (!fnmatch(unstable[i], part, 0))
			return true;
	return false;
}

/* The last stable part of "../../devices/pci0000:00/0000:01:00.0/nvme/nvme0/hwmon1". Cuts path. */
static const char *stable_part(char *path)
{
	for (;;) {
		char *slash = strrchr(path, '/');
		const char *part = slash ? slash + 1 : path;

		if (!*part || !strcmp(part, "virtual") || !strcmp(part, ".."))
			return NULL;
		if (!part_is_unstable(part))
			return part;
		if (!slash)
			return NULL;
		*slash = '\0';
	}
}

void hwmon_chip(struct sysroot *root, const char *path, const char *name, struct buf *out)
{
	AUTO(buf_release) struct buf folder = BUF_INIT, link = BUF_INIT;
	const char *device = NULL;
	char *last;

	buf_adds(&folder, path);
	last = strrchr(folder.data, '/');
	if (last && !strcmp(last, "/device")) /* attributes of an old driver */
		buf_cut(&folder, (size_t)(last - folder.data));
	if (!sysroot_read_link(root, folder.data, &link, NULL))
		device = stable_part(link.data);
	buf_addf(out, "hwmon/%s", name);
	if (device)
		buf_addf(out, "/%s", device);
}

static void add_attribute(struct sysroot *root, struct sensor_sink *sink, const char *path,
			  const char *attribute)
{
	AUTO(buf_release) struct buf name = BUF_INIT, label = BUF_INIT;
	AUTO(buf_release) struct buf file = BUF_INIT, component = BUF_INIT;
	struct sensor_channel channel = { .fd = -1 };
	const struct hwmon_kind *kind;
	size_t length = 0;

	kind = hwmon_kind_of(attribute, &length);
	if (!kind)
		return;
	if (kind->instead_of) {
		buf_addf(&file, "%s/%.*s_%s", path, (int)length, attribute, kind->instead_of);
		if (sysroot_exists(root, file.data))
			return;
		buf_reset(&file);
	}
	buf_addf(&file, "%s/name", path);
	if (sysroot_read_line(root, file.data, &name, NULL) < 0 || !name.size)
		buf_adds(&name, "unnamed");
	buf_reset(&file);
	buf_addf(&file, "%s/%.*s_label", path, (int)length, attribute);
	sysroot_read_line(root, file.data, &label, NULL);
	hwmon_chip(root, path, name.data, &component);
	buf_addf(&component, "/%.*s", (int)length, attribute);
	if (kind->pace_ns)
		buf_addf(&component, "/%s", kind->suffix);
	buf_reset(&file);
	buf_addf(&file, "%s/%s", path, attribute);
	channel.series =
		(struct series){ .metric = kind->metric,
				 .component = component.data,
				 .label = text_is_utf8(label.data, label.size) ? label.data : "" };
	channel.numerator = kind->numerator;
	channel.denominator = kind->denominator;
	channel.pace_ns = kind->pace_ns;
	channel.lane = name.data;
	sensor_sink_file(sink, file.data, &channel);
}

static int hwmon_open(struct sysroot *root, struct sensor_sink *sink, struct err *err)
{
	struct sysroot_names chips = { 0 };
	size_t i, k;
	int code;

	if (sensor_sink_covered(sink, sensor_lmsensors.name))
		return 0;
	code = sysroot_glob(root, "sys/class/hwmon/hwmon*", &chips, err);
	for (i = 0; i < chips.count; i++) {
		struct sysroot_names files = { 0 };

		if (sysroot_list(root, chips.name[i], &files, NULL) < 0)
			continue;
		for (k = 0; k < files.count; k++)
			add_attribute(root, sink, chips.name[i], files.name[k]);
		sysroot_names_release(&files);
	}
	sysroot_names_release(&chips);
	return code == ERR_NOT_FOUND ? 0 : code;
}

static const char *const reads[] = {
	"sys/class/hwmon/hwmon*",           "sys/class/hwmon/hwmon*/name",
	"sys/class/hwmon/hwmon*/*_input",   "sys/class/hwmon/hwmon*/*_label",
	"sys/class/hwmon/hwmon*/*_crit",    "sys/class/hwmon/hwmon*/*_max",
	"sys/class/hwmon/hwmon*/*_average", NULL,
};

const struct sensor_source sensor_hwmon = {
	.name = "hwmon",
	.summary = N_("temperatures, fans and voltages of the kernel's hwmon drivers"),
	.reads = reads,
	.open = hwmon_open,
};
