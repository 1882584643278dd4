/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_CRYPT_H
#define STRESS_CRYPT_H
/*
 * What processors have instructions of their own for, beside vectors: ciphers, digests, checksums and
 * multiplication without carries. crypt_scalar is all of it in C; crypt_aes, crypt_sha ... of an
 * architecture's folder fill the members of their unit alone, the others are NULL.
 *
 * Blocks are bytes as the standards number them, keys and states words in the machine's order:
 * FIPS 197 (AES-128), FIPS 180-4 (SHA-256), GB/T 32905 (SM3), GB/T 32907 (SM4), RFC 3720 (CRC32C),
 * IEEE 802.3 (CRC32).
 */
#include <stddef.h>
#include <stdint.h>

enum { CRYPT_AES_KEY = 176, CRYPT_SM4_ROUNDS = 32, CRYPT_BLOCK = 16, CRYPT_MESSAGE = 64 };

struct crypt_impl {
	/* `key`: the eleven round keys in the order of encryption, for both. */
	void (*aes_encrypt)(const uint8_t key[CRYPT_AES_KEY], uint8_t *block, size_t blocks);
	void (*aes_decrypt)(const uint8_t key[CRYPT_AES_KEY], uint8_t *block, size_t blocks);
	/* Messages of whole blocks of 64 bytes, without padding. */
	void (*sha256)(uint32_t state[8], const uint8_t *message, size_t blocks);
	void (*sm3)(uint32_t state[8], const uint8_t *message, size_t blocks);
	void (*sm4_key)(const uint32_t user[4], uint32_t round[CRYPT_SM4_ROUNDS]);
	void (*sm4)(const uint32_t round[CRYPT_SM4_ROUNDS], uint8_t *block, size_t blocks);
	/* As the instructions do it: neither is inverted at begin or end. */
	uint32_t (*crc32c)(uint32_t crc, const uint8_t *data, size_t size);
	uint32_t (*crc32)(uint32_t crc, const uint8_t *data, size_t size);
	void (*multiply)(uint64_t a, uint64_t b, uint64_t product[2]);	/* low, high */
};

/* crypt_planted: with the fault of plant_here(). */
extern const struct crypt_impl crypt_scalar, crypt_planted;

/* The work of a block of each kernel: cpu_crypt.c. */
enum { CRYPT_WORKS = 6, CRYPT_WORDS = 32 };

struct crypt_work {
	const char *kernel;
	size_t words;		/* of the answer: at most CRYPT_WORDS */
	void (*work)(const struct crypt_impl *impl, uint64_t seed, uint64_t *answer);
};

extern const struct crypt_work crypt_work[CRYPT_WORKS];

/* Round keys for AES-128, in C. */
void crypt_aes_key(const uint8_t user[CRYPT_BLOCK], uint8_t key[CRYPT_AES_KEY]);

#endif
