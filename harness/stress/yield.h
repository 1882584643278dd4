/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_YIELD_H
#define STRESS_YIELD_H
/*
 * What share of consistent faults each lane kernel finds: every unit of plant.h is made wrong in
 * YIELD_VARIANTS ways (first and last lane, lowest and highest bit, always to one in 4096
 * operands), and every kernel runs on each for YIELD_SETS sets of operands.
 *
 * A unit is a kernel's own when that kernel alone found faults of it. Takes about two seconds.
 */
#include "harness/stress/lane.h"
#include "harness/stress/plant.h"

enum { YIELD_VARIANTS = 16, YIELD_SETS = 4 };

struct yield {
	const char *kernel;
	unsigned int planted;	/* faults of units that the kernel uses */
	unsigned int found;
	bool own[PLANT_COUNT];	/* by unit */
	unsigned int own_count;
};

/* `rows` has LANE_COUNT of them. */
void yield_measure(struct yield *rows);

#endif
