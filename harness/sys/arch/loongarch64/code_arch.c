/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sys/code.h"

/* The hardware keeps the caches alike; IBAR makes the fetches that follow see the stores before. */
void code_fetch_anew(void)
{
	__asm__ volatile("ibar 0" : : : "memory");
}
