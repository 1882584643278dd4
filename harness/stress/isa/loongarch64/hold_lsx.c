/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/isa/loongarch64/yield.h"
#define HOLD_IMPL     hold_lsx
#define HOLD_IN	      "f"
#define VEC_BYTES     16
#define VEC_REGISTERS 32
#include "harness/stress/isa/hold_body.h"
