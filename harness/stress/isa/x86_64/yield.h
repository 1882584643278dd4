/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_ISA_X86_64_YIELD_H
#define STRESS_ISA_X86_64_YIELD_H
/* sched_yield without a call: the kernel leaves all registers but these three alone. */
#include <sys/syscall.h>

static inline void isa_yield(void)
{
	long result = SYS_sched_yield;

	__asm__ volatile("syscall" : "+a"(result) : : "rcx", "r11", "memory");
}

#endif
