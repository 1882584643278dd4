/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_PROOF_H
#define STRESS_PROOF_H
/*
 * The proof that a kernel works on an instruction set of this machine: it runs clean and reports
 * nothing, and each single bit flipped at a checkpoint is reported exactly once, at its very word
 * and with its very bit.
 *
 * proof_run runs in the calling thread and takes some ten milliseconds; a machine that claims what
 * it lacks dies here of SIGILL, so the caller may want to call it in a child. `folder_fd` is a
 * folder that disk kernels may write a few hundred kB into, whatever the medium; -1 where there is
 * none.
 *
 * Returns 0 when the proof could be made at all; how it went is in *ret_proof.
 */
#include "harness/stress/stressor.h"

enum { PROOF_FLIPS = 16 };

struct proof {
	bool clean;		/* the run without a flip reported nothing and did its work */
	uint64_t mismatches;	/* of that run; more than 0: this machine gave wrong data */
	uint32_t flips;		/* planted */
	uint32_t found;		/* of these, as they must be */
	uint64_t checkpoints;	/* in the clean run */
	int64_t ns;
};

/* Clean, and every flip found. */
bool proof_holds(const struct proof *proof);
int proof_run(const struct stressor *stressor, enum isa isa, int folder_fd,
	      struct proof *ret_proof, struct err *err);

#endif
