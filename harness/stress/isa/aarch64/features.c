/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/isa/impl.h"

#include <sys/auxv.h>

/* Bits of AT_HWCAP as Linux gives them: arch/arm64/include/uapi/asm/hwcap.h. */
#define HWCAP_BIT_ASIMD (1UL << 1)
#define HWCAP_BIT_SVE   (1UL << 22)

uint32_t isa_machine(void)
{
	unsigned long hwcap = getauxval(AT_HWCAP);
	uint32_t mask = 0;

	if (hwcap & HWCAP_BIT_ASIMD)
		mask |= 1U << ISA_NEON;
	if (hwcap & HWCAP_BIT_SVE)
		mask |= 1U << ISA_SVE;
	return mask;
}
