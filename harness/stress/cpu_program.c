/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpu.program: programs made at random, a set each, as machine code that is written once and then
 * run (program.h). A block is one program from sixteen start states.
 *
 * How it is verified: the same operations computed one by one, by additions of carries, shifts by
 * one and reals in integers; every register and cell at the end of every run is compared. The
 * digest of set 0 is compiled in, the same for all architectures.
 *
 * `at` of a mismatch is in the end states, which lie one after the other: integers, reals, cells.
 *
 * Not where a system lets no program run code that it made itself.
 */
#include "harness/base/memory.h"
#include "harness/stress/known.h"
#include "harness/stress/mix.h"
#include "harness/stress/program.h"
#include "harness/sys/code.h"

#define N_(text) (text)

enum { STARTS = 16, ANSWER = STARTS * PROGRAM_WORDS };

struct made {
	struct code_area area;
	size_t *offset; /* of the code of each set */
};

static const struct param_spec params[] = { KNOWN_PARAM_SETS };

static const struct kernel_spec spec = {
	.name = "cpu.program",
	.summary = N_("programs made at random, whose end is known"),
	.target = TARGET_CPU,
	.makes_code = true,
	.work_unit = "block",
	.param = params,
	.param_count = ARRAY_SIZE(params),
};

static struct program_state *state_in(uint64_t *answer, size_t start)
{
	return (struct program_state *)(void *)(answer + start * PROGRAM_WORDS);
}

static void reference(uint64_t seed, uint64_t *answer)
{
	struct program program;
	size_t i;

	program_make(seed, &program);
	for (i = 0; i < STARTS; i++) {
		program_start(mix_at(seed, i), state_in(answer, i));
		program_interpret(&program, state_in(answer, i));
	}
}

static void perform(const void *own, size_t set, uint64_t seed, uint64_t *answer)
{
	const struct made *made = own;
	program_run *go = (program_run *)((uintptr_t)made->area.memory + made->offset[set]);
	size_t i;

	for (i = 0; i < STARTS; i++) {
		program_start(mix_at(seed, i), state_in(answer, i));
		go(state_in(answer, i));
	}
}

static const struct known_kind kind = {
	.spec = &spec,
	.words = ANSWER,
	.shipped = 0x96f8961fb93b60d1ULL,
	.reference = reference,
	.perform = perform,
};

/* The code of all sets, one after the other, each on a line of the cache of its own. */
static int encode_all(const struct stress_state *state, struct made *made, struct err *err)
{
	enum { LINE = 64 };
	size_t sets = known_sets(state), used = 0, size, i;
	struct program program;

	for (i = 0; i < sets; i++) {
		made->offset[i] = used;
		program_make(known_seed(state, i), &program);
		size = program_encode(&program, (char *)made->area.memory + used, made->area.size - used);
		if (!size)
			return err_set(err, ERR_INTERNAL, "no room for the code of set %zu of cpu.program", i);
		used += (size + LINE - 1) / LINE * LINE;
	}
	return code_area_seal(&made->area, err);
}

static void finish(struct stress_state *state)
{
	struct made *made = known_made(state);

	if (made) {
		code_area_release(&made->area);
		free(made->offset);
		free(made);
	}
	known_finish(state);
}

static int prepare(struct stress_state *state, struct err *err)
{
	int code = code_allowed(err);
	struct made *made;

	if (code < 0)
		return code;
	code = known_prepare(&kind, state);
	made = mem_zalloc(sizeof(*made));
	made->offset = mem_alloc(known_sets(state) * sizeof(*made->offset));
	known_keep(state, made);
	if (!code)
		code = code_area_make(known_sets(state) * PROGRAM_BYTES, &made->area, err);
	if (!code)
		code = encode_all(state, made, err);
	if (code < 0)
		finish(state);
	return code;
}

static int run(struct stress_state *state, struct worker *worker, struct err *err)
{
	(void)err;
	code_fetch_anew();
	return known_run(&kind, state, worker);
}

extern const struct stressor stressor_cpu_program;
const struct stressor stressor_cpu_program = {
	.spec = &spec,
	.isa_mask = 1U << ISA_SCALAR,
	.prepare = prepare,
	.run = run,
	.finish = finish,
	.repeatable = true,
};
