/* SPDX-License-Identifier: GPL-3.0-or-later */
/* AESENC, AESDEC, AESIMC. */
#include "harness/stress/crypt.h"

#include <immintrin.h>

enum { ROUNDS = 10 };

static void load_key(const uint8_t key[CRYPT_AES_KEY], __m128i round[ROUNDS + 1])
{
	size_t i;

	for (i = 0; i <= ROUNDS; i++)
		round[i] = _mm_loadu_si128((const __m128i *)(key + i * CRYPT_BLOCK));
}

static void aes_encrypt(const uint8_t key[CRYPT_AES_KEY], uint8_t *block, size_t blocks)
{
	__m128i round[ROUNDS + 1];
	size_t i;

	load_key(key, round);
	for (; blocks--; block += CRYPT_BLOCK) {
		__m128i *at = (__m128i *)block;
		__m128i state = _mm_xor_si128(_mm_loadu_si128(at), round[0]);

		for (i = 1; i < ROUNDS; i++)
			state = _mm_aesenc_si128(state, round[i]);
		_mm_storeu_si128(at, _mm_aesenclast_si128(state, round[ROUNDS]));
	}
}

static void aes_decrypt(const uint8_t key[CRYPT_AES_KEY], uint8_t *block, size_t blocks)
{
	__m128i round[ROUNDS + 1];
	size_t i;

	load_key(key, round);
	for (i = 1; i < ROUNDS; i++)
		round[i] = _mm_aesimc_si128(round[i]);
	for (; blocks--; block += CRYPT_BLOCK) {
		__m128i *at = (__m128i *)block;
		__m128i state = _mm_xor_si128(_mm_loadu_si128(at), round[ROUNDS]);

		for (i = ROUNDS - 1; i > 0; i--)
			state = _mm_aesdec_si128(state, round[i]);
		_mm_storeu_si128(at, _mm_aesdeclast_si128(state, round[0]));
	}
}

extern const struct crypt_impl crypt_aes;
const struct crypt_impl crypt_aes = { .aes_encrypt = aes_encrypt, .aes_decrypt = aes_decrypt };
