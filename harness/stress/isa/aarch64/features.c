/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/stress/isa/impl.h"

#include <sys/auxv.h>

/* Bits of AT_HWCAP as Linux gives them: arch/arm64/include/uapi/asm/hwcap.h. */
static const struct {
	unsigned char bit;
	enum isa isa;
} feature[] = {
	{ 1, ISA_NEON },   /* ASIMD */
	{ 22, ISA_SVE },
	{ 3, ISA_AES },
	{ 4, ISA_CLMUL },  /* PMULL */
	{ 6, ISA_SHA },	   /* SHA2 */
	{ 7, ISA_CRC },	   /* CRC32 */
	{ 18, ISA_SM3 },
	{ 19, ISA_SM4 },
};

uint32_t isa_machine(void)
{
	unsigned long hwcap = getauxval(AT_HWCAP);
	uint32_t mask = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(feature); i++)
		mask |= (uint32_t)(hwcap >> feature[i].bit & 1) << feature[i].isa;
	return mask;
}
