/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * MIDR_EL1 of every cpu, as the kernel shows it in sysfs since Linux 4.7, or by the instruction
 * that the kernel emulates where HWCAP_CPUID is set
 * (Documentation/arm64/cpu-feature-registers.rst). The instruction answers for the cpu it runs on,
 * so the thread visits the cpus it may run on.
 */
#include "harness/sys/facts_arch.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/scan.h"

#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

const char facts_arch_name[] = "aarch64";

#define HWCAP_CPUID_BIT (1UL << 11)

static void emit(const struct facts_sink *sink, int cpu, uint64_t midr)
{
	char name[32];

	snprintf(name, sizeof(name), "midr.%d", cpu);
	facts_emit(sink, name, "0x%016llx", (unsigned long long)midr);
}

static bool read_sysfs(int cpu, uint64_t *ret_midr)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	AUTO_FD int fd = -1;
	char text[32];
	ssize_t size;

	buf_addf(&path, "/sys/devices/system/cpu/cpu%d/regs/identification/midr_el1", cpu);
	fd = open(path.data, O_RDONLY | O_CLOEXEC);
	size = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	if (size <= 0)
		return false;
	text[size] = 0;
	text[strcspn(text, "\n")] = 0;
	return scan_u64(text, 0, UINT64_MAX, ret_midr) == 0;
}

static uint64_t read_register(void)
{
	uint64_t midr;

	__asm__ volatile("mrs %0, midr_el1" : "=r"(midr));
	return midr;
}

static void emit_by_register(const struct facts_sink *sink)
{
	cpu_set_t before;
	int cpu;

	if (!(getauxval(AT_HWCAP) & HWCAP_CPUID_BIT) ||
	    sched_getaffinity(0, sizeof(before), &before) < 0)
		return;
	for (cpu = 0; cpu < CPU_SETSIZE; cpu++) {
		cpu_set_t one;

		CPU_ZERO(&one);
		CPU_SET(cpu, &one);
		if (CPU_ISSET(cpu, &before) && sched_setaffinity(0, sizeof(one), &one) == 0)
			emit(sink, cpu, read_register());
	}
	sched_setaffinity(0, sizeof(before), &before);
}

void facts_arch_each(const struct facts_sink *sink)
{
	long cpus = sysconf(_SC_NPROCESSORS_CONF);
	bool any = false;
	int cpu;

	for (cpu = 0; cpu < cpus; cpu++) {
		uint64_t midr;

		if (!read_sysfs(cpu, &midr))
			continue;
		emit(sink, cpu, midr);
		any = true;
	}
	if (!any)
		emit_by_register(sink);
}
