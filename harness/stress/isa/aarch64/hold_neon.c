/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/isa/aarch64/yield.h"
#define HOLD_IMPL     hold_neon
#define HOLD_IN	      "w"
#define VEC_BYTES     16
#define VEC_REGISTERS 32
#include "harness/stress/isa/hold_body.h"
