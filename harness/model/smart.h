/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_SMART_H
#define MODEL_SMART_H
/*
 * What smartctl says of a disk's health (SMART, NVMe health log). Source of the format: smartctl(8),
 * --json, smartmontools 7.0 and later.
 */
#include <stddef.h>
#include <stdint.h>

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
	int64_t critical_warning;	/* NVMe: bits of what is wrong; 0: nothing */
	int64_t media_errors;		/* NVMe: data that could not be read back, ever */
};

/* The output of `smartctl --json -i -H -A`. Every member is set, whatever the text is. */
void smart_parse(const char *data, size_t size, struct smart *ret_smart);

/* 0 when all is well by what the disk says, else its warning bits, or 1; SMART_NONE: it says nothing. */
int64_t smart_warning(const struct smart *smart);

#endif
