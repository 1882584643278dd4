/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Linux lets user mode clean and invalidate by address (SCTLR_EL1.UCI) and read CTR_EL0, or does
 * both in the program's place: Documentation/arch/arm64/cpu-feature-registers.rst.
 */
#include "harness/stress/isa/flush.h"

#include <stdint.h>

static void flush_lines(const void *memory, size_t size, size_t line)
{
	const char *at = memory, *end = at + size;

	for (; at < end; at += line)
		__asm__ volatile("dc civac, %0" : : "r"(at) : "memory");
	__asm__ volatile("dsb sy" : : : "memory");
}

struct isa_flush isa_flush_find(void)
{
	uint64_t ctr;

	__asm__("mrs %0, ctr_el0" : "=r"(ctr));
	/* DminLine: the logarithm of the words in the shortest line of the data caches. */
	return (struct isa_flush){ .line = (size_t)4 << (ctr >> 16 & 15), .lines = flush_lines };
}
