/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_SMART_H
#define MODEL_SMART_H
/*
 * What smartctl says of a disk's health (SMART, NVMe health log). Source of the format: smartctl(8),
 * --json, smartmontools 7.0 and later. Bytes written stand in no standard attribute of ATA: they are
 * taken where the name that smartctl gives an attribute says its unit.
 */
#include <stdbool.h>
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

/* The attributes of a disk, in this order; smart_number_name has their names in the inventory. */
enum smart_number {
	SMART_POWER_ON_HOURS = 0,
	SMART_TEMPERATURE_MILLI_C,
	SMART_PERCENTAGE_USED,		/* of the life the maker gave it; may exceed 100 */
	SMART_POWER_CYCLES,
	SMART_START_STOPS,		/* of the motor */
	SMART_WRITTEN_BYTES,
	SMART_SPARE_PERCENT,		/* of the spare blocks, still there */
	SMART_MEDIA_ERRORS,		/* NVMe: data that could not be read back, ever */
	SMART_REALLOCATED_SECTORS,	/* or blocks of flash, or entries of the list of SAS */
	SMART_PENDING_SECTORS,
	SMART_UNSAFE_SHUTDOWNS,
	SMART_CRITICAL_WARNING,		/* NVMe: bits of what is wrong; 0: nothing */
	SMART_NUMBERS,
};

#define SMART_NONE INT64_MIN	/* a number that was not said */

struct smart {
	enum smart_state state;
	int64_t number[SMART_NUMBERS];	/* SMART_NONE: not said */
	/* What was said and cannot be; SMART_NONE: nothing such. INT64_MAX: that, or more. */
	int64_t implausible[SMART_NUMBERS];
	bool is_partial;		/* the hours are missing, and not because the disk has none */
	char model[64], firmware[32];	/* whole, where the kernel cuts them (ATA); "": not said */
};

const char *smart_number_name(enum smart_number number);	/* "smart_power_on_hours" */

/* The output of `smartctl --json -i -H -A`. Every member is set, whatever the text is. */
void smart_parse(const char *data, size_t size, struct smart *ret_smart);

/* 0 when all is well by what the disk says, else its warning bits, or 1; SMART_NONE: it says nothing. */
int64_t smart_warning(const struct smart *smart);

#endif
