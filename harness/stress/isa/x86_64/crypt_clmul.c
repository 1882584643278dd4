/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PCLMULQDQ, all four choices of halves: which one is in bits of an operand. */
#include "harness/stress/crypt.h"

#include <emmintrin.h>
#include <wmmintrin.h>

static void multiply(uint64_t a, uint64_t b, uint64_t product[2])
{
	__m128i low = _mm_set_epi64x((int64_t)~a, (int64_t)a), other, result;
	__m128i high = _mm_set_epi64x((int64_t)a, (int64_t)~a);

	other = _mm_set_epi64x((int64_t)~b, (int64_t)b);
	switch (b & 3) {
	case 0:
		result = _mm_clmulepi64_si128(low, other, 0x00);
		break;
	case 1:
		result = _mm_clmulepi64_si128(high, other, 0x01);
		break;
	case 2:
		other = _mm_set_epi64x((int64_t)b, (int64_t)~b);
		result = _mm_clmulepi64_si128(low, other, 0x10);
		break;
	default:
		other = _mm_set_epi64x((int64_t)b, (int64_t)~b);
		result = _mm_clmulepi64_si128(high, other, 0x11);
		break;
	}
	_mm_storeu_si128((__m128i *)product, result);
}

extern const struct crypt_impl crypt_clmul;
const struct crypt_impl crypt_clmul = { .multiply = multiply };
