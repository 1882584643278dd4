/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CLFLUSHOPT where the processor has it: CLFLUSH waits for the one before. */
#include "harness/stress/isa/flush.h"

#include <cpuid.h>
#include <stdint.h>

enum { LEAF1_EDX_CLFLUSH = 1 << 19, LEAF7_EBX_CLFLUSHOPT = 1 << 23, CLFLUSH_UNIT = 8 };

static void fence(void)
{
	__asm__ volatile("mfence" : : : "memory");
}

static void flush_in_turn(const void *memory, size_t size, size_t line)
{
	const char *at = memory, *end = at + size;

	for (; at < end; at += line)
		__asm__ volatile("clflush %0" : : "m"(*at) : "memory");
	fence();
}

static void flush_any_order(const void *memory, size_t size, size_t line)
{
	const char *at = memory, *end = at + size;

	for (; at < end; at += line)
		__asm__ volatile("clflushopt %0" : : "m"(*at) : "memory");
	fence();
}

struct isa_flush isa_flush_find(void)
{
	struct isa_flush flush = { .line = 0 };
	uint32_t eax, ebx, ecx, edx;

	if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(edx & LEAF1_EDX_CLFLUSH))
		return flush;
	flush.line = (ebx >> 8 & 0xff) * CLFLUSH_UNIT;
	if (!flush.line)
		return flush;
	flush.lines = flush_in_turn;
	if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && ebx & LEAF7_EBX_CLFLUSHOPT)
		flush.lines = flush_any_order;
	return flush;
}
