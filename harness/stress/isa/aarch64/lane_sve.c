/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The compiler makes vectors of the loops, of whatever length the machine has: see the Makefile. */
#include "harness/stress/lane.h"
#include "harness/stress/isa/lane_c.h"

#define LANE_IMPL lane_sve
#include "harness/stress/isa/lane_loop_body.h"
