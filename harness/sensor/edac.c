/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/sensor/table.h"

#include <string.h>

#define N_(text) (text)
#define PACE_NS  1000000000LL
#define ROOT     "sys/devices/system/edac/mc/"

static void add_counts(struct sysroot *root, struct sensor_sink *sink, const char *path,
		       const char *file_start)
{
	static const struct {
		const char *file, *metric;
	} count[] = { { "ce_count", "edac-corrected" }, { "ue_count", "edac-uncorrected" } };
	AUTO(buf_release) struct buf file = BUF_INIT, label = BUF_INIT, component = BUF_INIT;
	size_t i;

	buf_addf(&file, "%s/dimm_label", path);
	sysroot_read_line(root, file.data, &label, NULL);
	buf_addf(&component, "edac/%s", path + strlen(ROOT));
	for (i = 0; i < ARRAY_SIZE(count); i++) {
		struct sensor_channel channel = { .fd = -1,
						  .numerator = 1000,
						  .pace_ns = PACE_NS,
						  .series = { .metric = count[i].metric,
							      .component = component.data,
							      .label = label.data } };

		buf_reset(&file);
		buf_addf(&file, "%s/%s%s", path, file_start, count[i].file);
		sensor_sink_file(sink, file.data, &channel);
	}
}

static int edac_open(struct sysroot *root, struct sensor_sink *sink, struct err *err)
{
	static const struct {
		const char *pattern, *file_start;
	} level[] = {
		{ ROOT "mc[0-9]*", "" },
		{ ROOT "mc[0-9]*/dimm[0-9]*", "dimm_" },
		{ ROOT "mc[0-9]*/rank[0-9]*", "dimm_" },
	};
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(level); i++) {
		struct sysroot_names found = { 0 };
		int code = sysroot_glob(root, level[i].pattern, &found, err);

		for (k = 0; k < found.count; k++)
			add_counts(root, sink, found.name[k], level[i].file_start);
		sysroot_names_release(&found);
		if (code < 0 && code != ERR_NOT_FOUND)
			return code;
	}
	return 0;
}

static const char *const reads[] = {
	ROOT "mc*/ce_count",
	ROOT "mc*/ue_count",
	ROOT "mc*/dimm*/dimm_*_count",
	ROOT "mc*/dimm*/dimm_label",
	ROOT "mc*/rank*/dimm_*_count",
	ROOT "mc*/rank*/dimm_label",
	NULL,
};

const struct sensor_source sensor_edac = {
	.name = "edac",
	.summary = N_("memory errors counted by the memory controllers (EDAC)"),
	.reads = reads,
	.open = edac_open,
};
