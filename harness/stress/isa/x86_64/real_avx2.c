/* SPDX-License-Identifier: GPL-3.0-or-later */
#define REAL_IMPL real_avx2
#include "harness/stress/isa/real_body.h"
