/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/sensor/table.h"

#include <string.h>

#define N_(text)        (text)
#define TRIP_PACE_NS    60000000000LL
#define COOLING_PACE_NS 5000000000LL

/* "thermal/acpitz/zone0" for .../thermal_zone0 of that type. */
static void device_component(struct sysroot *root, const char *path, const char *room,
			     struct buf *out)
{
	AUTO(buf_release) struct buf file = BUF_INIT, type = BUF_INIT;
	const char *number = path + strcspn(path, "0123456789");

	buf_addf(&file, "%s/type", path);
	if (sysroot_read_line(root, file.data, &type, NULL) < 0 || !type.size)
		buf_adds(&type, "unnamed");
	buf_addf(out, "%s/%s/%s%s", room, type.data, strcmp(room, "thermal") ? "" : "zone", number);
}

static void add_trip(struct sysroot *root, struct sensor_sink *sink, const char *path,
		     const char *zone)
{
	AUTO(buf_release) struct buf file = BUF_INIT, type = BUF_INIT, component = BUF_INIT;
	struct sensor_channel channel = { .fd = -1, .pace_ns = TRIP_PACE_NS };
	const char *trip = strrchr(path, '/') + 1;
	size_t length = strlen("trip_point_");
	int digits = (int)strspn(trip + length, "0123456789");

	buf_addf(&file, "%.*s%.*s_type", (int)(trip - path), path, (int)length + digits, trip);
	sysroot_read_line(root, file.data, &type, NULL);
	buf_addf(&component, "%s/trip%.*s", zone, digits, trip + length);
	channel.series.metric = "temperature-limit";
	channel.series.component = component.data;
	channel.series.label = type.data;
	sensor_sink_file(sink, path, &channel);
}

static void add_zone(struct sysroot *root, struct sensor_sink *sink, const char *path)
{
	AUTO(buf_release) struct buf file = BUF_INIT, component = BUF_INIT;
	struct sensor_channel channel = { .fd = -1 };
	struct sysroot_names trips = { 0 };
	size_t i;

	device_component(root, path, "thermal", &component);
	buf_addf(&file, "%s/temp", path);
	channel.series.metric = "temperature";
	channel.series.component = component.data;
	if (sensor_sink_file(sink, file.data, &channel) < 0)
		return;
	buf_reset(&file);
	buf_addf(&file, "%s/trip_point_*_temp", path);
	sysroot_glob(root, file.data, &trips, NULL);
	for (i = 0; i < trips.count; i++)
		add_trip(root, sink, trips.name[i], component.data);
	sysroot_names_release(&trips);
}

static void add_cooling(struct sysroot *root, struct sensor_sink *sink, const char *path)
{
	AUTO(buf_release) struct buf file = BUF_INIT, component = BUF_INIT;
	struct sensor_channel channel = {
		.fd = -1, .numerator = 1000, .pace_ns = COOLING_PACE_NS, .lane = "cooling"
	};

	device_component(root, path, "cooling", &component);
	buf_addf(&file, "%s/cur_state", path);
	channel.series.metric = "cooling-state";
	channel.series.component = component.data;
	sensor_sink_file(sink, file.data, &channel);
}

static int thermal_open(struct sysroot *root, struct sensor_sink *sink, struct err *err)
{
	struct sysroot_names zones = { 0 }, coolers = { 0 };
	size_t i;
	int code;

	code = sysroot_glob(root, "sys/class/thermal/thermal_zone*", &zones, err);
	for (i = 0; i < zones.count; i++)
		add_zone(root, sink, zones.name[i]);
	sysroot_names_release(&zones);
	if (!code)
		code = sysroot_glob(root, "sys/class/thermal/cooling_device*", &coolers, err);
	for (i = 0; i < coolers.count; i++)
		add_cooling(root, sink, coolers.name[i]);
	sysroot_names_release(&coolers);
	return code == ERR_NOT_FOUND ? 0 : code;
}

static const char *const reads[] = {
	"sys/class/thermal/thermal_zone*/type",
	"sys/class/thermal/thermal_zone*/temp",
	"sys/class/thermal/thermal_zone*/trip_point_*_temp",
	"sys/class/thermal/thermal_zone*/trip_point_*_type",
	"sys/class/thermal/cooling_device*/type",
	"sys/class/thermal/cooling_device*/cur_state",
	NULL,
};

const struct sensor_source sensor_thermal = {
	.name = "thermal",
	.summary = N_("temperatures and trip points of thermal zones, state of cooling devices"),
	.reads = reads,
	.open = thermal_open,
};
