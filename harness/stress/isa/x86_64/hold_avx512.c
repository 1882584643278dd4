/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/isa/x86_64/yield.h"
#define HOLD_IMPL     hold_avx512
#define HOLD_IN	      "v"
#define VEC_BYTES     64
#define VEC_REGISTERS 32
#define HOLD_FEW
#include "harness/stress/isa/hold_body.h"
