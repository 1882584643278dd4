/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <emmintrin.h>
#define LANE_IMPL	lane_sse2
#define VEC_BYTES	16
#define VEC_REGISTERS	16
#define VEC_SQRT_f64(x) _mm_sqrt_pd(x)
#define VEC_SQRT_f32(x) _mm_sqrt_ps(x)
#include "harness/stress/isa/lane_body.h"
