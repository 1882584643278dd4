/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <lsxintrin.h>
#define LANE_IMPL	     lane_lsx
#define VEC_BYTES	     16
#define VEC_REGISTERS	     32
#define VEC_SQRT_f64(x)	     __lsx_vfsqrt_d(x)
#define VEC_SQRT_f32(x)	     __lsx_vfsqrt_s(x)
#define VEC_FMA_f64(x, y, z) __lsx_vfmadd_d((x), (y), (z))
#define VEC_FMA_f32(x, y, z) __lsx_vfmadd_s((x), (y), (z))
#include "harness/stress/isa/lane_body.h"
