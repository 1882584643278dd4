/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sys/affinity.h"

#include <errno.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A cpu set of any size. */
int affinity_pin(pid_t thread, unsigned int cpu)
{
	cpu_set_t *set = CPU_ALLOC(cpu + 1);
	size_t size = CPU_ALLOC_SIZE(cpu + 1);
	int failed;

	if (!set)
		return -ENOMEM;
	CPU_ZERO_S(size, set);
	CPU_SET_S(cpu, size, set);
	failed = sched_setaffinity(thread, size, set) < 0 ? -errno : 0;
	CPU_FREE(set);
	return failed;
}

pid_t affinity_self(void)
{
	return (pid_t)syscall(SYS_gettid);
}
