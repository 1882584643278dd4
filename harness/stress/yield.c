/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/yield.h"

#include "harness/base/auto.h"
#include "harness/stress/lane_table.h"
#include "harness/stress/mix.h"

#include <string.h>

enum { SEED = 20261123 };

struct unit_name {
	const char *name;
	unsigned int bytes;
};

static const struct unit_name unit_names[PLANT_COUNT] = {
#define PLANT_UNIT(operation, type) [PLANT_##operation##_##type] = { #operation "." #type, sizeof(type) },
	PLANT_UNITS(PLANT_UNIT)
#undef PLANT_UNIT
};

const char *plant_unit_name(enum plant_unit unit)
{
	return unit_names[unit].name;
}

unsigned int plant_unit_bytes(enum plant_unit unit)
{
	return unit_names[unit].bytes;
}

static struct plant variant(enum plant_unit unit, unsigned int number)
{
	static const uint64_t rarity[] = { 1, 16, 256, 4096 };
	unsigned int bytes = plant_unit_bytes(unit);

	return (struct plant){
		.unit = unit,
		.lanes = 16 / bytes,
		.lane = number & 1 ? 16 / bytes - 1 : 0,
		.bit = number & 2 ? bytes * 8 - 1 : 0,
		.rarity = rarity[number / 4 % ARRAY_SIZE(rarity)],
	};
}

/* One set of operands, with a plant or none; the state at the end. */
static void run_planted(enum lane_kernel kernel, uint64_t set, struct plant *plant,
			struct lane_state *state)
{
	lane_start(mix_at(SEED, set), state);
	state->plant = plant;
	lane_planted.run[kernel](state, LANE_STEPS);
}

static bool finds(enum lane_kernel kernel, struct plant plant,
		  const struct lane_state want[YIELD_SETS])
{
	struct lane_state got;
	uint64_t set;

	for (set = 0; set < YIELD_SETS; set++) {
		run_planted(kernel, set, &plant, &got);
		if (memcmp(got.a, want[set].a, LANE_BYTES) ||
		    memcmp(got.b, want[set].b, LANE_BYTES))
			return true;
	}
	return false;
}

static void measure_kernel(enum lane_kernel kernel, struct yield *row)
{
	struct lane_state want[YIELD_SETS];
	struct plant none = { .unit = PLANT_COUNT };
	unsigned int unit, number;
	uint64_t set;

	for (set = 0; set < YIELD_SETS; set++)
		run_planted(kernel, set, &none, &want[set]);
	*row = (struct yield){ .kernel = stressor_lane[kernel].spec->name };
	for (unit = 0; unit < PLANT_COUNT; unit++) {
		if (!none.reached[unit])
			continue;
		for (number = 0; number < YIELD_VARIANTS; number++) {
			bool found = finds(kernel, variant((enum plant_unit)unit, number), want);

			row->planted++;
			row->found += found;
			row->own[unit] |= found;
		}
	}
}

/* Until here `own` says what was found; what two have found is nobody's own. */
static void keep_own(struct yield *rows, unsigned int unit)
{
	unsigned int finders = 0;
	int i;

	for (i = 0; i < LANE_COUNT; i++)
		finders += rows[i].own[unit];
	for (i = 0; i < LANE_COUNT; i++) {
		rows[i].own[unit] &= finders == 1;
		rows[i].own_count += rows[i].own[unit];
	}
}

void yield_measure(struct yield *rows)
{
	unsigned int i;

	for (i = 0; i < LANE_COUNT; i++)
		measure_kernel((enum lane_kernel)i, &rows[i]);
	for (i = 0; i < PLANT_COUNT; i++)
		keep_own(rows, i);
}
