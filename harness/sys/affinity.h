/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SYS_AFFINITY_H
#define SYS_AFFINITY_H
/* Where a thread may run. The kernel refuses cpus outside the cpuset of the process. */
#include <sys/types.h>

/* Onto one cpu, a thread alone; 0: the one that calls. 0 or -errno. */
int affinity_pin(pid_t thread, unsigned int cpu);
/* The number of the calling thread, for others to name it. */
pid_t affinity_self(void);

#endif
