/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/isa/loongarch64/yield.h"
#define HOLD_IMPL     hold_scalar
#include "harness/stress/isa/hold_body.h"
