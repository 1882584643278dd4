/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <immintrin.h>
#define VEC_IMPL             vec_avx2
#define VEC_BYTES            32
#define VEC_REGISTERS        16
#define VEC_FMA_F64(a, b, c) _mm256_fmadd_pd((a), (b), (c))
#define VEC_FMA_F32(a, b, c) _mm256_fmadd_ps((a), (b), (c))
#include "harness/stress/isa/vec_body.h"
