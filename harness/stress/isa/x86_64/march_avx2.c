/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <immintrin.h>
#define MARCH_IMPL   march_avx2
#define MARCH_BYTES  32
#define MARCH_ANY(v) (!_mm256_testz_si256((__m256i)(v), (__m256i)(v)))
#include "harness/stress/isa/march_body.h"
