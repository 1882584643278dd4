/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Processors: which kinds there are, and what each is. */
#include "probes/cpu.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/base/text.h"
#include "probes/look.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define N_(text) (text)

static const char class[] = "cpu";

void cpu_text(const struct cpu_reading *r, const struct cpu_kind *kind, const char *attribute,
	      const char *text, const char *source)
{
	component_text(r->inventory, kind->component, attribute, text, source, CERTAINTY_CERTAIN);
}

void cpu_number(const struct cpu_reading *r, const struct cpu_kind *kind, const char *attribute,
		int64_t value, const char *source)
{
	component_number(r->inventory, kind->component, attribute, value, source,
			 CERTAINTY_CERTAIN);
}

void cpu_line(const struct cpu_reading *r, const struct cpu_kind *kind, const char *attribute,
	      const char *key)
{
	const char *value = kind->cpu ? cpuinfo_get(kind->cpu, key) : NULL;

	if (value)
		cpu_text(r, kind, attribute, value, "proc/cpuinfo");
}

/*
 * The lines that make two processors of one machine different kinds. The name is no such line where
 * a MIPS kernel prints the core: the 2K1000's differs from one processor to the other.
 */
bool cpu_alike(const struct cpuinfo_cpu *a, const struct cpuinfo_cpu *b)
{
	static const char *const key[] = { "CPU implementer", "CPU part", "CPU variant",
					   "CPU revision",    "vendor_id", "cpu family",
					   "model",	      "stepping",  "cpu model",
					   "model name" };
	size_t keys = ARRAY_SIZE(key) - (cpuinfo_get(a, "cpu model") != NULL);
	size_t i;

	for (i = 0; i < keys; i++) {
		const char *of_a = cpuinfo_get(a, key[i]);
		const char *of_b = cpuinfo_get(b, key[i]);

		if (strcmp(of_a ? of_a : "", of_b ? of_b : "") != 0)
			return false;
	}
	return true;
}

/* "0-3,6": the numbers of the processors that are alike. */
static const char *list_cpus(struct cpu_reading *r, const struct cpuinfo_cpu *first)
{
	AUTO(buf_release) struct buf list = BUF_INIT;
	const struct cpuinfo_cpu *cpu;
	long from = -2, to = -2;

	for (cpu = r->info.cpu; cpu; cpu = cpu->next) {
		if (cpu->number < 0 || !cpu_alike(cpu, first))
			continue;
		if (cpu->number == to + 1) {
			to = cpu->number;
			continue;
		}
		if (to > from)
			buf_addf(&list, "-%ld", to);
		from = to = cpu->number;
		buf_addf(&list, "%s%ld", list.size ? "," : "", from);
	}
	if (to > from)
		buf_addf(&list, "-%ld", to);
	return arena_strdup(&r->inventory->arena, list.data);
}

static void find_kinds(struct cpu_reading *r)
{
	const struct cpuinfo_cpu *cpu;

	for (cpu = r->info.cpu; cpu; cpu = cpu->next) {
		size_t i = 0;

		while (i < r->kind_count && !cpu_alike(r->kind[i].cpu, cpu))
			i++;
		if (i == CPU_KINDS_MAX)
			continue;
		if (i == r->kind_count) {
			r->kind[r->kind_count++] = (struct cpu_kind){ .cpu = cpu };
			r->kind[i].cpus = list_cpus(r, cpu);
		}
		r->kind[i].count++;
	}
}

/* "0-7" of sys/devices/system/cpu/present: more than cpuinfo shows when some are offline. */
static size_t count_present(const struct cpu_reading *r)
{
	AUTO(buf_release) struct buf line = BUF_INIT;
	const char *last;
	uint64_t number;

	if (sysroot_read_line(r->place->root, "sys/devices/system/cpu/present", &line, NULL) < 0)
		return r->info.cpu_count;
	last = line.data + strlen(line.data);
	while (last > line.data && strchr("0123456789", last[-1]))
		last--;
	if (scan_u64(last, 0, 1 << 20, &number) < 0 || number + 1 < r->info.cpu_count)
		return r->info.cpu_count;
	return (size_t)number + 1;
}

/* One file of one processor of the kind: with many processors these files are slow. */
static void add_clock(struct cpu_reading *r, const struct cpu_kind *kind)
{
	struct look look = { .place = r->place, .inventory = r->inventory, .class = class,
			     .component = kind->component };

	if (!kind->cpu || kind->cpu->number < 0)
		return;
	look_at(&look, "sys/devices/system/cpu/cpu%ld/cpufreq", kind->cpu->number);
	look_number(&look, "max_khz", "cpuinfo_max_freq");
	look_number(&look, "min_khz", "cpuinfo_min_freq");
}

/* Machines of which SMBIOS alone speaks are of no architecture: what it calls the processor. */
static void name_by_firmware(const struct cpu_reading *r, struct cpu_kind *kind)
{
	kind->name = r->firmware.name;
	kind->name_source = "smbios type 4";
	kind->name_certainty = CERTAINTY_LIKELY;
}

/* The architecture itself may be of one maker. */
static void cpu_other(struct cpu_reading *r, struct cpu_kind *kind, const char *machine)
{
	cpu_loongarch(r, kind);
	if (!kind->id && *machine) {
		kind->kind = "machine";
		kind->id = machine;
		kind->id_source = "uname";
	}
}

static void describe(struct cpu_reading *r, struct cpu_kind *kind, size_t index)
{
	const char *machine = sysroot_fact(r->place->root, "uname.machine");
	char id[24];

	snprintf(id, sizeof(id), "cpu/%zu", index);
	kind->component = inventory_add(r->inventory, class, id, NULL);
	if (kind->count) {
		cpu_number(r, kind, "logical_cpus", (int64_t)kind->count, "proc/cpuinfo");
		cpu_text(r, kind, "cpus", kind->cpus, "proc/cpuinfo");
	}
	machine = machine ? machine : "";
	if (!strcmp(machine, "x86_64"))
		cpu_x86(r, kind);
	else if (!strcmp(machine, "aarch64"))
		cpu_arm(r, kind);
	else if (text_starts(machine, "loongarch") || text_starts(machine, "mips"))
		cpu_loongarch(r, kind);
	else
		cpu_other(r, kind, machine);
	if (!kind->name)
		name_by_firmware(r, kind);
	if (kind->name)
		component_text(r->inventory, kind->component, "name", kind->name,
			       kind->name_source, kind->name_certainty);
	cpu_extensions(r, kind);
	add_clock(r, kind);
}

static void identify(struct cpu_reading *r)
{
	struct cpu_model model = { .cores = "", .threads_per_core = "" };
	size_t i;

	for (i = 0; i < r->kind_count; i++)
		describe(r, &r->kind[i], i);
	cpu_virtual(r);
	cpu_names(r, &model);
	cpu_counts(r, &model);
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	struct cpu_reading r = { .place = place, .inventory = inventory,
				 .info = { .arena = &inventory->arena }, .dmi = DMI_INIT };
	int code = sysroot_read(place->root, "proc/cpuinfo", &text, err);

	if (code < 0 && code != ERR_NOT_FOUND)
		return code;
	cpuinfo_read(&r.info, text.data, text.size);
	r.present = count_present(&r);
	if (dmi_read(&r.dmi, place) == PRESENCE_PRESENT)
		cpu_firmware(&r);
	find_kinds(&r);
	if (!r.kind_count && (sysroot_fact(place->root, "cpuid.00000000.00") ||
			      r.firmware.structures))
		r.kind_count = 1;
	if (r.kind_count) {
		identify(&r);
		cpu_sockets(&r);
		inventory_class(inventory, class, PRESENCE_PRESENT, NULL);
	} else {
		inventory_class(inventory, class, PRESENCE_ABSENT,
				"proc/cpuinfo and SMBIOS name no processor, and no id register is known");
	}
	dmi_release(&r.dmi);
	return 0;
}

static const char *const reads[] = {
	"proc/cpuinfo",
	"sys/devices/system/cpu/present",
	"sys/devices/system/cpu/cpu[0-9]*/cpufreq/cpuinfo_max_freq",
	"sys/devices/system/cpu/cpu[0-9]*/cpufreq/cpuinfo_min_freq",
	"sys/devices/system/cpu/cpu[0-9]*/topology/cluster_cpus_list",
	"sys/devices/system/cpu/cpu[0-9]*/topology/core_siblings_list",
	"sys/devices/system/cpu/cpu[0-9]*/topology/thread_siblings_list",
	"sys/hypervisor/type",
	CPU_VIRTUAL_READS,
	CPU_HARDWARE_READS,
	"proc/device-tree/compatible",
	"proc/device-tree/hypervisor/compatible",
	CPU_BOARD,
	DMI_TABLE,
	DMI_ENTRY,
	NULL,
};

const struct probe probe_cpu = {
	.name = class,
	.summary = N_("processors: maker, model, id registers, features"),
	.reads = reads,
	.scan = scan,
};
