/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_MARCH_WALK_H
#define STRESS_MARCH_WALK_H
/*
 * Walking address bits: from each of some base lines, the lines whose address differs in one bit
 * alone are inverted one after the other, and after each the base must hold what it held. An address
 * line that is stuck, open or shorted anywhere between core and cell shows there.
 *
 * Addresses are physical where the kernel shows the frames, else offsets in the slice. A bit whose
 * line is outside the slice is passed over, and the next is tried: none hides those above it.
 *
 *	march_walk_find(&march, &walk);		once, when the slice is there
 *	march_walk(&march, &walk, &content);	whenever all of the slice holds `content`
 */
#include "harness/stress/march_run.h"

enum { WALK_BASES = 16, WALK_BITS = 48 };
#define WALK_NONE SIZE_MAX

struct march_walk {
	size_t bases;
	struct {
		size_t at;			/* offset in the slice */
		size_t other[WALK_BITS];	/* by bit; WALK_NONE where there is none */
	} base[WALK_BASES];
};

void march_walk_find(const struct march *march, struct march_walk *ret_walk);
void march_walk(struct march *march, const struct march_walk *walk,
		const struct march_content *content);

#endif
