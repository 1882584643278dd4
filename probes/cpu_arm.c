/* SPDX-License-Identifier: GPL-3.0-or-later */
/* aarch64: MIDR_EL1 (implementer 31:24, variant 23:20, part 15:4, revision 3:0). */
#include "probes/cpu.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"

#include <inttypes.h>
#include <stdio.h>

struct midr {
	uint64_t implementer, variant, part, revision;
};

/* The register where it is known, for the first processor of the kind. */
static bool from_fact(const struct cpu_reading *r, const struct cpu_kind *kind, struct midr *midr)
{
	const char *fact;
	uint64_t value;
	char name[32];

	snprintf(name, sizeof(name), "midr.%ld", kind->cpu ? kind->cpu->number : 0);
	fact = sysroot_fact(r->place->root, name);
	if (!fact || scan_u64(fact, 0, UINT64_MAX, &value) < 0)
		return false;
	*midr = (struct midr){ .implementer = value >> 24 & 0xff, .variant = value >> 20 & 0xf,
			       .part = value >> 4 & 0xfff, .revision = value & 0xf };
	return true;
}

static bool line(const struct cpu_kind *kind, const char *key, uint64_t max, uint64_t *ret_value)
{
	const char *text = kind->cpu ? cpuinfo_get(kind->cpu, key) : NULL;

	return text && scan_u64(text, 0, max, ret_value) == 0;
}

static bool from_lines(const struct cpu_kind *kind, struct midr *midr)
{
	return line(kind, "CPU implementer", 0xff, &midr->implementer) &&
	       line(kind, "CPU part", 0xfff, &midr->part) &&
	       line(kind, "CPU variant", 0xf, &midr->variant) &&
	       line(kind, "CPU revision", 0xf, &midr->revision);
}

void cpu_arm(struct cpu_reading *r, struct cpu_kind *kind)
{
	const char *name = kind->cpu ? cpuinfo_get(kind->cpu, "model name") : NULL;
	struct midr midr;
	char text[24];

	kind->id_source = "midr";
	if (!from_fact(r, kind, &midr)) {
		kind->id_source = "proc/cpuinfo";
		if (!from_lines(kind, &midr))
			return;
	}
	kind->kind = "midr";
	kind->id = arena_printf(&r->inventory->arena, "%02" PRIx64 "/%03" PRIx64,
				midr.implementer, midr.part);
	/* Bits 19:16 are the architecture: 15 on all that have these cpuinfo lines. */
	snprintf(text, sizeof(text), "0x%08" PRIx64, midr.implementer << 24 | midr.variant << 20 |
		 UINT64_C(0xf) << 16 | midr.part << 4 | midr.revision);
	cpu_text(r, kind, "midr", text, kind->id_source);
	snprintf(text, sizeof(text), "r%" PRIu64 "p%" PRIu64, midr.variant, midr.revision);
	cpu_text(r, kind, "stepping", text, kind->id_source);
	/*
	 * Only vendor kernels print a name, and take it from SMBIOS, a firmware call, or MIDR and
	 * the count of processors: a hint, not silicon.
	 */
	kind->name = name;
	kind->name_source = "proc/cpuinfo";
	kind->name_certainty = CERTAINTY_LIKELY;
	cpu_line(r, kind, "features", "Features");
	/* Phytium on Kylin kernels: a number of the chip, no two alike. */
	cpu_line(r, kind, "chip_id", "CPUID");
}
