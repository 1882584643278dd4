/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/sensor/table.h"

#include <string.h>

#define N_(text) (text)
#define PACE_NS  1000000000LL

/* Documentation/ABI/testing/sysfs-bus-pci-devices-aer_stats: "NAME COUNT" lines, the total last. */
static const struct aer_kind {
	const char *file, *total, *metric;
} kind_table[] = {
	{ "aer_dev_correctable", "TOTAL_ERR_COR ", "aer-correctable" },
	{ "aer_dev_nonfatal", "TOTAL_ERR_NONFATAL ", "aer-nonfatal" },
	{ "aer_dev_fatal", "TOTAL_ERR_FATAL ", "aer-fatal" },
};

static int aer_read(const struct sensor_channel *channel, int64_t *ret_raw)
{
	const struct aer_kind *kind = channel->own;
	char text[2048], *total;
	int code = sensor_read_text(channel->fd, text, sizeof(text));

	if (code < 0)
		return code;
	total = strstr(text, kind->total);
	if (!total)
		return ERR_INPUT;
	total += strlen(kind->total);
	total[strcspn(total, "\n")] = '\0';
	return scan_i64(total, 0, INT64_MAX, ret_raw);
}

static int aer_open(struct sysroot *root, struct sensor_sink *sink, struct err *err)
{
	struct sysroot_names devices = { 0 };
	size_t i, k;
	int code = sysroot_glob(root, "sys/bus/pci/devices/*", &devices, err);

	for (i = 0; i < devices.count; i++) {
		for (k = 0; k < ARRAY_SIZE(kind_table); k++) {
			AUTO(buf_release) struct buf file = BUF_INIT, component = BUF_INIT;
			struct sensor_channel channel = { .fd = -1,
							  .numerator = 1000,
							  .pace_ns = PACE_NS,
							  .own = (void *)&kind_table[k] };

			buf_addf(&file, "%s/%s", devices.name[i], kind_table[k].file);
			buf_addf(&component, "pci/%s", strrchr(devices.name[i], '/') + 1);
			channel.series.metric = kind_table[k].metric;
			channel.series.component = component.data;
			sensor_sink_file(sink, file.data, &channel);
		}
	}
	sysroot_names_release(&devices);
	return code == ERR_NOT_FOUND ? 0 : code;
}

static const char *const reads[] = {
	"sys/bus/pci/devices/*/aer_dev_correctable",
	"sys/bus/pci/devices/*/aer_dev_nonfatal",
	"sys/bus/pci/devices/*/aer_dev_fatal",
	NULL,
};

const struct sensor_source sensor_aer = {
	.name = "aer",
	.summary = N_("errors counted by PCI Express devices (AER)"),
	.reads = reads,
	.open = aer_open,
	.read = aer_read,
};
