/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/isa/x86_64/yield.h"
#define HOLD_IMPL     hold_scalar
#define HOLD_FEW
#include "harness/stress/isa/hold_body.h"
