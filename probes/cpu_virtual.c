/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Virtual machines: a hypervisor shows whatever processor it likes, so whether there is one is asked
 * before any name is believed. The processor's own word comes first (CPUID, CPUCFG, the flag in
 * cpuinfo), then Xen's file, the device tree, and who SMBIOS says made the machine. Which texts
 * mean which hypervisor is in hypervisors.tsv.
 */
#include "probes/cpu.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct trace {
	const char *name;	/* NULL: no trace of a hypervisor */
	const char *source;
	enum certainty certainty;
};

static bool name_it(const struct ids *table, const char *kind, const char *text,
		    struct trace *trace)
{
	long row = ids_find(table, (const char *[]){ kind, text });

	if (row >= 0)
		trace->name = ids_at(table, (size_t)row, 2);
	return row >= 0;
}

/* CPUID: bit 31 of leaf 1 ecx; the signature in leaf 0x40000000. */
static bool from_cpuid(const struct cpu_reading *r, const struct ids *table, struct trace *trace)
{
	struct cpuid_leaf leaf;
	char text[13] = "";

	if (!cpu_cpuid(r, 1, 0, &leaf) || !(leaf.ecx >> 31))
		return false;
	trace->source = "cpuid leaf 1";
	trace->name = "unknown";
	trace->certainty = CERTAINTY_CERTAIN;
	if (!cpu_cpuid(r, 0x40000000, 0, &leaf))
		return true;
	cpu_put_word(text, leaf.ebx);
	cpu_put_word(text + 4, leaf.ecx);
	cpu_put_word(text + 8, leaf.edx);
	if (name_it(table, "cpuid", text, trace))
		trace->source = "cpuid leaf 40000000";
	return true;
}

/* CPUCFG words from 0x40000000 on are a hypervisor's; word 0 of them is its signature. */
static bool from_cpucfg(const struct cpu_reading *r, const struct ids *table, struct trace *trace)
{
	const char *fact = sysroot_fact(r->place->root, "cpucfg.40000000");
	char text[5] = "";
	uint64_t word;

	if (!fact || scan_u64(fact, 1, UINT32_MAX, &word) < 0)
		return false;
	cpu_put_word(text, (uint32_t)word);
	*trace = (struct trace){ .name = "unknown", .source = "cpucfg",
				 .certainty = CERTAINTY_CERTAIN };
	name_it(table, "cpucfg", text, trace);
	return true;
}

static bool from_flag(const struct cpu_reading *r, struct trace *trace)
{
	const struct cpuinfo_cpu *cpu = r->kind[0].cpu;
	const char *flags = cpu ? cpuinfo_get(cpu, "flags") : NULL;

	if (!flags || !cpu_has_word(flags, "hypervisor"))
		return false;
	*trace = (struct trace){ .name = "unknown", .source = "proc/cpuinfo",
				 .certainty = CERTAINTY_CERTAIN };
	return true;
}

/* A file whose texts (a device tree has several, each ended by a zero) the table knows. */
static bool from_file(const struct cpu_reading *r, const struct ids *table, const char *kind,
		      const char *path, enum certainty certainty, struct trace *trace)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	const char *at;

	if (sysroot_read(r->place->root, path, &text, NULL) < 0)
		return false;
	for (at = text.data; at < text.data + text.size; at += strlen(at) + 1) {
		AUTO(buf_release) struct buf one = BUF_INIT;

		buf_adds(&one, at);
		buf_trim(&one);
		if (name_it(table, kind, one.data, trace)) {
			trace->source = path;
			trace->certainty = certainty;
			return true;
		}
	}
	return false;
}

static bool from_smbios(const struct cpu_reading *r, const struct ids *table, struct trace *trace)
{
	static const uint8_t field[] = { 0x04, 0x05 };	/* manufacturer, product */
	struct smbios_walk walk = dmi_walk(&r->dmi);
	struct smbios_structure s;
	enum text_encoding how;
	const char *text;
	size_t size, i;

	while (smbios_next(&walk, &s)) {
		for (i = 0; s.type == SMBIOS_SYSTEM && i < ARRAY_SIZE(field); i++) {
			if (smbios_string(&s, field[i], &text, &size) != SMBIOS_TEXT_FOUND)
				continue;
			text = text_decode(&r->inventory->arena, text, size, &how);
			if (name_it(table, "smbios", text, trace)) {
				trace->source = "smbios type 1";
				trace->certainty = CERTAINTY_LIKELY;
				return true;
			}
		}
	}
	return false;
}

/* What a machine's firmware and device tree say; the first word wins. */
static bool from_place(const struct cpu_reading *r, const struct ids *table, struct trace *trace)
{
	return from_file(r, table, "xen", "sys/hypervisor/type", CERTAINTY_CERTAIN, trace) ||
	       from_file(r, table, "devicetree", "proc/device-tree/hypervisor/compatible",
			 CERTAINTY_CERTAIN, trace) ||
	       from_smbios(r, table, trace) ||
	       from_file(r, table, "smbios", "sys/class/dmi/id/sys_vendor", CERTAINTY_LIKELY,
			 trace) ||
	       from_file(r, table, "smbios", "sys/class/dmi/id/product_name", CERTAINTY_LIKELY,
			 trace) ||
	       from_file(r, table, "devicetree", "proc/device-tree/compatible", CERTAINTY_LIKELY,
			 trace);
}

void cpu_virtual(struct cpu_reading *r)
{
	AUTO(ids_release) struct ids table = IDS_INIT;
	struct trace trace = { .name = NULL }, place = { .name = NULL };
	struct err err = ERR_INIT;
	size_t i;

	if (pack_read(&table, r->place->ids, &pack_hypervisors, &err) < 0) {
		ids_release(&table);
		inventory_problem(r->inventory, "cpu", "no-names", "%s", err.plain);
	}
	if (!from_cpuid(r, &table, &trace) && !from_cpucfg(r, &table, &trace))
		from_flag(r, &trace);
	if ((!trace.name || !strcmp(trace.name, "unknown")) && from_place(r, &table, &place))
		trace = place;
	for (i = 0; trace.name && i < r->kind_count; i++)
		component_text(r->inventory, r->kind[i].component, "hypervisor", trace.name,
			       trace.source, trace.certainty);
}
