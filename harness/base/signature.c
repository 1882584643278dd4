/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/signature.h"

#include "harness/base/auto.h"

#include <openssl/ec.h>	/* EVP_PKEY_CTX_set1_id, in 1.1.1 */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>

/* The terminating zero is not part of the ID. */
static const char sm2_id[] = "1234567812345678";
enum { SM2_ID_SIZE = sizeof(sm2_id) - 1 };

/* A digest context whose key context already holds the signer ID, as 1.1.1 and 3.x both want it. */
struct operation {
	EVP_MD_CTX *digest;
	EVP_PKEY_CTX *key;
};

static void operation_release(struct operation *operation)
{
	EVP_MD_CTX_free(operation->digest);
	EVP_PKEY_CTX_free(operation->key);
	ERR_clear_error();
}

static int operation_start(struct operation *operation, const struct key *key, const char *id,
			   size_t id_size)
{
	operation->digest = EVP_MD_CTX_new();
	if (!operation->digest)
		return ERR_CRYPTO;
	if (key_algorithm(key) != KEY_SM2)
		return 0;
	operation->key = EVP_PKEY_CTX_new(key_evp(key), NULL);
	if (!operation->key || EVP_PKEY_CTX_set1_id(operation->key, id, (int)id_size) <= 0)
		return ERR_CRYPTO;
	EVP_MD_CTX_set_pkey_ctx(operation->digest, operation->key);
	return 0;
}

static const EVP_MD *digest_of(const struct key *key)
{
	return key_algorithm(key) == KEY_SM2 ? EVP_sm3() : NULL;
}

int signature_make(const struct key *key, const void *data, size_t size,
		   struct signature *ret_signature, struct err *err)
{
	AUTO(operation_release) struct operation operation = { NULL, NULL };
	struct signature signature = { .size = sizeof(signature.data) };

	/* Asked to sign with a public half, 1.1.1 crashes. */
	if (!key_can_sign(key))
		return err_set(err, ERR_INPUT, "key %s is a public key and cannot sign",
			       key_id(key));
	if (operation_start(&operation, key, sm2_id, SM2_ID_SIZE) < 0 ||
	    EVP_DigestSignInit(operation.digest, NULL, digest_of(key), NULL, key_evp(key)) != 1 ||
	    EVP_DigestSign(operation.digest, signature.data, &signature.size, data, size) != 1)
		return err_set(err, ERR_CRYPTO, "libcrypto failed to sign with the %s key %s",
			       key_algorithm_name(key_algorithm(key)), key_id(key));
	*ret_signature = signature;
	return 0;
}

int signature_check_id(const struct key *key, const void *data, size_t size,
		       const struct signature *signature, const char *id, size_t id_size)
{
	AUTO(operation_release) struct operation operation = { NULL, NULL };

	if (operation_start(&operation, key, id, id_size) < 0 ||
	    EVP_DigestVerifyInit(operation.digest, NULL, digest_of(key), NULL, key_evp(key)) != 1)
		return ERR_CRYPTO;
	if (EVP_DigestVerify(operation.digest, signature->data, signature->size, data, size) != 1)
		return ERR_INPUT;
	return 0;
}

int signature_check(const struct key *key, const void *data, size_t size,
		    const struct signature *signature, struct err *err)
{
	int code = signature_check_id(key, data, size, signature, sm2_id, SM2_ID_SIZE);

	if (code == ERR_INPUT)
		return err_set(err, code, "the signature is not one of key %s over this content",
			       key_id(key));
	if (code < 0)
		return err_set(err, code, "libcrypto failed to check a signature of the %s key %s",
			       key_algorithm_name(key_algorithm(key)), key_id(key));
	return 0;
}
