/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_CPUINFO_H
#define PROBES_CPUINFO_H
/*
 * /proc/cpuinfo of any architecture: a block of "key : value" lines for every processor, and lines
 * of the whole machine before the first or between them. Keys compare without case, because vendor
 * and mainline kernels spell them differently ("model name", "Model Name").
 *
 *	struct cpuinfo info = { .arena = &arena };
 *	cpuinfo_read(&info, text, size);
 *	for (cpu = info.cpu; cpu; cpu = cpu->next) ... cpuinfo_get(cpu, "CPU part") ...
 */
#include "harness/base/arena.h"

#include <stddef.h>

struct cpuinfo_line {
	const char *key;
	const char *value;	/* may be "" */
	struct cpuinfo_line *next;
};

struct cpuinfo_cpu {
	long number;		/* of the line "processor"; -1 where it is no number */
	struct cpuinfo_line *line;
	struct cpuinfo_cpu *next;
};

struct cpuinfo {
	struct arena *arena;
	struct cpuinfo_cpu *cpu;	/* the processors, in the order of the file */
	size_t cpu_count;
	struct cpuinfo_cpu machine;	/* lines that stand before the first processor */
};

void cpuinfo_read(struct cpuinfo *info, const char *text, size_t size);
/* The value; NULL when the line is not there or empty. */
const char *cpuinfo_get(const struct cpuinfo_cpu *cpu, const char *key);

#endif
