/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA256RNDS2, SHA256MSG1, SHA256MSG2. */
#include "harness/stress/crypt.h"
#include "harness/stress/isa/sha_constant.h"

#include <immintrin.h>

/* Sixteen bytes of the message as four words. */
static __m128i message_words(const uint8_t *at)
{
	const __m128i turn = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);

	return _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)at), turn);
}

static void sha256_block(__m128i *abef, __m128i *cdgh, const uint8_t *message)
{
	__m128i start0 = *abef, start1 = *cdgh, word[4], sum;
	size_t i;

	for (i = 0; i < 16; i++) {
		__m128i *now = &word[i % 4];

		if (i < 4) {
			*now = message_words(message + 16 * i);
		} else {
			__m128i last = word[(i + 3) % 4];
			__m128i seven = _mm_alignr_epi8(last, word[(i + 2) % 4], 4);

			*now = _mm_sha256msg1_epu32(*now, word[(i + 1) % 4]);
			*now = _mm_sha256msg2_epu32(_mm_add_epi32(*now, seven), last);
		}
		sum = _mm_add_epi32(*now, _mm_loadu_si128((const __m128i *)&sha256_constant[4 * i]));
		*cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, sum);
		*abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(sum, 0x0e));
	}
	*abef = _mm_add_epi32(*abef, start0);
	*cdgh = _mm_add_epi32(*cdgh, start1);
}

static void sha256(uint32_t state[8], const uint8_t *message, size_t blocks)
{
	__m128i abef = _mm_set_epi32((int)state[0], (int)state[1], (int)state[4], (int)state[5]);
	__m128i cdgh = _mm_set_epi32((int)state[2], (int)state[3], (int)state[6], (int)state[7]);
	uint32_t out[8];

	for (; blocks--; message += CRYPT_MESSAGE)
		sha256_block(&abef, &cdgh, message);
	_mm_storeu_si128((__m128i *)out, abef);
	_mm_storeu_si128((__m128i *)(out + 4), cdgh);
	state[0] = out[3];
	state[1] = out[2];
	state[2] = out[7];
	state[3] = out[6];
	state[4] = out[1];
	state[5] = out[0];
	state[6] = out[5];
	state[7] = out[4];
}

extern const struct crypt_impl crypt_sha;
const struct crypt_impl crypt_sha = { .sha256 = sha256 };
