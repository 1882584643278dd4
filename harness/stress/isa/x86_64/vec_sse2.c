/* SPDX-License-Identifier: GPL-3.0-or-later */
#define VEC_IMPL      vec_sse2
#define VEC_BYTES     16
#define VEC_REGISTERS 16
#include "harness/stress/isa/vec_body.h"
