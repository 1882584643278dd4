/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_ISA_AARCH64_YIELD_H
#define STRESS_ISA_AARCH64_YIELD_H
/* sched_yield without a call: the kernel leaves all registers but x0 alone; of SVE only the lower 128 bits. */
#include <sys/syscall.h>

static inline void isa_yield(void)
{
	register long number __asm__("x8") = SYS_sched_yield;
	register long result __asm__("x0");

	__asm__ volatile("svc 0" : "=r"(result) : "r"(number) : "memory");
}

#endif
