/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <immintrin.h>
#define LANE_IMPL	     lane_avx2
#define VEC_BYTES	     32
#define VEC_REGISTERS	     16
#define VEC_SQRT_f64(x)	     _mm256_sqrt_pd(x)
#define VEC_SQRT_f32(x)	     _mm256_sqrt_ps(x)
#define VEC_FMA_f64(x, y, z) _mm256_fmadd_pd((x), (y), (z))
#define VEC_FMA_f32(x, y, z) _mm256_fmadd_ps((x), (y), (z))
#define VEC_GATHER_u32(table, place)                                                               \
	((v_u32)_mm256_i32gather_epi32((const int *)(table), (__m256i)(place), 4))
#define VEC_GATHER_u64(table, place)                                                               \
	((v_u64)_mm256_i64gather_epi64((const long long *)(table), (__m256i)(place), 8))
#include "harness/stress/isa/lane_body.h"
