/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SYS_CODE_H
#define SYS_CODE_H
/*
 * Memory for machine code that the program makes itself: first written, then run, never both.
 *
 *	struct code_area area = CODE_AREA_INIT;
 *	if (code_area_make(size, &area, &err) < 0 ...)
 *	write the code to area.memory
 *	if (code_area_seal(&area, &err) < 0 ...)	read and run from now on
 *	code_fetch_anew()				on each thread that will run it
 *	code_area_release(&area)
 *
 * Many systems forbid it (SELinux execmem, MemoryDenyWriteExecute of systemd, PR_SET_MDWE): that is
 * ERR_UNSUPPORTED, and code_allowed() asks in advance, with a page that it gives back.
 */
#include "harness/base/err.h"

#include <stddef.h>

struct code_area {
	void *memory;
	size_t size;
};

#define CODE_AREA_INIT { .memory = NULL }

int code_area_make(size_t size, struct code_area *area, struct err *err);
int code_area_seal(struct code_area *area, struct err *err);
void code_area_release(struct code_area *area);
int code_allowed(struct err *err);

/* sys/arch/ARCH: nothing that was fetched before is run after. */
void code_fetch_anew(void);

#endif
