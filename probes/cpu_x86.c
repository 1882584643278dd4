/* SPDX-License-Identifier: GPL-3.0-or-later */
/* x86: CPUID. Where the root has no leaves, the lines of /proc/cpuinfo. */
#include "probes/cpu.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool cpu_cpuid(const struct cpu_reading *r, uint32_t leaf, uint32_t subleaf,
	       struct cpuid_leaf *ret_leaf)
{
	const char *fact;
	char name[32];

	snprintf(name, sizeof(name), "cpuid.%08" PRIx32 ".%02" PRIx32, leaf, subleaf);
	fact = sysroot_fact(r->place->root, name);
	return fact && sscanf(fact, "%8" SCNx32 " %8" SCNx32 " %8" SCNx32 " %8" SCNx32,
			      &ret_leaf->eax, &ret_leaf->ebx, &ret_leaf->ecx,
			      &ret_leaf->edx) == 4;
}

void cpu_put_word(char out[4], uint32_t word)
{
	int i;

	for (i = 0; i < 4; i++)
		out[i] = (char)(word >> 8 * i);
}

/* The text without blanks at both ends: Zhaoxin's vendor is "  Shanghai  ". */
static const char *trim(struct cpu_reading *r, const char *text)
{
	size_t size;

	text += strspn(text, " ");
	size = strlen(text);
	while (size && text[size - 1] == ' ')
		size--;
	return arena_strndup(&r->inventory->arena, text, size);
}

static const char *vendor_of(struct cpu_reading *r, const struct cpuid_leaf *leaf)
{
	char text[13] = "";

	cpu_put_word(text, leaf->ebx);
	cpu_put_word(text + 4, leaf->edx);
	cpu_put_word(text + 8, leaf->ecx);
	return trim(r, text);
}

/* Leaves 0x80000002..4; right-aligned with blanks on Zhaoxin. */
static const char *brand_of(struct cpu_reading *r)
{
	char text[49] = "";
	uint32_t i;

	for (i = 0; i < 3; i++) {
		struct cpuid_leaf leaf;

		if (!cpu_cpuid(r, 0x80000002 + i, 0, &leaf))
			return NULL;
		cpu_put_word(text + 16 * i, leaf.eax);
		cpu_put_word(text + 16 * i + 4, leaf.ebx);
		cpu_put_word(text + 16 * i + 8, leaf.ecx);
		cpu_put_word(text + 16 * i + 12, leaf.edx);
	}
	return trim(r, text);
}

/* The features that decide which kernels can run, by leaf, register and bit. */
static void add_features(struct cpu_reading *r, const struct cpu_kind *kind)
{
	enum { ECX, EDX, EBX };
	static const struct {
		uint32_t leaf;
		int reg, bit;
		const char *name;
	} feature[] = {
		{ 1, EDX, 26, "sse2" },	     { 1, ECX, 0, "sse3" },	 { 1, ECX, 9, "ssse3" },
		{ 1, ECX, 19, "sse4.1" },    { 1, ECX, 20, "sse4.2" },	 { 1, ECX, 23, "popcnt" },
		{ 1, ECX, 25, "aes" },	     { 1, ECX, 1, "pclmul" },	 { 1, ECX, 28, "avx" },
		{ 1, ECX, 12, "fma" },	     { 7, EBX, 5, "avx2" },	 { 7, EBX, 29, "sha" },
		{ 7, EBX, 16, "avx512f" },   { 7, EBX, 17, "avx512dq" }, { 7, EBX, 30, "avx512bw" },
		{ 7, EBX, 31, "avx512vl" },  { 7, ECX, 9, "vaes" },
		{ 7, ECX, 11, "avx512vnni" },
	};
	AUTO(buf_release) struct buf text = BUF_INIT;
	struct cpuid_leaf leaf[2] = { { .eax = 0 } };
	size_t i;

	if (!cpu_cpuid(r, 1, 0, &leaf[0])) {
		cpu_line(r, kind, "features", "flags");
		return;
	}
	if (!cpu_cpuid(r, 7, 0, &leaf[1]))
		leaf[1] = (struct cpuid_leaf){ .eax = 0 };
	for (i = 0; i < ARRAY_SIZE(feature); i++) {
		const struct cpuid_leaf *from = &leaf[feature[i].leaf == 7];
		uint32_t reg = feature[i].reg == ECX ? from->ecx
			       : feature[i].reg == EDX ? from->edx : from->ebx;

		if (reg >> feature[i].bit & 1)
			buf_addf(&text, "%s%s", text.size ? " " : "", feature[i].name);
	}
	cpu_text(r, kind, "features", text.data, "cpuid leaves 1 and 7");
}

struct signature {
	const char *vendor;
	int64_t family, model, stepping;
};

/* The extension of the family counts with family 15, that of the model from family 6 on. */
static bool from_registers(struct cpu_reading *r, struct signature *out)
{
	struct cpuid_leaf zero, one;
	uint32_t family;

	if (!cpu_cpuid(r, 0, 0, &zero) || !cpu_cpuid(r, 1, 0, &one))
		return false;
	out->vendor = vendor_of(r, &zero);
	family = one.eax >> 8 & 0xf;
	out->family = family == 15 ? 15 + (one.eax >> 20 & 0xff) : family;
	out->model = one.eax >> 4 & 0xf;
	if (family >= 6)
		out->model |= one.eax >> 12 & 0xf0;
	out->stepping = one.eax & 0xf;
	return true;
}

static bool from_lines(struct cpu_reading *r, const struct cpu_kind *kind, struct signature *out)
{
	const char *vendor = kind->cpu ? cpuinfo_get(kind->cpu, "vendor_id") : NULL;
	const char *family = vendor ? cpuinfo_get(kind->cpu, "cpu family") : NULL;
	const char *model = vendor ? cpuinfo_get(kind->cpu, "model") : NULL;
	const char *stepping = vendor ? cpuinfo_get(kind->cpu, "stepping") : NULL;

	if (!family || !model || scan_i64(family, 0, 1 << 20, &out->family) < 0 ||
	    scan_i64(model, 0, 1 << 20, &out->model) < 0)
		return false;
	if (!stepping || scan_i64(stepping, 0, 1 << 20, &out->stepping) < 0)
		out->stepping = 0;
	out->vendor = trim(r, vendor);
	return true;
}

void cpu_x86(struct cpu_reading *r, struct cpu_kind *kind)
{
	const char *brand = brand_of(r);
	struct signature is;

	kind->id_source = "cpuid";
	if (!from_registers(r, &is)) {
		kind->id_source = "proc/cpuinfo";
		if (!from_lines(r, kind, &is))
			return;
	}
	kind->kind = "cpuid";
	kind->id = arena_printf(&r->inventory->arena, "%s/%" PRId64 "/%" PRId64, is.vendor,
				is.family, is.model);
	cpu_text(r, kind, "vendor", is.vendor, kind->id_source);
	cpu_number(r, kind, "family", is.family, kind->id_source);
	cpu_number(r, kind, "model_number", is.model, kind->id_source);
	cpu_number(r, kind, "stepping", is.stepping, kind->id_source);
	kind->name = brand && *brand ? brand : NULL;
	kind->name_source = "cpuid leaves 80000002 to 80000004";
	if (!kind->name && kind->cpu) {
		kind->name = cpuinfo_get(kind->cpu, "model name");
		kind->name_source = "proc/cpuinfo";
	}
	kind->name_certainty = CERTAINTY_CERTAIN;
	cpu_line(r, kind, "microcode", "microcode");
	add_features(r, kind);
}
