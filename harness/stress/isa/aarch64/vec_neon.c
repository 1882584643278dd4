/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arm_neon.h>
#define VEC_IMPL             vec_neon
#define VEC_BYTES            16
#define VEC_REGISTERS        32
#define VEC_FMA_F64(a, b, c) vfmaq_f64((c), (a), (b))
#define VEC_FMA_F32(a, b, c) vfmaq_f32((c), (a), (b))
#include "harness/stress/isa/vec_body.h"
