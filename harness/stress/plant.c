/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/plant.h"

#include <stddef.h>

struct unit_row {
	const char *name;
	unsigned int bytes, lanes;
};

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef float f32;
typedef double f64;

static const struct unit_row unit_row[PLANT_COUNT] = {
#define PLANT_UNIT(operation, type)                                                                \
	[PLANT_##operation##_##type] = { #operation "." #type, sizeof(type), 16 / sizeof(type) },
	PLANT_UNITS(PLANT_UNIT)
#undef PLANT_UNIT
#define PLANT_UNIT(operation, type)                                                                \
	[PLANT_##operation##_##type] = { #operation "." #type, sizeof(type), 1 },
	PLANT_SINGLE_UNITS(PLANT_UNIT)
#undef PLANT_UNIT
};

static _Thread_local struct plant *here;

const char *plant_unit_name(enum plant_unit unit)
{
	return unit_row[unit].name;
}

unsigned int plant_unit_bytes(enum plant_unit unit)
{
	return unit_row[unit].bytes;
}

unsigned int plant_unit_lanes(enum plant_unit unit)
{
	return unit_row[unit].lanes;
}

void plant_here(struct plant *plant)
{
	here = plant;
}

uint64_t plant_pass_here(enum plant_unit unit, uint64_t lane, uint64_t value, uint64_t operand)
{
	return plant_pass(here, unit, lane, value, operand);
}
