/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/cpus.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/scan.h"

#include <errno.h>
#include <sched.h>
#include <string.h>

enum { CPUS_MAX = 65536 };

/* The first of "0,32" or "0-1"; the cpu itself where the kernel does not say. */
static unsigned int first_sibling(struct arena *arena, struct sysroot *root, unsigned int cpu)
{
	AUTO(buf_release) struct buf line = BUF_INIT;
	const char *path = arena_printf(
		arena, "sys/devices/system/cpu/cpu%u/topology/thread_siblings_list", cpu);
	uint64_t first;

	if (sysroot_read_line(root, path, &line, NULL) < 0)
		return cpu;
	line.data[strcspn(line.data, ",-")] = 0;
	return scan_u64(line.data, 0, CPUS_MAX, &first) < 0 ? cpu : (unsigned int)first;
}

static void find_cores(struct arena *arena, struct sysroot *root, struct plan_machine *machine)
{
	unsigned int *core = arena_array(arena, unsigned int, machine->cpu_count);
	size_t i;

	for (i = 0; i < machine->cpu_count; i++)
		core[i] = first_sibling(arena, root, machine->cpu[i]);
	machine->core = core;
}

/* A set of any size; NULL when the kernel does not tell. */
static cpu_set_t *allowed_set(size_t *ret_bits)
{
	size_t bits;

	for (bits = 1024; bits <= 1 << 20; bits *= 2) {
		cpu_set_t *set = CPU_ALLOC(bits);

		*ret_bits = bits;
		if (!set || !sched_getaffinity(0, CPU_ALLOC_SIZE(bits), set))
			return set;
		CPU_FREE(set);
		if (errno != EINVAL)
			break;
	}
	return NULL;
}

void cpus_allowed(struct arena *arena, struct sysroot *root, struct plan_machine *machine)
{
	size_t bits, count = 0, cpu;
	cpu_set_t *set = allowed_set(&bits);
	unsigned int *list;

	if (!set)
		return;
	list = arena_array(arena, unsigned int,
			   (size_t)CPU_COUNT_S(CPU_ALLOC_SIZE(bits), set) + 1);
	for (cpu = 0; cpu < bits; cpu++) {
		if (CPU_ISSET_S(cpu, CPU_ALLOC_SIZE(bits), set))
			list[count++] = (unsigned int)cpu;
	}
	CPU_FREE(set);
	machine->cpu = list;
	machine->cpu_count = count;
	find_cores(arena, root, machine);
}

void cpus_counted(struct arena *arena, struct sysroot *root, struct plan_machine *machine)
{
	const struct component *cpu = inventory_first(machine->inventory, "cpu");
	int64_t total = 0;
	unsigned int *list;
	size_t i;

	for (; cpu; cpu = inventory_next(cpu))
		total += component_get_number(cpu, "logical_cpus", 0);
	if (total < 0 || total > CPUS_MAX)
		return;
	list = arena_array(arena, unsigned int, (size_t)total);
	for (i = 0; i < (size_t)total; i++)
		list[i] = (unsigned int)i;
	machine->cpu = list;
	machine->cpu_count = (size_t)total;
	find_cores(arena, root, machine);
}
