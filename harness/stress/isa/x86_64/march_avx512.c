/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <immintrin.h>
#define MARCH_IMPL   march_avx512
#define MARCH_BYTES  64
#define MARCH_ANY(v) (_mm512_test_epi64_mask((__m512i)(v), (__m512i)(v)) != 0)
#include "harness/stress/isa/march_body.h"
