/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arm_neon.h>
#define HEAT_IMPL	      heat_neon
#define VEC_BYTES	      16
#define VEC_REGISTERS	      32
#define VEC_FMA_f64(a, b, c)  vfmaq_f64((c), (a), (b))
#define VEC_FNMA_f64(a, b, c) vfmsq_f64((c), (a), (b))
#include "harness/stress/isa/heat_body.h"
