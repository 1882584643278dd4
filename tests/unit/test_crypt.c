/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The published examples of each standard, in C and by every unit that this machine has. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/base/digest.h"
#include "harness/stress/isa/impl.h"

#include <string.h>

/* Calls `check` for each row of this machine that has the member. */
#define EVERY_UNIT(member, check)                                                                  \
	do {                                                                                       \
		size_t unit_;                                                                      \
                                                                                                   \
		for (unit_ = 0; unit_ < isa_impl_count; unit_++) {                                 \
			const struct isa_impl *row_ = &isa_impl_table[unit_];                      \
                                                                                                   \
			if (row_->crypt && row_->crypt->member &&                                  \
			    isa_available(NULL) & 1U << row_->isa)                                 \
				check(row_->crypt, isa_name(row_->isa));                           \
		}                                                                                  \
	} while (0)

static void bytes_are(const uint8_t *got, const char *hex, const char *unit)
{
	uint8_t want[CRYPT_MESSAGE];

	ck_assert_int_eq(hex_decode(hex, want, strlen(hex) / 2), 0);
	ck_assert_msg(!memcmp(got, want, strlen(hex) / 2), "%s, not %s", unit, hex);
}

static void check_aes(const struct crypt_impl *impl, const char *unit)
{
	uint8_t user[CRYPT_BLOCK], key[CRYPT_AES_KEY], block[3 * CRYPT_BLOCK];
	int i;

	for (i = 0; i < CRYPT_BLOCK; i++) {
		user[i] = (uint8_t)i;
		block[i] = block[i + CRYPT_BLOCK] = block[i + 2 * CRYPT_BLOCK] = (uint8_t)(17 * i);
	}
	crypt_aes_key(user, key);
	bytes_are(key + 160, "13111d7fe3944a17f307a78b4d2b30c5", unit);
	impl->aes_encrypt(key, block, 3);
	for (i = 0; i < 3; i++)
		bytes_are(block + CRYPT_BLOCK * i, "69c4e0d86a7b0430d8cdb78070b4c55a", unit);
	impl->aes_decrypt(key, block, 3);
	for (i = 0; i < 3; i++)
		bytes_are(block + CRYPT_BLOCK * i, "00112233445566778899aabbccddeeff", unit);
}

START_TEST(aes_is_that_of_fips_197_there_and_back)
{
	EVERY_UNIT(aes_encrypt, check_aes);
}
END_TEST

/* "abc" with the padding of both standards, and a second block of zeros after it. */
static void abc(uint8_t message[CRYPT_MESSAGE])
{
	memset(message, 0, CRYPT_MESSAGE);
	memcpy(message, "abc\x80", 4);
	message[CRYPT_MESSAGE - 1] = 24;
}

static void words_are(const uint32_t *got, const uint32_t *want, const char *unit)
{
	ck_assert_msg(!memcmp(got, want, 32), "%s: %08x ... %08x", unit, got[0], got[7]);
}

static void check_sha(const struct crypt_impl *impl, const char *unit)
{
	static const uint32_t want[8] = { 0xba7816bf, 0x8f01cfea, 0x414140de, 0x5dae2223,
					  0xb00361a3, 0x96177a9c, 0xb410ff61, 0xf20015ad };
	uint32_t state[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
			      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
	uint8_t message[CRYPT_MESSAGE];

	abc(message);
	impl->sha256(state, message, 1);
	words_are(state, want, unit);
}

START_TEST(sha_is_that_of_fips_180)
{
	EVERY_UNIT(sha256, check_sha);
}
END_TEST

static void check_sm3(const struct crypt_impl *impl, const char *unit)
{
	static const uint32_t want[8] = { 0x66c7f0f4, 0x62eeedd9, 0xd1f2d46b, 0xdc10e4e2,
					  0x4167c487, 0x5cf2f7a2, 0x297da02b, 0x8f4ba8e0 };
	uint32_t state[8] = { 0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600,
			      0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e };
	uint8_t message[CRYPT_MESSAGE];

	abc(message);
	impl->sm3(state, message, 1);
	words_are(state, want, unit);
}

START_TEST(sm3_is_that_of_gb_32905)
{
	EVERY_UNIT(sm3, check_sm3);
}
END_TEST

static void check_sm4(const struct crypt_impl *impl, const char *unit)
{
	static const uint32_t user[4] = { 0x01234567, 0x89abcdef, 0xfedcba98, 0x76543210 };
	uint32_t round[CRYPT_SM4_ROUNDS];
	uint8_t block[2 * CRYPT_BLOCK];

	ck_assert_int_eq(hex_decode("0123456789abcdeffedcba9876543210", block, CRYPT_BLOCK), 0);
	memcpy(block + CRYPT_BLOCK, block, CRYPT_BLOCK);
	impl->sm4_key(user, round);
	ck_assert_msg(round[0] == 0xf12186f9 && round[31] == 0x9124a012, "%s: keys", unit);
	impl->sm4(round, block, 2);
	bytes_are(block, "681edf34d206965e86b3e94f536e4246", unit);
	bytes_are(block + CRYPT_BLOCK, "681edf34d206965e86b3e94f536e4246", unit);
}

START_TEST(sm4_is_that_of_gb_32907)
{
	EVERY_UNIT(sm4, check_sm4);
}
END_TEST

static void check_crc32c(const struct crypt_impl *impl, const char *unit)
{
	uint32_t crc = ~impl->crc32c(~0U, (const uint8_t *)"123456789", 9);

	ck_assert_msg(crc == 0xe3069283, "%s: %08x", unit, crc);
}

static void check_crc32(const struct crypt_impl *impl, const char *unit)
{
	uint32_t crc = ~impl->crc32(~0U, (const uint8_t *)"123456789", 9);

	ck_assert_msg(crc == 0xcbf43926, "%s: %08x", unit, crc);
}

START_TEST(checksums_are_those_of_the_catalogue)
{
	EVERY_UNIT(crc32c, check_crc32c);
	EVERY_UNIT(crc32, check_crc32);
}
END_TEST

static void check_multiply(const struct crypt_impl *impl, const char *unit)
{
	uint64_t product[2];
	uint64_t i;

	impl->multiply(0x63746f725d53475d, 0x5b477565726f6e5d, product);
	ck_assert_msg(product[1] == 0x1d4d84c85c3440c0 && product[0] == 0x929633d5d36f0451,
		      "%s", unit);
	/* Low bits of an operand choose the halves of a register. */
	for (i = 0; i < 4; i++) {
		impl->multiply(1ULL << 63, 1ULL << 63 | i, product);
		ck_assert_msg(product[1] == (1ULL << 62 | i >> 1) && product[0] == i << 63, "%s",
			      unit);
	}
}

START_TEST(products_without_carries_are_right_by_every_choice_of_halves)
{
	EVERY_UNIT(multiply, check_multiply);
}
END_TEST

UNIT_MAIN("crypt", aes_is_that_of_fips_197_there_and_back, sha_is_that_of_fips_180,
	  sm3_is_that_of_gb_32905, sm4_is_that_of_gb_32907, checksums_are_those_of_the_catalogue,
	  products_without_carries_are_right_by_every_choice_of_halves)
