/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/envelope.h"

#include "harness/base/auto.h"
#include "harness/base/base64.h"
#include "harness/base/json_read.h"

#include <stdio.h>
#include <string.h>

static void signed_bytes(const struct envelope *envelope, struct buf *out)
{
	buf_addf(out, "DSSEv1 %zu %s %zu ", strlen(envelope->type), envelope->type,
		 envelope->payload.size);
	buf_add(out, envelope->payload.data, envelope->payload.size);
}

int envelope_check(const struct envelope *envelope, const struct key *key, struct err *err)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;

	if (strcmp(envelope->key_id, key_id(key)) != 0)
		return err_set(err, ERR_INPUT, "signed by key %s, not by %s", envelope->key_id,
			       key_id(key));
	signed_bytes(envelope, &bytes);
	return signature_check(key, bytes.data, bytes.size, &envelope->signature, err);
}

int envelope_write(const struct envelope *envelope, struct buf *out, struct err *err)
{
	AUTO(buf_release) struct buf payload = BUF_INIT;
	AUTO(buf_release) struct buf signature = BUF_INIT;
	struct json_writer w;

	base64_encode(envelope->payload.data, envelope->payload.size, &payload);
	base64_encode(envelope->signature.data, envelope->signature.size, &signature);
	json_start(&w, json_buf_sink, out);
	json_begin_object(&w, NULL);
	json_text(&w, "payload", payload.data);
	json_text(&w, "payloadType", envelope->type);
	json_begin_array(&w, "signatures");
	json_begin_object(&w, NULL);
	json_text(&w, "keyid", envelope->key_id);
	json_text(&w, "sig", signature.data);
	json_end(&w);
	json_end(&w);
	json_end(&w);
	return json_finish(&w, err);
}

int envelope_seal(const char *type, const void *payload, size_t size, const struct key *key,
		  struct buf *out, struct err *err)
{
	AUTO(envelope_release) struct envelope envelope = ENVELOPE_INIT;
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	int code;

	snprintf(envelope.type, sizeof(envelope.type), "%s", type);
	snprintf(envelope.key_id, sizeof(envelope.key_id), "%s", key_id(key));
	buf_add(&envelope.payload, payload, size);
	signed_bytes(&envelope, &bytes);
	code = signature_make(key, bytes.data, bytes.size, &envelope.signature, err);
	if (code < 0)
		return code;
	return envelope_write(&envelope, out, err);
}

static int read_signature(const json_t *member, const char *where, struct envelope *envelope,
			  struct err *err)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	const char *id;
	const char *text;

	if (json_get_text(member, "keyid", where, &id, err) < 0 ||
	    json_get_text(member, "sig", where, &text, err) < 0)
		return ERR_INPUT;
	if (key_id_check(id) < 0)
		return err_set(err, ERR_INPUT, "%s: '%.32s' is no key id", where, id);
	if (base64_decode(text, &bytes) < 0 || bytes.size > SIGNATURE_SIZE_MAX)
		return err_set(err, ERR_INPUT, "%s: key 'sig' holds no signature", where);
	snprintf(envelope->key_id, sizeof(envelope->key_id), "%s", id);
	memcpy(envelope->signature.data, bytes.data, bytes.size);
	envelope->signature.size = bytes.size;
	return 0;
}

static int read_members(const json_t *root, const char *where, struct envelope *envelope,
			struct err *err)
{
	const char *payload;
	const char *type;
	json_t *signatures;

	if (json_get_text(root, "payload", where, &payload, err) < 0 ||
	    json_get_text(root, "payloadType", where, &type, err) < 0 ||
	    json_get_array(root, "signatures", where, &signatures, err) < 0)
		return ERR_INPUT;
	if (strlen(type) >= sizeof(envelope->type))
		return err_set(err, ERR_INPUT, "%s: key 'payloadType' is too long", where);
	if (base64_decode(payload, &envelope->payload) < 0)
		return err_set(err, ERR_INPUT, "%s: key 'payload' is not base64", where);
	if (json_array_size(signatures) != 1)
		return err_set(err, ERR_INPUT, "%s: must hold exactly one signature", where);
	snprintf(envelope->type, sizeof(envelope->type), "%s", type);
	return read_signature(json_array_get(signatures, 0), where, envelope, err);
}

int envelope_read(const char *data, size_t size, const char *where, struct envelope *envelope,
		  struct err *err)
{
	AUTO(json_release) json_t *root = NULL;
	AUTO(buf_release) struct buf again = BUF_INIT;

	if (size > ENVELOPE_SIZE_MAX)
		return err_set(err, ERR_INPUT, "%s: larger than %u bytes", where,
			       ENVELOPE_SIZE_MAX);
	root = json_read(data, size, where, err);
	if (!root || read_members(root, where, envelope, err) < 0)
		return ERR_INPUT;
	if (envelope_write(envelope, &again, err) < 0)
		return ERR_INPUT;
	if (again.size != size || memcmp(again.data, data, size) != 0)
		return err_set(err, ERR_INPUT,
			       "%s: not in canonical form; it was changed after signing", where);
	return 0;
}

void envelope_release(struct envelope *envelope)
{
	buf_release(&envelope->payload);
}
