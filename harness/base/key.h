/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_KEY_H
#define BASE_KEY_H
/*
 * Keys that sign and verify, through libcrypto's EVP, 1.1.1 and 3.x: SM2 on the curve of
 * GM/T 0003.5, and Ed25519 for those without SM2. The key fixes the algorithm; there is no
 * negotiation.
 *
 *	AUTO(key_free_at) struct key *key = key_make(KEY_SM2, KEY_USE_BENCH, &err);
 *	key_write_private(key, password, &pem, &err);
 *	key = key_read_private(pem.data, pem.size, password, "line1.key", &err);
 *
 * The key id is the first 8 bytes of SM3 over the DER SubjectPublicKeyInfo, as 16 hex digits.
 *
 * The use of a key shows in its id, so nobody can change or hide it: ids of bench keys begin with
 * "be", ids of all others do not. key_make draws keys until one fits (256 on average for a bench
 * key, a fraction of a second).
 *
 * Private keys are stored as PKCS#8 encrypted with PBKDF2 (HMAC-SHA-512) and AES-256-CBC, never in
 * clear; a private key without encryption is refused when read, too. Everything given is freed by
 * the caller; libcrypto overwrites the private half when it is freed.
 */
#include "harness/base/buf.h"
#include "harness/base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum key_algorithm {
	KEY_UNKNOWN = 0,
	KEY_SM2,
	KEY_ED25519,
};

enum key_use {
	KEY_USE_BENCH = 0,	/* signs certificates of stage bench and nothing else */
	KEY_USE_PRODUCT,	/* every other stage */
};

#define KEY_ID_TEXT_SIZE 17

struct key;

struct key *key_make(enum key_algorithm algorithm, enum key_use use, struct err *err);
void key_free(struct key *key);
void key_free_at(struct key **key);	/* for AUTO() */

/* PEM; `where` names the file in messages. A wrong password is ERR_INPUT. */
struct key *key_read_private(const char *pem, size_t size, const char *password, const char *where,
			     struct err *err);
struct key *key_read_public(const char *pem, size_t size, const char *where, struct err *err);
/* DER SubjectPublicKeyInfo, whole and in exactly the form that key_write_der gives. */
struct key *key_read_der(const void *der, size_t size, const char *where, struct err *err);

/* Each appends to `out`. The password may not be empty. */
int key_write_private(const struct key *key, const char *password, struct buf *out,
		      struct err *err);
int key_write_public(const struct key *key, struct buf *out, struct err *err);
void key_write_der(const struct key *key, struct buf *out);

enum key_algorithm key_algorithm(const struct key *key);
enum key_use key_use(const struct key *key);
bool key_can_sign(const struct key *key);	/* whether the private half is there */
const char *key_id(const struct key *key);	/* these two live as long as the key */
const char *key_digest(const struct key *key);	/* the whole SM3, 64 hex digits */

/* What an id says of its key, and whether it has the form of one at all. */
enum key_use key_id_use(const char *id);
int key_id_check(const char *id);	/* 0, or ERR_INPUT */

const char *key_algorithm_name(enum key_algorithm algorithm);	/* "sm2", "ed25519" */
enum key_algorithm key_algorithm_from_name(const char *name);	/* KEY_UNKNOWN when there is none */
const char *key_use_name(enum key_use use);			/* "bench", "product" */

/* For signature.c and key_file.c: a key of libcrypto, borrowed; and taken, also on failure. */
struct evp_pkey_st *key_evp(const struct key *key);
struct key *key_wrap(struct evp_pkey_st *evp, bool private, const char *where, struct err *err);

#endif
