/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The marches: mem.march (C-), mem.march-lr, mem.march-ss, mem.random and mem.full, which is one
 * pass of each. How they are verified: march_run.h; what each finds: tests/unit/test_march_coverage.c
 * over the fault kinds of the literature.
 *
 * The contents: seven backgrounds that set every pair of bits of a 64-bit word against each other,
 * three more that do the same for the words of a line, the address of each word, counting and random
 * values that change with each pass. Content and inverse of the address find lines of the address
 * bus that are stuck, open or shorted: every bit of it takes both values, in both directions.
 *
 * Work unit: one byte, counted each time it was checked; distinct bytes are those checked for the
 * first time. Phase: pass * 1000 + stage * 8 + element, 7 being the last look.
 */
#include "harness/base/auto.h"
#include "harness/stress/march_kernel.h"

#define N_(text) (text)

#define HOLD(seconds)                                                                              \
	{                                                                                          \
		.name = "hold", .kind = PARAM_NUMBER, .min = 0, .max = 3600,                       \
		.fallback = (seconds),                                                             \
		.help = N_("seconds between filling and the first read of each pattern, for "      \
			   "cells that fade"),                                                     \
	}
#define SPEC(name_, summary_)                                                                      \
	{                                                                                          \
		.name = (name_), .summary = (summary_), .target = TARGET_MEMORY,                   \
		.work_unit = "byte", .param = hold, .param_count = ARRAY_SIZE(hold),               \
	}

static const struct param_spec hold[] = { HOLD(0) };
static const struct param_spec long_hold[] = { HOLD(90) };

static void on_backgrounds(struct march_program *program, const struct march_algorithm *algorithm)
{
	unsigned int content;

	for (content = 0; content < MARCH_BACKGROUNDS; content++)
		march_program_add(program, algorithm, content);
}

static const struct kernel_spec mem_march_spec =
	SPEC("mem.march",
	     N_("memory: March C- in place, every byte read and checked before it is overwritten"));

static void program_c_minus(const struct stress_state *state, struct march_program *program)
{
	(void)state;
	on_backgrounds(program, &march_c_minus);
	march_program_add(program, &march_c_minus, MARCH_ADDRESSES);
	march_program_add(program, &march_c_minus, MARCH_COUNTING);
}

static const struct march_kernel c_minus = { .spec = &mem_march_spec, .program = program_c_minus };
MARCH_STRESSOR(mem_march, c_minus, MARCH_ISA_MASK);

static const struct kernel_spec mem_march_lr_spec =
	SPEC("mem.march-lr", N_("memory: March LR in place, for cells that influence each other in "
				"chains or are not reached"));

static void program_lr(const struct stress_state *state, struct march_program *program)
{
	(void)state;
	on_backgrounds(program, &march_lr);
}

static const struct march_kernel lr = { .spec = &mem_march_lr_spec, .program = program_lr };
MARCH_STRESSOR(mem_march_lr, lr, MARCH_ISA_MASK);

static const struct kernel_spec mem_march_ss_spec =
	SPEC("mem.march-ss", N_("memory: March SS in place, for cells that a read or a write of the "
				"same value disturbs"));

static void program_ss(const struct stress_state *state, struct march_program *program)
{
	(void)state;
	on_backgrounds(program, &march_ss);
}

static const struct march_kernel ss = { .spec = &mem_march_ss_spec, .program = program_ss };
MARCH_STRESSOR(mem_march_ss, ss, MARCH_ISA_MASK);

static const struct kernel_spec mem_random_spec =
	SPEC("mem.random", N_("memory: moving inversions of random values, others with each pass"));

static void program_random(const struct stress_state *state, struct march_program *program)
{
	(void)state;
	march_program_add(program, &march_c_minus, MARCH_RANDOMS);
}

static const struct march_kernel random_values = { .spec = &mem_random_spec,
						 .program = program_random };
MARCH_STRESSOR(mem_random, random_values, MARCH_ISA_MASK);

static const struct kernel_spec mem_full_spec =
	SPEC("mem.full", N_("memory: the whole set of marches: LR, SS, C- on all backgrounds, "
			    "addresses, random values"));

static void program_full(const struct stress_state *state, struct march_program *program)
{
	march_program_add(program, &march_c_minus, MARCH_ADDRESSES);
	march_program_add(program, &march_lr, 0);
	march_program_add(program, &march_ss, 0);
	on_backgrounds(program, &march_c_minus);
	program_random(state, program);
}

static const struct march_kernel full = { .spec = &mem_full_spec, .program = program_full };
MARCH_STRESSOR(mem_full, full, MARCH_ISA_MASK);

static const struct kernel_spec mem_fade_spec = {
	.name = "mem.fade",
	.summary = N_("memory: cells that lose what they hold when nobody touches them for a while"),
	.target = TARGET_MEMORY,
	.work_unit = "byte",
	.param = long_hold,
	.param_count = ARRAY_SIZE(long_hold),
};

/* Which charge fades depends on the cell: all zeros, all ones, random values. */
static void program_fade(const struct stress_state *state, struct march_program *program)
{
	unsigned int content, k;
	uint64_t *ones = march_program_table(program, 1, &content);

	(void)state;
	for (k = 0; k < MARCH_WORDS; k++)
		ones[k] = ~0ULL;
	march_program_add(program, &march_rest, 0);
	march_program_add(program, &march_rest, content);
	march_program_add(program, &march_rest, MARCH_RANDOMS);
}

static const struct march_kernel fade = { .spec = &mem_fade_spec, .program = program_fade };
MARCH_STRESSOR(mem_fade, fade, MARCH_ISA_MASK);
