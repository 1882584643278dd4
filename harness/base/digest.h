/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H
/*
 * SM3 digests (GM/T 0004 / GB/T 32905) through libcrypto's EVP.
 *
 *	struct digest *d = digest_new(&err);
 *	digest_add(d, data, size);		any number of times
 *	digest_end(d, out);			32 bytes; the digest starts anew
 *	digest_free(d);
 *
 * digest_new fails with ERR_CRYPTO where libcrypto has no SM3 (some vendors remove it).
 */
#include "harness/base/err.h"

#include <stddef.h>
#include <stdint.h>

#define DIGEST_SIZE 32
#define DIGEST_TEXT_SIZE (2 * DIGEST_SIZE + 1)

struct digest;
struct digest *digest_new(struct err *err);
void digest_free(struct digest *digest);
void digest_free_at(struct digest **digest);	/* for AUTO() */
int digest_add(struct digest *digest, const void *data, size_t size);
int digest_end(struct digest *digest, uint8_t out[DIGEST_SIZE]);

/* All at once. */
int digest_sm3(const void *data, size_t size, uint8_t out[DIGEST_SIZE], struct err *err);
/* As 64 lower-case hex digits. */
int digest_sm3_text(const void *data, size_t size, char out[DIGEST_TEXT_SIZE], struct err *err);

/* hex: lower case, out has room for 2 * size + 1. */
void hex_encode(const void *data, size_t size, char *out);
/* Exactly `size` bytes from 2 * size hex digits of either case; ERR_INPUT otherwise. */
int hex_decode(const char *text, void *out, size_t size);

#endif
