/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_CPU_H
#define PROBES_CPU_H
/*
 * What the files cpu*.c share. A kind is a set of processors that are alike by their id registers:
 * a machine has one, but for chips of big and little cores. Kinds become the components cpu/0,
 * cpu/1. Where nothing but SMBIOS speaks of processors there is one kind without registers.
 *
 * Each architecture has an id of its own form, the key into cpus.tsv:
 *	cpuid	"HygonGenuine/24/1"	vendor, family, model (x86)
 *	midr	"70/663"		implementer, part (aarch64)
 *	prid	"0014d000"		company, series, product (LoongArch)
 *	machine	"sw_64"			of architectures without such a register
 * Where the registers are not known, /proc/cpuinfo says the same with less certainty.
 */
#include "harness/sys/pack.h"
#include "probes/cpuinfo.h"
#include "probes/dmi.h"
#include "probes/probe.h"

#include <stdint.h>

struct cpu_kind {
	const struct cpuinfo_cpu *cpu;	/* one of them; NULL when only registers or SMBIOS are known */
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

#define CPU_BOARD "proc/device-tree/model"

enum { CPU_KINDS_MAX = 16 };

/* What all structures of type 4 say together. */
struct cpu_firmware {
	const char *name;		/* the version, or NULL */
	const char *designation;	/* of the socket: some firmware writes the name there */
	const char *maker;		/* as written, or NULL */
	size_t structures;		/* of populated sockets */
	size_t sockets;			/* several structures may be clusters of one */
	uint64_t cores, enabled, threads;	/* of all; 0: not said by every one */
};

struct cpu_reading {
	const struct probe_place *place;
	struct inventory *inventory;
	struct cpuinfo info;
	size_t present;			/* processors of the machine */
	struct dmi dmi;			/* empty where there is no SMBIOS */
	struct cpu_firmware firmware;
	struct cpu_kind kind[CPU_KINDS_MAX];
	size_t kind_count;
};

/* One file an architecture: fills kind, id and name, and adds its own attributes. */
void cpu_x86(struct cpu_reading *r, struct cpu_kind *kind);
void cpu_arm(struct cpu_reading *r, struct cpu_kind *kind);
void cpu_loongarch(struct cpu_reading *r, struct cpu_kind *kind);

/* The maker, the product, then more of what SMBIOS says, as the kernel shows it to everybody. */
#define CPU_VIRTUAL_READS                                                                          \
	"sys/class/dmi/id/sys_vendor", "sys/class/dmi/id/product_name",                           \
		"sys/class/dmi/id/product_version", "sys/class/dmi/id/chassis_vendor",            \
		"sys/class/dmi/id/chassis_version", "sys/class/dmi/id/board_vendor",              \
		"sys/class/dmi/id/bios_vendor"

/* cpu_hardware.c: whether SMBIOS or the bridges of PCI are those of a real machine. */
#define CPU_HARDWARE_READS "sys/bus/pci/devices/*/class", "sys/bus/pci/devices/*/vendor"
bool cpu_has_hardware(const struct cpu_reading *r, const struct ids *hypervisors);

/* cpu_virtual.c: the attribute hypervisor of every kind; to be asked before all that claims a name. */
void cpu_virtual(struct cpu_reading *r);

/* cpu_features.c: the attribute extensions, from features and for x86 from CPUID leaves. */
void cpu_extensions(struct cpu_reading *r, const struct cpu_kind *kind);

/* What the tables know of the series: ranges, "" where not known. Texts are the arena's. */
struct cpu_model {
	const char *cores, *threads_per_core;
	bool one_socket;		/* no machine has more processors than one chip */
	const char *source;
};

/* cpu_names.c: maker, line, series, model, sku and core of every kind. */
void cpu_names(struct cpu_reading *r, struct cpu_model *ret_model);

/* cpu_count.c: cores, threads_per_core, sockets and clusters of every kind. */
void cpu_counts(struct cpu_reading *r, const struct cpu_model *model);

struct cpu_count {
	uint64_t value;			/* 0: not known */
	const char *source;
	enum certainty certainty;
};

/* cpu_seen.c: how many processors share something with the first of the kind, by a topology file. */
struct cpu_count cpu_count_file(const struct cpu_reading *r, const struct cpu_kind *kind,
				const char *file);
/* Those that come first in their core, by a file of each: for processors of which some are offline. */
struct cpu_count cpu_count_each_core(const struct cpu_reading *r, const struct cpu_kind *kind);
/* Distinct cores of the kind, or packages, by lines of cpuinfo; not known when a processor has none. */
struct cpu_count cpu_count_lines(const struct cpu_reading *r, const struct cpu_kind *kind,
				 bool cores);

/* Sockets as SMBIOS type 4 tells of them, and r->firmware (cpu_sockets.c). */
void cpu_sockets(struct cpu_reading *r);
void cpu_firmware(struct cpu_reading *r);

void cpu_text(const struct cpu_reading *r, const struct cpu_kind *kind, const char *attribute,
	      const char *text, const char *source);
void cpu_number(const struct cpu_reading *r, const struct cpu_kind *kind, const char *attribute,
		int64_t value, const char *source);
/* The line of cpuinfo as an attribute, where it is there. */
void cpu_line(const struct cpu_reading *r, const struct cpu_kind *kind, const char *attribute,
	      const char *key);

/* Whether two processors are of one kind. */
bool cpu_alike(const struct cpuinfo_cpu *a, const struct cpuinfo_cpu *b);
/* Whether the list has the word; words are one blank apart. */
bool cpu_has_word(const char *list, const char *word);
/* The four bytes of a register as they stand in memory. */
void cpu_put_word(char out[4], uint32_t word);

/* The four registers of a CPUID leaf; false when the root has no such fact. */
struct cpuid_leaf {
	uint32_t eax, ebx, ecx, edx;
};
bool cpu_cpuid(const struct cpu_reading *r, uint32_t leaf, uint32_t subleaf,
	       struct cpuid_leaf *ret_leaf);

#endif
