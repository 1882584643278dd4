/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/issue/verify.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/base/text.h"

#include <string.h>

static struct err *fail(struct verification *v, enum check_name name, enum check_state state)
{
	v->check[name].state = state;
	return &v->check[name].said;
}

static void pass(struct verification *v, enum check_name name)
{
	v->check[name].state = CHECK_GOOD;
}

/* A certificate of a later format is no fault of its own; another kind of file is. */
static int check_type(struct verification *v, const char *where)
{
	const char *type = v->envelope.type;

	if (!strcmp(type, CERTIFICATE_TYPE))
		return 0;
	if (text_starts(type, CERTIFICATE_TYPE_STEM))
		return err_set(fail(v, CHECK_FORM, CHECK_UNKNOWN), ERR_UNSUPPORTED,
			       "%s: a certificate of another format; this program reads v %d",
			       where, CERTIFICATE_FORMAT);
	return err_set(fail(v, CHECK_FORM, CHECK_BAD), ERR_INPUT, "%s: not a certificate", where);
}

/* What holds of every certificate, whoever is trusted. */
static void check_inside(struct verification *v, const char *where)
{
	const struct certificate *certificate = &v->certificate;

	if (strcmp(certificate->key_id, v->envelope.key_id) != 0)
		err_set(fail(v, CHECK_FORM, CHECK_BAD), ERR_INPUT,
			"%s: names key %s inside and key %s outside", where, certificate->key_id,
			v->envelope.key_id);
	if (record_is_injected(certificate->harness_version))
		err_set(fail(v, CHECK_FORM, CHECK_BAD), ERR_INPUT,
			"%s: the program that ran it may plant faults (%s)", where,
			certificate->harness_version);
	if (!trust_use_fits(key_id_use(certificate->key_id), certificate->stage))
		err_set(fail(v, CHECK_STAGE, CHECK_BAD), ERR_INPUT,
			"a %s key cannot sign stage %s",
			key_use_name(key_id_use(certificate->key_id)),
			stage_name(certificate->stage));
}

void verify_file(struct verification *v, const char *data, size_t size, const char *where)
{
	struct err err = ERR_INIT;
	int code;

	v->check[CHECK_RECORD].state = CHECK_NOT_ASKED;
	v->check[CHECK_MACHINE].state = CHECK_NOT_ASKED;
	if (envelope_read(data, size, where, &v->envelope, &err) < 0) {
		err_prefix(&err, "not a certificate, or not a whole one");
		*fail(v, CHECK_FORM, CHECK_BAD) = err;
		return;
	}
	if (check_type(v, where) < 0)
		return;
	code = certificate_read(v->envelope.payload.data, v->envelope.payload.size, where,
				&v->certificate, &err);
	if (code < 0) {
		*fail(v, CHECK_FORM, code == ERR_UNSUPPORTED ? CHECK_UNKNOWN : CHECK_BAD) = err;
		return;
	}
	v->readable = true;
	pass(v, CHECK_FORM);
	pass(v, CHECK_STAGE);
	check_inside(v, where);
}

void verify_signer(struct verification *v, const struct trust *trust)
{
	const struct certificate *certificate = &v->certificate;
	const char *id = certificate->key_id;

	if (!v->readable)
		return;
	v->signer = trust ? trust_find(trust, id) : NULL;
	if (!v->signer) {
		err_set(fail(v, CHECK_SIGNATURE, CHECK_UNKNOWN), ERR_NOT_FOUND,
			"the public key %s is needed to check the signature", id);
		if (trust)
			err_set(fail(v, CHECK_SIGNER, CHECK_UNKNOWN), ERR_NOT_FOUND,
				"signed by key %s, which the trust file does not list", id);
		else
			err_set(fail(v, CHECK_SIGNER, CHECK_UNKNOWN), ERR_NOT_FOUND,
				"signed by key %s; no trust file was given (--trust)", id);
		return;
	}
	if (envelope_check(&v->envelope, v->signer->key, &v->check[CHECK_SIGNATURE].said) < 0)
		fail(v, CHECK_SIGNATURE, CHECK_BAD);
	else
		pass(v, CHECK_SIGNATURE);
	if (trust_allows(v->signer, certificate->stage, certificate->issued_s,
			 &v->check[CHECK_SIGNER].said) < 0)
		fail(v, CHECK_SIGNER, CHECK_BAD);
	else
		pass(v, CHECK_SIGNER);
}

void verify_stage(struct verification *v, enum stage stage)
{
	if (v->readable && v->certificate.stage != stage)
		err_set(fail(v, CHECK_STAGE, CHECK_BAD), ERR_INPUT,
			"certifies stage %s, not stage %s", stage_name(v->certificate.stage),
			stage_name(stage));
}

/* The first member of the payload on which certificate and record disagree; NULL: none. */
static const char *first_difference(const json_t *certified, const json_t *derived)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)certified, key, value) {
		if (!json_equal(value, json_object_get(derived, key)))
			return key;
	}
	json_object_foreach((json_t *)derived, key, value) {
		if (!json_object_get(certified, key))
			return key;
	}
	return NULL;
}

/* The statement made again from the record; time of issue and key are taken over. */
static int check_statement(struct verification *v, const struct judged *judged, struct err *err)
{
	AUTO(certificate_release) struct certificate again = CERTIFICATE_INIT;
	AUTO(json_release) json_t *certified = NULL;
	AUTO(json_release) json_t *derived = NULL;
	AUTO(buf_release) struct buf payload = BUF_INIT;
	const struct certificate_source source = {
		.record = &judged->record,
		.verdict = &judged->verdict,
		.record_bytes = judged->size,
		.issued_s = v->certificate.issued_s,
		.key_id = v->certificate.key_id,
	};
	const char *key;
	int code = certificate_make(&source, &again, err);

	if (code >= 0)
		code = certificate_write(&again, &payload, err);
	if (code < 0)
		return code;
	certified =
		json_read(v->envelope.payload.data, v->envelope.payload.size, "certificate", err);
	derived = json_read(payload.data, payload.size, "record", err);
	if (!certified || !derived)
		return ERR_INTERNAL;
	key = first_difference(certified, derived);
	if (key)
		return err_set(err, ERR_INPUT,
			       "'%s' of the certificate does not follow from the record", key);
	return 0;
}

void verify_record(struct verification *v, const struct judged *judged, const struct err *unread)
{
	if (!v->readable)
		return;
	if (strcmp(judged->digest, v->certificate.record_digest) != 0) {
		err_set(fail(v, CHECK_RECORD, CHECK_BAD), ERR_INPUT,
			"this is not the record that was certified: its SM3 differs");
		return;
	}
	if (unread->code) {
		/* The very bytes: another version of the program may well read them. */
		*fail(v, CHECK_RECORD, CHECK_UNKNOWN) = *unread;
		err_prefix(&v->check[CHECK_RECORD].said,
			   "the certified record cannot be judged here");
		return;
	}
	if (check_statement(v, judged, &v->check[CHECK_RECORD].said) < 0)
		fail(v, CHECK_RECORD, CHECK_BAD);
	else
		pass(v, CHECK_RECORD);
}

/* Differences first, then what could not be read; without a marked part nothing is told. */
static void judge_changes(struct verification *v)
{
	size_t unreadable = 0;
	size_t i;

	for (i = 0; i < v->changes.count; i++)
		unreadable += v->changes.change[i].kind == IDENTITY_UNREADABLE;
	if (unreadable < v->changes.count)
		err_set(fail(v, CHECK_MACHINE, CHECK_BAD), ERR_INPUT,
			"this is another machine, or parts were changed: %zu differences",
			v->changes.count - unreadable);
	else if (unreadable)
		err_set(fail(v, CHECK_MACHINE, CHECK_UNKNOWN), ERR_ACCESS,
			"%zu certified parts cannot be read here; try as root", unreadable);
	else if (!v->certificate.identity.part_count)
		err_set(fail(v, CHECK_MACHINE, CHECK_UNKNOWN), ERR_NOT_FOUND,
			"the certificate marks no part that could be told from its like");
	else
		pass(v, CHECK_MACHINE);
}

void verify_machine(struct verification *v, const struct inventory *inventory)
{
	struct err err = ERR_INIT;

	if (!v->readable)
		return;
	if (identity_compare(&v->certificate.identity, inventory, &v->changes, &err) < 0)
		*fail(v, CHECK_MACHINE, CHECK_UNKNOWN) = err;
	else
		judge_changes(v);
}

enum verification_result verify_result(const struct verification *v)
{
	enum verification_result result = VERIFICATION_VALID;
	size_t i;

	for (i = 0; i < CHECK_COUNT; i++) {
		if (v->check[i].state == CHECK_BAD)
			return VERIFICATION_INVALID;
		if (v->check[i].state == CHECK_UNKNOWN)
			result = VERIFICATION_UNKNOWN;
	}
	return result;
}

void verification_release(struct verification *v)
{
	envelope_release(&v->envelope);
	certificate_release(&v->certificate);
	identity_changes_release(&v->changes);
}

const char *check_name_text(enum check_name name)
{
	static const char *const text[] = { "form",  "signer", "signature",
					    "stage", "record", "machine" };

	return (size_t)name < ARRAY_SIZE(text) ? text[name] : "unknown";
}

const char *check_state_text(enum check_state state)
{
	static const char *const text[] = { "unknown", "bad", "good", "not-asked" };

	return (size_t)state < ARRAY_SIZE(text) ? text[state] : text[CHECK_UNKNOWN];
}

const char *verification_result_text(enum verification_result result)
{
	static const char *const text[] = { "cannot-tell", "invalid", "valid" };

	return (size_t)result < ARRAY_SIZE(text) ? text[result] : text[VERIFICATION_UNKNOWN];
}
