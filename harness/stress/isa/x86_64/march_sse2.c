/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <emmintrin.h>
#define MARCH_IMPL  march_sse2
#define MARCH_BYTES 16
#define MARCH_ANY(v)                                                                               \
	(_mm_movemask_epi8(_mm_cmpeq_epi8((__m128i)(v), _mm_setzero_si128())) != 0xffff)
#include "harness/stress/isa/march_body.h"
