/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_LANE_TABLE_H
#define STRESS_LANE_TABLE_H
/* The rows of lane_steps.h as stressors, in their order. */
#include "harness/stress/lane.h"
#include "harness/stress/stressor.h"

extern const struct stressor stressor_lane[LANE_COUNT];

#endif
