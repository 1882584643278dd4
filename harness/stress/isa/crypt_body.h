/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The work of crypt.h in C, as the standards have it, under the name CRYPT_IMPL. Results of what are
 * single instructions elsewhere go through
 *
 *	CRYPT_UNIT(unit, lane, value, operand)	is the value, or another one (plant.h)
 *
 * No include guard: once per translation unit.
 */
#include "harness/stress/crypt.h"

#include "harness/stress/isa/crypt_boxes.h"
#include "harness/stress/isa/sha_constant.h"

#include <string.h>

static uint32_t left(uint32_t x, unsigned int by)
{
	return x << (by & 31) | x >> (-by & 31);
}

static uint32_t right(uint32_t x, unsigned int by)
{
	return left(x, 32 - by);
}

static uint32_t big(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void put_big(uint8_t *at, uint32_t value)
{
	at[0] = (uint8_t)(value >> 24);
	at[1] = (uint8_t)(value >> 16);
	at[2] = (uint8_t)(value >> 8);
	at[3] = (uint8_t)value;
}

/* --- AES -------------------------------------------------------------------------------------- */

static uint8_t twice(uint8_t x)
{
	return (uint8_t)(x << 1 ^ (x >> 7) * 0x1b);
}

static void add_key(uint8_t *block, const uint8_t *key)
{
	size_t i;

	for (i = 0; i < CRYPT_BLOCK; i++)
		block[i] ^= key[i];
}

#define CRYPT_ROUND(unit)                                                                          \
	do {                                                                                       \
		uint32_t operand = big(block);                                                     \
		size_t lane;                                                                       \
                                                                                                   \
		(void)operand;                                                                     \
		for (lane = 0; lane < CRYPT_BLOCK; lane++)                                         \
			block[lane] = (uint8_t)CRYPT_UNIT(unit, lane, block[lane], operand);       \
	} while (0)

/* Rows of the state go `by` columns a row, through a box on the way. */
static void shift_rows(uint8_t *block, const uint8_t *box, unsigned int by)
{
	uint8_t from[CRYPT_BLOCK];
	size_t i;

	memcpy(from, block, CRYPT_BLOCK);
	for (i = 0; i < CRYPT_BLOCK; i++)
		block[i] = box[from[(i + 4 * by * (i % 4)) % CRYPT_BLOCK]];
}

static void mix_columns(uint8_t *block)
{
	size_t i;

	for (i = 0; i < CRYPT_BLOCK; i += 4) {
		uint8_t *c = block + i, first = c[0], all = c[0] ^ c[1] ^ c[2] ^ c[3];

		c[0] ^= all ^ twice(c[0] ^ c[1]);
		c[1] ^= all ^ twice(c[1] ^ c[2]);
		c[2] ^= all ^ twice(c[2] ^ c[3]);
		c[3] ^= all ^ twice(c[3] ^ first);
	}
}

static void aes_encrypt(const uint8_t key[CRYPT_AES_KEY], uint8_t *block, size_t blocks)
{
	size_t round;

	for (; blocks--; block += CRYPT_BLOCK) {
		add_key(block, key);
		for (round = 1; round <= 10; round++) {
			shift_rows(block, aes_box, 1);
			if (round < 10)
				mix_columns(block);
			add_key(block, key + round * CRYPT_BLOCK);
			CRYPT_ROUND(AES_ENC_u8);
		}
	}
}

static void aes_decrypt(const uint8_t key[CRYPT_AES_KEY], uint8_t *block, size_t blocks)
{
	size_t round;

	for (; blocks--; block += CRYPT_BLOCK) {
		for (round = 10; round > 0; round--) {
			add_key(block, key + round * CRYPT_BLOCK);
			if (round < 10) { /* four times is not at all */
				mix_columns(block);
				mix_columns(block);
				mix_columns(block);
			}
			shift_rows(block, aes_inverse, 3);
			CRYPT_ROUND(AES_DEC_u8);
		}
		add_key(block, key);
	}
}

/* --- SHA-256 ---------------------------------------------------------------------------------- */

static void sha256_block(uint32_t state[8], const uint8_t *message)
{
	uint32_t word[64], s[8], a, b;
	size_t i;

	for (i = 0; i < 64; i++) {
		if (i < 16) {
			word[i] = big(message + 4 * i);
			continue;
		}
		a = word[i - 15];
		b = word[i - 2];
		word[i] = word[i - 16] + word[i - 7] + (right(a, 7) ^ right(a, 18) ^ a >> 3) +
			  (right(b, 17) ^ right(b, 19) ^ b >> 10);
		word[i] = CRYPT_UNIT(SHA_WORD_u32, 0, word[i], b);
	}
	memcpy(s, state, sizeof(s));
	for (i = 0; i < 64; i++) {
		a = s[7] + (right(s[4], 6) ^ right(s[4], 11) ^ right(s[4], 25)) +
		    ((s[4] & s[5]) ^ (~s[4] & s[6])) + sha256_constant[i] + word[i];
		b = (right(s[0], 2) ^ right(s[0], 13) ^ right(s[0], 22)) +
		    ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
		memmove(s + 1, s, 7 * sizeof(*s));
		s[4] += a;
		s[0] = CRYPT_UNIT(SHA_ROUND_u32, 0, a + b, a);
	}
	for (i = 0; i < 8; i++)
		state[i] += s[i];
}

static void sha256(uint32_t state[8], const uint8_t *message, size_t blocks)
{
	for (; blocks--; message += CRYPT_MESSAGE)
		sha256_block(state, message);
}

/* --- SM3 -------------------------------------------------------------------------------------- */

static void sm3_words(const uint8_t *message, uint32_t word[68])
{
	size_t i;

	for (i = 0; i < 68; i++) {
		uint32_t x;

		if (i < 16) {
			word[i] = big(message + 4 * i);
			continue;
		}
		x = word[i - 16] ^ word[i - 9] ^ left(word[i - 3], 15);
		word[i] = x ^ left(x, 15) ^ left(x, 23) ^ left(word[i - 13], 7) ^ word[i - 6];
		word[i] = CRYPT_UNIT(SM3_WORD_u32, 0, word[i], x);
	}
}

static void sm3_block(uint32_t state[8], const uint8_t *message)
{
	uint32_t word[68], s[8];
	unsigned int i;

	sm3_words(message, word);
	memcpy(s, state, sizeof(s));
	for (i = 0; i < 64; i++) {
		uint32_t twelve = left(s[0], 12);
		uint32_t one = left(twelve + s[4] + left(i < 16 ? 0x79cc4519 : 0x7a879d8a, i), 7);
		uint32_t ff = i < 16 ? s[0] ^ s[1] ^ s[2]
				     : (s[0] & s[1]) | (s[0] & s[2]) | (s[1] & s[2]);
		uint32_t gg = i < 16 ? s[4] ^ s[5] ^ s[6] : (s[4] & s[5]) | (~s[4] & s[6]);
		uint32_t a = ff + s[3] + (one ^ twelve) + (word[i] ^ word[i + 4]);
		uint32_t e = gg + s[7] + one + word[i];

		memmove(s + 1, s, 7 * sizeof(*s));
		s[0] = CRYPT_UNIT(SM3_ROUND_u32, 0, a, e);
		s[2] = left(s[2], 9);
		s[4] = e ^ left(e, 9) ^ left(e, 17);
		s[6] = left(s[6], 19);
	}
	for (i = 0; i < 8; i++)
		state[i] ^= s[i];
}

static void sm3(uint32_t state[8], const uint8_t *message, size_t blocks)
{
	for (; blocks--; message += CRYPT_MESSAGE)
		sm3_block(state, message);
}

/* --- SM4 -------------------------------------------------------------------------------------- */

static uint32_t sm4_boxes(uint32_t x)
{
	return (uint32_t)sm4_box[x >> 24] << 24 | (uint32_t)sm4_box[x >> 16 & 255] << 16 |
	       (uint32_t)sm4_box[x >> 8 & 255] << 8 | sm4_box[x & 255];
}

static void sm4_key(const uint32_t user[4], uint32_t round[CRYPT_SM4_ROUNDS])
{
	uint32_t k[4] = { user[0] ^ 0xa3b1bac6, user[1] ^ 0x56aa3350, user[2] ^ 0x677d9197,
			  user[3] ^ 0xb27022dc };
	uint32_t i, constant, x;

	for (i = 0; i < CRYPT_SM4_ROUNDS; i++) {
		constant = (28 * i & 255) << 24 | ((28 * i + 7) & 255) << 16 |
			   ((28 * i + 14) & 255) << 8 | ((28 * i + 21) & 255);
		x = sm4_boxes(k[1] ^ k[2] ^ k[3] ^ constant);
		round[i] = CRYPT_UNIT(SM4_KEY_u32, 0, k[0] ^ x ^ left(x, 13) ^ left(x, 23), x);
		memmove(k, k + 1, 3 * sizeof(*k));
		k[3] = round[i];
	}
}

static void sm4(const uint32_t round[CRYPT_SM4_ROUNDS], uint8_t *block, size_t blocks)
{
	uint32_t s[4], x;
	size_t i;

	for (; blocks--; block += CRYPT_BLOCK) {
		for (i = 0; i < 4; i++)
			s[i] = big(block + 4 * i);
		for (i = 0; i < CRYPT_SM4_ROUNDS; i++) {
			x = sm4_boxes(s[1] ^ s[2] ^ s[3] ^ round[i]);
			x = s[0] ^ x ^ left(x, 2) ^ left(x, 10) ^ left(x, 18) ^ left(x, 24);
			x = CRYPT_UNIT(SM4_ROUND_u32, 0, x, s[0]);
			memmove(s, s + 1, 3 * sizeof(*s));
			s[3] = x;
		}
		for (i = 0; i < 4; i++)
			put_big(block + 4 * i, s[3 - i]);
	}
}

/* --- checksums and the product without carries ------------------------------------------------ */

static uint32_t crc_byte(uint32_t crc, uint32_t polynomial)
{
	int bit;

	for (bit = 0; bit < 8; bit++)
		crc = crc >> 1 ^ (polynomial & -(crc & 1));
	return crc;
}

static uint32_t crc32c(uint32_t crc, const uint8_t *data, size_t size)
{
	for (; size--; data++)
		crc = CRYPT_UNIT(CRC32C_u32, 0, crc_byte(crc ^ *data, 0x82f63b78), *data);
	return crc;
}

static uint32_t crc32(uint32_t crc, const uint8_t *data, size_t size)
{
	for (; size--; data++)
		crc = CRYPT_UNIT(CRC32_u32, 0, crc_byte(crc ^ *data, 0xedb88320), *data);
	return crc;
}

static void multiply(uint64_t a, uint64_t b, uint64_t product[2])
{
	uint64_t low = b & 1 ? a : 0, high = 0;
	unsigned int i;

	for (i = 1; i < 64; i++) {
		uint64_t mask = -(b >> i & 1);

		low ^= a << i & mask;
		high ^= a >> (64 - i) & mask;
	}
	product[0] = CRYPT_UNIT(CLMUL_u64, 0, low, a);
	product[1] = CRYPT_UNIT(CLMUL_u64, 1, high, a);
}

const struct crypt_impl CRYPT_IMPL = {
	.aes_encrypt = aes_encrypt,
	.aes_decrypt = aes_decrypt,
	.sha256 = sha256,
	.sm3 = sm3,
	.sm4_key = sm4_key,
	.sm4 = sm4,
	.crc32c = crc32c,
	.crc32 = crc32,
	.multiply = multiply,
};
