/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <lsxintrin.h>
#define VEC_IMPL             vec_lsx
#define VEC_BYTES            16
#define VEC_REGISTERS        32
#define VEC_FMA_F64(a, b, c) __lsx_vfmadd_d((a), (b), (c))
#define VEC_FMA_F32(a, b, c) __lsx_vfmadd_s((a), (b), (c))
#include "harness/stress/isa/vec_body.h"
