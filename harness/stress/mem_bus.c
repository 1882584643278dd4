/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mem.bus: contents that are hard on the lines of a data bus of 64, 128, 256 and 512 bits, as the
 * beats of a transfer follow each other; and mem.modulo: one word in N is the inverse of all others.
 * All of it swapped with its inverse in place, every word checked each time (march_run.h).
 *
 * For each width of the bus:
 *	walk	one bit is 1, in each beat the next one: shorts and opens, also walking 0 as inverse
 *	quiet	all bits change with each beat but one: crosstalk into a quiet line
 *	switch	all bits change with each beat: the supply of the drivers
 * and for serial links in between (buffered modules), over all bits in the order of transfer:
 *	lone	a bit alone between long runs of the other value: interference between symbols
 *	runs	five of each, the longest run of an 8b/10b code, and single bits after them
 */
#include "harness/base/auto.h"
#include "harness/stress/march_kernel.h"

#define N_(text) (text)

enum { LINE_BITS = MARCH_LINE * 8 };

static void set_bit(uint64_t *word, size_t bit)
{
	word[bit / 64] |= 1ULL << bit % 64;
}

static bool walks(size_t beat, size_t bit, size_t width)
{
	return bit == beat % width;
}

static bool is_odd(size_t beat, size_t bit, size_t width)
{
	(void)bit;
	(void)width;
	return beat % 2;
}

/* The quiet line is the next one after each two beats: it was seen through a change of the others. */
static bool is_quiet(size_t beat, size_t bit, size_t width)
{
	return beat % 2 && bit != beat / 2 % width;
}

static bool is_lone(size_t beat, size_t bit, size_t width)
{
	return (beat * width + bit) % 11 == 10;
}

static bool is_run(size_t beat, size_t bit, size_t width)
{
	return 0x2c1f5 >> (beat * width + bit) % 20 & 1;
}

/* A table of `beats` transfers of `width` bits, whole lines. */
static void add_beats(struct march_program *program, size_t width, size_t beats,
		      bool (*is_set)(size_t beat, size_t bit, size_t width))
{
	unsigned int content;
	size_t lines = (beats * width + LINE_BITS - 1) / LINE_BITS;
	uint64_t *word = march_program_table(program, lines, &content);
	size_t at;

	for (at = 0; at < lines * LINE_BITS; at++) {
		if (is_set(at / width, at % width, width))
			set_bit(word, at);
	}
	march_program_add(program, &march_swap, content);
}

static void program_bus(const struct stress_state *state, struct march_program *program)
{
	size_t width;

	(void)state;
	for (width = 64; width <= LINE_BITS; width *= 2) {
		add_beats(program, width, width, walks);
		add_beats(program, width, 2 * width, is_quiet);
		add_beats(program, width, 2 * LINE_BITS / width, is_odd);
	}
	add_beats(program, LINE_BITS, 11, is_lone);
	add_beats(program, LINE_BITS, 20, is_run);
}

static const struct kernel_spec mem_bus_spec = {
	.name = "mem.bus",
	.summary = N_("memory: walking, quiet and switching lines of buses of 64 to 512 bits"),
	.target = TARGET_MEMORY,
	.work_unit = "byte",
};

static const struct march_kernel bus = { .spec = &mem_bus_spec, .program = program_bus };
MARCH_STRESSOR(mem_bus, bus, MARCH_ISA_MASK);

static const struct param_spec modulo_params[] = {
	{ .name = "modulo",
	  .kind = PARAM_NUMBER,
	  .min = 3,
	  .max = 61,
	  .fallback = 23,
	  .help = N_("one word in so many is the inverse of the others; a prime meets all places") },
};

static const struct kernel_spec mem_modulo_spec = {
	.name = "mem.modulo",
	.summary = N_("memory: one word in N differs from all others, each place in turn, "
		      "every word checked"),
	.target = TARGET_MEMORY,
	.work_unit = "byte",
	.param = modulo_params,
	.param_count = ARRAY_SIZE(modulo_params),
};

static void program_modulo(const struct stress_state *state, struct march_program *program)
{
	size_t modulo = stress_param(state, &mem_modulo_spec, "modulo");
	size_t place, at;

	for (place = 0; place < modulo; place++) {
		unsigned int content;
		uint64_t *word = march_program_table(program, modulo, &content);

		for (at = place; at < modulo * MARCH_WORDS; at += modulo)
			word[at] = ~0ULL;
		march_program_add(program, &march_swap, content);
	}
}

static const struct march_kernel modulo = { .spec = &mem_modulo_spec, .program = program_modulo };
MARCH_STRESSOR(mem_modulo, modulo, MARCH_ISA_MASK);
