/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <lasxintrin.h>
#define HEAT_IMPL	      heat_lasx
#define VEC_BYTES	      32
#define VEC_REGISTERS	      32
#define VEC_FMA_f64(a, b, c)  __lasx_xvfmadd_d((a), (b), (c))
/* -(a b - c), as the processor has it: rounding to nearest knows no sign */
#define VEC_FNMA_f64(a, b, c) __lasx_xvfnmsub_d((a), (b), (c))
#include "harness/stress/isa/heat_body.h"
