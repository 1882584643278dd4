/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_INTEGER_H
#define STRESS_INTEGER_H
/*
 * The two halves of cpu.integer, each by the machine's own operations (_alu) and by their slow
 * meaning (_ref: additions by carries one bit position at a time, products from 16-bit pieces,
 * division by shifting and subtracting).
 *
 * integer_mix		mixed 64-bit work over a state of eight words
 * integer_power	works modulo the Mersenne prime p = 2^521 - 1 on a base made from the seed:
 *			half = base^(2^INTEGER_HALF - 1), full = base^(p - 1), which is 1 (Fermat).
 *			The order of the group is 2 (2^520 - 1): a wrong intermediate value still
 *			gives 1 only if it is the negative of the right one
 *
 * Numbers modulo p are canonical (below p), least significant word first.
 */
#include <stdint.h>

enum {
	INTEGER_STATE = 8,
	INTEGER_LIMBS = 9,	/* 521 bits: eight words and nine bits */
	INTEGER_HALF = 100,	/* exponent bits in `half`: the reference is slow */
	INTEGER_STEPS = 512,
};

void integer_mix_alu(uint64_t seed, unsigned int steps, uint64_t state[INTEGER_STATE]);
void integer_mix_ref(uint64_t seed, unsigned int steps, uint64_t state[INTEGER_STATE]);
/* With the fault of plant_here(). */
void integer_mix_planted(uint64_t seed, unsigned int steps, uint64_t state[INTEGER_STATE]);

void integer_base(uint64_t seed, uint64_t base[INTEGER_LIMBS]);
void integer_power_alu(const uint64_t base[INTEGER_LIMBS], uint64_t half[INTEGER_LIMBS],
		       uint64_t full[INTEGER_LIMBS]);
void integer_half_ref(const uint64_t base[INTEGER_LIMBS], uint64_t half[INTEGER_LIMBS]);

#endif
