/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_ISA_FLUSH_H
#define STRESS_ISA_FLUSH_H
/*
 * Emptying the caches of a stretch of memory from user mode: isa/ARCH/flush.c. What was written is
 * in the memory behind them when `lines` returns, and the next read comes from there.
 */
#include <stddef.h>

struct isa_flush {
	size_t line;	/* bytes the processor empties at a time */
	void (*lines)(const void *memory, size_t size, size_t line);	/* NULL: user mode cannot */
};

struct isa_flush isa_flush_find(void);

#endif
