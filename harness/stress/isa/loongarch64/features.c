/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/isa/impl.h"

#include <sys/auxv.h>

/*
 * Bits of AT_HWCAP: arch/loongarch/include/uapi/asm/hwcap.h. CPUCFG is not asked: it says what the
 * core has, the kernel says what it saves.
 */
#define HWCAP_BIT_LSX  (1UL << 4)
#define HWCAP_BIT_LASX (1UL << 5)
#define HWCAP_BIT_CRC  (1UL << 6)

uint32_t isa_machine(void)
{
	unsigned long hwcap = getauxval(AT_HWCAP);
	uint32_t mask = 0;

	if (hwcap & HWCAP_BIT_LSX)
		mask |= 1U << ISA_LSX;
	if (hwcap & HWCAP_BIT_LASX)
		mask |= 1U << ISA_LASX;
	if (hwcap & HWCAP_BIT_CRC)
		mask |= 1U << ISA_CRC;
	return mask;
}
