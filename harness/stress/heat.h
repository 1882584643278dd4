/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_HEAT_H
#define STRESS_HEAT_H
/*
 * The thermal work: nothing but multiply-adds in double precision, as many at once as the units
 * take, from registers that are all alive and all checked.
 *
 * `fused`: each lane is a point that goes round an orbit (Minsky's circle):
 *
 *	x = x + t y;  y = y - t x		the new x; rounded once a line
 *
 * Each line adds to one number what depends on the other alone, so what is wrong is neither
 * forgotten nor does it grow: the usual loop x = a x + b with |a| < 1 has lost it within some
 * dozen steps.
 *
 * `split`, for machines without fused operations and for the units that they use instead: each lane
 * is a number of its own on the logistic map,
 *
 *	x = x (t - x)				a subtraction, then a product; 3.999 < t < 4
 *
 * which is chaotic there and stays between 0 and 4: what is wrong doubles with each step until
 * nothing is right. One register a number, so that fourteen of them keep four units busy where
 * there are no more than sixteen registers; two coordinates that wait for each other cannot.
 *
 * `peak` is what heat is measured against: multiply-adds (or multiplies and adds, in code
 * without) into registers of their own, which wait for nothing, with no check and of no use.
 */
#include <stddef.h>
#include <stdint.h>

enum {
	HEAT_BYTES = 768,	/* of either coordinate: 12 registers of 64 bytes, 6 times 8 of 16 */
	HEAT_LANES = HEAT_BYTES / 8,
	HEAT_STEPS = 2048,
	HEAT_ROW = 112,		/* 14 registers of 64 bytes, 4 times 14 of 16 */
	HEAT_ROW_STEPS = 3584,	/* as many operations as in the other work */
	HEAT_PEAK_CHAINS = 12,
};

struct heat_state {
	_Alignas(64) double x[HEAT_LANES], y[HEAT_LANES];
	double t;
};

struct heat_row {
	_Alignas(64) double x[HEAT_ROW];
	double t;
};

struct heat_impl {
	void (*fused)(struct heat_state *state, size_t steps);	/* NULL: no such operation */
	void (*split)(struct heat_row *row, size_t steps);
	/* Does that many rounds of HEAT_PEAK_CHAINS vectors; returns the lanes of one. */
	size_t (*peak)(struct heat_state *state, size_t rounds);
};

/* Points and t of a seed: coordinates of 1 to 2 of either sign, full fractions, 0.25 <= t < 0.5. */
void heat_start(uint64_t seed, struct heat_state *state);
/* The end of all lanes by integers (soft.h). */
void heat_reference(struct heat_state *state, size_t steps);

/* The same for split: numbers of 1 to 2. */
void heat_row_start(uint64_t seed, struct heat_row *row);
void heat_row_reference(struct heat_row *row, size_t steps);

#endif
