/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SYS_CLOCK_H
#define SYS_CLOCK_H
/*
 * The door to the clocks. Times are int64_t nanoseconds.
 *
 * clock_boot_ns	since boot, counting suspend, never set back: for intervals
 * clock_wall_ns	since 1970-01-01 UTC: for people and certificates only
 * clock_cpu_ns		CPU time of this thread
 * clock_wait_ns	sleeps that long (interrupted sleeps go on)
 * clock_is_synchronised	whether the kernel was told that the wall clock follows a better one
 */
#include <stdbool.h>
#include <stdint.h>

int64_t clock_boot_ns(void);
int64_t clock_wall_ns(void);
int64_t clock_cpu_ns(void);
void clock_wait_ns(int64_t ns);
bool clock_is_synchronised(void);

/* "2026-11-23T05:54:00Z" */
#define CLOCK_TEXT_SIZE 32
char *clock_format_utc(int64_t wall_ns, char out[CLOCK_TEXT_SIZE]);

#endif
