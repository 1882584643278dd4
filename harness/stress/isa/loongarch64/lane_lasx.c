/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <lasxintrin.h>
#define LANE_IMPL	     lane_lasx
#define VEC_BYTES	     32
#define VEC_REGISTERS	     32
#define VEC_SQRT_f64(x)	     __lasx_xvfsqrt_d(x)
#define VEC_SQRT_f32(x)	     __lasx_xvfsqrt_s(x)
#define VEC_FMA_f64(x, y, z) __lasx_xvfmadd_d((x), (y), (z))
#define VEC_FMA_f32(x, y, z) __lasx_xvfmadd_s((x), (y), (z))
#include "harness/stress/isa/lane_body.h"
