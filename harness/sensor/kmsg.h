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
 * by the words of drivers/edac/mce_amd.c and by bit 61 (UC) of the status that
 * arch/x86/kernel/cpu/mce prints; of PCIe errors by "corrected" and "correctable".
 *
 * What firmware reports is many lines "{N}[Hardware Error]: ...", N of one report
 * (drivers/acpi/apei/ghes.c), and those of two may be mixed. A report counts once, by its "event
 * severity" (drivers/firmware/efi/cper.c); where that line was overwritten, by the type of a section
 * or else by the level of the line: a warning is at most corrected. One of severity "info" tells of
 * no error. A line of a machine check that judges nothing (where, when, which processor) belongs to
 * the line before it.
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

enum { KMSG_REPORTS = 16 };	/* that may be mixed */

/* Zero at first; the same one for all records of a log. */
struct kmsg_tally {
	int64_t count[KMSG_KINDS];
	uint64_t report[KMSG_REPORTS];	/* the last ones judged: their N, 0 for none */
	unsigned int next_report;
	int64_t check_us;		/* time of the last machine check, when there was one */
};

void kmsg_count(char *text, struct kmsg_tally *tally);

#endif
