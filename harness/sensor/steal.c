/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cpu time that the host of a virtual machine gave to others: no slowness of this machine. */
#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/sensor/table.h"

#include <string.h>

#define N_(text) (text)
#define PACE_NS  1000000000LL
#define STAT     "proc/stat"

enum { FIELDS = 8, ALL_PERCENT = 100 };

struct steal { /* the sums before */
	int64_t stolen, all;
	bool seen;
};

/* proc(5): "cpu  user nice system idle iowait irq softirq steal ..." in ticks. */
static int steal_read(const struct sensor_channel *channel, int64_t *ret_raw)
{
	struct steal *steal = channel->own, now = { .seen = true }, before = *steal;
	char text[256], *at = text + strlen("cpu");
	int64_t ticks = 0;
	int code = sensor_read_text(channel->fd, text, sizeof(text)), field;

	if (code < 0)
		return code;
	if (strncmp(text, "cpu ", 4))
		return ERR_INPUT;
	for (field = 0; field < FIELDS; field++) {
		char *end;

		at += strspn(at, " ");
		end = at + strcspn(at, " \n");
		if (!*end)
			return ERR_INPUT;
		*end = '\0';
		if (scan_i64(at, 0, INT64_MAX / FIELDS, &ticks) < 0)
			return ERR_INPUT;
		now.all += ticks;
		at = end + 1;
	}
	now.stolen = ticks;
	*steal = now;
	if (!before.seen || now.all <= before.all || now.stolen < before.stolen)
		return ERR_NOT_FOUND;
	*ret_raw = (now.stolen - before.stolen) * 1000 * ALL_PERCENT / (now.all - before.all);
	return 0;
}

static int steal_open(struct sysroot *root, struct sensor_sink *sink, struct err *err)
{
	struct sensor_channel channel = {
		.fd = -1,
		.pace_ns = PACE_NS,
		.series = { .metric = "cpu-steal", .component = "cpu" },
		.own = sensor_sink_alloc(sink, sizeof(struct steal)),
	};

	(void)root;
	(void)err;
	sensor_sink_file(sink, STAT, &channel);
	return 0;
}

static const char *const reads[] = { STAT, NULL };

const struct sensor_source sensor_steal = {
	.name = "steal",
	.summary = N_("processor time that the host of a virtual machine took"),
	.reads = reads,
	.open = steal_open,
	.read = steal_read,
};
