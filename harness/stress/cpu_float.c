/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpu.float: scalar floating point, double and single: add, subtract, multiply, divide, square
 * root, fused multiply-add beside multiply and add, conversions, comparison.
 *
 * A block is 256 steps of four chains (real.h), 14 operations with full fractions each.
 *
 * How it is verified. IEEE 754 leaves no choice in any of these operations: the bits of every
 * result go into the chain, and its end is compared. The golden answer is made in integers only, so
 * a floating point unit that is wrong in the same way each time does not agree with it; the digest
 * of set 0 is compiled in. Comparing within a tolerance would hide the low fraction bits, where
 * most flips are.
 *
 * Work unit: one block, all of its chains checked. Method: exact results rounded once.
 */
#include "harness/base/auto.h"
#include "harness/stress/isa/impl.h"
#include "harness/stress/known.h"
#include "harness/stress/real.h"

#define N_(text) (text)

static const struct param_spec params[] = { KNOWN_PARAM_SETS };

static const struct kernel_spec spec = {
	.name = "cpu.float",
	.summary = N_("floating point: every rounded bit of double and single operations against "
		      "integers"),
	.target = TARGET_CPU,
	.work_unit = "block",
	.param = params,
	.param_count = ARRAY_SIZE(params),
};

static void reference(uint64_t seed, uint64_t *answer)
{
	real_mix_ref(seed, REAL_STEPS, answer);
}

static void produce(enum isa isa, uint64_t seed, uint64_t *answer)
{
	isa_impl_find(isa)->real->mix(seed, REAL_STEPS, answer);
}

static const struct known_kind kind = {
	.spec = &spec,
	.words = REAL_CHAINS,
	.shipped = 0xe15d9aebd3a22620ULL,
	.reference = reference,
	.produce = produce,
};

static int prepare(struct stress_state *state, struct err *err)
{
	const struct isa_impl *impl = isa_impl_find(state->isa);

	if (!impl || !impl->real)
		return err_set(err, ERR_UNSUPPORTED, "cpu.float has no code for %s in this build",
			       isa_name(state->isa));
	return known_prepare(&kind, state);
}

static int run(struct stress_state *state, struct worker *worker, struct err *err)
{
	(void)err;
	return known_run(&kind, state, worker);
}

extern const struct stressor stressor_cpu_float;
const struct stressor stressor_cpu_float = {
	.spec = &spec,
	/* Of the vector sets one brings a scalar operation of its own: AVX2 with FMA. */
	.isa_mask = 1U << ISA_SCALAR | 1U << ISA_AVX2,
	.prepare = prepare,
	.run = run,
	.finish = known_finish,
	.repeatable = true,
};
