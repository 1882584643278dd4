/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/sensor/table.h"

#include <string.h>

#define N_(text) (text)
#define PACE_NS  1000000000LL

static const struct {
	const char *file, *metric, *part;
} count_table[] = {
	{ "rx_errors", "net-errors", "rx" },      { "tx_errors", "net-errors", "tx" },
	{ "rx_crc_errors", "net-errors", "crc" }, { "rx_dropped", "net-dropped", "rx" },
	{ "tx_dropped", "net-dropped", "tx" },
};

/* How often its link went down; a radio link does so when it likes. */
static void add_link(struct sysroot *root, struct sensor_sink *sink, const char *path)
{
	AUTO(buf_release) struct buf file = BUF_INIT, component = BUF_INIT;
	struct sensor_channel channel = { .fd = -1, .numerator = 1000, .pace_ns = PACE_NS };

	buf_addf(&file, "%s/phy80211", path);
	if (sysroot_exists(root, file.data))
		return;
	buf_reset(&file);
	buf_addf(&file, "%s/carrier_down_count", path);
	buf_addf(&component, "net/%s", strrchr(path, '/') + 1);
	channel.series.metric = "link-lost";
	channel.series.component = component.data;
	sensor_sink_file(sink, file.data, &channel);
}

/* Only interfaces with hardware behind them: a bridge or a tunnel says nothing of the machine. */
static int netdev_open(struct sysroot *root, struct sensor_sink *sink, struct err *err)
{
	struct sysroot_names devices = { 0 };
	size_t i, k;
	int code = sysroot_glob(root, "sys/class/net/*", &devices, err);

	for (i = 0; i < devices.count; i++) {
		AUTO(buf_release) struct buf file = BUF_INIT, component = BUF_INIT;
		const char *name = strrchr(devices.name[i], '/') + 1;

		buf_addf(&file, "%s/device", devices.name[i]);
		if (!sysroot_exists(root, file.data))
			continue;
		for (k = 0; k < ARRAY_SIZE(count_table); k++) {
			struct sensor_channel channel = { .fd = -1,
							  .numerator = 1000,
							  .pace_ns = PACE_NS };

			buf_reset(&component);
			buf_addf(&component, "net/%s/%s", name, count_table[k].part);
			buf_reset(&file);
			buf_addf(&file, "%s/statistics/%s", devices.name[i], count_table[k].file);
			channel.series.metric = count_table[k].metric;
			channel.series.component = component.data;
			sensor_sink_file(sink, file.data, &channel);
		}
		add_link(root, sink, devices.name[i]);
	}
	sysroot_names_release(&devices);
	return code == ERR_NOT_FOUND ? 0 : code;
}

static const char *const reads[] = {
	"sys/class/net/*/device",
	"sys/class/net/*/statistics/rx_errors",
	"sys/class/net/*/statistics/tx_errors",
	"sys/class/net/*/statistics/rx_dropped",
	"sys/class/net/*/statistics/tx_dropped",
	"sys/class/net/*/statistics/rx_crc_errors",
	"sys/class/net/*/carrier_down_count",
	"sys/class/net/*/phy80211",
	NULL,
};

const struct sensor_source sensor_netdev = {
	.name = "netdev",
	.summary = N_("errors, drops and lost links counted by network interfaces"),
	.reads = reads,
	.open = netdev_open,
};
