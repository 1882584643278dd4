/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <immintrin.h>
#define VEC_IMPL             vec_avx512
#define VEC_BYTES            64
#define VEC_REGISTERS        32
#define VEC_FMA_F64(a, b, c) _mm512_fmadd_pd((a), (b), (c))
#define VEC_FMA_F32(a, b, c) _mm512_fmadd_ps((a), (b), (c))
#include "harness/stress/isa/vec_body.h"
