/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_REAL_H
#define STRESS_REAL_H
/*
 * The work of cpu.float: IEEE 754 operations on doubles and floats with full fractions, rounded to
 * nearest, by the machine (real_impl) and in integers only (real_mix_ref).
 *
 * Four chains of 64 bits. A step makes three operands from a chain's value (signs, exponents close
 * and far apart, fractions random or nudged towards long carries; never zero, infinite or too
 * small), and folds the bits of every result back into it: the next operands depend on all that
 * came before, so one wrong bit changes everything after it.
 */
#include <stdint.h>

enum { REAL_CHAINS = 4, REAL_STEPS = 256 };

struct real_impl {
	void (*mix)(uint64_t seed, unsigned int steps, uint64_t state[REAL_CHAINS]);
};

void real_mix_ref(uint64_t seed, unsigned int steps, uint64_t state[REAL_CHAINS]);
/* With the fault of plant_here(). */
void real_mix_planted(uint64_t seed, unsigned int steps, uint64_t state[REAL_CHAINS]);

#endif
