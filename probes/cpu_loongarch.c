/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * LoongArch: PRID is CPUCFG word 0; "Model Name" is read by the kernel from a register of the chip,
 * so it is silicon text, but blank on some old boards. MIPS Loongsons and other architectures that
 * print a model name are read by the same lines.
 */
#include "probes/cpu.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

/* "CPU MHz : 2500.00" in kHz: the nominal clock. Some 4.19 kernels print 0.00. */
static void add_nominal(const struct cpu_reading *r, const struct cpu_kind *kind)
{
	const char *text = kind->cpu ? cpuinfo_get(kind->cpu, "CPU MHz") : NULL;
	int64_t khz;

	if (text && scan_milli(text, &khz) == 0 && khz > 0)
		cpu_number(r, kind, "nominal_khz", khz, "proc/cpuinfo");
}

static const char *silicon_name(const struct cpu_kind *kind)
{
	const char *name = kind->cpu ? cpuinfo_get(kind->cpu, "model name") : NULL;
	const char *at;

	for (at = name; at && *at; at++) {
		if (isalnum((unsigned char)*at))
			return name;
	}
	return NULL;
}

void cpu_loongarch(struct cpu_reading *r, struct cpu_kind *kind)
{
	const char *fact = sysroot_fact(r->place->root, "cpucfg.00");
	const char *name = silicon_name(kind);
	uint64_t prid;

	if (fact && scan_u64(fact, 0, UINT32_MAX, &prid) == 0) {
		kind->kind = "prid";
		kind->id_source = "cpucfg";
		kind->id = arena_printf(&r->inventory->arena, "%08" PRIx64, prid);
		cpu_text(r, kind, "prid", arena_printf(&r->inventory->arena, "0x%08" PRIx64, prid),
			 kind->id_source);
	}
	/* MIPS kernels before the model name print the core, and so whose it is. */
	if (!name && !kind->id && kind->cpu)
		name = cpuinfo_get(kind->cpu, "cpu model");
	kind->name = name;
	kind->name_source = "proc/cpuinfo";
	kind->name_certainty = CERTAINTY_CERTAIN;
	cpu_line(r, kind, "revision", "CPU Revision");
	cpu_line(r, kind, "features", "Features");
	if (!component_attribute(kind->component, "features"))
		cpu_line(r, kind, "features", "ASEs implemented");
	cpu_line(r, kind, "core_text", "cpu model");
	add_nominal(r, kind);
}
