/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/inject/registers.h"

#include <stdint.h>
#include <ucontext.h>

void inject_register(void *context, unsigned int number)
{
	ucontext_t *interrupted = context;

	if (interrupted->uc_mcontext.fpregs)
		interrupted->uc_mcontext.fpregs->_xmm[number % 16].element[number / 16 % 4] ^=
			UINT32_C(1) << number / 64 % 32;
}
