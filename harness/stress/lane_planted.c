/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lane kernels with every result passed through plant.h. */
#include "harness/stress/lane.h"
#include "harness/stress/plant.h"

#define PLANTED_u8  u8
#define PLANTED_u16 u16
#define PLANTED_u32 u32
#define PLANTED_u64 u64
#define PLANTED_f32 u32
#define PLANTED_f64 u64
#define LANE_UNIT(operation, T, value, operand)                                                    \
	((PLANTED_##T)plant_pass(state->plant, PLANT_##operation##_##T, i, (value), (operand)))
#include "harness/stress/isa/lane_c.h"

#define LANE_IMPL lane_planted
#include "harness/stress/isa/lane_loop_body.h"
