/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/isa/x86_64/yield.h"
#define HOLD_IMPL     hold_sse2
#define HOLD_IN	      "x"
#define VEC_BYTES     16
#define VEC_REGISTERS 16
#define HOLD_FEW
#include "harness/stress/isa/hold_body.h"
