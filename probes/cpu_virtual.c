/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Virtual machines: a hypervisor shows whatever processor it likes, so whether there is one is asked
 * before any name is believed. The processor's own word comes first (CPUID, CPUCFG, the flag in
 * cpuinfo), then Xen's file, the device tree, and the texts of SMBIOS: whoever sells a virtual machine
 * writes his name into type 1, and leaves QEMU's in the chassis, the processors or the memory. Which
 * texts mean which hypervisor is in hypervisors.tsv. Who sells them sells appliances and lends whole
 * machines, too: his name says nothing where real hardware shows (cpu_hardware.c). Where no text is known,
 * firmware may still say that its table describes a virtual machine.
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
	bool hardware;		/* a seller's name is no trace */
};

static bool name_it(const struct ids *table, const char *kind, const char *text,
		    struct trace *trace)
{
	long row = -1;

	if (!strcmp(kind, "smbios") && !trace->hardware)
		row = ids_find(table, (const char *[]){ "seller", text });
	if (row < 0)
		row = ids_find(table, (const char *[]){ kind, text });
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

/*
 * CPUID without bit 31: no hypervisor. Who sells virtual machines sells servers with his name on them,
 * too, so what a machine is called does not overrule its processor.
 */
static bool is_denied(const struct cpu_reading *r)
{
	struct cpuid_leaf leaf;

	return cpu_cpuid(r, 1, 0, &leaf) && !(leaf.ecx >> 31);
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

/* The text of the first structure of that type that has one there; NULL: none has. */
static const char *smbios_text_of(const struct cpu_reading *r, uint8_t type, uint8_t field)
{
	struct smbios_walk walk = dmi_walk(&r->dmi);
	struct smbios_structure s;
	enum text_encoding how;
	const char *text;
	size_t size;

	while (smbios_next(&walk, &s)) {
		if (s.type == type && smbios_string(&s, field, &text, &size) == SMBIOS_TEXT_FOUND)
			return text_decode(&r->inventory->arena, text, size, &how);
	}
	return NULL;
}

/* The maker and the product as kernel messages have them, "JD JCloud Iaas Jvirt". */
static bool from_both(const struct ids *table, const char *maker, const char *product,
		      struct trace *trace)
{
	AUTO(buf_release) struct buf both = BUF_INIT;

	if (!maker || !product)
		return false;
	buf_addf(&both, "%s %s", maker, product);
	return name_it(table, "smbios", both.data, trace);
}

static bool from_smbios(const struct cpu_reading *r, const struct ids *table, struct trace *trace)
{
	static const struct {
		uint8_t type, field;
	} place[] = {
		{ SMBIOS_SYSTEM, 0x04 },	/* manufacturer */
		{ SMBIOS_SYSTEM, 0x05 },	/* product */
		{ SMBIOS_SYSTEM, 0x06 },	/* version */
		{ SMBIOS_CHASSIS, 0x04 },	/* manufacturer */
		{ SMBIOS_CHASSIS, 0x06 },	/* version */
		{ SMBIOS_CHASSIS, 0x08 },	/* asset tag */
		{ SMBIOS_BOARD, 0x04 },		/* manufacturer */
		{ SMBIOS_PROCESSOR, 0x07 },	/* manufacturer */
		{ SMBIOS_PROCESSOR, 0x10 },	/* version */
		{ SMBIOS_MEMORY_DEVICE, 0x17 },	/* manufacturer */
		{ SMBIOS_FIRMWARE, 0x04 },	/* vendor */
	};
	uint8_t type = SMBIOS_SYSTEM;
	bool found = from_both(table, smbios_text_of(r, type, 0x04), smbios_text_of(r, type, 0x05),
			       trace);
	size_t i;

	for (i = 0; !found && i < ARRAY_SIZE(place); i++) {
		type = place[i].type;
		found = name_it(table, "smbios", smbios_text_of(r, type, place[i].field), trace);
	}
	trace->source = arena_printf(&r->inventory->arena, "smbios type %u", type);
	trace->certainty = CERTAINTY_LIKELY;
	return found;
}

/* What of SMBIOS everybody may read. */
static bool from_kernel_dmi(const struct cpu_reading *r, const struct ids *table,
			    struct trace *trace)
{
	static const char *const path[] = { CPU_VIRTUAL_READS };
	AUTO(buf_release) struct buf maker = BUF_INIT;
	AUTO(buf_release) struct buf product = BUF_INIT;
	size_t i;

	if (sysroot_read_line(r->place->root, path[0], &maker, NULL) == 0 &&
	    sysroot_read_line(r->place->root, path[1], &product, NULL) == 0 &&
	    from_both(table, maker.data, product.data, trace)) {
		trace->source = path[1];
		trace->certainty = CERTAINTY_LIKELY;
		return true;
	}
	for (i = 0; i < ARRAY_SIZE(path); i++) {
		if (from_file(r, table, "smbios", path[i], CERTAINTY_LIKELY, trace))
			return true;
	}
	return false;
}

/* What only a hypervisor makes: the file of Xen's guests and its node of the device tree. */
static bool from_hypervisor(const struct cpu_reading *r, const struct ids *table,
			    struct trace *trace)
{
	return from_file(r, table, "xen", "sys/hypervisor/type", CERTAINTY_CERTAIN, trace) ||
	       from_file(r, table, "devicetree", "proc/device-tree/hypervisor/compatible",
			 CERTAINTY_CERTAIN, trace);
}

/* What a machine is called, by its firmware and its device tree; the first word wins. */
static bool from_texts(const struct cpu_reading *r, const struct ids *table, struct trace *trace)
{
	return from_smbios(r, table, trace) || from_kernel_dmi(r, table, trace) ||
	       from_file(r, table, "devicetree", "proc/device-tree/compatible", CERTAINTY_LIKELY,
			 trace);
}

/* Type 0, second extension byte, bit 4: "this table describes a virtual machine". */
static bool from_characteristics(const struct cpu_reading *r, struct trace *trace)
{
	struct smbios_walk walk = dmi_walk(&r->dmi);
	struct smbios_structure s;
	uint8_t extension;

	while (smbios_next(&walk, &s)) {
		if (s.type == SMBIOS_FIRMWARE && smbios_u8(&s, 0x13, &extension) &&
		    extension & 1 << 4) {
			*trace = (struct trace){ .name = "unknown", .source = "smbios type 0",
						 .certainty = CERTAINTY_LIKELY };
			return true;
		}
	}
	return false;
}

void cpu_virtual(struct cpu_reading *r)
{
	AUTO(ids_release) struct ids table = IDS_INIT;
	struct trace trace = { .name = NULL }, place = { .name = NULL };
	struct err err = ERR_INIT;
	bool denied;
	size_t i;

	if (pack_read(&table, r->place->ids, &pack_hypervisors, &err) < 0) {
		ids_release(&table);
		inventory_problem(r->inventory, "cpu", "no-names", "%s", err.plain);
	}
	if (!from_cpuid(r, &table, &trace) && !from_cpucfg(r, &table, &trace))
		from_flag(r, &trace);
	denied = !trace.name && is_denied(r);
	place.hardware = !trace.name && !denied && cpu_has_hardware(r, &table);
	if ((!trace.name || !strcmp(trace.name, "unknown")) &&
	    (from_hypervisor(r, &table, &place) || (!denied && from_texts(r, &table, &place))))
		trace = place;
	if (!trace.name && !denied)
		from_characteristics(r, &trace);
	for (i = 0; trace.name && i < r->kind_count; i++)
		component_text(r->inventory, r->kind[i].component, "hypervisor", trace.name,
			       trace.source, trace.certainty);
}
