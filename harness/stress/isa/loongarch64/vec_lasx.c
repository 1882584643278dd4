/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <lasxintrin.h>
#define VEC_IMPL             vec_lasx
#define VEC_BYTES            32
#define VEC_REGISTERS        32
#define VEC_FMA_F64(a, b, c) __lasx_xvfmadd_d((a), (b), (c))
#define VEC_FMA_F32(a, b, c) __lasx_xvfmadd_s((a), (b), (c))
#include "harness/stress/isa/vec_body.h"
