/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_SIGNATURE_H
#define BASE_SIGNATURE_H
/*
 * Signing bytes and checking signatures.
 *
 *	code = signature_make(key, data, size, &signature, &err);
 *	code = signature_check(key, data, size, &signature, &err);
 *
 * SM2 is SM2 with SM3 and the signer ID 1234567812345678 (16 bytes) of GM/T 0009; the signature is
 * a DER SEQUENCE of r and s. The ID is always given explicitly: libcrypto 3.0 uses the empty one by
 * default, later ones another. Ed25519 is the pure form of RFC 8032, 64 bytes.
 */
#include "harness/base/err.h"
#include "harness/base/key.h"

#include <stddef.h>
#include <stdint.h>

#define SIGNATURE_SIZE_MAX 72	/* DER of two 256-bit numbers */

struct signature {
	uint8_t data[SIGNATURE_SIZE_MAX];
	size_t size;
};

int signature_make(const struct key *key, const void *data, size_t size,
		   struct signature *ret_signature, struct err *err);
/* 0 when it is this key's signature over these bytes; ERR_INPUT when it is not. */
int signature_check(const struct key *key, const void *data, size_t size,
		    const struct signature *signature, struct err *err);

/* The same with another signer ID, for vectors and other people's signatures; SM2 only. */
int signature_check_id(const struct key *key, const void *data, size_t size,
		       const struct signature *signature, const char *id, size_t id_size);

#endif
