/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_CPU_H
#define PROBES_CPU_H
/*
 * What the files cpu*.c share. A kind is a set of processors that are alike by their id registers:
 * a machine has one, but for chips of big and little cores. Kinds become the components cpu/0,
 * cpu/1.
 *
 * Each architecture has an id of its own form, the key into cpus.tsv:
 *	cpuid	"HygonGenuine/24/1"	vendor, family, model (x86)
 *	midr	"70/663"		implementer, part (aarch64)
 *	prid	"0014d000"		company, series, product (LoongArch)
 * Where the registers are not known, /proc/cpuinfo says the same with less certainty.
 */
#include "harness/sys/pack.h"
#include "probes/cpuinfo.h"
#include "probes/dmi.h"
#include "probes/probe.h"

#include <stdint.h>

struct cpu_kind {
	const struct cpuinfo_cpu *cpu;	/* one of them; NULL when only the registers are known */
	size_t count;
	const char *cpus;		/* their numbers: "0-3,6" */
	const char *kind;		/* "midr"; NULL: no id */
	const char *id;
	const char *id_source;
	const char *name;		/* as the machine says it; NULL: it does not */
	const char *name_source;
	enum certainty name_certainty;	/* certain: the chip itself says it */
	struct component *component;
};

struct cpu_reading {
	const struct probe_place *place;
	struct inventory *inventory;
	struct cpuinfo info;
	size_t present;			/* processors of the machine */
	struct dmi dmi;			/* empty where there is no SMBIOS */
	const char *firmware_name;	/* SMBIOS type 4 version, or NULL */
};

/* One file an architecture: fills kind, id and name, and adds its own attributes. */
void cpu_x86(struct cpu_reading *r, struct cpu_kind *kind);
void cpu_arm(struct cpu_reading *r, struct cpu_kind *kind);
void cpu_loongarch(struct cpu_reading *r, struct cpu_kind *kind);

/* maker, line, model, core from the table (cpu_names.c). */
void cpu_names(struct cpu_reading *r, const struct cpu_kind *kind);

/* Sockets as SMBIOS type 4 tells of them (cpu_sockets.c). */
void cpu_sockets(struct cpu_reading *r);
/* Fills firmware_name: the first version of a type 4 that means something. */
void cpu_firmware_name(struct cpu_reading *r);

void cpu_text(const struct cpu_reading *r, const struct cpu_kind *kind, const char *attribute,
	      const char *text, const char *source);
void cpu_number(const struct cpu_reading *r, const struct cpu_kind *kind, const char *attribute,
		int64_t value, const char *source);
/* The line of cpuinfo as an attribute, where it is there. */
void cpu_line(const struct cpu_reading *r, const struct cpu_kind *kind, const char *attribute,
	      const char *key);

/* The four registers of a CPUID leaf; false when the root has no such fact. */
struct cpuid_leaf {
	uint32_t eax, ebx, ecx, edx;
};
bool cpu_cpuid(const struct cpu_reading *r, uint32_t leaf, uint32_t subleaf,
	       struct cpuid_leaf *ret_leaf);

#endif
