/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ISSUE_VERIFY_H
#define ISSUE_VERIFY_H
/*
 * Whether a certificate is valid, invalid, or not to be told from what is at hand. Needs no network
 * and no machine; the clock is not asked.
 *
 *	AUTO(verification_release) struct verification v = VERIFICATION_INIT;
 *	verify_file(&v, data, size, "x.cert.json");	form
 *	verify_signer(&v, &trust);			NULL: no trust file
 *	verify_stage(&v, STAGE_BATCH);			only when a stage is asked for
 *	verify_record(&v, &judged, &err);		only with a record at hand
 *	verify_machine(&v, &inventory);			only on the machine
 *	switch (verify_result(&v)) ...
 *
 * In this order; each fills its checks and does nothing when the form was already wrong. Any bad
 * check makes the certificate invalid, else any unknown one makes it undecided: what is missing
 * never counts as good.
 */
#include "harness/base/envelope.h"
#include "harness/base/err.h"
#include "harness/issue/judged.h"
#include "harness/model/certificate.h"
#include "harness/model/identity.h"
#include "harness/model/inventory.h"
#include "harness/model/trust.h"

#include <stdbool.h>
#include <stddef.h>

enum check_name {
	CHECK_FORM = 0,		/* an envelope with a certificate, in canonical form */
	CHECK_SIGNER,		/* the key is trusted, for this stage and time */
	CHECK_SIGNATURE,	/* of that key over these bytes */
	CHECK_STAGE,		/* fits the use of the key, and is the one asked for */
	CHECK_RECORD,		/* digest, verdict and every statement follow from the record */
	CHECK_MACHINE,		/* the certified parts are in this machine, and no others */
	CHECK_COUNT,
};

enum check_state {
	CHECK_UNKNOWN = 0,	/* something is missing: said.text says what */
	CHECK_BAD,		/* said.text says why */
	CHECK_GOOD,
	CHECK_NOT_ASKED,
};

struct check {
	enum check_state state;
	struct err said;
};

enum verification_result {
	VERIFICATION_UNKNOWN = 0,
	VERIFICATION_INVALID,
	VERIFICATION_VALID,
};

struct verification {
	struct check check[CHECK_COUNT];
	bool readable;			/* envelope and certificate below are filled */
	struct envelope envelope;
	struct certificate certificate;
	const struct trust_key *signer;	/* borrowed from the trust; NULL: not trusted */
	struct identity_changes changes;
};

#define VERIFICATION_INIT                                                                          \
	{                                                                                          \
		.envelope = ENVELOPE_INIT, .certificate = CERTIFICATE_INIT,                        \
		.changes = IDENTITY_CHANGES_INIT,                                                  \
	}

void verify_file(struct verification *v, const char *data, size_t size, const char *where);
void verify_signer(struct verification *v, const struct trust *trust);
void verify_stage(struct verification *v, enum stage stage);
/* `unread`: what judged_read said; without a failure `judged` is complete. */
void verify_record(struct verification *v, const struct judged *judged, const struct err *unread);
void verify_machine(struct verification *v, const struct inventory *inventory);
enum verification_result verify_result(const struct verification *v);
void verification_release(struct verification *v);

const char *check_name_text(enum check_name name);		/* "form", "signer", ... */
const char *check_state_text(enum check_state state);		/* "unknown", "bad", "good" */
const char *verification_result_text(enum verification_result result);	/* "cannot-tell" ... */

#endif
