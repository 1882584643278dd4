/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_SOFT_H
#define STRESS_SOFT_H
/*
 * IEEE 754 in integers, on the bits of doubles (SOFT_64) and floats (SOFT_32), rounded to nearest,
 * ties to even: what the kernels hold against the floating point units. Each result is made exact
 * in 128 bits (division and root with one bit for what is left over) and then rounded once.
 *
 * Operands are normal numbers, and results must be normal or zero; nothing is checked here.
 */
#include <stdbool.h>
#include <stdint.h>

enum soft_format { SOFT_32, SOFT_64 };

uint64_t soft_add(enum soft_format format, uint64_t a, uint64_t b);
uint64_t soft_sub(enum soft_format format, uint64_t a, uint64_t b);
uint64_t soft_mul(enum soft_format format, uint64_t a, uint64_t b);
uint64_t soft_div(enum soft_format format, uint64_t a, uint64_t b);
uint64_t soft_fma(enum soft_format format, uint64_t a, uint64_t b, uint64_t c);
uint64_t soft_sqrt(enum soft_format format, uint64_t a);
bool soft_less(enum soft_format format, uint64_t a, uint64_t b);
uint64_t soft_convert(enum soft_format from, enum soft_format to, uint64_t a);
/* Towards zero; |a| < 2^63. */
int64_t soft_to_int(enum soft_format format, uint64_t a);
uint64_t soft_from_int(enum soft_format format, int64_t a);

#endif
