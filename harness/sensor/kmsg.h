/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SENSOR_KMSG_H
#define SENSOR_KMSG_H
/*
 * Counting the kernel's messages by what they speak of.
 *
 * kmsg_count takes whole records (and spoils them) as /dev/kmsg gives them
 * (Documentation/ABI/testing/dev-kmsg): "PRIORITY,SEQUENCE,TIME,FLAGS;TEXT", more lines of a record
 * beginning with a blank. Only the kernel's own messages count (facility 0): anybody may write
 * others. A message counts for the first kind that one of its phrases names, and for KMSG_ERROR
 * when its level is error or worse. Of machine checks, those that hardware corrected are told apart
 * by the words of drivers/firmware/efi/cper.c and drivers/edac/mce_amd.c and by bit 61 (UC) of the
 * status that arch/x86/kernel/cpu/mce prints; of PCIe errors by "corrected" and "correctable".
 */
#include <stdint.h>

enum kmsg_kind {
	KMSG_MACHINE_CHECK = 0,
	KMSG_IO_ERROR,
	KMSG_AER,
	KMSG_LINK,
	KMSG_THERMAL,
	KMSG_HUNG,
	KMSG_SEGFAULT,
	KMSG_OOPS,
	KMSG_OOM,
	KMSG_NAMED,		/* the kinds before have phrases */
	KMSG_CHECK_CORRECTED = KMSG_NAMED,	/* a machine check or AER that cost nothing */
	KMSG_AER_CORRECTED,
	KMSG_ERROR,
	KMSG_LOST,		/* overwritten before they were read */
	KMSG_KINDS,
};

void kmsg_count(char *text, int64_t count[KMSG_KINDS]);

#endif
