/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a round of telemetry costs: 200 hwmon channels of 20 drivers in a folder, read by their lanes, in
 * CPU time of the process per channel and round.
 */
#include "harness/base/buf.h"
#include "harness/sensor/source.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/resource.h>

enum { ROUNDS = 2000 };

static int64_t used_ns(void)
{
	struct rusage used;

	getrusage(RUSAGE_SELF, &used);
	return ((int64_t)used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000000 +
	       ((int64_t)used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1000;
}

static int64_t measure(struct sensor_set *set, size_t count)
{
	static struct sample sample[SENSOR_CHANNELS_MAX];
	int64_t start_ns = used_ns();
	int i;

	for (i = 0; i < ROUNDS; i++)
		sensor_set_read(set, i, sample);
	return (used_ns() - start_ns) / (ROUNDS * (int64_t)count);
}

int main(int argc, char **argv)
{
	struct err err = ERR_INIT;
	struct sysroot *root = argc == 2 ? sysroot_open(argv[1], &err) : NULL;
	struct sensor_set *set = root ? sensor_set_open(root, &err) : NULL;
	size_t count = 0;

	if (!set) {
		fprintf(stderr, "%s\n", err.plain);
		return 3;
	}
	sensor_set_series(set, &count);
	if (!count)
		return 3;
	printf("telemetry: %zu channels, in place: %" PRId64 " ns a channel\n", count,
	       measure(set, count));
	if (sensor_set_start(set, &err) < 0)
		return 3;
	printf("telemetry: %zu channels, in lanes: %" PRId64 " ns a channel\n", count,
	       measure(set, count));
	sensor_set_free(set);
	sysroot_free(root);
	return 0;
}
