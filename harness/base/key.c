/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/key.h"

#include "harness/base/auto.h"
#include "harness/base/digest.h"
#include "harness/base/memory.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <string.h>

enum {
	DER_SIZE_MAX = 91,	/* an SM2 SubjectPublicKeyInfo; Ed25519 has 44 */
	TRIES_MAX = 65536,	/* chance to draw no bench key: 1 in 10^111 */
};

struct key {
	EVP_PKEY *evp;
	bool private;
	enum key_algorithm algorithm;
	uint8_t der[DER_SIZE_MAX];
	size_t der_size;
	char digest[DIGEST_TEXT_SIZE];
	char id[KEY_ID_TEXT_SIZE];
};

/*
 * The SubjectPublicKeyInfo is put together here and not by libcrypto: releases differ in the object
 * identifier they write for SM2, and the key id must not. What stands before the public value:
 */
static const struct form {
	const char *name;
	size_t head_size, value_size;
	uint8_t head[27];
} form[] = {
	[KEY_UNKNOWN] = { "unknown", 0, 0, { 0 } },
	/* { { id-ecPublicKey, sm2p256v1 }, BIT STRING of 04 X Y } */
	[KEY_SM2] = { "sm2", 26, 65, { 0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48,
				       0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x81, 0x1c,
				       0xcf, 0x55, 0x01, 0x82, 0x2d, 0x03, 0x42, 0x00 } },
	/* { { id-Ed25519 }, BIT STRING } */
	[KEY_ED25519] = { "ed25519", 12, 32, { 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65,
					       0x70, 0x03, 0x21, 0x00 } },
};

#if OPENSSL_VERSION_NUMBER < 0x30000000L
/* 1.1.1 sees an elliptic curve key and must be told that it is meant for SM2. */
static enum key_algorithm algorithm_of(EVP_PKEY *evp)
{
	const EC_KEY *ec;

	if (EVP_PKEY_id(evp) == EVP_PKEY_ED25519)
		return KEY_ED25519;
	if (EVP_PKEY_base_id(evp) != EVP_PKEY_EC)
		return KEY_UNKNOWN;
	ec = EVP_PKEY_get0_EC_KEY(evp);
	if (!ec || EC_GROUP_get_curve_name(EC_KEY_get0_group(ec)) != NID_sm2)
		return KEY_UNKNOWN;
	return EVP_PKEY_set_alias_type(evp, EVP_PKEY_SM2) == 1 ? KEY_SM2 : KEY_UNKNOWN;
}

static EVP_PKEY_CTX *generator(enum key_algorithm algorithm)
{
	return EVP_PKEY_CTX_new_id(algorithm == KEY_SM2 ? EVP_PKEY_EC : EVP_PKEY_ED25519, NULL);
}

static int generator_curve(EVP_PKEY_CTX *context, enum key_algorithm algorithm)
{
	if (algorithm != KEY_SM2)
		return 1;
	return EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_sm2);
}

static size_t sm2_point(EVP_PKEY *evp, uint8_t **ret_point)
{
	return EVP_PKEY_get1_tls_encodedpoint(evp, ret_point);
}
#else
static enum key_algorithm algorithm_of(EVP_PKEY *evp)
{
	if (EVP_PKEY_is_a(evp, "SM2"))
		return KEY_SM2;
	return EVP_PKEY_is_a(evp, "ED25519") ? KEY_ED25519 : KEY_UNKNOWN;
}

static EVP_PKEY_CTX *generator(enum key_algorithm algorithm)
{
	return EVP_PKEY_CTX_new_from_name(NULL, algorithm == KEY_SM2 ? "SM2" : "ED25519", NULL);
}

static int generator_curve(EVP_PKEY_CTX *context, enum key_algorithm algorithm)
{
	(void)context;
	(void)algorithm;
	return 1;
}

static size_t sm2_point(EVP_PKEY *evp, uint8_t **ret_point)
{
	return EVP_PKEY_get1_encoded_public_key(evp, ret_point);
}
#endif

/* The public value, put behind the head; 0 or ERR_CRYPTO. */
static int public_value(const struct key *key, uint8_t *out, size_t want)
{
	uint8_t *point = NULL;
	size_t size = want;

	if (key->algorithm == KEY_ED25519)
		return EVP_PKEY_get_raw_public_key(key->evp, out, &size) == 1 && size == want
			       ? 0
			       : ERR_CRYPTO;
	size = sm2_point(key->evp, &point);
	if (size == want)
		memcpy(out, point, want);
	OPENSSL_free(point);
	return size == want ? 0 : ERR_CRYPTO;
}

struct key *key_wrap(struct evp_pkey_st *evp, bool private, const char *where, struct err *err)
{
	AUTO(key_free_at) struct key *key = mem_zalloc(sizeof(*key));
	const struct form *f;

	key->evp = evp;
	key->private = private;
	key->algorithm = algorithm_of(evp);
	f = &form[key->algorithm];
	if (key->algorithm == KEY_UNKNOWN) {
		err_set(err, ERR_INPUT, "%s: neither an SM2 nor an Ed25519 key", where);
		return NULL;
	}
	memcpy(key->der, f->head, f->head_size);
	key->der_size = f->head_size + f->value_size;
	if (public_value(key, key->der + f->head_size, f->value_size) < 0) {
		err_set(err, ERR_CRYPTO, "%s: libcrypto does not give the public key", where);
		return NULL;
	}
	if (digest_sm3_text(key->der, key->der_size, key->digest, err) < 0)
		return NULL;
	memcpy(key->id, key->digest, KEY_ID_TEXT_SIZE - 1);
	return auto_take_ptr(key);
}

static EVP_PKEY *draw(EVP_PKEY_CTX *context)
{
	EVP_PKEY *evp = NULL;

	return EVP_PKEY_keygen(context, &evp) == 1 ? evp : NULL;
}

static void context_free(EVP_PKEY_CTX **context)
{
	EVP_PKEY_CTX_free(*context);
	ERR_clear_error();
}

struct key *key_make(enum key_algorithm algorithm, enum key_use use, struct err *err)
{
	AUTO(context_free) EVP_PKEY_CTX *context = generator(algorithm);
	int tries;

	if (!context || EVP_PKEY_keygen_init(context) != 1 ||
	    generator_curve(context, algorithm) != 1) {
		err_set(err, ERR_CRYPTO, "libcrypto offers no %s; install an OpenSSL that has it",
			key_algorithm_name(algorithm));
		return NULL;
	}
	for (tries = 0; tries < TRIES_MAX; tries++) {
		EVP_PKEY *evp = draw(context);
		struct key *key = evp ? key_wrap(evp, true, "new key", err) : NULL;

		if (!key)
			break;
		if (key_use(key) == use)
			return key;
		key_free(key);
	}
	err_set(err, ERR_CRYPTO, "libcrypto failed to make a %s key",
		key_algorithm_name(algorithm));
	return NULL;
}

void key_free(struct key *key)
{
	if (!key)
		return;
	EVP_PKEY_free(key->evp);
	free(key);
}

void key_free_at(struct key **key)
{
	key_free(*key);
	*key = NULL;
}

struct key *key_read_der(const void *der, size_t size, const char *where, struct err *err)
{
	const uint8_t *at = der;
	EVP_PKEY *evp = size <= DER_SIZE_MAX ? d2i_PUBKEY(NULL, &at, (long)size) : NULL;
	struct key *key;

	ERR_clear_error();
	if (!evp) {
		err_set(err, ERR_INPUT, "%s: not a DER SubjectPublicKeyInfo of SM2 or Ed25519",
			where);
		return NULL;
	}
	key = key_wrap(evp, false, where, err);
	if (key && (key->der_size != size || memcmp(key->der, der, size) != 0)) {
		err_set(err, ERR_INPUT, "%s: the public key is not in its one canonical form",
			where);
		key_free(key);
		return NULL;
	}
	return key;
}

void key_write_der(const struct key *key, struct buf *out)
{
	buf_add(out, key->der, key->der_size);
}

enum key_algorithm key_algorithm(const struct key *key)
{
	return key->algorithm;
}

bool key_can_sign(const struct key *key)
{
	return key->private;
}

enum key_use key_use(const struct key *key)
{
	return key_id_use(key->id);
}

const char *key_id(const struct key *key)
{
	return key->id;
}

const char *key_digest(const struct key *key)
{
	return key->digest;
}

enum key_use key_id_use(const char *id)
{
	return !strncmp(id, "be", 2) ? KEY_USE_BENCH : KEY_USE_PRODUCT;
}

int key_id_check(const char *id)
{
	return strspn(id, "0123456789abcdef") == KEY_ID_TEXT_SIZE - 1 && !id[KEY_ID_TEXT_SIZE - 1]
		       ? 0
		       : ERR_INPUT;
}

const char *key_algorithm_name(enum key_algorithm algorithm)
{
	return (size_t)algorithm < ARRAY_SIZE(form) ? form[algorithm].name : "unknown";
}

enum key_algorithm key_algorithm_from_name(const char *name)
{
	size_t i;

	for (i = KEY_UNKNOWN + 1; i < ARRAY_SIZE(form); i++) {
		if (!strcmp(form[i].name, name))
			return (enum key_algorithm)i;
	}
	return KEY_UNKNOWN;
}

const char *key_use_name(enum key_use use)
{
	return use == KEY_USE_BENCH ? "bench" : "product";
}

struct evp_pkey_st *key_evp(const struct key *key)
{
	return key->evp;
}
