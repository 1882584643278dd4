/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys as PEM: the private one as PKCS#8 encrypted by PBES2, which openssl and other tools read.
 */
#include "harness/base/auto.h"
#include "harness/base/key.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <string.h>

enum {
	/* libcrypto's default of 2048 is of another age; this takes a fifth of a second here. */
	PBKDF2_ROUNDS = 210000,
	SALT_SIZE = 16,
};

static void free_bio(BIO **bio)
{
	BIO_free(*bio);
	ERR_clear_error();
}

static void free_pkcs8(PKCS8_PRIV_KEY_INFO **info)
{
	PKCS8_PRIV_KEY_INFO_free(*info);
}

static void free_encrypted(X509_SIG **encrypted)
{
	X509_SIG_free(*encrypted);
}

static BIO *bio_over(const char *pem, size_t size)
{
	return size <= INT_MAX ? BIO_new_mem_buf(pem, (int)size) : NULL;
}

/* Without it libcrypto asks at the terminal itself when the PEM block is another one, encrypted. */
static int no_password(char *out, int size, int writing, void *data)
{
	(void)out;
	(void)size;
	(void)writing;
	(void)data;
	return -1;
}

struct key *key_read_private(const char *pem, size_t size, const char *password, const char *where,
			     struct err *err)
{
	AUTO(free_bio) BIO *bio = bio_over(pem, size);
	AUTO(free_encrypted) X509_SIG *encrypted = NULL;
	AUTO(free_pkcs8) PKCS8_PRIV_KEY_INFO *info = NULL;
	EVP_PKEY *evp;

	encrypted = bio ? PEM_read_bio_PKCS8(bio, NULL, no_password, NULL) : NULL;
	if (!encrypted) {
		err_set(err, ERR_INPUT,
			"%s: no encrypted private key (PKCS#8 PEM); 'cuihuo key make' makes one",
			where);
		return NULL;
	}
	info = PKCS8_decrypt(encrypted, password, (int)strlen(password));
	if (!info) {
		err_set(err, ERR_INPUT, "%s: wrong password, or the file is damaged", where);
		return NULL;
	}
	evp = EVP_PKCS82PKEY(info);
	if (!evp) {
		err_set(err, ERR_INPUT, "%s: libcrypto does not know this kind of private key",
			where);
		return NULL;
	}
	return key_wrap(evp, true, where, err);
}

struct key *key_read_public(const char *pem, size_t size, const char *where, struct err *err)
{
	AUTO(free_bio) BIO *bio = bio_over(pem, size);
	EVP_PKEY *evp = bio ? PEM_read_bio_PUBKEY(bio, NULL, no_password, NULL) : NULL;

	if (!evp) {
		err_set(err, ERR_INPUT, "%s: no public key (PEM); 'cuihuo key make' writes it beside the private one, as .pub", where);
		return NULL;
	}
	return key_wrap(evp, false, where, err);
}

static X509_SIG *encrypt(const struct key *key, const char *password)
{
	AUTO(free_pkcs8) PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key_evp(key));
	X509_ALGOR *scheme = PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), PBKDF2_ROUNDS, NULL, SALT_SIZE,
					       NULL, NID_hmacWithSHA512);
	X509_SIG *encrypted = NULL;

	if (info && scheme)
		encrypted = PKCS8_set0_pbe(password, (int)strlen(password), info, scheme);
	if (!encrypted)
		X509_ALGOR_free(scheme);	/* otherwise it is part of `encrypted` */
	return encrypted;
}

static int add_bio(BIO *bio, struct buf *out)
{
	char *data = NULL;
	long size = BIO_get_mem_data(bio, &data);

	if (size <= 0)
		return ERR_CRYPTO;
	buf_add(out, data, (size_t)size);
	return 0;
}

int key_write_private(const struct key *key, const char *password, struct buf *out,
		      struct err *err)
{
	AUTO(free_bio) BIO *bio = BIO_new(BIO_s_mem());
	AUTO(free_encrypted) X509_SIG *encrypted = NULL;

	if (!password[0])
		return err_set(err, ERR_INPUT, "a private key needs a password that is not empty");
	encrypted = bio ? encrypt(key, password) : NULL;
	if (!encrypted || PEM_write_bio_PKCS8(bio, encrypted) != 1 || add_bio(bio, out) < 0)
		return err_set(err, ERR_CRYPTO, "libcrypto failed to encrypt the private key");
	return 0;
}

int key_write_public(const struct key *key, struct buf *out, struct err *err)
{
	AUTO(free_bio) BIO *bio = BIO_new(BIO_s_mem());
	AUTO(buf_release) struct buf der = BUF_INIT;

	key_write_der(key, &der);
	if (!bio ||
	    !PEM_write_bio(bio, PEM_STRING_PUBLIC, "", (unsigned char *)der.data, (long)der.size) ||
	    add_bio(bio, out) < 0)
		return err_set(err, ERR_CRYPTO, "libcrypto failed to write the public key");
	return 0;
}
