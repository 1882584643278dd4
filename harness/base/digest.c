/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/digest.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

struct digest {
	EVP_MD_CTX *context;
};

static int start(struct digest *digest)
{
	return EVP_DigestInit_ex(digest->context, EVP_sm3(), NULL) == 1 ? 0 : ERR_CRYPTO;
}

struct digest *digest_new(struct err *err)
{
	struct digest *digest = mem_zalloc(sizeof(*digest));

	digest->context = EVP_MD_CTX_new();
	if (!digest->context || start(digest) < 0) {
		err_set(err, ERR_CRYPTO, "libcrypto offers no SM3; install an OpenSSL with SM3");
		digest_free(digest);
		return NULL;
	}
	return digest;
}

void digest_free(struct digest *digest)
{
	if (!digest)
		return;
	EVP_MD_CTX_free(digest->context);
	free(digest);
}

void digest_free_at(struct digest **digest)
{
	digest_free(*digest);
	*digest = NULL;
}

int digest_add(struct digest *digest, const void *data, size_t size)
{
	return EVP_DigestUpdate(digest->context, data, size) == 1 ? 0 : ERR_CRYPTO;
}

int digest_end(struct digest *digest, uint8_t out[DIGEST_SIZE])
{
	unsigned int size = 0;

	if (EVP_DigestFinal_ex(digest->context, out, &size) != 1 || size != DIGEST_SIZE)
		return ERR_CRYPTO;
	return start(digest);
}

int digest_sm3(const void *data, size_t size, uint8_t out[DIGEST_SIZE], struct err *err)
{
	AUTO(digest_free_at) struct digest *digest = digest_new(err);

	if (!digest)
		return ERR_CRYPTO;
	if (digest_add(digest, data, size) < 0 || digest_end(digest, out) < 0)
		return err_set(err, ERR_CRYPTO, "libcrypto failed to compute SM3");
	return 0;
}

int digest_sm3_text(const void *data, size_t size, char out[DIGEST_TEXT_SIZE], struct err *err)
{
	uint8_t bytes[DIGEST_SIZE];
	int code = digest_sm3(data, size, bytes, err);

	if (code < 0)
		return code;
	hex_encode(bytes, sizeof(bytes), out);
	return 0;
}

void hex_encode(const void *data, size_t size, char *out)
{
	static const char digit[] = "0123456789abcdef";
	const unsigned char *byte = data;
	size_t i;

	for (i = 0; i < size; i++) {
		out[2 * i] = digit[byte[i] >> 4];
		out[2 * i + 1] = digit[byte[i] & 15];
	}
	out[2 * size] = 0;
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

int hex_decode(const char *text, void *out, size_t size)
{
	unsigned char *byte = out;
	size_t i;

	if (strlen(text) != 2 * size)
		return ERR_INPUT;
	for (i = 0; i < size; i++) {
		int high = hex_value(text[2 * i]);
		int low = hex_value(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return ERR_INPUT;
		byte[i] = (unsigned char)(high << 4 | low);
	}
	return 0;
}
