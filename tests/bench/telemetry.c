/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * telemetry ROOT cost		nanoseconds of CPU time of the process a channel and round, read in place
 *				and then in lanes, of the hwmon channels in a folder
 * telemetry ROOT jitter SECONDS	milliseconds that rounds came late, ten a second, while a program
 *				of no nicer priority is busy on each cpu: median and p99
 */
#include "harness/base/buf.h"
#include "harness/sensor/source.h"

#include "harness/sys/clock.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 2000, CPUS = 512, NICENESS = -10 };
#define PERIOD_NS 100000000LL

static struct sample sample[SENSOR_CHANNELS_MAX];

static int64_t used_ns(void)
{
	struct rusage used;

	getrusage(RUSAGE_SELF, &used);
	return ((int64_t)used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000000 +
	       ((int64_t)used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1000;
}

static int64_t measure(struct sensor_set *set, size_t count)
{
	int64_t start_ns = used_ns();
	int i;

	for (i = 0; i < ROUNDS; i++)
		sensor_set_read(set, i, sample);
	return (used_ns() - start_ns) / (ROUNDS * (int64_t)count);
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* As the watcher: niceness -10 where that is allowed, the load at 0. */
static void jitter(struct sensor_set *set, long seconds)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN), rounds = seconds * 10, i;
	int64_t *late = calloc((size_t)rounds + 1, sizeof(*late)), next;
	pid_t busy[CPUS];

	for (i = 0; i < cpus && i < CPUS; i++) {
		busy[i] = fork();
		if (busy[i])
			continue;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			__asm__ volatile("");
	}
	setpriority(PRIO_PROCESS, 0, NICENESS);
	sensor_set_start(set, NULL);
	next = clock_boot_ns() + PERIOD_NS;
	for (i = 0; i < rounds; i++, next += PERIOD_NS) {
		int64_t now = clock_boot_ns();

		if (next > now)
			clock_wait_ns(next - now);
		sensor_set_read(set, next, sample);
		late[i] = clock_boot_ns() - next;
	}
	qsort(late, (size_t)rounds, sizeof(*late), compare);
	for (i = 0; i < cpus && i < CPUS; i++) {
		kill(busy[i], SIGKILL);
		waitpid(busy[i], NULL, 0);
	}
	printf("%.2f %.2f\n", (double)late[rounds / 2] / 1e6, (double)late[rounds * 99 / 100] / 1e6);
	free(late);
}

int main(int argc, char **argv)
{
	struct err err = ERR_INIT;
	struct sysroot *root = argc > 2 ? sysroot_open(argv[1], &err) : NULL;
	struct sensor_set *set = root ? sensor_set_open(root, &err) : NULL;
	int64_t place;
	size_t count = 0;

	if (!set) {
		fprintf(stderr, "%s\n", err.plain);
		return 3;
	}
	sensor_set_series(set, &count);
	if (!count)
		return 3;
	if (!strcmp(argv[2], "jitter")) {
		jitter(set, argc > 3 ? strtol(argv[3], NULL, 10) : 10);
	} else {
		place = measure(set, count);
		if (sensor_set_start(set, &err) < 0)
			return 3;
		printf("%" PRId64 " %" PRId64 "\n", place, measure(set, count));
	}
	sensor_set_free(set);
	sysroot_free(root);
	return 0;
}
