/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cores, sockets and clusters of every kind of processors. By the first of these that speaks: the
 * topology files of one processor of the kind (with 128 processors, all of them are slow), the
 * lines of cpuinfo, what the table knows of the model, SMBIOS. SMBIOS is often wrong (8 cores for
 * the 4 of a 3A6000); where it contradicts the rest, that is a problem of the inventory.
 */
#include "probes/cpu.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/base/scan.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct count {
	uint64_t value;		/* 0: not known */
	const char *source;
	enum certainty certainty;
};

static const char firmware[] = "smbios type 4";

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

/* How many processors share something with the first of the kind, as a topology file lists them. */
static struct count from_file(const struct cpu_reading *r, const struct cpu_kind *kind,
			      const char *file)
{
	AUTO(buf_release) struct buf line = BUF_INIT;
	char path[96];

	if (!kind->cpu || kind->cpu->number < 0)
		return (struct count){ .value = 0 };
	snprintf(path, sizeof(path), "sys/devices/system/cpu/cpu%ld/topology/%s",
		 kind->cpu->number, file);
	if (sysroot_read_line(r->place->root, path, &line, NULL) < 0)
		return (struct count){ .value = 0 };
	return (struct count){ .value = weigh_list(line.data),
			       .source = arena_strdup(&r->inventory->arena, path),
			       .certainty = CERTAINTY_CERTAIN };
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

static struct count from_lines(const struct cpu_reading *r, const struct cpu_kind *kind, bool cores)
{
	struct count count = { .source = "proc/cpuinfo", .certainty = CERTAINTY_LIKELY };
	size_t i;

	for (i = 0; !count.value && i < ARRAY_SIZE(line); i++)
		count.value = count_lines(r, kind, line[i], cores);
	return count;
}

/* --- cores and sockets -------------------------------------------------------------------------- */

/* "4", not "4-8" or "": the only number that the range allows; else 0. */
static uint64_t only_number(const char *range)
{
	uint64_t number;

	return scan_u64(range, 1, UINT32_MAX, &number) == 0 ? number : 0;
}

static bool allows(const char *range, uint64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRIu64, number);
	return ids_in_range(range, text);
}

/*
 * From the model: the threads of its cores, where that is one number; else, of a chip with a fixed
 * number of cores, how often all of them fit into the processors of the machine.
 */
static uint64_t threads_by_model(const struct cpu_reading *r, const struct cpu_model *model)
{
	uint64_t threads = only_number(model->threads_per_core);
	uint64_t cores = only_number(model->cores);

	if (threads || !cores || r->info.cpu_count % cores)
		return threads;
	threads = r->info.cpu_count / cores;
	return allows(model->threads_per_core, threads) ? threads : 0;
}

static struct count cores_of(const struct cpu_reading *r, const struct cpu_kind *kind,
			     const struct cpu_model *model)
{
	struct count threads = from_file(r, kind, "thread_siblings_list");
	struct count cores;

	if (threads.value && kind->count % threads.value == 0)
		return (struct count){ .value = kind->count / threads.value,
				       .source = threads.source,
				       .certainty = threads.certainty };
	cores = from_lines(r, kind, true);
	if (cores.value)
		return cores;
	threads.value = threads_by_model(r, model);
	if (kind->count && threads.value)
		return (struct count){ .value = kind->count / threads.value,
				       .source = model->source, .certainty = CERTAINTY_LIKELY };
	if (kind->count)
		return (struct count){ .value = 0 };
	if (only_number(model->cores) && r->firmware.sockets)
		return (struct count){ .value = only_number(model->cores) * r->firmware.sockets,
				       .source = model->source, .certainty = CERTAINTY_LIKELY };
	return (struct count){ .value = r->firmware.cores, .source = firmware,
			       .certainty = CERTAINTY_LIKELY };
}

static struct count sockets_of(const struct cpu_reading *r, const struct cpu_kind *kind)
{
	struct count shared = from_file(r, kind, "core_siblings_list");
	struct count sockets;

	if (shared.value && r->info.cpu_count % shared.value == 0)
		return (struct count){ .value = r->info.cpu_count / shared.value,
				       .source = shared.source, .certainty = shared.certainty };
	sockets = from_lines(r, kind, false);
	if (sockets.value)
		return sockets;
	return (struct count){ .value = r->firmware.sockets, .source = firmware,
			       .certainty = CERTAINTY_LIKELY };
}

/* A core by itself is no cluster, though x86 kernels list it as one. */
static struct count clusters_of(const struct cpu_reading *r, const struct cpu_kind *kind,
				uint64_t threads)
{
	struct count shared = from_file(r, kind, "cluster_cpus_list");

	if (shared.value > threads && kind->count % shared.value == 0)
		return (struct count){ .value = kind->count / shared.value,
				       .source = shared.source, .certainty = shared.certainty };
	if (!kind->count && r->firmware.structures > r->firmware.sockets)
		return (struct count){ .value = r->firmware.structures, .source = firmware,
				       .certainty = CERTAINTY_LIKELY };
	return (struct count){ .value = 0 };
}

static void add(const struct cpu_reading *r, const struct cpu_kind *kind, const char *attribute,
		const struct count *count)
{
	if (count->value)
		component_number(r->inventory, kind->component, attribute, (int64_t)count->value,
				 count->source, count->certainty);
}

/* What SMBIOS says and the rest does not: threads for cores, mostly. */
static void compare_with_firmware(const struct cpu_reading *r, uint64_t cores)
{
	if (!cores || !r->firmware.cores || r->firmware.cores == cores)
		return;
	inventory_problem(r->inventory, "cpu", "smbios-contradicted",
			  "SMBIOS says %" PRIu64 " cores, but there are %" PRIu64,
			  r->firmware.cores, cores);
}

/*
 * More cores in a socket than the series has: threads taken for cores, or another chip. Where SMBIOS
 * has more sockets than the kernel saw, the kernel took them together.
 */
static void compare_with_model(const struct cpu_reading *r, const struct cpu_kind *kind,
			       const struct cpu_model *model, uint64_t sockets, struct count *cores)
{
	const char *series = component_get_text(kind->component, "series");
	uint64_t low, most;

	sockets = r->firmware.sockets > sockets ? r->firmware.sockets : sockets;
	if (!cores->value || !sockets || !ids_range(model->cores, &low, &most) ||
	    (cores->value - 1) / sockets < most ||
	    component_attribute(kind->component, "hypervisor"))
		return;
	cores->certainty = CERTAINTY_CONTRADICTORY;
	inventory_problem(r->inventory, "cpu", "cpu-contradicted",
			  "%s says %" PRIu64 " cores in %" PRIu64 " sockets, but by %s a socket of %s "
			  "has at most %" PRIu64, cores->source, cores->value, sockets,
			  model->source, series ? series : kind->component->id, most);
}

void cpu_counts(struct cpu_reading *r, const struct cpu_model *model)
{
	uint64_t sum = 0;
	bool all = true;
	size_t i;

	for (i = 0; i < r->kind_count; i++) {
		const struct cpu_kind *kind = &r->kind[i];
		struct count cores = cores_of(r, kind, model);
		struct count sockets = sockets_of(r, kind);
		struct count threads, clusters;

		compare_with_model(r, kind, model, sockets.value, &cores);
		threads = cores;
		threads.value = cores.value ? kind->count / cores.value : 0;
		clusters = clusters_of(r, kind, threads.value);
		add(r, kind, "cores", &cores);
		add(r, kind, "threads_per_core", &threads);
		add(r, kind, "clusters", &clusters);
		add(r, kind, "sockets", &sockets);
		all = all && cores.value;
		sum += cores.value;
	}
	if (all && r->present == r->info.cpu_count)
		compare_with_firmware(r, sum);
}
