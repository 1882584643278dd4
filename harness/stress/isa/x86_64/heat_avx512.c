/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <immintrin.h>
#define HEAT_IMPL	      heat_avx512
#define VEC_BYTES	      64
#define VEC_REGISTERS	      32
#define VEC_FMA_f64(a, b, c)  _mm512_fmadd_pd((a), (b), (c))
#define VEC_FNMA_f64(a, b, c) _mm512_fnmadd_pd((a), (b), (c))
#include "harness/stress/isa/heat_body.h"
