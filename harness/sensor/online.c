/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cpus that were online when the set was opened, and are they still? */
#include "harness/base/auto.h"
#include "harness/sensor/table.h"

#include <string.h>
#include <unistd.h>

#define N_(text) (text)
#define PACE_NS  1000000000LL
#define LIST     "sys/devices/system/cpu/online"

enum { LIST_SIZE = 4096, CPUS_MAX = 65536, ALL = CPUS_MAX };

struct online { /* of a channel: they share a descriptor */
	int fd;
	unsigned int cpu;	/* ALL: how many there are */
};

static bool take_number(const char **at, unsigned int *ret_number)
{
	const char *from = *at;
	unsigned int number = 0;

	for (; **at >= '0' && **at <= '9' && number < CPUS_MAX; ++*at)
		number = 10 * number + (unsigned int)(**at - '0');
	*ret_number = number;
	return *at > from && number < CPUS_MAX;
}

/* The next range of a list such as "0-3,5" (cpumap_print_to_pagebuf); false at its end. */
static bool take_range(const char **at, unsigned int *ret_first, unsigned int *ret_last)
{
	if (**at == ',')
		++*at;
	if (!take_number(at, ret_first))
		return false;
	*ret_last = *ret_first;
	if (**at != '-')
		return true;
	++*at;
	return take_number(at, ret_last);
}

/* A cpu that is online says nothing, as a device that is there. */
static int online_read(const struct sensor_channel *channel, int64_t *ret_raw)
{
	const struct online *online = channel->own;
	unsigned int first, last;
	char text[LIST_SIZE];
	const char *at = text;
	bool found = false;
	int code = sensor_read_text(online->fd, text, sizeof(text));

	if (code < 0)
		return code;
	*ret_raw = 0;
	while (take_range(&at, &first, &last)) {
		*ret_raw += last - first + 1;
		found = found || (online->cpu >= first && online->cpu <= last);
	}
	if (!*ret_raw)
		return ERR_INPUT;
	if (online->cpu == ALL)
		return 0;
	*ret_raw = 1;
	return found ? ERR_NOT_FOUND : 0;
}

static void add(struct sensor_sink *sink, struct sensor_channel *channel, int fd, unsigned int cpu)
{
	struct online *online = sensor_sink_alloc(sink, sizeof(*online));

	online->fd = fd;
	online->cpu = cpu;
	channel->numerator = 1000;
	channel->pace_ns = PACE_NS;
	channel->own = online;
	sensor_sink_add(sink, channel);
}

static int online_open(struct sysroot *root, struct sensor_sink *sink, struct err *err)
{
	struct sensor_channel count = { .series = { .metric = "devices", .component = "cpu" } };
	unsigned int first, last;
	char text[LIST_SIZE];
	const char *at = text;
	int code;

	count.fd = sysroot_open_file(root, LIST, err);
	if (count.fd < 0)
		return count.fd == ERR_NOT_FOUND ? 0 : count.fd;
	code = sensor_read_text(count.fd, text, sizeof(text));
	add(sink, &count, count.fd, ALL); /* the descriptor is closed with this one */
	while (!code && take_range(&at, &first, &last)) {
		for (; first <= last; first++) {
			AUTO(buf_release) struct buf component = BUF_INIT;
			struct sensor_channel cpu = { .fd = -1 };

			buf_addf(&component, "cpu/%u", first);
			cpu.series.metric = "device-lost";
			cpu.series.component = component.data;
			add(sink, &cpu, count.fd, first);
		}
	}
	return 0;
}

static const char *const reads[] = { LIST, NULL };

const struct sensor_source sensor_online = {
	.name = "online",
	.summary = N_("cpus that were online at the start and went away"),
	.reads = reads,
	.open = online_open,
	.read = online_read,
};
