/* SPDX-License-Identifier: GPL-3.0-or-later */
#define REAL_IMPL real_scalar
#include "harness/stress/isa/real_body.h"
