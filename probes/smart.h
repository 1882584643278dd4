/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_SMART_H
#define PROBES_SMART_H
/*
 * What a disk says of its own health (SMART, NVMe health log), by smartctl: on the live machine
 * only, because the disk itself is asked.
 *
 *	smart_add(&look, "nvme0n1");	attributes of look->component
 *
 * smart_status ("passed", "failed"), smart_power_on_hours, smart_temperature_milli_c and
 * smart_percentage_used are what the disk said. Where there is no status, the attribute `smart`
 * says why; nothing is ever derived. Source of the format: smartctl(8), --json, smartmontools 7.0
 * and later.
 */
#include "probes/look.h"

enum smart_state {
	SMART_DAMAGED = 0,	/* no answer that can be understood */
	SMART_TOO_OLD,		/* smartctl before 7.0: it has no JSON */
	SMART_REFUSED,		/* opening the disk was not permitted */
	SMART_UNREADABLE,	/* smartctl could not read the disk, or told no status */
	SMART_NOT_OFFERED,	/* the disk has no SMART */
	SMART_PASSED,
	SMART_FAILED,
};

#define SMART_NONE INT64_MIN	/* a number that was not said */

struct smart {
	enum smart_state state;
	int64_t power_on_hours;
	int64_t temperature_milli_c;
	int64_t percentage_used;	/* of the life the maker gave it; may exceed 100 */
};

/* The output of `smartctl --json -i -H -A`. Every member is set, whatever the text is. */
void smart_parse(const char *data, size_t size, struct smart *ret_smart);

/* `name` as in sys/block. Runs smartctl, for 3 s at most. */
void smart_add(struct look *look, const char *name);

#endif
