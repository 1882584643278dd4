/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA256H, SHA256H2, SHA256SU0, SHA256SU1. */
#include "harness/stress/crypt.h"
#include "harness/stress/isa/sha_constant.h"

#include <arm_neon.h>

static void sha256_block(uint32_t state[8], const uint8_t *message)
{
	uint32x4_t low = vld1q_u32(state), high = vld1q_u32(state + 4), word[4], sum, kept;
	size_t i;

	for (i = 0; i < 16; i++) {
		uint32x4_t *now = &word[i % 4];

		if (i < 4)
			*now = vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(message + 16 * i)));
		else
			*now = vsha256su1q_u32(vsha256su0q_u32(*now, word[(i + 1) % 4]),
					       word[(i + 2) % 4], word[(i + 3) % 4]);
		sum = vaddq_u32(*now, vld1q_u32(&sha256_constant[4 * i]));
		kept = low;
		low = vsha256hq_u32(low, high, sum);
		high = vsha256h2q_u32(high, kept, sum);
	}
	vst1q_u32(state, vaddq_u32(vld1q_u32(state), low));
	vst1q_u32(state + 4, vaddq_u32(vld1q_u32(state + 4), high));
}

static void sha256(uint32_t state[8], const uint8_t *message, size_t blocks)
{
	for (; blocks--; message += CRYPT_MESSAGE)
		sha256_block(state, message);
}

extern const struct crypt_impl crypt_sha;
const struct crypt_impl crypt_sha = { .sha256 = sha256 };
