/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpu.heat and cpu.heat-split: the most heat that a core can make of multiply-adds, or of multiplies
 * and adds, while every one of them is checked (heat.h). cpu.edge: the latter between nothing and all,
 * again and again, on all cores at the same moment (edge.h).
 *
 * How it is verified. Every number is compared with the end of the same way in integers, rounded as
 * IEEE 754 says; the digest of set 0 is compiled in. Nothing that is wrong on the way is forgotten, so
 * one comparison of 900 or 1536 bytes checks 800000 operations, at less than one part in fifty of
 * the time.
 *
 * Work unit: one block, checked in all its lanes.
 */
#include "harness/base/auto.h"
#include "harness/stress/edge.h"
#include "harness/stress/isa/impl.h"
#include "harness/stress/known.h"

#include <string.h>

#define N_(text)     (text)
#define SPLIT_DIGEST 0xb4db7a1f252fefc6ULL

static const struct param_spec params[] = { {
	.name = "sets",
	.kind = PARAM_NUMBER,
	.min = 1,
	.max = 4096,
	.fallback = 4,
	.help = N_("operand sets, each with its own golden answer"),
} };

static const struct kernel_spec fused_spec = {
	.name = "cpu.heat",
	.summary = N_("the most heat: nothing but fused multiply-adds in double precision, all "
		      "checked"),
	.target = TARGET_CPU,
	.work_unit = "block",
	.param = params,
	.param_count = ARRAY_SIZE(params),
};

static const struct kernel_spec split_spec = {
	.name = "cpu.heat-split",
	.summary = N_("the most heat without fused operations: multiplies and adds, all checked"),
	.target = TARGET_CPU,
	.work_unit = "block",
	.param = params,
	.param_count = ARRAY_SIZE(params),
};

static const struct kernel_spec edge_spec = {
	.name = "cpu.edge",
	.summary = N_("edges of load: all cores idle and at full heat in turn, 1 to 10000 times a second"),
	.target = TARGET_CPU,
	.work_unit = "block",
	.param = params,
	.param_count = ARRAY_SIZE(params),
};

static void take(const struct heat_state *state, uint64_t *answer)
{
	memcpy(answer, state->x, HEAT_BYTES);
	memcpy(answer + HEAT_LANES, state->y, HEAT_BYTES);
}

static void fused_reference(uint64_t seed, uint64_t *answer)
{
	struct heat_state state;

	heat_start(seed, &state);
	heat_reference(&state, HEAT_STEPS);
	take(&state, answer);
}

static void fused_produce(enum isa isa, uint64_t seed, uint64_t *answer)
{
	struct heat_state state;

	heat_start(seed, &state);
	isa_impl_find(isa)->heat->fused(&state, HEAT_STEPS);
	take(&state, answer);
}

static void split_reference(uint64_t seed, uint64_t *answer)
{
	struct heat_row row;

	heat_row_start(seed, &row);
	heat_row_reference(&row, HEAT_ROW_STEPS);
	memcpy(answer, row.x, sizeof(row.x));
}

static void split_produce(enum isa isa, uint64_t seed, uint64_t *answer)
{
	struct heat_row row;

	heat_row_start(seed, &row);
	isa_impl_find(isa)->heat->split(&row, HEAT_ROW_STEPS);
	memcpy(answer, row.x, sizeof(row.x));
}

static const struct known_kind fused_kind = {
	.spec = &fused_spec,
	.words = 2 * HEAT_LANES,
	.shipped = 0x8e0f321f17071f6aULL,
	.reference = fused_reference,
	.produce = fused_produce,
};

static const struct known_kind split_kind = {
	.spec = &split_spec,
	.words = HEAT_ROW,
	.shipped = SPLIT_DIGEST,
	.reference = split_reference,
	.produce = split_produce,
};

static const struct known_kind edge_kind = {
	.spec = &edge_spec,
	.words = HEAT_ROW,
	.shipped = SPLIT_DIGEST,
	.reference = split_reference,
	.produce = split_produce,
	.pause = edge_wait,
};

static int prepare(const struct known_kind *kind, struct stress_state *state, struct err *err)
{
	const struct isa_impl *impl = isa_impl_find(state->isa);

	if (!impl || !impl->heat || (kind == &fused_kind && !impl->heat->fused))
		return err_set(err, ERR_UNSUPPORTED, "%s has no code for %s in this build",
			       kind->spec->name, isa_name(state->isa));
	return known_prepare(kind, state);
}

static int fused_prepare(struct stress_state *state, struct err *err)
{
	return prepare(&fused_kind, state, err);
}

static int split_prepare(struct stress_state *state, struct err *err)
{
	return prepare(&split_kind, state, err);
}

static int edge_prepare(struct stress_state *state, struct err *err)
{
	return prepare(&edge_kind, state, err);
}

static int edge_run(struct stress_state *state, struct worker *worker, struct err *err)
{
	(void)err;
	return known_run(&edge_kind, state, worker);
}

static int fused_run(struct stress_state *state, struct worker *worker, struct err *err)
{
	(void)err;
	return known_run(&fused_kind, state, worker);
}

static int split_run(struct stress_state *state, struct worker *worker, struct err *err)
{
	(void)err;
	return known_run(&split_kind, state, worker);
}

extern const struct stressor stressor_cpu_heat, stressor_cpu_heat_split, stressor_cpu_edge;
const struct stressor stressor_cpu_heat = {
	.spec = &fused_spec,
	/* SSE2 has no such operation: scalar code asks the C library, where heat-split is hotter. */
	.isa_mask = (ISA_VECTORS & ~(1U << ISA_SSE2)) | 1U << ISA_SCALAR,
	.prepare = fused_prepare,
	.run = fused_run,
	.finish = known_finish,
	.repeatable = true,
};

const struct stressor stressor_cpu_heat_split = {
	.spec = &split_spec,
	.isa_mask = ISA_VECTORS | 1U << ISA_SCALAR,
	.prepare = split_prepare,
	.run = split_run,
	.finish = known_finish,
	.repeatable = true,
};

const struct stressor stressor_cpu_edge = {
	.spec = &edge_spec,
	.isa_mask = ISA_VECTORS | 1U << ISA_SCALAR,
	.prepare = edge_prepare,
	.run = edge_run,
	.finish = known_finish,
	.repeatable = true,
};
