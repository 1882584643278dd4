/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_KNOWN_H
#define STRESS_KNOWN_H
/*
 * The life of a kernel whose work has known answers: seed in, a row of 64-bit words out.
 *
 *	known_prepare	makes `sets` seeds and their golden answers by kind->reference, an
 *			algorithm that shares no unit of the processor with the one under test
 *			where that can be
 *	known_run	block after block: kind->produce, checkpoint, compare every word; phase is
 *			the number of the set, `at` the offset in the answer
 *	known_finish	frees
 *
 * Set 0 has the same seed in every run on every machine, and the digest of its answer is compiled
 * in: when the reference itself goes wrong, worker 0 reports a mismatch in phase KNOWN_SHIPPED,
 * `want` being the digest shipped. So one core alone, with a fault that is always the same, is
 * found out by the other algorithm and by the shipped value.
 */
#include "harness/stress/stressor.h"

#define KNOWN_FIXED_SEED 0x6375695f68756f21ULL
#define KNOWN_SHIPPED	 UINT64_MAX

struct known_kind {
	const struct kernel_spec *spec;	/* with a parameter "sets" */
	size_t words;			/* of one answer */
	uint64_t shipped;		/* mix_digest of the answer to KNOWN_FIXED_SEED */
	void (*reference)(uint64_t seed, uint64_t *answer);
	void (*produce)(enum isa isa, uint64_t seed, uint64_t *answer);
};

/* The parameter every such kernel has; N_() marks its text for translation. */
#define KNOWN_PARAM_SETS                                                                           \
	{                                                                                          \
		.name = "sets", .kind = PARAM_NUMBER, .min = 1, .max = 4096, .fallback = 64,       \
		.help = N_("operand sets, each with its own golden answer"),                       \
	}

int known_prepare(const struct known_kind *kind, struct stress_state *state);
int known_run(const struct known_kind *kind, struct stress_state *state, struct worker *worker);
void known_finish(struct stress_state *state);

#endif
