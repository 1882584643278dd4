/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * By feature bit, never by vendor: Intel, AMD, Hygon and Zhaoxin parts are told apart by what they
 * can do. A set counts only when the operating system saves its registers (XCR0).
 */
#include "harness/stress/isa/impl.h"

#include <cpuid.h>

enum {
	LEAF1_EDX_SSE2 = 1 << 26,
	LEAF1_ECX_PCLMUL = 1 << 1,
	LEAF1_ECX_SSSE3 = 1 << 9,
	LEAF1_ECX_FMA = 1 << 12,
	LEAF1_ECX_SSE42 = 1 << 20,
	LEAF1_ECX_AES = 1 << 25,
	LEAF1_ECX_OSXSAVE = 1 << 27,
	LEAF7_EBX_AVX2 = 1 << 5,
	LEAF7_EBX_SHA = 1 << 29,
	/* F, DQ, BW and VL: what the leaves are compiled with */
	LEAF7_EBX_AVX512 = 1 << 16 | 1 << 17 | 1 << 30,
	XCR0_AVX = 0x6,
	XCR0_AVX512 = 0xe6,
};
#define LEAF7_EBX_AVX512VL (1U << 31)

static uint32_t saved_state(void)
{
	uint32_t low, high;

	__asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
	return low;
}

static bool all_of(uint32_t word, uint32_t bits)
{
	return (word & bits) == bits;
}

/* These work on registers that every system saves. */
static uint32_t one_purpose(uint32_t leaf1, uint32_t leaf7)
{
	uint32_t mask = 0;

	if (leaf1 & LEAF1_ECX_AES)
		mask |= 1U << ISA_AES;
	if (leaf1 & LEAF1_ECX_PCLMUL)
		mask |= 1U << ISA_CLMUL;
	if (leaf1 & LEAF1_ECX_SSE42)
		mask |= 1U << ISA_CRC;
	/* The leaf turns bytes and joins words with SSSE3. */
	if (leaf7 & LEAF7_EBX_SHA && all_of(leaf1, LEAF1_ECX_SSSE3 | LEAF1_ECX_SSE42))
		mask |= 1U << ISA_SHA;
	return mask;
}

uint32_t isa_machine(void)
{
	uint32_t eax, ebx, ecx, edx, leaf1, seven = 0, saved, mask = 0;

	if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx))
		return 0;
	if (edx & LEAF1_EDX_SSE2)
		mask |= 1U << ISA_SSE2;
	leaf1 = ecx;
	saved = leaf1 & LEAF1_ECX_OSXSAVE ? saved_state() : 0;
	if (!__get_cpuid_count(7, 0, &eax, &seven, &ecx, &edx))
		seven = 0;
	mask |= one_purpose(leaf1, seven);
	if (!all_of(saved, XCR0_AVX) || !(leaf1 & LEAF1_ECX_FMA) || !(seven & LEAF7_EBX_AVX2))
		return mask;
	mask |= 1U << ISA_AVX2;
	if (all_of(saved, XCR0_AVX512) && all_of(seven, LEAF7_EBX_AVX512 | LEAF7_EBX_AVX512VL))
		mask |= 1U << ISA_AVX512;
	return mask;
}
