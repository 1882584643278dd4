/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/sensor/table.h"

#include <string.h>

#define N_(text) (text)

/*
 * One read interrupts the cpu that is asked: reading 128 of them took 6 to 53 s on one fleet of
 * Hygon servers. So four a second in all, whatever their number.
 */
#define READ_GAP_NS   250000000LL
#define LEAST_PACE_NS 1000000000LL

static void add_policy(struct sysroot *root, struct sensor_sink *sink,
		       const struct sysroot_names *policies, size_t index)
{
	const char *path = policies->name[index];
	int64_t pace_ns = (int64_t)policies->count * READ_GAP_NS;
	AUTO(buf_release) struct buf file = BUF_INIT, cpus = BUF_INIT, component = BUF_INIT;
	struct sensor_channel channel = { .fd = -1, .delay_ns = (int64_t)index * READ_GAP_NS };

	channel.pace_ns = pace_ns < LEAST_PACE_NS ? LEAST_PACE_NS : pace_ns;
	buf_addf(&file, "%s/affected_cpus", path);
	if (!sysroot_read_line(root, file.data, &cpus, NULL) && strchr(cpus.data, ' '))
		channel.series.label = cpus.data;
	buf_addf(&component, "cpu/%s", strrchr(path, '/') + strlen("/policy"));
	buf_reset(&file);
	buf_addf(&file, "%s/scaling_cur_freq", path);
	channel.series.metric = "frequency"; /* the file is in kHz */
	channel.series.component = component.data;
	sensor_sink_file(sink, file.data, &channel);
}

static int cpufreq_open(struct sysroot *root, struct sensor_sink *sink, struct err *err)
{
	struct sysroot_names policies = { 0 };
	size_t i;
	int code;

	code = sysroot_glob(root, "sys/devices/system/cpu/cpufreq/policy*", &policies, err);
	for (i = 0; i < policies.count; i++)
		add_policy(root, sink, &policies, i);
	sysroot_names_release(&policies);
	return code == ERR_NOT_FOUND ? 0 : code;
}

static const char *const reads[] = {
	"sys/devices/system/cpu/cpufreq/policy*/scaling_cur_freq",
	"sys/devices/system/cpu/cpufreq/policy*/affected_cpus",
	NULL,
};

const struct sensor_source sensor_cpufreq = {
	.name = "cpufreq",
	.summary = N_("clock of each cpufreq policy as the kernel sees it"),
	.reads = reads,
	.open = cpufreq_open,
};
