/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What each march finds, by exhaustion: every form of every fault, every victim, every aggressor,
 * both states at power-up. A fault counts as found when it is found from both. The rows say what the
 * literature proves of each march (in per cent, -1: some, depending on how many cells there are),
 * and the first test prints the table of docs/kernels.md.
 */
#include "harness/base/auto.h"
#include "harness/stress/march_run.h"
#include "harness/stress/stressor.h"
#include "tests/unit/memory_model.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

enum { SOME = -1, FLUSH_LINES = 4 };

static const struct expectation {
	const struct march_algorithm *march;
	int percent[MODEL_KINDS];
} expected[] = {
	{ &march_c_minus,
	  { 100, 100, SOME, SOME, 0, 100, 0, 100, 100, 100, 66, 100, 0, 100, 0 } },
	{ &march_lr, { 100, 100, 100, 100, 0, 100, 0, 100, 100, 100, 66, 100, 0, 100, 0 } },
	{ &march_ss,
	  { 100, 100, SOME, SOME, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100 } },
	{ &march_swap, { 100, 100, SOME, SOME, 0, 100, 0, 100, 50, 75, 33, 50, 0, 62, 0 } },
	{ &march_rest, { 50, 0, 0, 0, 0, 50, 0, 0, 0, 25, 4, 0, 0, 25, 0 } },
};

/* The model has no caches. */
static void stays(const struct march_flush *flush, void *memory, size_t size)
{
	(void)flush;
	(void)memory;
	(void)size;
}

static bool visit_finds(uint32_t ops, bool down)
{
	static const struct march_pattern zero = { .flip = 0 }, one = { .flip = ~0ULL };
	const struct march_visit visit = { .ops = ops, .down = down, .inverse = true, .by = { &zero, &one } };
	struct march_seen seen;

	return model_impl.visit(model_memory(), MODEL_CELLS, &visit, &seen) < MODEL_CELLS;
}

/* As in the literature: fill, elements, last read. */
static bool finds(const struct march_algorithm *march, const struct model_fault *fault, bool cells)
{
	size_t i;

	model_power_up(fault, cells);
	visit_finds(MARCH_DO1(MARCH_W0), false);
	for (i = 0; i < march->elements; i++) {
		if (visit_finds(march->element[i].ops, march->element[i].down))
			return true;
	}
	return visit_finds(MARCH_DO1(MARCH_R0), false);
}

/* Calls `each` with every fault of the kind; returns how many it said yes to, of *ret_all. */
static unsigned int count(enum model_kind kind, const void *what,
			  bool (*each)(const void *what, const struct model_fault *fault),
			  unsigned int *ret_all)
{
	unsigned int aggressors = model_has_aggressor(kind) ? MODEL_CELLS : 1, yes = 0;
	struct model_fault fault = { .kind = kind };

	*ret_all = 0;
	for (fault.form = 0; fault.form < model_forms(kind); fault.form++) {
		for (fault.victim = 0; fault.victim < MODEL_CELLS; fault.victim++) {
			for (fault.aggressor = 0; fault.aggressor < aggressors; fault.aggressor++) {
				if (aggressors > 1 && fault.aggressor == fault.victim)
					continue;
				++*ret_all;
				yes += each(what, &fault);
			}
		}
	}
	return yes;
}

static bool one_finds(const void *march, const struct model_fault *fault)
{
	return finds(march, fault, false) && finds(march, fault, true);
}

/* March LR and March SS, as in docs/kernels.md. */
static bool both_find(const void *unused, const struct model_fault *fault)
{
	(void)unused;
	return one_finds(&march_lr, fault) || one_finds(&march_ss, fault);
}

START_TEST(each_march_finds_what_the_literature_says)
{
	unsigned int kind, all;
	size_t i;

	ck_assert_uint_eq(march_algorithm_count, ARRAY_SIZE(expected));
	for (i = 0; i < ARRAY_SIZE(expected); i++) {
		const struct march_algorithm *march = expected[i].march;

		printf("| %s | %u n |", march->name, march->cost);
		for (kind = 0; kind < MODEL_KINDS; kind++) {
			unsigned int found = count((enum model_kind)kind, march, one_finds, &all);
			int percent = expected[i].percent[kind];

			printf(" %u |", found * 100 / all);
			if (percent == SOME)
				ck_assert(found && found < all);
			else
				ck_assert_msg((int)(found * 100 / all) == percent, "%s, %s: %u of %u",
					      march->name, model_name((enum model_kind)kind), found,
					      all);
		}
		printf("\n");
	}
}
END_TEST

START_TEST(lr_and_ss_together_find_every_simple_static_fault)
{
	unsigned int kind, all;

	for (kind = 0; kind < MODEL_KINDS; kind++)
		ck_assert_uint_eq(count((enum model_kind)kind, NULL, both_find, &all), all);
}
END_TEST

START_TEST(the_cost_of_a_march_is_its_operations)
{
	unsigned int cost, op;
	size_t i, k;

	for (i = 0; i < march_algorithm_count; i++) {
		const struct march_algorithm *march = march_algorithm_table[i];

		for (k = 0, cost = 2; k < march->elements; k++) {
			for (op = 0; op < MARCH_OPS; op++)
				cost += !!MARCH_OP(march->element[k].ops, op);
		}
		ck_assert_uint_eq(cost, march->cost);
	}
}
END_TEST

static _Alignas(128) struct worker_line line;

/* The kernels' own walk: in place, LR and then SS, each left by reading and writing the next. */
static bool walk_finds(const struct model_fault *fault, bool cells, bool flushed)
{
	static const struct march_flush flush = { .block = FLUSH_LINES * MARCH_LINE, .empty = stays };
	struct march_stage stage[] = { { &march_lr, 0 }, { &march_ss, 0 } };
	struct march_program program = { .stage = stage, .stages = 2 };
	struct worker worker = { .line = &line, .end_ns = INT64_MAX, .seed = 1, .count = 1 };
	struct march march = { .impl = &model_impl,
			       .program = &program,
			       .worker = &worker,
			       .memory = model_memory(),
			       .size = MODEL_CELLS * MARCH_LINE,
			       .chunk = 8 * MARCH_LINE,
			       .flush = flushed ? &flush : NULL,
			       .flush_always = flushed };

	memset(&line, 0, sizeof(line));
	worker.work_limit = march.size * 11;
	model_power_up(fault, cells);
	march_run(&march);
	ck_assert_uint_eq(line.distinct_bytes, march.size);
	return line.mismatches;
}

static bool walk_finds_it(const void *flushed, const struct model_fault *fault)
{
	return walk_finds(fault, false, flushed) && walk_finds(fault, true, flushed);
}

START_TEST(sound_memory_passes)
{
	const struct model_fault none = { .kind = MODEL_SOUND };

	ck_assert(!walk_finds(&none, false, false));
	ck_assert(!walk_finds(&none, true, true));
}
END_TEST

START_TEST(the_walk_in_place_finds_every_simple_static_fault)
{
	unsigned int kind, all;

	for (kind = 0; kind < MODEL_KINDS; kind++)
		ck_assert_uint_eq(count((enum model_kind)kind, NULL, walk_finds_it, &all), all);
}
END_TEST

/* Within a block the order is that of its operations, not of its cells. */
static bool walk_finds_it_across_blocks(const void *unused, const struct model_fault *fault)
{
	(void)unused;
	return (model_has_aggressor(fault->kind) &&
		fault->victim / FLUSH_LINES == fault->aggressor / FLUSH_LINES) ||
	       walk_finds_it("flushed", fault);
}

START_TEST(the_walk_behind_the_caches_finds_all_but_those_of_addresses_within_a_block)
{
	unsigned int kind, all;

	for (kind = 0; kind < MODEL_KINDS; kind++) {
		unsigned int found =
			count((enum model_kind)kind, NULL, walk_finds_it_across_blocks, &all);

		/* Cells that are not reached need two values read in a row: mem.march-lr does that. */
		if (kind == MODEL_SOF || kind == MODEL_AF)
			ck_assert_uint_gt(found, 0);
		else
			ck_assert_uint_eq(found, all);
	}
}
END_TEST

/*
 * --- the kernels, one whole pass each ------------------------------------------------------------
 * With all their contents, as they go on from one to the next. mem.flush: see below. mem.copy, mem.owner and
 * mem.hammer are no marches.
 */

static _Atomic uint32_t found_one;

/* What was found need not be looked for any longer. */
static size_t visit_until_found(void *memory, size_t lines, const struct march_visit *visit,
				struct march_seen *ret_seen)
{
	size_t right = model_impl.visit(memory, lines, visit, ret_seen);

	if (right < lines)
		atomic_store(&found_one, 1);
	return right;
}

static const struct march_impl until_found = { .visit = visit_until_found };

static uint64_t sweeps_of(const struct march_program *program)
{
	uint64_t sweeps = 0;
	size_t i;

	for (i = 0; i < program->stages; i++)
		sweeps += program->stage[i].algorithm->elements + 1;
	return sweeps;
}

static bool pass_finds(const struct march_program *program, const struct model_fault *fault,
		       bool cells)
{
	struct worker worker = { .line = &line, .stop = &found_one, .end_ns = INT64_MAX, .seed = 1,
				 .count = 1 };
	struct march march = { .impl = &until_found,
			       .program = program,
			       .worker = &worker,
			       .memory = model_memory(),
			       .size = MODEL_CELLS * MARCH_LINE,
			       .chunk = 8 * MARCH_LINE };

	memset(&line, 0, sizeof(line));
	atomic_store(&found_one, 0);
	worker.work_limit = march.size * sweeps_of(program);
	model_power_up(fault, cells);
	march_run(&march);
	return line.mismatches;
}

static bool kernel_finds(const void *program, const struct model_fault *fault)
{
	return pass_finds(program, fault, false) && pass_finds(program, fault, true);
}

static const struct {
	const char *kernel;
	int percent[MODEL_KINDS];
} pass_row[] = {
	{ "mem.full",
	  { 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100 } },
	{ "mem.march",
	  { 100, 100, 100, 100, 100, 100, 0, 100, 100, 100, 85, 100, 56, 100, 0 } },
	{ "mem.march-lr",
	  { 100, 100, 100, 100, 100, 100, 0, 100, 100, 100, 83, 100, 50, 100, 0 } },
	{ "mem.march-ss",
	  { 100, 100, 78, 12, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100 } },
	{ "mem.random",
	  { 100, 100, 93, 75, 40, 100, 0, 100, 100, 100, 73, 100, 20, 100, 0 } },
	{ "mem.address",
	  { 100, 100, 100, 100, 50, 100, 0, 100, 100, 100, 75, 100, 25, 100, 0 } },
	{ "mem.bus",
	  { 100, 100, 100, 100, 75, 100, 0, 100, 96, 99, 80, 96, 49, 96, 0 } },
	{ "mem.modulo",
	  { 100, 100, 100, 100, 50, 100, 0, 100, 100, 100, 83, 100, 50, 100, 0 } },
	{ "mem.narrow",
	  { 100, 100, 76, 6, 100, 100, 0, 100, 50, 100, 58, 50, 50, 75, 0 } },
	{ "mem.fade",
	  { 100, 100, 87, 50, 50, 100, 0, 100, 50, 96, 46, 50, 25, 70, 0 } },
};

static void check_row(size_t row)
{
	const struct stressor *kernel = stressor_find(pass_row[row].kernel);
	struct stress_slice slice = { .memory = model_memory(),
				      .size = MODEL_CELLS * MARCH_LINE };
	struct stress_state state = { .isa = ISA_SCALAR, .seed = 1, .worker_count = 1,
				      .slice = &slice, .folder_fd = -1 };
	unsigned int kind, all;

	ck_assert_int_eq(kernel->prepare(&state, NULL), 0);
	printf("| %s | %lu |", kernel->spec->name, (unsigned long)sweeps_of(state.own));
	for (kind = 0; kind < MODEL_KINDS; kind++) {
		unsigned int found = count((enum model_kind)kind, state.own, kernel_finds, &all);

		printf(" %u |", found * 100 / all);
		ck_assert_msg((int)(found * 100 / all) == pass_row[row].percent[kind],
			      "%s, %s: %u of %u", kernel->spec->name,
			      model_name((enum model_kind)kind), found, all);
	}
	printf("\n");
	kernel->finish(&state);
}

START_TEST(each_kernel_finds_in_one_pass_what_its_row_says)
{
	size_t row;

	for (row = 0; row < ARRAY_SIZE(pass_row); row++)
		check_row(row);
}
END_TEST

UNIT_MAIN("march_coverage", each_march_finds_what_the_literature_says,
	  lr_and_ss_together_find_every_simple_static_fault, the_cost_of_a_march_is_its_operations,
	  sound_memory_passes, each_kernel_finds_in_one_pass_what_its_row_says, the_walk_in_place_finds_every_simple_static_fault,
	  the_walk_behind_the_caches_finds_all_but_those_of_addresses_within_a_block)
