/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the topology files and the lines of cpuinfo count. */
#include "probes/cpu.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/base/scan.h"
#include "harness/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "0-3,8": how many processors; 0 for no such list. */
static uint64_t weigh_list(const char *text)
{
	uint64_t sum = 0;

	while (*text) {
		char piece[48];
		size_t size = strcspn(text, ",");
		char *dash;
		uint64_t low, high;

		snprintf(piece, sizeof(piece), "%.*s", (int)size, text);
		dash = strchr(piece, '-');
		if (dash)
			*dash = 0;
		if (scan_u64(piece, 0, UINT32_MAX, &low) < 0 ||
		    (dash && scan_u64(dash + 1, low, UINT32_MAX, &high) < 0))
			return 0;
		sum += dash ? high - low + 1 : 1;
		text += size + (text[size] == ',');
	}
	return sum;
}

/* What the topology file of a processor lists, into `line`; false where there is none. */
static bool read_list(const struct cpu_reading *r, const struct cpuinfo_cpu *cpu, const char *file,
		      char path[96], struct buf *line)
{
	if (!cpu || cpu->number < 0)
		return false;
	snprintf(path, 96, "sys/devices/system/cpu/cpu%ld/topology/%s", cpu->number, file);
	return sysroot_read_line(r->place->root, path, line, NULL) == 0;
}

struct cpu_count cpu_count_file(const struct cpu_reading *r, const struct cpu_kind *kind,
				const char *file)
{
	AUTO(buf_release) struct buf line = BUF_INIT;
	char path[96];

	if (!read_list(r, kind->cpu, file, path, &line))
		return (struct cpu_count){ .value = 0 };
	return (struct cpu_count){ .value = weigh_list(line.data),
				   .source = arena_strdup(&r->inventory->arena, path),
				   .certainty = CERTAINTY_CERTAIN };
}

struct cpu_count cpu_count_each_core(const struct cpu_reading *r, const struct cpu_kind *kind)
{
	struct cpu_count cores = { .source = "thread_siblings_list of every processor",
				   .certainty = CERTAINTY_CERTAIN };
	const struct cpuinfo_cpu *cpu;

	for (cpu = r->info.cpu; cpu; cpu = cpu->next) {
		AUTO(buf_release) struct buf line = BUF_INIT;
		char path[96], first[24];

		if (!kind->cpu || !cpu_alike(cpu, kind->cpu))
			continue;
		if (!read_list(r, cpu, "thread_siblings_list", path, &line) || !weigh_list(line.data))
			return (struct cpu_count){ .value = 0 };
		snprintf(first, sizeof(first), "%ld", cpu->number);
		cores.value += strcspn(line.data, "-,") == strlen(first) &&
			       text_starts(line.data, first);
	}
	return cores;
}

/* --- lines of cpuinfo --------------------------------------------------------------------------- */

/* Which lines name the package and the core: x86, then Loongson. */
static const char *const line[][2] = { { "physical id", "core id" }, { "package", "core" } };

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static uint64_t count_distinct(uint64_t *number, size_t count)
{
	uint64_t distinct = 0;
	size_t i;

	qsort(number, count, sizeof(*number), compare);
	for (i = 0; i < count; i++)
		distinct += !i || number[i] != number[i - 1];
	return distinct;
}

/* Distinct packages, or packages and cores, of the kind; 0 when a processor does not say. */
static uint64_t count_lines(const struct cpu_reading *r, const struct cpu_kind *kind,
			    const char *const name[2], bool cores)
{
	AUTO_FREE uint64_t *number = mem_zalloc((r->info.cpu_count + 1) * sizeof(*number));
	const struct cpuinfo_cpu *cpu;
	size_t count = 0;

	for (cpu = r->info.cpu; cpu; cpu = cpu->next) {
		const char *package = cpuinfo_get(cpu, name[0]);
		const char *core = cpuinfo_get(cpu, name[1]);
		uint64_t high, low = 0;

		if (!kind->cpu || !cpu_alike(cpu, kind->cpu))
			continue;
		if (!package || scan_u64(package, 0, UINT32_MAX, &high) < 0 ||
		    (cores && (!core || scan_u64(core, 0, UINT32_MAX, &low) < 0)))
			return 0;
		number[count++] = high << 32 | low;
	}
	return count_distinct(number, count);
}

struct cpu_count cpu_count_lines(const struct cpu_reading *r, const struct cpu_kind *kind,
				 bool cores)
{
	struct cpu_count count = { .source = "proc/cpuinfo", .certainty = CERTAINTY_LIKELY };
	size_t i;

	for (i = 0; !count.value && i < ARRAY_SIZE(line); i++)
		count.value = count_lines(r, kind, line[i], cores);
	return count;
}
