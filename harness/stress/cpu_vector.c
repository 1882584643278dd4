/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpu.vector: the widest vector units of the chosen instruction set, fused multiply-adds first.
 *
 * A block takes 1536 bytes each of double, single and 32-bit integer lanes through 1024 (integers:
 * 512) steps of vector.h, in chains of their own that keep the multiply-add units busy; no register
 * holds anything that does not go into the result.
 *
 * How it is verified. All steps are bijections on exact whole numbers, and what a step throws away
 * is summed up, so a wrong bit in any lane of any register at any time reaches the end, where every
 * lane and sum is compared. The golden answer comes from 64-bit integers, by division where vectors
 * multiply and round; the digest of set 0 is compiled in. So a unit that is wrong in the same way
 * each time is found on one core alone, and each instruction set must agree with every other to the
 * bit.
 *
 * Work unit: one block, checked in all its lanes. Sources: multiply-add units are where fleets find
 * most silent corruptions, single lanes of them above all; the usual loop x = a x + b with |a| < 1
 * forgets an error within some dozen steps, a bijection on whole numbers never does.
 */
#include "harness/base/auto.h"
#include "harness/stress/isa/impl.h"
#include "harness/stress/known.h"
#include "harness/stress/vector.h"

#include <string.h>

#define N_(text) (text)

enum { ANSWER_WORDS = sizeof(struct vector_state) / sizeof(uint64_t) };

static const struct param_spec params[] = { KNOWN_PARAM_SETS };

static const struct kernel_spec spec = {
	.name = "cpu.vector",
	.summary = N_("vector units: exact chains modulo primes, every lane and register checked"),
	.target = TARGET_CPU,
	.work_unit = "block",
	.param = params,
	.param_count = ARRAY_SIZE(params),
};

static void reference(uint64_t seed, uint64_t *answer)
{
	struct vector_factors by;
	struct vector_state state;

	vector_start(seed, &state, &by);
	vector_reference(&state, &by, VECTOR_STEPS);
	memcpy(answer, &state, sizeof(state));
}

static void produce(enum isa isa, uint64_t seed, uint64_t *answer)
{
	struct vector_factors by;
	struct vector_state state;

	vector_start(seed, &state, &by);
	vector_run(isa_impl_find(isa)->vec, &state, &by, VECTOR_STEPS);
	memcpy(answer, &state, sizeof(state));
}

static const struct known_kind kind = {
	.spec = &spec,
	.words = ANSWER_WORDS,
	.shipped = 0x80e95cd2a278c8f0ULL,
	.reference = reference,
	.produce = produce,
};

static int prepare(struct stress_state *state, struct err *err)
{
	if (!isa_impl_find(state->isa))
		return err_set(err, ERR_UNSUPPORTED, "cpu.vector has no code for %s in this build",
			       isa_name(state->isa));
	return known_prepare(&kind, state);
}

static int run(struct stress_state *state, struct worker *worker, struct err *err)
{
	(void)err;
	return known_run(&kind, state, worker);
}

extern const struct stressor stressor_cpu_vector;
const struct stressor stressor_cpu_vector = {
	.spec = &spec,
	.isa_mask = ISA_VECTORS | 1U << ISA_SCALAR,
	.prepare = prepare,
	.run = run,
	.finish = known_finish,
	.repeatable = true,
};
