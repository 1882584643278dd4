/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_QUANTITY_H
#define REPORTS_QUANTITY_H
/*
 * Measured values for people, in whole-number arithmetic: thousandths and a unit in, a short text
 * with at most three digits after the point out.
 *
 *	quantity_text(71500, "C", out)			"71.5 °C"
 *	quantity_text(12345678000, "1/s", out)		"12.3 M/s"
 *	quantity_unit("B/s", 6, out)			"MB/s"
 *
 * Rates and counts are scaled by thousands (k M G T); temperatures, volts, megahertz and
 * revolutions are not, for people know their usual size. Values are cut to +-(2^53 - 1).
 */
#include <stddef.h>
#include <stdint.h>

#define QUANTITY_TEXT_SIZE 64

int64_t quantity_clamp(int64_t milli);
/* The power of ten (0, 3, 6, 9, 12) by which a value of that unit is divided to be short. */
unsigned int quantity_scale(int64_t milli, const char *unit);
char *quantity_unit(const char *unit, unsigned int scale, char out[QUANTITY_TEXT_SIZE]);
/* The number alone, divided by 10^scale; `digits` (0..3) after the point, rounded half away. */
char *quantity_number(int64_t milli, unsigned int scale, unsigned int digits,
		      char out[QUANTITY_TEXT_SIZE]);
char *quantity_text(int64_t milli, const char *unit, char out[QUANTITY_TEXT_SIZE]);
/* A whole count with blanks between groups of three digits: "12 345 678". */
char *quantity_count(uint64_t count, char out[QUANTITY_TEXT_SIZE]);

/* value in [low, high] to its place in [0, size], rounded down; the ends beyond them. */
int64_t quantity_place(int64_t value, int64_t low, int64_t high, int64_t size);

#endif
