/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/sensor/table.h"

#include <string.h>

#define N_(text) (text)
#define PACE_NS  1000000000LL

/*
 * Documentation/block/stat.rst: field 3 is sectors read and field 7 sectors written, always of 512
 * bytes. They become thousandths of a megabyte: bytes times 1000 would not fit a record for long.
 *
 * A disk's ioerr_cnt is left alone: it also grows by one whenever a program, smartctl above all, sends a
 * command that the disk refuses or answers with more than "good". What the disk counts is SMART's to say.
 */
enum { FIELD_READ = 3, FIELD_WRITTEN = 7, SECTOR = 512, MILLI_MB = 1000 };

static const struct disk_field {
	const char *metric;
	int field;
} field_table[] = { { "disk-read", FIELD_READ }, { "disk-written", FIELD_WRITTEN } };

static int stat_read(const struct sensor_channel *channel, int64_t *ret_raw)
{
	const struct disk_field *want = channel->own;
	char text[512], *at = text;
	int code, field;

	code = sensor_read_text(channel->fd, text, sizeof(text));
	if (code < 0)
		return code;
	at += strspn(at, " ");
	for (field = 1; field < want->field; field++) {
		at += strcspn(at, " \n");
		at += strspn(at, " ");
	}
	at[strcspn(at, " \n")] = '\0';
	return scan_i64(at, 0, INT64_MAX, ret_raw);
}

static void add_disk(struct sysroot *root, struct sensor_sink *sink, const char *path)
{
	AUTO(buf_release) struct buf file = BUF_INIT, component = BUF_INIT;
	struct sensor_channel channel = { .fd = -1, .pace_ns = PACE_NS };
	size_t i;

	buf_addf(&file, "%s/device", path);
	if (!sysroot_exists(root, file.data))
		return;
	buf_addf(&component, "block/%s", strrchr(path, '/') + 1);
	channel.series.component = component.data;
	buf_reset(&file);
	buf_addf(&file, "%s/stat", path);
	channel.numerator = SECTOR;
	channel.denominator = MILLI_MB;
	for (i = 0; i < ARRAY_SIZE(field_table); i++) {
		channel.series.metric = field_table[i].metric;
		channel.own = (void *)&field_table[i];
		sensor_sink_file(sink, file.data, &channel);
	}
}

static int diskstat_open(struct sysroot *root, struct sensor_sink *sink, struct err *err)
{
	struct sysroot_names disks = { 0 };
	size_t i;
	int code = sysroot_glob(root, "sys/block/*", &disks, err);

	for (i = 0; i < disks.count; i++)
		add_disk(root, sink, disks.name[i]);
	sysroot_names_release(&disks);
	return code == ERR_NOT_FOUND ? 0 : code;
}

static const char *const reads[] = {
	"sys/block/*/device",
	"sys/block/*/stat",
	NULL,
};

const struct sensor_source sensor_diskstat = {
	.name = "diskstat",
	.summary = N_("bytes moved by disks"),
	.reads = reads,
	.open = diskstat_open,
	.read = stat_read,
};
