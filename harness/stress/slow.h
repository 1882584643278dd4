/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_SLOW_H
#define STRESS_SLOW_H
/*
 * What integer operations mean, by simpler ones: no wide multiply, no divide, no bit count, no
 * rotate, no add with carry and no compare for order is asked of the processor here. The kernels
 * hold the results of the machine's own operations against these.
 */
#include <stdbool.h>
#include <stdint.h>

uint64_t slow_add_carry(uint64_t a, uint64_t b, uint64_t *carry);	/* 0 or 1 in and out */
uint64_t slow_add(uint64_t a, uint64_t b);
uint64_t slow_sub(uint64_t a, uint64_t b);
uint64_t slow_multiply(uint64_t a, uint64_t b, bool high);	/* one half of the product */
uint64_t slow_divide(uint64_t a, uint64_t b, bool remainder);	/* b is not 0 */
uint64_t slow_rotate(uint64_t a, uint64_t count);		/* to the left */
uint64_t slow_shift_left(uint64_t a, uint64_t count);		/* count < 64 */
uint64_t slow_shift_right(uint64_t a, uint64_t count);
uint64_t slow_ones(uint64_t a);
unsigned int slow_zeros(uint64_t a);				/* leading ones of them */
uint64_t slow_swap(uint64_t a);					/* bytes end to end */
bool slow_less(uint64_t a, uint64_t b);

/* Numbers of 16-bit digits, least significant first; the product has twice as many. */
void slow_to_digits(const uint64_t *word, int words, uint16_t *digit);
uint64_t slow_from_digits(const uint16_t *digit);
void slow_digits(const uint16_t *a, const uint16_t *b, int digits, uint16_t *product);

#endif
