/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/inject/registers.h"

#include <asm/sigcontext.h>
#include <stdint.h>
#include <ucontext.h>

/* 64-bit words of the 32 registers in one part of the frame; 0: another part. */
static unsigned int words_of(unsigned int magic)
{
	switch (magic) {
	case FPU_CTX_MAGIC:
		return 32;
	case 0x53580001: /* LSX_CTX_MAGIC, which older headers lack */
		return 64;
	case 0x41535801: /* LASX_CTX_MAGIC */
		return 128;
	default:
		return 0;
	}
}

void inject_register(void *context, unsigned int number)
{
	ucontext_t *interrupted = context;
	struct sctx_info *part = (struct sctx_info *)interrupted->uc_mcontext.__extcontext;

	for (; part->magic; part = (struct sctx_info *)((char *)part + part->size)) {
		unsigned int words = words_of(part->magic);
		uint64_t *word = (uint64_t *)(part + 1);

		if (!words)
			continue;
		word[number % words] ^= UINT64_C(1) << number / words % 64;
		return;
	}
}
