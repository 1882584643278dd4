/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/yield.h"

#include "harness/base/auto.h"
#include "harness/stress/integer.h"
#include "harness/stress/lane_table.h"
#include "harness/stress/mix.h"
#include "harness/stress/program.h"
#include "harness/stress/real.h"

#include <string.h>

enum {
	SEED = 20261123,
	PROGRAM_STARTS = 16, /* as cpu.program */
	WORDS = PROGRAM_STARTS * PROGRAM_WORDS,
};

_Static_assert((size_t)WORDS >= LANE_ANSWER && (size_t)WORDS >= CRYPT_WORDS, "room for all answers");
_Static_assert(YIELD_VARIANTS <= 16, "a bit each");

/* A kernel whose work can be done with a plant: number `which` of its kind. */
struct kind {
	const char *kernel;
	void (*work)(size_t which, uint64_t seed, struct plant *plant, uint64_t *answer);
	size_t which;
	size_t words;
};

static void work_lane(size_t which, uint64_t seed, struct plant *plant, uint64_t *answer)
{
	struct lane_state state;

	lane_start(seed, &state);
	state.plant = plant;
	lane_planted.run[which](&state, LANE_STEPS);
	memcpy(answer, state.a, LANE_BYTES);
	memcpy(answer + LANE_ANSWER / 2, state.b, LANE_BYTES);
}

static void work_integer(size_t which, uint64_t seed, struct plant *plant, uint64_t *answer)
{
	(void)which;
	plant_here(plant);
	integer_mix_planted(seed, INTEGER_STEPS, answer);
	plant_here(NULL);
}

static void work_float(size_t which, uint64_t seed, struct plant *plant, uint64_t *answer)
{
	(void)which;
	plant_here(plant);
	real_mix_planted(seed, REAL_STEPS, answer);
	plant_here(NULL);
}

static void work_program(size_t which, uint64_t seed, struct plant *plant, uint64_t *answer)
{
	struct program program;
	struct program_state state;
	size_t i;

	(void)which;
	program_make(seed, &program);
	plant_here(plant);
	for (i = 0; i < PROGRAM_STARTS; i++) {
		program_start(mix_at(seed, i), &state);
		program_interpret_planted(&program, &state);
		memcpy(answer + i * PROGRAM_WORDS, &state, sizeof(state));
	}
	plant_here(NULL);
}

static void work_crypt(size_t which, uint64_t seed, struct plant *plant, uint64_t *answer)
{
	plant_here(plant);
	crypt_work[which].work(&crypt_planted, seed, answer);
	plant_here(NULL);
}

static const struct kind others[YIELD_OTHERS] = {
	{ "cpu.integer", work_integer, 0, INTEGER_STATE },
	{ "cpu.float", work_float, 0, REAL_CHAINS },
	{ "cpu.program", work_program, 0, WORDS },
};

static struct kind kind_number(size_t i)
{
	if (i < LANE_COUNT)
		return (struct kind){ stressor_lane[i].spec->name, work_lane, i, LANE_ANSWER };
	i -= LANE_COUNT;
	if (i < YIELD_OTHERS)
		return others[i];
	i -= YIELD_OTHERS;
	return (struct kind){ crypt_work[i].kernel, work_crypt, i, crypt_work[i].words };
}

static struct plant variant(enum plant_unit unit, unsigned int number)
{
	static const uint64_t rarity[] = { 1, 16, 256, 4096 };
	unsigned int lanes = plant_unit_lanes(unit), bits = plant_unit_bytes(unit) * 8;
	unsigned int bit = number & 2 ? bits - 1 : 0;

	if (lanes == 1 && number & 1)
		bit = number & 2 ? bits / 2 : bits / 4;
	return (struct plant){
		.unit = unit,
		.lanes = lanes,
		.lane = number & 1 ? lanes - 1 : 0,
		.bit = bit,
		.rarity = rarity[number / 4 % ARRAY_SIZE(rarity)],
	};
}

static bool finds(const struct kind *kind, struct plant plant, uint64_t want[YIELD_SETS][WORDS])
{
	uint64_t got[WORDS];
	uint64_t set;

	for (set = 0; set < YIELD_SETS; set++) {
		kind->work(kind->which, mix_at(SEED, set), &plant, got);
		if (memcmp(got, want[set], kind->words * sizeof(*got)))
			return true;
	}
	return false;
}

static void measure_kernel(const struct kind *kind, struct yield *row)
{
	uint64_t want[YIELD_SETS][WORDS];
	struct plant none = { .unit = PLANT_COUNT };
	unsigned int unit, number;
	uint64_t set;

	for (set = 0; set < YIELD_SETS; set++)
		kind->work(kind->which, mix_at(SEED, set), &none, want[set]);
	*row = (struct yield){ .kernel = kind->kernel };
	for (unit = 0; unit < PLANT_COUNT; unit++) {
		if (!none.reached[unit])
			continue;
		for (number = 0; number < YIELD_VARIANTS; number++) {
			bool found = finds(kind, variant((enum plant_unit)unit, number), want);

			row->planted++;
			row->found += found;
			row->faults[unit] |= (uint16_t)(found << number);
		}
	}
}

/* A fault that two have found is nobody's own. */
static void keep_own(struct yield *rows, unsigned int unit)
{
	unsigned int once = 0, again = 0;
	int i;

	for (i = 0; i < YIELD_COUNT; i++) {
		again |= once & rows[i].faults[unit];
		once |= rows[i].faults[unit];
	}
	for (i = 0; i < YIELD_COUNT; i++) {
		rows[i].own[unit] = rows[i].faults[unit] & ~again;
		rows[i].own_count += rows[i].own[unit];
	}
}

void yield_measure(struct yield *rows)
{
	unsigned int i;

	for (i = 0; i < YIELD_COUNT; i++) {
		struct kind kind = kind_number(i);

		measure_kernel(&kind, &rows[i]);
	}
	for (i = 0; i < PLANT_COUNT; i++)
		keep_own(rows, i);
}
