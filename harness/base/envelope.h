/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_ENVELOPE_H
#define BASE_ENVELOPE_H
/*
 * A signed message: payload bytes, their type, one signature. The layout is that of DSSE v1, as
 * canonical JSON:
 *
 *	{"payload":BASE64,"payloadType":TYPE,"signatures":[{"keyid":ID,"sig":BASE64}]}
 *
 * Signed are the bytes "DSSEv1", the length of the type, the type, the length of the payload, the
 * payload, parted by single spaces. Reading is strict: what envelope_read accepts, envelope_write
 * writes again byte for byte, so there is no bit in the file that means nothing.
 *
 *	struct envelope envelope = ENVELOPE_INIT;
 *	code = envelope_seal(TYPE, payload, size, key, &out, &err);
 *	code = envelope_read(out.data, out.size, "x.cert.json", &envelope, &err);
 *	code = envelope_check(&envelope, key, &err);	ERR_INPUT: not signed by this key
 *	envelope_release(&envelope);
 */
#include "harness/base/buf.h"
#include "harness/base/err.h"
#include "harness/base/signature.h"

#include <stddef.h>

#define ENVELOPE_SIZE_MAX (1u << 20)
#define ENVELOPE_TYPE_SIZE 96

struct envelope {
	char type[ENVELOPE_TYPE_SIZE];
	char key_id[KEY_ID_TEXT_SIZE];	/* who says to have signed; proven by envelope_check only */
	struct signature signature;
	struct buf payload;
};

#define ENVELOPE_INIT { .payload = BUF_INIT }

int envelope_seal(const char *type, const void *payload, size_t size, const struct key *key,
		  struct buf *out, struct err *err);
int envelope_read(const char *data, size_t size, const char *where, struct envelope *envelope,
		  struct err *err);
int envelope_check(const struct envelope *envelope, const struct key *key, struct err *err);
int envelope_write(const struct envelope *envelope, struct buf *out, struct err *err);
void envelope_release(struct envelope *envelope);

#endif
