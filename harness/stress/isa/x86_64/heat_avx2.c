/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <immintrin.h>
#define HEAT_IMPL	      heat_avx2
#define VEC_BYTES	      32
#define VEC_REGISTERS	      16
#define VEC_FMA_f64(a, b, c)  _mm256_fmadd_pd((a), (b), (c))
#define VEC_FNMA_f64(a, b, c) _mm256_fnmadd_pd((a), (b), (c))
/*
 * Eight points fill the sixteen registers, so the factor must come from memory; compilers rather
 * keep it, and a point on the stack, at a third of the speed.
 */
#define HEAT_FUSED_X(n) __asm__("vfmadd231pd %2, %1, %0" : "+x"(x##n) : "x"(y##n), "m"(t));
#define HEAT_FUSED_Y(n) __asm__("vfnmadd231pd %2, %1, %0" : "+x"(y##n) : "x"(x##n), "m"(t));
#include "harness/stress/isa/heat_body.h"
