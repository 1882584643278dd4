/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sys/clock.h"

#include <errno.h>
#include <sys/timex.h>
#include <time.h>

static int64_t read_clock(clockid_t id)
{
	struct timespec now;

	clock_gettime(id, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t clock_boot_ns(void)
{
	return read_clock(CLOCK_BOOTTIME);
}

int64_t clock_wall_ns(void)
{
	return read_clock(CLOCK_REALTIME);
}

int64_t clock_cpu_ns(void)
{
	return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

void clock_wait_ns(int64_t ns)
{
	struct timespec left = { .tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000 };

	if (ns <= 0)
		return;
	while (clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left) == EINTR)
		;
}

bool clock_is_synchronised(void)
{
	struct timex state = { .modes = 0 };

	return adjtimex(&state) >= 0 && !(state.status & STA_UNSYNC);
}

char *clock_format_utc(int64_t wall_ns, char out[CLOCK_TEXT_SIZE])
{
	time_t seconds = (time_t)(wall_ns / 1000000000);
	struct tm utc;

	gmtime_r(&seconds, &utc);
	strftime(out, CLOCK_TEXT_SIZE, "%Y-%m-%dT%H:%M:%SZ", &utc);
	return out;
}
