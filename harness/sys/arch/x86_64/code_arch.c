/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sys/code.h"

/* Every cpu sees what any of them wrote to code; what one fetched before, CPUID drops. */
void code_fetch_anew(void)
{
	unsigned int eax = 0, ebx, ecx = 0, edx;

	__asm__ volatile("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx) : : "memory");
}
