/* SPDX-License-Identifier: GPL-3.0-or-later */
#define CRYPT_IMPL crypt_scalar
#define CRYPT_UNIT(unit, lane, value, operand) (value)
#include "harness/stress/isa/crypt_body.h"

void crypt_aes_key(const uint8_t user[CRYPT_BLOCK], uint8_t key[CRYPT_AES_KEY])
{
	uint8_t constant = 1;
	size_t i, k;

	memcpy(key, user, CRYPT_BLOCK);
	for (i = CRYPT_BLOCK; i < CRYPT_AES_KEY; i += 4) {
		uint8_t word[4];

		memcpy(word, key + i - 4, 4);
		if (i % CRYPT_BLOCK == 0) {
			for (k = 0; k < 4; k++)
				word[k] = aes_box[key[i - 4 + (k + 1) % 4]];
			word[0] ^= constant;
			constant = twice(constant);
		}
		for (k = 0; k < 4; k++)
			key[i + k] = key[i + k - CRYPT_BLOCK] ^ word[k];
	}
}
