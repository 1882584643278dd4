/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <lsxintrin.h>
#define HEAT_IMPL	      heat_lsx
#define VEC_BYTES	      16
#define VEC_REGISTERS	      32
#define VEC_FMA_f64(a, b, c)  __lsx_vfmadd_d((a), (b), (c))
/* -(a b - c), as the processor has it: rounding to nearest knows no sign */
#define VEC_FNMA_f64(a, b, c) __lsx_vfnmsub_d((a), (b), (c))
#include "harness/stress/isa/heat_body.h"
