/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arm_neon.h>
#define LANE_IMPL	     lane_neon
#define VEC_BYTES	     16
#define VEC_REGISTERS	     32
#define VEC_SQRT_f64(x)	     vsqrtq_f64(x)
#define VEC_SQRT_f32(x)	     vsqrtq_f32(x)
#define VEC_FMA_f64(x, y, z) vfmaq_f64((z), (x), (y))
#define VEC_FMA_f32(x, y, z) vfmaq_f32((z), (x), (y))
#include "harness/stress/isa/lane_body.h"
