/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SM3SS1, SM3TT1A and B, SM3TT2A and B, SM3PARTW1 and 2. */
#include "harness/stress/crypt.h"

#include <arm_neon.h>

enum { QUADS = 16, SPARE = 5 };

/* The instructions want the first word in the last lane. */
static uint32x4_t turned(uint32x4_t x)
{
	x = vrev64q_u32(x);
	return vextq_u32(x, x, 2);
}

static uint32x4_t next_words(const uint32x4_t *word, size_t quad)
{
	uint32x4_t a = word[quad % SPARE], b = word[(quad + 1) % SPARE];
	uint32x4_t c = word[(quad + 2) % SPARE], d = word[(quad + 3) % SPARE];
	uint32x4_t part = vsm3partw1q_u32(vextq_u32(b, c, 3), a, d);

	return vsm3partw2q_u32(part, vextq_u32(c, d, 2), vextq_u32(a, b, 3));
}

#define ROUND(kind, lane)                                                                          \
	do {                                                                                       \
		uint32x4_t one = vsm3ss1q_u32(low, constant, high);                                \
                                                                                                   \
		constant = vsriq_n_u32(vshlq_n_u32(constant, 1), constant, 31);                    \
		low = vsm3tt1##kind##q_u32(low, one, both, lane);                                  \
		high = vsm3tt2##kind##q_u32(high, one, words, lane);                               \
	} while (0)

static void sm3_block(uint32_t state[8], const uint8_t *message)
{
	uint32x4_t start0 = turned(vld1q_u32(state)), start1 = turned(vld1q_u32(state + 4));
	uint32x4_t low = start0, high = start1, word[SPARE], constant = vdupq_n_u32(0x79cc4519);
	size_t quad;

	for (quad = 0; quad < 4; quad++)
		word[quad] = vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(message + 16 * quad)));
	for (quad = 0; quad < QUADS; quad++) {
		uint32x4_t words = word[quad % SPARE], both;

		word[(quad + 4) % SPARE] = next_words(word, quad);
		both = veorq_u32(words, word[(quad + 1) % SPARE]);
		if (quad == 4)
			constant = vdupq_n_u32(0x9d8a7a87);
		if (quad < 4) {
			ROUND(a, 0);
			ROUND(a, 1);
			ROUND(a, 2);
			ROUND(a, 3);
		} else {
			ROUND(b, 0);
			ROUND(b, 1);
			ROUND(b, 2);
			ROUND(b, 3);
		}
	}
	vst1q_u32(state, turned(veorq_u32(low, start0)));
	vst1q_u32(state + 4, turned(veorq_u32(high, start1)));
}

static void sm3(uint32_t state[8], const uint8_t *message, size_t blocks)
{
	for (; blocks--; message += CRYPT_MESSAGE)
		sm3_block(state, message);
}

extern const struct crypt_impl crypt_sm3;
const struct crypt_impl crypt_sm3 = { .sm3 = sm3 };
