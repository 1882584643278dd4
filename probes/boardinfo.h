/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_BOARDINFO_H
#define PROBES_BOARDINFO_H
/*
 * What PMON and other firmware of Loongson boards without SMBIOS told the kernel, in the one file
 * where kernels show it: sys/firmware/lefi/boardinfo (MIPS), sys/firmware/loongson/boardinfo
 * (LoongArch), proc/boardinfo (kernels of makers). Sections of "Key : value" lines; a section is
 * named by a line without ':' that holds "BIOS" or "Board".
 */
#include "probes/probe.h"

#define BOARDINFO_READS                                                                            \
	"sys/firmware/lefi/boardinfo", "sys/firmware/loongson/boardinfo", "proc/boardinfo"

struct boardinfo {
	const char *source;		/* NULL: there is none */
	const char *vendor, *version, *date;		/* of the firmware; NULL: not said */
	const char *manufacturer, *board;
};

/* Text lives in the arena. */
void boardinfo_read(const struct probe_place *place, struct arena *arena,
		    struct boardinfo *ret_info);

#endif
