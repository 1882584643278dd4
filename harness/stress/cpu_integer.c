/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpu.integer: adder, multiplier, divider, shifter and flags on 64-bit integers.
 *
 * A block is one exponentiation of 1039 products modulo 2^521 - 1, and 512 steps of mixed work with
 * long carry chains, division, bit counts, rotation and selection (integer.h).
 *
 * How it is verified. Of the power, the end is 1 by Fermat's theorem whatever the base, and a value
 * early on the way is compared with the reference; of the mixed work, the end state. The reference
 * uses none of the operations under test, so a core that is wrong in the same way each time does
 * not agree with itself. The digest of set 0 is compiled in.
 *
 * Work unit: one block, checked in all its words. Method: known residues as the Mersenne searchers
 * use them; operands random first and nudged towards long carries.
 */
#include "harness/base/auto.h"
#include "harness/stress/integer.h"
#include "harness/stress/known.h"

#include <string.h>

#define N_(text) (text)

enum {
	ANSWER_HALF = INTEGER_STATE,
	ANSWER_FULL = ANSWER_HALF + INTEGER_LIMBS,
	ANSWER_WORDS = ANSWER_FULL + INTEGER_LIMBS
};

static const struct param_spec params[] = { KNOWN_PARAM_SETS };

static const struct kernel_spec spec = {
	.name = "cpu.integer",
	.summary = N_("64-bit integers: products modulo 2^521 - 1 with a known end, long carries, "
		      "division"),
	.target = TARGET_CPU,
	.work_unit = "block",
	.param = params,
	.param_count = ARRAY_SIZE(params),
};

static void reference(uint64_t seed, uint64_t *answer)
{
	uint64_t base[INTEGER_LIMBS];

	integer_mix_ref(seed, INTEGER_STEPS, answer);
	integer_base(seed, base);
	integer_half_ref(base, answer + ANSWER_HALF);
	memset(answer + ANSWER_FULL, 0, INTEGER_LIMBS * sizeof(*answer));
	answer[ANSWER_FULL] = 1;
}

static void produce(enum isa isa, uint64_t seed, uint64_t *answer)
{
	uint64_t base[INTEGER_LIMBS];

	(void)isa;
	integer_mix_alu(seed, INTEGER_STEPS, answer);
	integer_base(seed, base);
	integer_power_alu(base, answer + ANSWER_HALF, answer + ANSWER_FULL);
}

static const struct known_kind kind = {
	.spec = &spec,
	.words = ANSWER_WORDS,
	.shipped = 0x86f168589698a8c9ULL,
	.reference = reference,
	.produce = produce,
};

static int prepare(struct stress_state *state, struct err *err)
{
	(void)err;
	return known_prepare(&kind, state);
}

static int run(struct stress_state *state, struct worker *worker, struct err *err)
{
	(void)err;
	return known_run(&kind, state, worker);
}

extern const struct stressor stressor_cpu_integer;
const struct stressor stressor_cpu_integer = {
	.spec = &spec,
	.isa_mask = 1U << ISA_SCALAR,
	.prepare = prepare,
	.run = run,
	.finish = known_finish,
	.repeatable = true,
};
