/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_ISA_IMPL_H
#define STRESS_ISA_IMPL_H
/*
 * What an architecture's folder gives the kernels: which instruction sets the machine has
 * (features.c) and the code compiled for each (impls.c, a row per set, over the leaves).
 *
 * A leaf is a file NOUN_ISA.c of a few lines: the width of a vector, the intrinsics that plain
 * vector arithmetic cannot say, and the include of NOUN_body.h. The Makefile compiles it with the
 * flags of its suffix, and defines HAVE_ISA_NAME for every set the compiler knows; sets it does not
 * know are left out, with one line that says so.
 */
#include "harness/stress/crypt.h"
#include "harness/stress/heat.h"
#include "harness/stress/hold.h"
#include "harness/stress/lane.h"
#include "harness/stress/march.h"
#include "harness/stress/real.h"
#include "harness/stress/stressor.h"
#include "harness/stress/vector.h"

#include <stddef.h>
#include <stdint.h>

struct isa_impl {
	enum isa isa;
	const struct vec_impl *vec;
	const struct lane_impl *lane;
	const struct heat_impl *heat;
	const struct hold_impl *hold;
	const struct march_impl *march;	/* NULL: a narrower set is as fast as memory */
	const struct real_impl *real;	/* NULL: no scalar operations that another set lacks */
	const struct crypt_impl *crypt;	/* NULL: no instructions for one purpose; such rows have no other */
};

/* In ascending order of worth; the first is ISA_SCALAR, vectors come last. */
extern const struct isa_impl isa_impl_table[];
extern const size_t isa_impl_count;

/* The code for one set, or NULL when this build has none. */
const struct isa_impl *isa_impl_find(enum isa isa);

/* Bit set of the vector instruction sets that this machine and its kernel let a program use. */
uint32_t isa_machine(void);

#endif
