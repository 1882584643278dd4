/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mem.march: March C- in place over a slice of memory, for each of twelve patterns.
 *
 *	fill P; up (read P, write ~P); up (read ~P, write P); down (read P, write ~P);
 *	down (read ~P, write P); up (read P, write the next pattern)
 *
 * The patterns: the seven backgrounds that set every pair of bits of a 64-bit word against each
 * other, three more that do the same for the words of a line, the address of each word, and
 * counting values that change with each pass. P and ~P of the address find lines of the address bus
 * that are stuck, open or shorted: every bit of it takes both values, in both directions.
 *
 * How it is verified. Nothing is overwritten that was not read and checked since it was written, a
 * whole sweep earlier: an error is seen at the next visit whatever the pattern, with its word and
 * bits, and a slice larger than the caches is checked in the memory behind them. When the step ends
 * in the middle of a sweep, what both halves hold is checked too, for a second at most.
 *
 * Work unit: one byte, counted each time it was checked; distinct bytes are those checked for the
 * first time. Phase: pass * 100 + pattern * 8 + element. Source: van de Goor's March C-: all
 * stuck-at, transition, address decoder and (unlinked) coupling faults in ten operations a cell.
 */
#include "harness/base/auto.h"
#include "harness/stress/isa/impl.h"
#include "harness/stress/march.h"
#include "harness/stress/stressor.h"

#include <sys/mman.h>

#define N_(text) (text)

enum {
	CHUNK = 1 << 20, /* between two looks at the clock */
	SELF_TEST_CHUNK = 1 << 16,
};

static const struct param_spec params[] = {
	{ .name = "hold",
	  .kind = PARAM_NUMBER,
	  .min = 0,
	  .max = 3600,
	  .fallback = 0,
	  .help = N_("seconds between filling and the first read of each pattern, for cells that "
		     "fade") },
};

static const struct kernel_spec spec = {
	.name = "mem.march",
	.summary = N_(
		"memory: March C- in place, every byte read and checked before it is overwritten"),
	.target = TARGET_MEMORY,
	.work_unit = "byte",
	.param = params,
	.param_count = ARRAY_SIZE(params),
};

static int prepare(struct stress_state *state, struct err *err)
{
	const struct isa_impl *impl = isa_impl_find(state->isa);
	unsigned int i;

	if (!impl || !impl->march)
		return err_set(err, ERR_UNSUPPORTED, "mem.march has no code for %s in this build",
			       isa_name(state->isa));
	for (i = 0; i < state->worker_count; i++) {
		if (!state->slice[i].size || state->slice[i].size % MARCH_LINE ||
		    (uintptr_t)state->slice[i].memory % MARCH_LINE)
			return err_set(
				err, ERR_INTERNAL,
				"mem.march needs whole lines of 64 bytes, slice %u has %zu bytes",
				i, state->slice[i].size);
		/* Fewer page walks; where the kernel has no such pages the march is only slower. */
		madvise(state->slice[i].memory, state->slice[i].size, MADV_HUGEPAGE);
	}
	return 0;
}

static int run(struct stress_state *state, struct worker *worker, struct err *err)
{
	const struct stress_slice *slice = &state->slice[worker->index];
	struct march march = {
		.impl = isa_impl_find(state->isa)->march,
		.worker = worker,
		.memory = slice->memory,
		.size = slice->size,
		.chunk = state->self_test ? SELF_TEST_CHUNK : CHUNK,
		.hold_seconds = stress_param(state, &spec, "hold"),
	};

	(void)err;
	march_run(&march);
	return 0;
}

static void finish(struct stress_state *state)
{
	(void)state; /* the slices are the step's */
}

extern const struct stressor stressor_mem_march;
const struct stressor stressor_mem_march = {
	.spec = &spec,
	.isa_mask = ((1U << ISA_COUNT) - 1) & ~(1U << ISA_SVE),
	.prepare = prepare,
	.run = run,
	.finish = finish,
};
