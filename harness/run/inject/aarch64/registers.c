/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/inject/registers.h"

#include <asm/sigcontext.h>
#include <stdint.h>
#include <ucontext.h>

void inject_register(void *context, unsigned int number)
{
	ucontext_t *interrupted = context;
	unsigned char *at = interrupted->uc_mcontext.__reserved;

	for (;;) {
		struct _aarch64_ctx *head = (struct _aarch64_ctx *)at;

		if (head->magic == FPSIMD_MAGIC) {
			((struct fpsimd_context *)at)->vregs[number % 32] ^=
				(__uint128_t)1 << number / 32 % 128;
			return;
		}
		if (!head->size)
			return;
		at += head->size;
	}
}
