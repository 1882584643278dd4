/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/lane.h"
#include "harness/stress/isa/lane_c.h"

#define LANE_IMPL lane_scalar
#include "harness/stress/isa/lane_loop_body.h"
