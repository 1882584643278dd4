/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <immintrin.h>
#define LANE_IMPL	     lane_avx512
#define VEC_BYTES	     64
#define VEC_REGISTERS	     32
#define VEC_SQRT_f64(x)	     _mm512_sqrt_pd(x)
#define VEC_SQRT_f32(x)	     _mm512_sqrt_ps(x)
#define VEC_FMA_f64(x, y, z) _mm512_fmadd_pd((x), (y), (z))
#define VEC_FMA_f32(x, y, z) _mm512_fmadd_ps((x), (y), (z))
#define VEC_GATHER_u32(table, place) ((v_u32)_mm512_i32gather_epi32((__m512i)(place), (table), 4))
#define VEC_GATHER_u64(table, place) ((v_u64)_mm512_i64gather_epi64((__m512i)(place), (table), 8))
#include "harness/stress/isa/lane_body.h"
