/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SM4E and SM4EKEY: four rounds each. */
#include "harness/stress/crypt.h"

#include <arm_neon.h>

static void sm4_key(const uint32_t user[4], uint32_t round[CRYPT_SM4_ROUNDS])
{
	static const uint32_t family[4] = { 0xa3b1bac6, 0x56aa3350, 0x677d9197, 0xb27022dc };
	uint32x4_t key = veorq_u32(vld1q_u32(user), vld1q_u32(family));
	uint32_t i, k, constant[4];

	for (i = 0; i < CRYPT_SM4_ROUNDS; i += 4) {
		for (k = 0; k < 4; k++) {
			uint32_t at = 28 * (i + k);

			constant[k] = (at & 255) << 24 | ((at + 7) & 255) << 16 |
				      ((at + 14) & 255) << 8 | ((at + 21) & 255);
		}
		key = vsm4ekeyq_u32(key, vld1q_u32(constant));
		vst1q_u32(round + i, key);
	}
}

static void sm4(const uint32_t round[CRYPT_SM4_ROUNDS], uint8_t *block, size_t blocks)
{
	uint32x4_t state;
	size_t i;

	for (; blocks--; block += CRYPT_BLOCK) {
		state = vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(block)));
		for (i = 0; i < CRYPT_SM4_ROUNDS; i += 4)
			state = vsm4eq_u32(state, vld1q_u32(round + i));
		state = vrev64q_u32(state);
		state = vextq_u32(state, state, 2);
		vst1q_u8(block, vrev32q_u8(vreinterpretq_u8_u32(state)));
	}
}

extern const struct crypt_impl crypt_sm4;
const struct crypt_impl crypt_sm4 = { .sm4_key = sm4_key, .sm4 = sm4 };
