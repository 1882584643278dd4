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
 * Such a kernel is repeatable: phase says which set, so worker->only does that one again.
 *
 * Set 0 has the same seed in every run on every machine, and the digest of its answer is compiled
 * in: when the reference itself goes wrong, worker 0 reports a mismatch in phase KNOWN_SHIPPED,
 * `want` being the digest shipped. So one core alone, with a fault that is always the same, is
 * found out by the other algorithm and by the shipped value.
 */
#include "harness/base/auto.h"
#include "harness/stress/stressor.h"

#define KNOWN_FIXED_SEED 0x6375695f68756f21ULL
#define KNOWN_SHIPPED	 UINT64_MAX

struct known_kind {
	const struct kernel_spec *spec;	/* with a parameter "sets" */
	size_t words;			/* of one answer */
	uint64_t shipped;		/* mix_digest of the answer to KNOWN_FIXED_SEED */
	void (*reference)(uint64_t seed, uint64_t *answer);
	void (*produce)(enum isa isa, uint64_t seed, uint64_t *answer);
	/* In place of produce, with what its prepare made for all sets and known_keep() holds. */
	void (*perform)(const void *made, size_t set, uint64_t seed, uint64_t *answer);
	void (*pause)(struct worker *worker);	/* before each block, but for tests; or NULL */
};

/* The parameter every such kernel has; N_() marks its text for translation. */
#define KNOWN_PARAM_SETS                                                                           \
	{                                                                                          \
		.name = "sets", .kind = PARAM_NUMBER, .min = 1, .max = 4096, .fallback = 64,       \
		.help = N_("operand sets, each with its own golden answer"),                       \
	}

/*
 * Description and stressor of a kernel of scalar code, after its functions reference and produce:
 * KNOWN_KERNEL(id, "cpu.id", N_("what it is"), words, digest); its row is &stressor_##id.
 */
#define KNOWN_KERNEL(id, title, text, answer_words, digest)                                        \
	static const struct param_spec id##_params[] = { KNOWN_PARAM_SETS };                       \
	static const struct kernel_spec id##_spec = {                                              \
		.name = (title),                                                                   \
		.summary = (text),                                                                 \
		.target = TARGET_CPU,                                                              \
		.work_unit = "block",                                                              \
		.param = id##_params,                                                              \
		.param_count = ARRAY_SIZE(id##_params),                                            \
	};                                                                                         \
	static const struct known_kind id##_kind = {                                               \
		.spec = &id##_spec,                                                                \
		.words = (answer_words),                                                           \
		.shipped = (digest),                                                               \
		.reference = reference,                                                            \
		.produce = produce,                                                                \
	};                                                                                         \
                                                                                                   \
	static int id##_prepare(struct stress_state *state, struct err *err)                       \
	{                                                                                          \
		(void)err;                                                                         \
		return known_prepare(&id##_kind, state);                                           \
	}                                                                                          \
                                                                                                   \
	static int id##_run(struct stress_state *state, struct worker *worker, struct err *err)    \
	{                                                                                          \
		(void)err;                                                                         \
		return known_run(&id##_kind, state, worker);                                       \
	}                                                                                          \
                                                                                                   \
	extern const struct stressor stressor_##id;                                                \
	const struct stressor stressor_##id = {                                                    \
		.spec = &id##_spec,                                                                \
		.isa_mask = 1U << ISA_SCALAR,                                                      \
		.prepare = id##_prepare,                                                           \
		.run = id##_run,                                                                   \
		.finish = known_finish,                                                            \
		.repeatable = true,                                                                \
	}

int known_prepare(const struct known_kind *kind, struct stress_state *state);
/* After known_prepare: how many sets there are, and the seed of one. */
size_t known_sets(const struct stress_state *state);
uint64_t known_seed(const struct stress_state *state, size_t set);
void known_keep(struct stress_state *state, void *made);
void *known_made(const struct stress_state *state);	/* what is kept; NULL: nothing */
int known_run(const struct known_kind *kind, struct stress_state *state, struct worker *worker);
void known_finish(struct stress_state *state);

#endif
