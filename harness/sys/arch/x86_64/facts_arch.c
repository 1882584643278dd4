/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CPUID and XCR0, of the cpu this thread happens to run on (Intel SDM volume 2, CPUID and XGETBV;
 * AMD APM volume 3). APIC ids, which are of that cpu alone, are given as 0, so that two readings of
 * one machine agree.
 */
#include "harness/sys/facts_arch.h"

#include "harness/base/auto.h"

#include <cpuid.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

const char facts_arch_name[] = "x86_64";

enum {
	RANGE_MAX = 63,		/* the longest known ends with 0x29 */
	SUBLEAVES_MAX = 32,
};

#define ECX_OSXSAVE (1u << 27)
#define ECX_HYPERVISOR (1u << 31)

struct leaf {
	unsigned int eax, ebx, ecx, edx;
};

static struct leaf ask(unsigned int leaf, unsigned int subleaf)
{
	struct leaf got;

	__cpuid_count(leaf, subleaf, got.eax, got.ebx, got.ecx, got.edx);
	return got;
}

static bool is_zero(const struct leaf *got)
{
	return !(got->eax | got->ebx | got->ecx | got->edx);
}

static bool is_last_cache(const struct leaf *got)
{
	return !(got->eax & 0x1f);
}

static bool is_last_level(const struct leaf *got)
{
	return !(got->ecx & 0xff00);
}

/*
 * Leaves with subleaves. They end with the one `is_last` knows, or after the number that subleaf 0
 * gives in eax; leaf 0xd has neither: there the empty ones are left out.
 */
static const struct list {
	unsigned int leaf;
	bool (*is_last)(const struct leaf *got);
	bool counted;
} list[] = {
	{ 0x4, is_last_cache, false },
	{ 0x7, NULL, true },
	{ 0xb, is_last_level, false },
	{ 0xd, NULL, false },
	{ 0x14, NULL, true },
	{ 0x18, NULL, true },
	{ 0x1d, NULL, true },
	{ 0x1f, is_last_level, false },
	{ 0x8000001d, is_last_cache, false },
	{ 0x80000026, is_last_level, false },
};

static void emit(const struct facts_sink *sink, unsigned int leaf, unsigned int subleaf,
		 struct leaf got)
{
	char name[32];

	if (leaf == 0x1)
		got.ebx &= 0x00ffffff;
	else if (leaf == 0xb || leaf == 0x1f || leaf == 0x80000026)
		got.edx = 0;
	else if (leaf == 0x8000001e)
		got.eax = 0;
	snprintf(name, sizeof(name), "cpuid.%08x.%02x", leaf, subleaf);
	facts_emit(sink, name, "%08x %08x %08x %08x", got.eax, got.ebx, got.ecx, got.edx);
}

static void emit_list(const struct facts_sink *sink, const struct list *row)
{
	unsigned int end = SUBLEAVES_MAX;
	unsigned int i;

	for (i = 0; i < end; i++) {
		struct leaf got = ask(row->leaf, i);

		if (row->counted && !i && got.eax < SUBLEAVES_MAX)
			end = got.eax + 1;
		if (!i || !is_zero(&got))
			emit(sink, row->leaf, i, got);
		if (row->is_last && row->is_last(&got))
			break;
	}
}

static void emit_leaf(const struct facts_sink *sink, unsigned int leaf)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(list); i++) {
		if (list[i].leaf == leaf) {
			emit_list(sink, &list[i]);
			return;
		}
	}
	emit(sink, leaf, 0, ask(leaf, 0));
}

/* A range begins with a leaf whose eax is its last one; cpus without the range answer anything. */
static void emit_range(const struct facts_sink *sink, unsigned int first, unsigned int most)
{
	unsigned int last = ask(first, 0).eax;
	unsigned int leaf;

	if (last < first || last - first > RANGE_MAX)
		return;
	if (last - first > most)
		last = first + most;
	for (leaf = first; leaf <= last; leaf++)
		emit_leaf(sink, leaf);
}

static uint64_t read_xcr0(void)
{
	unsigned int low, high;

	__asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
	return (uint64_t)high << 32 | low;
}

void facts_arch_each(const struct facts_sink *sink)
{
	unsigned int features = ask(1, 0).ecx;

	emit_range(sink, 0, RANGE_MAX);
	if (features & ECX_HYPERVISOR)
		emit_range(sink, 0x40000000, 1);
	emit_range(sink, 0x80000000, RANGE_MAX);
	/* Zhaoxin, Centaur; the leaves after the first two are temperatures and the like. */
	emit_range(sink, 0xc0000000, 1);
	if (features & ECX_OSXSAVE)
		facts_emit(sink, "xcr0", "0x%016llx", (unsigned long long)read_xcr0());
}
