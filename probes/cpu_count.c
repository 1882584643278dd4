/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cores, sockets and clusters of every kind of processors. By the first of these that speaks: the
 * topology files of one processor of the kind (with 128 processors, all of them are slow; where some
 * are offline, one does not stand for all), the lines of cpuinfo, what the table knows of the model,
 * SMBIOS. SMBIOS is often wrong (8 cores for the 4 of a 3A6000); where it contradicts the rest, that
 * is a problem of the inventory.
 */
#include "probes/cpu.h"

#include "harness/base/scan.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char firmware[] = "smbios type 4";

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

static struct cpu_count cores_of(const struct cpu_reading *r, const struct cpu_kind *kind,
				 const struct cpu_model *model)
{
	struct cpu_count threads = cpu_count_file(r, kind, "thread_siblings_list");
	struct cpu_count cores = { .value = 0 };

	if (r->present != r->info.cpu_count)
		cores = cpu_count_each_core(r, kind);
	else if (threads.value && kind->count % threads.value == 0)
		return (struct cpu_count){ .value = kind->count / threads.value,
					   .source = threads.source,
					   .certainty = threads.certainty };
	if (!cores.value)
		cores = cpu_count_lines(r, kind, true);
	if (cores.value)
		return cores;
	threads.value = threads_by_model(r, model);
	if (kind->count && threads.value)
		return (struct cpu_count){ .value = kind->count / threads.value,
					   .source = model->source, .certainty = CERTAINTY_LIKELY };
	if (kind->count)
		return (struct cpu_count){ .value = 0 };
	if (only_number(model->cores) && r->firmware.sockets)
		return (struct cpu_count){ .value = only_number(model->cores) * r->firmware.sockets,
					   .source = model->source, .certainty = CERTAINTY_LIKELY };
	return (struct cpu_count){ .value = r->firmware.cores, .source = firmware,
				   .certainty = CERTAINTY_LIKELY };
}

static struct cpu_count sockets_of(const struct cpu_reading *r, const struct cpu_kind *kind)
{
	struct cpu_count shared = cpu_count_file(r, kind, "core_siblings_list");
	struct cpu_count sockets;

	if (shared.value && r->info.cpu_count % shared.value == 0)
		return (struct cpu_count){ .value = r->info.cpu_count / shared.value,
					   .source = shared.source, .certainty = shared.certainty };
	sockets = cpu_count_lines(r, kind, false);
	if (sockets.value)
		return sockets;
	return (struct cpu_count){ .value = r->firmware.sockets, .source = firmware,
				   .certainty = CERTAINTY_LIKELY };
}

/*
 * Kernels that neither a table of the firmware nor the device tree tells of packages take the clusters
 * of an ARM or LoongArch chip for packages, and some take the nodes of one; x86 asks the processor.
 * SMBIOS with fewer sockets is right where its cores are all that there are; so is the table of a
 * series whose chips have one number of cores, or which never stands in two sockets.
 */
static void take_together(const struct cpu_reading *r, const struct cpu_kind *kind,
			  const struct cpu_model *model, uint64_t cores, struct cpu_count *sockets)
{
	const struct cpu_firmware *said = &r->firmware;
	struct cpu_count fewer = { .source = firmware, .certainty = CERTAINTY_LIKELY };
	uint64_t low = 0, most = UINT64_MAX;
	bool known = ids_range(model->cores, &low, &most);

	if (sockets->value < 2 || !cores || r->present != r->info.cpu_count ||
	    component_attribute(kind->component, "hypervisor") ||
	    (kind->kind && !strcmp(kind->kind, "cpuid")) || said->sockets == sockets->value)
		return;
	if (said->sockets && said->cores == cores && sockets->value % said->sockets == 0 &&
	    (cores - 1) / said->sockets < most) {
		fewer.value = said->sockets;
	} else if (model->one_socket) {
		fewer.value = 1;
		fewer.source = model->source;
	} else if (known && low == most && cores % most == 0) {
		fewer.value = cores / most;
		fewer.source = model->source;
	}
	if (fewer.value && fewer.value < sockets->value)
		*sockets = fewer;
	else if (said->sockets && said->sockets < sockets->value)
		sockets->certainty = CERTAINTY_CONTRADICTORY;
}

/* A core by itself is no cluster, though x86 kernels list it as one. */
static struct cpu_count clusters_of(const struct cpu_reading *r, const struct cpu_kind *kind,
				    uint64_t threads)
{
	struct cpu_count shared = cpu_count_file(r, kind, "cluster_cpus_list");

	if (shared.value > threads && kind->count % shared.value == 0)
		return (struct cpu_count){ .value = kind->count / shared.value,
					   .source = shared.source, .certainty = shared.certainty };
	if (!kind->count && r->firmware.structures > r->firmware.sockets)
		return (struct cpu_count){ .value = r->firmware.structures, .source = firmware,
					   .certainty = CERTAINTY_LIKELY };
	return (struct cpu_count){ .value = 0 };
}

static void add(const struct cpu_reading *r, const struct cpu_kind *kind, const char *attribute,
		const struct cpu_count *count)
{
	if (count->value)
		component_number(r->inventory, kind->component, attribute, (int64_t)count->value,
				 count->source, count->certainty);
}

/* What SMBIOS says and the rest does not: threads for cores, mostly. Cores may be off by its menu. */
static void compare_with_firmware(const struct cpu_reading *r, uint64_t cores)
{
	if (!cores || !r->firmware.cores || r->firmware.cores == cores ||
	    r->firmware.enabled == cores)
		return;
	inventory_problem(r->inventory, "cpu", "smbios-contradicted",
			  "SMBIOS says %" PRIu64 " cores, but there are %" PRIu64,
			  r->firmware.cores, cores);
}

/*
 * And threads. Its menu may turn them off, and what is off counts too, so more than there are
 * processors prove nothing, unless the cores of the series cannot have so many.
 */
static void compare_firmware_threads(const struct cpu_reading *r, const struct cpu_model *model,
				     uint64_t cores)
{
	uint64_t said = r->firmware.threads, low, most;

	if (!said || !r->info.cpu_count || component_attribute(r->kind[0].component, "hypervisor"))
		return;
	cores = cores > r->firmware.cores ? cores : r->firmware.cores;
	if (said < r->info.cpu_count)
		inventory_problem(r->inventory, "cpu", "smbios-contradicted",
				  "SMBIOS says %" PRIu64 " threads, but there are %zu processors",
				  said, r->info.cpu_count);
	else if (cores && ids_range(model->threads_per_core, &low, &most) &&
		 (said - 1) / most >= cores)
		inventory_problem(r->inventory, "cpu", "smbios-contradicted",
				  "SMBIOS says %" PRIu64 " threads, but by %s %" PRIu64
				  " cores of this series have at most %" PRIu64, said,
				  model->source, cores, cores * most);
}

/*
 * More cores in a socket than the series has: threads taken for cores, or another chip. Where SMBIOS
 * has more sockets than the kernel saw, the kernel took them together.
 */
static void compare_with_model(const struct cpu_reading *r, const struct cpu_kind *kind,
			       const struct cpu_model *model, uint64_t sockets, struct cpu_count *cores)
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

/* Two of a core that has one: the topology files take two cores for one, or it is another chip. */
static void compare_threads(const struct cpu_reading *r, const struct cpu_kind *kind,
			    const struct cpu_model *model, struct cpu_count *threads)
{
	const char *series = component_get_text(kind->component, "series");
	uint64_t low, most;

	if (!threads->value || !ids_range(model->threads_per_core, &low, &most) ||
	    threads->value <= most || component_attribute(kind->component, "hypervisor"))
		return;
	threads->certainty = CERTAINTY_CONTRADICTORY;
	inventory_problem(r->inventory, "cpu", "cpu-contradicted",
			  "%s says %" PRIu64 " threads in a core, but by %s a core of %s has at most %"
			  PRIu64, threads->source, threads->value, model->source,
			  series ? series : kind->component->id, most);
}

/* The cores of all kinds; 0 when one kind's are not known. */
static uint64_t add_up(const struct cpu_count *cores, size_t count)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		if (!cores[i].value)
			return 0;
		sum += cores[i].value;
	}
	return sum;
}

void cpu_counts(struct cpu_reading *r, const struct cpu_model *model)
{
	struct cpu_count cores[CPU_KINDS_MAX];
	uint64_t sum;
	size_t i;

	for (i = 0; i < r->kind_count; i++)
		cores[i] = cores_of(r, &r->kind[i], model);
	sum = add_up(cores, r->kind_count);
	for (i = 0; i < r->kind_count; i++) {
		const struct cpu_kind *kind = &r->kind[i];
		struct cpu_count sockets = sockets_of(r, kind);
		struct cpu_count threads, clusters;

		take_together(r, kind, model, sum, &sockets);
		compare_with_model(r, kind, model, sockets.value, &cores[i]);
		threads = cores[i];
		/* Of some cores, a thread may be offline. */
		threads.value = threads.value ? (kind->count + threads.value - 1) / threads.value : 0;
		compare_threads(r, kind, model, &threads);
		clusters = clusters_of(r, kind, threads.value);
		add(r, kind, "cores", &cores[i]);
		add(r, kind, "threads_per_core", &threads);
		add(r, kind, "clusters", &clusters);
		add(r, kind, "sockets", &sockets);
	}
	if (r->present != r->info.cpu_count)
		return;
	compare_with_firmware(r, sum);
	if (r->kind_count)
		compare_firmware_threads(r, model, sum);
}
