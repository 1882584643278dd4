/* SPDX-License-Identifier: GPL-3.0-or-later */
/* AESE, AESD, AESMC, AESIMC. */
#include "harness/stress/crypt.h"

#include <arm_neon.h>

enum { ROUNDS = 10 };

static void aes_encrypt(const uint8_t key[CRYPT_AES_KEY], uint8_t *block, size_t blocks)
{
	uint8x16_t state;
	size_t i;

	for (; blocks--; block += CRYPT_BLOCK) {
		state = vld1q_u8(block);
		for (i = 0; i < ROUNDS - 1; i++)
			state = vaesmcq_u8(vaeseq_u8(state, vld1q_u8(key + i * CRYPT_BLOCK)));
		state = vaeseq_u8(state, vld1q_u8(key + i * CRYPT_BLOCK));
		vst1q_u8(block, veorq_u8(state, vld1q_u8(key + ROUNDS * CRYPT_BLOCK)));
	}
}

static void aes_decrypt(const uint8_t key[CRYPT_AES_KEY], uint8_t *block, size_t blocks)
{
	uint8x16_t round[ROUNDS + 1], state;
	size_t i;

	for (i = 0; i <= ROUNDS; i++) {
		round[i] = vld1q_u8(key + i * CRYPT_BLOCK);
		if (i && i < ROUNDS)
			round[i] = vaesimcq_u8(round[i]);
	}
	for (; blocks--; block += CRYPT_BLOCK) {
		state = vld1q_u8(block);
		for (i = ROUNDS; i > 1; i--)
			state = vaesimcq_u8(vaesdq_u8(state, round[i]));
		vst1q_u8(block, veorq_u8(vaesdq_u8(state, round[1]), round[0]));
	}
}

extern const struct crypt_impl crypt_aes;
const struct crypt_impl crypt_aes = { .aes_encrypt = aes_encrypt, .aes_decrypt = aes_decrypt };
