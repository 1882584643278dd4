/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What disks say of their own health while they work, by smartctl. On the live machine only. Each
 * disk has a lane of its own: one that hangs holds up nobody else. A disk that told no status when
 * it was first asked is not asked again: behind some USB bridges a question does harm.
 *
 * What was written to it and how much of its life that took are counters: what a run did to the disk is
 * the last reading less the first, the first a second after the sources are open, the last when
 * the run ends (sensor_set_last).
 */
#include "harness/model/smart.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/sensor/table.h"
#include "harness/sys/child.h"

#include <string.h>

#define N_(text)     (text)
#define LIMIT_NS     (3 * INT64_C(1000000000))
#define DELAY_NS     INT64_C(1000000000)	/* not when a plan looks at every series once */
#define NVME_PACE_NS (20 * INT64_C(1000000000))
#define DISK_PACE_NS (60 * INT64_C(1000000000))	/* a question stops its queue for a moment */

struct disk { /* its channels share it; one lane reads them */
	const char *path;
	struct smart last;
	bool asked, gave_up;
};

/* The first one asks; the others take from the same answer. */
static const struct reading {
	const char *metric, *part;	/* behind the component, or "" */
	enum smart_number number;	/* of all but the first */
	int64_t numerator, denominator;
	bool nvme_only;
} reading[] = {
	{ "smart-warning", "", SMART_NUMBERS, 1000, 1, false },
	{ "disk-errors", "/media", SMART_MEDIA_ERRORS, 1000, 1, true },
	{ "media-written", "", SMART_WRITTEN_BYTES, 1, 1000, false },
	{ "media-wear", "", SMART_PERCENTAGE_USED, 1000, 1, false },
};

struct health { /* of a channel */
	struct disk *disk;
	const struct reading *reading;
};

static void ask(struct disk *disk)
{
	const char *const argv[] = { "smartctl", "--json=c", "-i", "-H", "-A", disk->path, NULL };
	AUTO(buf_release) struct buf answer = BUF_INIT;
	struct child_end end = { .timed_out = true };

	disk->last.state = SMART_UNREADABLE;
	if (child_program(argv, LIMIT_NS, &answer, &end, NULL) == 0 && !end.timed_out)
		smart_parse(answer.data, answer.size, &disk->last);
	if (!disk->asked)
		disk->gave_up = smart_warning(&disk->last) == SMART_NONE;
	disk->asked = true;
}

static int smart_read(const struct sensor_channel *channel, int64_t *ret_raw)
{
	const struct health *health = channel->own;
	struct disk *disk = health->disk;

	if (health->reading == reading && !disk->gave_up)
		ask(disk);
	*ret_raw = smart_warning(&disk->last);
	if (health->reading != reading && *ret_raw != SMART_NONE)
		*ret_raw = disk->last.number[health->reading->number];
	return *ret_raw == SMART_NONE ? ERR_UNSUPPORTED : 0;
}

static void add_reading(struct sensor_sink *sink, struct disk *disk, const char *name,
			const struct reading *row)
{
	AUTO(buf_release) struct buf component = BUF_INIT, lane = BUF_INIT;
	struct health *health = sensor_sink_alloc(sink, sizeof(*health));
	struct sensor_channel channel = {
		.fd = -1,
		.numerator = row->numerator,
		.denominator = row->denominator,
		.pace_ns = text_starts(name, "nvme") ? NVME_PACE_NS : DISK_PACE_NS,
		.delay_ns = DELAY_NS,
		.own = health,
	};

	health->disk = disk;
	health->reading = row;
	buf_addf(&lane, "smart/%s", name);
	buf_addf(&component, "block/%s%s", name, row->part);
	channel.lane = lane.data;
	channel.series.metric = row->metric;
	channel.series.component = component.data;
	sensor_sink_add(sink, &channel);
}

static void add_disk(struct sensor_sink *sink, const char *name)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	struct disk *disk = sensor_sink_alloc(sink, sizeof(*disk));
	size_t i;

	buf_addf(&path, "/dev/%s", name);
	disk->path = sensor_sink_text(sink, path.data);
	for (i = 0; i < ARRAY_SIZE(reading); i++) {
		if (!reading[i].nvme_only || text_starts(name, "nvme"))
			add_reading(sink, disk, name, &reading[i]);
	}
}

/* Not nvme0c1n1, one of several ways to nvme0n1: nobody can open it. */
static bool is_disk(const char *name)
{
	return text_starts(name, "sd") || (text_starts(name, "nvme") && !strchr(name, 'c'));
}

static int smart_open(struct sysroot *root, struct sensor_sink *sink, struct err *err)
{
	struct sysroot_names disks = { 0 };
	size_t i;
	int code;

	if (!sysroot_is_live(root))
		return 0;
	code = sysroot_list(root, "sys/block", &disks, err);
	for (i = 0; i < disks.count; i++)
		if (is_disk(disks.name[i]))
			add_disk(sink, disks.name[i]);
	sysroot_names_release(&disks);
	return code == ERR_NOT_FOUND ? 0 : code;
}

static const char *const reads[] = { "sys/block/*", NULL };

const struct sensor_source sensor_smart = {
	.name = "smart",
	.summary = N_("health and wear of disks as they say themselves, by smartctl"),
	.reads = reads,
	.open = smart_open,
	.read = smart_read,
};
