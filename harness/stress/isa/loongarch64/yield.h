/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_ISA_LOONGARCH64_YIELD_H
#define STRESS_ISA_LOONGARCH64_YIELD_H
/* sched_yield without a call: the kernel leaves all registers but a0 and the temporary ones alone. */
#include <sys/syscall.h>

static inline void isa_yield(void)
{
	register long number __asm__("$a7") = SYS_sched_yield;
	register long result __asm__("$a0");

	__asm__ volatile("syscall 0"
			 : "=r"(result)
			 : "r"(number)
			 : "memory", "$t0", "$t1", "$t2", "$t3", "$t4", "$t5", "$t6", "$t7", "$t8");
}

#endif
