/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_YIELD_H
#define STRESS_YIELD_H
/*
 * What share of consistent faults each kernel with known answers finds: every unit of plant.h that it
 * uses is made wrong in YIELD_VARIANTS ways (first and last lane, or of single values two bits more;
 * lowest and highest bit; always to one in 4096 operands), and the kernel runs on each for YIELD_SETS
 * sets of operands. Of cpu.integer that is its mixed half, which uses all of its units.
 *
 * A unit is a kernel's own when that kernel alone found some fault of it. Takes a few seconds.
 */
#include "harness/stress/crypt.h"
#include "harness/stress/lane.h"
#include "harness/stress/plant.h"

enum {
	YIELD_VARIANTS = 16,
	YIELD_SETS = 4,
	YIELD_OTHERS = 3,	/* cpu.integer, cpu.float, cpu.program */
	YIELD_COUNT = LANE_COUNT + YIELD_OTHERS + CRYPT_WORKS,
};

struct yield {
	const char *kernel;
	unsigned int planted;	/* faults of units that the kernel uses */
	unsigned int found;
	uint16_t faults[PLANT_COUNT];	/* by unit: a bit for each variant that was found */
	bool own[PLANT_COUNT];		/* by unit */
	unsigned int own_count;
};

/* `rows` has YIELD_COUNT of them. */
void yield_measure(struct yield *rows);

#endif
