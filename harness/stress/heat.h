/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_HEAT_H
#define STRESS_HEAT_H
/*
 * The thermal work: nothing but multiply-adds in double precision, as many at once as the units
 * take, from registers that are all alive and all checked.
 *
 * Each lane is a point that goes round an orbit (Minsky's circle):
 *
 *	x = x + t y;  y = y - t x		the new x
 *
 * Each line adds to one number what depends on the other alone, so what is wrong is neither
 * forgotten nor does it grow: the usual loop x = a x + b with |a| < 1 has lost it within some
 * dozen steps. `fused` rounds once a line; `split` multiplies, then adds, and rounds twice: for
 * machines without fused multiply-adds, and for the units that they use instead.
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
	HEAT_PEAK_CHAINS = 12,
};

struct heat_state {
	_Alignas(64) double x[HEAT_LANES], y[HEAT_LANES];
	double t;
};

struct heat_impl {
	void (*fused)(struct heat_state *state, size_t steps);	/* NULL: no such operation */
	void (*split)(struct heat_state *state, size_t steps);
	/* Does that many rounds of HEAT_PEAK_CHAINS vectors; returns the lanes of one. */
	size_t (*peak)(struct heat_state *state, size_t rounds);
};

/* Points and t of a seed: distances of 1 to 3, full fractions, 0.25 <= t < 0.5. */
void heat_start(uint64_t seed, struct heat_state *state);
/* The end of all lanes by integers (soft.h). */
void heat_reference(struct heat_state *state, size_t steps, int fused);

#endif
