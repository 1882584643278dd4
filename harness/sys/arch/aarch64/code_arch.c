/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sys/code.h"

/* Cleaning and invalidating by address reaches all cpus; what one fetched before is its own affair. */
void code_fetch_anew(void)
{
	__asm__ volatile("isb" : : : "memory");
}
