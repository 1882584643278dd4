/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SYS_FACTS_H
#define SYS_FACTS_H
/*
 * Facts of the live machine that are not files: uname, auxv, id registers of the cpu.
 *
 * facts_each calls `each` for every fact, in ascending order of name. Names and forms:
 *	uname.machine uname.release uname.sysname uname.version		text
 *	auxv.hwcap auxv.hwcap2						0x and 16 digits
 *	page-size							decimal bytes
 *	abi.loaders	the dynamic loaders that are there, absolute paths, a blank between
 *	cpuid.LLLLLLLL.SS	x86: eax ebx ecx edx of leaf and subleaf, 8 digits each, a blank
 *				between; APIC ids, which differ from cpu to cpu, are 0
 *	xcr0			x86: XCR0 where OSXSAVE is set, 0x and 16 digits
 *	midr.N			aarch64: MIDR_EL1 of cpu N as sysfs or the trapped register gives it
 *	cpucfg.NN		LoongArch: word NN (two hex digits), 0x and 8 digits
 * The registers come from harness/sys/arch/ARCH/facts_arch.c.
 */
#include <stdint.h>

void facts_each(void (*each)(void *context, const char *name, const char *value), void *context);

/* "x86_64", "aarch64", "loongarch64": the architecture this program was built for. */
const char *facts_arch(void);

#endif
