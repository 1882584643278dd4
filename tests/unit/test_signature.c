/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/base64.h"
#include "harness/base/digest.h"
#include "harness/base/envelope.h"
#include "harness/base/key.h"
#include "harness/base/signature.h"

#include <stdio.h>
#include <string.h>

/* GM/T 0003.5: the example key on the recommended curve, its ID, message and signature. */
#define VECTOR_HEAD "3059301306072a8648ce3d020106082a811ccf5501822d03420004"
#define VECTOR_X "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
#define VECTOR_Y "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
#define VECTOR_R "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
#define VECTOR_S "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"

static struct key *vector_key(void)
{
	uint8_t der[91];
	struct key *key;

	ck_assert_int_eq(hex_decode(VECTOR_HEAD VECTOR_X VECTOR_Y, der, sizeof(der)), 0);
	key = key_read_der(der, sizeof(der), "vector", NULL);
	ck_assert_ptr_nonnull(key);
	return key;
}

/* Both numbers have their top bit set, so each takes 33 bytes in DER. */
static struct signature vector_signature(void)
{
	struct signature signature = { .size = 72 };

	ck_assert_int_eq(hex_decode("3046022100" VECTOR_R "022100" VECTOR_S, signature.data, 72),
			 0);
	return signature;
}

START_TEST(the_vector_of_gmt_0003_5_verifies)
{
	struct signature signature = vector_signature();
	struct key *key = vector_key();

	ck_assert_int_eq(key_algorithm(key), KEY_SM2);
	ck_assert_int_eq(signature_check(key, "message digest", 14, &signature, NULL), 0);
	key_free(key);
}
END_TEST

START_TEST(the_vector_fails_with_another_signer_id)
{
	struct signature signature = vector_signature();
	struct key *key = vector_key();
	const char *message = "message digest";

	ck_assert_int_eq(signature_check_id(key, message, 14, &signature, "1234567812345678", 16),
			 0);
	ck_assert_int_lt(signature_check_id(key, message, 14, &signature, "", 0), 0);
	ck_assert_int_lt(signature_check_id(key, message, 14, &signature, "8765432187654321", 16),
			 0);
	ck_assert_int_lt(signature_check_id(key, message, 14, &signature, "1234567812345678", 17),
			 0);
	key_free(key);
}
END_TEST

START_TEST(the_vector_fails_with_any_bit_of_the_signature_flipped)
{
	struct signature signature = vector_signature();
	struct key *key = vector_key();
	size_t bit;

	for (bit = 0; bit < 8 * signature.size; bit++) {
		signature.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
		ck_assert_int_eq(signature_check(key, "message digest", 14, &signature, NULL),
				 ERR_INPUT);
		signature.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	key_free(key);
}
END_TEST

static const enum key_algorithm each[] = { KEY_SM2, KEY_ED25519 };

START_TEST(what_a_new_key_signs_its_public_half_verifies)
{
	size_t i;

	for (i = 0; i < 2; i++) {
		struct key *key = key_make(each[i], KEY_USE_PRODUCT, NULL);
		struct buf pem = BUF_INIT;
		struct signature signature;
		struct key *half;

		ck_assert_ptr_nonnull(key);
		ck_assert_int_eq(signature_make(key, "burnt in", 8, &signature, NULL), 0);
		ck_assert_int_eq(key_write_public(key, &pem, NULL), 0);
		half = key_read_public(pem.data, pem.size, "half", NULL);
		ck_assert_ptr_nonnull(half);
		ck_assert_str_eq(key_id(half), key_id(key));
		ck_assert_int_eq(signature_check(half, "burnt in", 8, &signature, NULL), 0);
		ck_assert_int_eq(signature_check(half, "burnt-in", 8, &signature, NULL), ERR_INPUT);
		ck_assert_int_eq(signature_make(half, "burnt in", 8, &signature, NULL), ERR_INPUT);
		key_free(half);
		key_free(key);
		buf_release(&pem);
	}
}
END_TEST

START_TEST(the_key_id_is_the_head_of_sm3_over_the_public_key_info)
{
	struct key *key = vector_key();
	struct buf der = BUF_INIT;
	char text[DIGEST_TEXT_SIZE];

	key_write_der(key, &der);
	ck_assert_int_eq(digest_sm3_text(der.data, der.size, text, NULL), 0);
	ck_assert_str_eq(key_digest(key), text);
	ck_assert_int_eq(strncmp(key_id(key), text, 16), 0);
	ck_assert_uint_eq(strlen(key_id(key)), 16);
	buf_release(&der);
	key_free(key);
}
END_TEST

START_TEST(the_use_of_a_key_shows_in_its_id)
{
	struct key *bench = key_make(KEY_SM2, KEY_USE_BENCH, NULL);
	int i;

	ck_assert_int_eq(strncmp(key_id(bench), "be", 2), 0);
	ck_assert_int_eq(key_use(bench), KEY_USE_BENCH);
	key_free(bench);
	/* 300 keys drawn at random would hold a bench key in two of three cases. */
	for (i = 0; i < 300; i++) {
		struct key *key = key_make(KEY_ED25519, KEY_USE_PRODUCT, NULL);

		ck_assert_int_eq(key_use(key), KEY_USE_PRODUCT);
		key_free(key);
	}
}
END_TEST

START_TEST(a_private_key_opens_with_its_password_only)
{
	size_t i;

	for (i = 0; i < 2; i++) {
		struct key *key = key_make(each[i], KEY_USE_BENCH, NULL);
		struct buf pem = BUF_INIT;
		struct err err = ERR_INIT;
		struct key *again;

		ck_assert_int_eq(key_write_private(key, "淬火 1", &pem, NULL), 0);
		ck_assert_int_eq(strncmp(pem.data, "-----BEGIN ENCRYPTED PRIVATE KEY-----", 37), 0);
		again = key_read_private(pem.data, pem.size, "淬火 1", "k", NULL);
		ck_assert_ptr_nonnull(again);
		ck_assert_str_eq(key_id(again), key_id(key));
		key_free(again);
		ck_assert_ptr_null(key_read_private(pem.data, pem.size, "淬火 2", "k", &err));
		ck_assert_int_eq(err.code, ERR_INPUT);
		ck_assert_int_eq(key_write_private(key, "", &pem, NULL), ERR_INPUT);
		buf_release(&pem);
		key_free(key);
	}
}
END_TEST

START_TEST(a_private_key_in_clear_is_refused)
{
	/* The example key of RFC 8410. */
	static const char clear[] =
		"-----BEGIN PRIVATE KEY-----\n"
		"MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
		"-----END PRIVATE KEY-----\n";
	struct err err = ERR_INIT;

	ck_assert_ptr_null(key_read_private(clear, sizeof(clear) - 1, "x", "clear.key", &err));
	ck_assert_int_eq(err.code, ERR_INPUT);
}
END_TEST

START_TEST(a_key_of_another_algorithm_is_refused)
{
	/* NIST P-256, the base point: a valid key that is not ours. */
	static const char p256[] =
		"3059301306072a8648ce3d020106082a8648ce3d03010703420004"
		"6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
		"4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
	uint8_t der[91];
	struct err err = ERR_INIT;

	ck_assert_int_eq(hex_decode(p256, der, sizeof(der)), 0);
	ck_assert_ptr_null(key_read_der(der, sizeof(der), "p256", &err));
	ck_assert_int_eq(err.code, ERR_INPUT);
}
END_TEST

START_TEST(base64_has_one_form_for_every_run_of_bytes)
{
	static const char *const bad[] = { "A", "AB", "ABC", "AB==AB==", "AB=C", "A===", "====",
					   "AB==\n", "AB C", "AR==", "ABD=", "A-_=" };
	struct buf text = BUF_INIT;
	struct buf back = BUF_INIT;
	uint8_t byte[40];
	size_t i;

	for (i = 0; i < sizeof(byte); i++) {
		byte[i] = (uint8_t)(i * 37 + 200);
		buf_reset(&text);
		buf_reset(&back);
		base64_encode(byte, i + 1, &text);
		ck_assert_int_eq(base64_decode(text.data, &back), 0);
		ck_assert_uint_eq(back.size, i + 1);
		ck_assert_mem_eq(back.data, byte, i + 1);
	}
	buf_reset(&text);
	base64_encode("fooba", 5, &text);
	ck_assert_str_eq(text.data, "Zm9vYmE=");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(base64_decode(bad[i], &back) == ERR_INPUT, "'%s'", bad[i]);
	buf_release(&text);
	buf_release(&back);
}
END_TEST

#define TYPE "application/vnd.cuihuo.test+json"

START_TEST(an_envelope_gives_back_what_was_sealed)
{
	struct key *key = key_make(KEY_SM2, KEY_USE_BENCH, NULL);
	struct envelope envelope = ENVELOPE_INIT;
	struct buf out = BUF_INIT;

	ck_assert_int_eq(envelope_seal(TYPE, "{\"a\":1}", 7, key, &out, NULL), 0);
	ck_assert_int_eq(envelope_read(out.data, out.size, "e", &envelope, NULL), 0);
	ck_assert_str_eq(envelope.type, TYPE);
	ck_assert_str_eq(envelope.payload.data, "{\"a\":1}");
	ck_assert_str_eq(envelope.key_id, key_id(key));
	ck_assert_int_eq(envelope_check(&envelope, key, NULL), 0);
	envelope_release(&envelope);
	buf_release(&out);
	key_free(key);
}
END_TEST

START_TEST(an_envelope_in_another_form_is_refused)
{
	static const char *const form[] = {
		/* canonical; then a blank, a line end, a member more, a second signature */
		"{\"payload\":\"e30=\",\"payloadType\":\"t\",\"signatures\":[{\"keyid\":"
		"\"be00000000000000\",\"sig\":\"AAAA\"}]}",
		"{\"payload\": \"e30=\",\"payloadType\":\"t\",\"signatures\":[{\"keyid\":"
		"\"be00000000000000\",\"sig\":\"AAAA\"}]}",
		"{\"payload\":\"e30=\",\"payloadType\":\"t\",\"signatures\":[{\"keyid\":"
		"\"be00000000000000\",\"sig\":\"AAAA\"}]}\n",
		"{\"note\":\"\",\"payload\":\"e30=\",\"payloadType\":\"t\",\"signatures\":"
		"[{\"keyid\":\"be00000000000000\",\"sig\":\"AAAA\"}]}",
		"{\"payload\":\"e30=\",\"payloadType\":\"t\",\"signatures\":[{\"keyid\":"
		"\"be00000000000000\",\"sig\":\"AAAA\"},{\"keyid\":\"be00000000000000\","
		"\"sig\":\"AAAA\"}]}",
	};
	size_t i;

	for (i = 0; i < sizeof(form) / sizeof(form[0]); i++) {
		struct envelope envelope = ENVELOPE_INIT;
		int code = envelope_read(form[i], strlen(form[i]), "e", &envelope, NULL);

		ck_assert_msg(code == (i ? ERR_INPUT : 0), "form %zu", i);
		envelope_release(&envelope);
	}
}
END_TEST

START_TEST(no_flipped_bit_of_an_envelope_is_accepted)
{
	struct key *key = key_make(KEY_SM2, KEY_USE_BENCH, NULL);
	struct buf out = BUF_INIT;
	size_t bit;

	ck_assert_int_eq(envelope_seal(TYPE, "{\"verdict\":\"PASS\"}", 18, key, &out, NULL), 0);
	for (bit = 0; bit < 8 * out.size; bit++) {
		struct envelope envelope = ENVELOPE_INIT;

		out.data[bit / 8] = (char)(out.data[bit / 8] ^ (1 << bit % 8));
		ck_assert_msg(envelope_read(out.data, out.size, "e", &envelope, NULL) < 0 ||
				      envelope_check(&envelope, key, NULL) < 0,
			      "bit %zu", bit);
		out.data[bit / 8] = (char)(out.data[bit / 8] ^ (1 << bit % 8));
		envelope_release(&envelope);
	}
	buf_release(&out);
	key_free(key);
}
END_TEST

UNIT_MAIN("signature", the_vector_of_gmt_0003_5_verifies, the_vector_fails_with_another_signer_id,
	  the_vector_fails_with_any_bit_of_the_signature_flipped,
	  what_a_new_key_signs_its_public_half_verifies,
	  the_key_id_is_the_head_of_sm3_over_the_public_key_info, the_use_of_a_key_shows_in_its_id,
	  a_private_key_opens_with_its_password_only, a_private_key_in_clear_is_refused,
	  a_key_of_another_algorithm_is_refused, base64_has_one_form_for_every_run_of_bytes,
	  an_envelope_gives_back_what_was_sealed, an_envelope_in_another_form_is_refused,
	  no_flipped_bit_of_an_envelope_is_accepted)
