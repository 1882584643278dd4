/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_CERTIFICATE_H
#define MODEL_CERTIFICATE_H
/*
 * What a unit certificate says (docs/formats/certificate.md): the short, signed statement that one
 * machine passed one profile, bound to the record by its digest. Everything in it but number, time
 * of issue and key follows from the record, so a verifier who has the record makes it again and
 * compares.
 *
 *	struct certificate certificate = CERTIFICATE_INIT;
 *	code = certificate_make(&source, &certificate, &err);	ERR_UNSUPPORTED: not PASS
 *	code = certificate_write(&certificate, &payload, &err);
 *	code = certificate_read(payload.data, payload.size, where, &certificate, &err);
 *	certificate_release(&certificate);
 *
 * Reading is strict: what is accepted is written again byte for byte. A payload of another format
 * is ERR_UNSUPPORTED: this program cannot tell.
 */
#include "harness/base/arena.h"
#include "harness/base/buf.h"
#include "harness/base/digest.h"
#include "harness/base/err.h"
#include "harness/base/key.h"
#include "harness/model/identity.h"
#include "harness/model/record.h"
#include "harness/model/stage.h"
#include "harness/model/verdict.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CERTIFICATE_FORMAT 1
/* The type that the envelope names; what follows the stem is the format. */
#define CERTIFICATE_TYPE_STEM "application/vnd.cuihuo.certificate.v"
#define CERTIFICATE_TYPE CERTIFICATE_TYPE_STEM "1+json"
#define CERTIFICATE_NUMBER_SIZE 48

/* The last attempt of one step. */
struct certificate_item {
	const char *name, *kernel, *unit;	/* unit of work: "block", "byte" */
	enum outcome_kind outcome;
	bool required;
	uint64_t attempts;
	uint64_t work, distinct_bytes;
	struct node_bytes_list frames;
	struct module_bytes_list modules;
	int64_t asked_ns, done_ns;
};

/* The hottest series of one source of temperatures. */
struct certificate_peak {
	const char *component, *label;
	int64_t milli_c;
};

struct certificate {
	struct arena arena;
	char number[CERTIFICATE_NUMBER_SIZE];	/* "BATCH-20261123-3F2A91C0" */
	enum stage stage;
	const char *serial, *lot;		/* as given to run, or "" */
	const char *run_id, *harness_version;
	const char *profile_name;
	int64_t profile_version;
	char profile_digest[DIGEST_TEXT_SIZE];
	char record_digest[DIGEST_TEXT_SIZE];
	uint64_t record_bytes;
	char journal_digest[DIGEST_TEXT_SIZE];
	int64_t started_s, ended_s, issued_s;	/* since 1970 UTC */
	bool blind;				/* ran without a believable temperature sensor */
	const char *blind_approver;		/* or NULL */
	uint64_t interruptions;
	uint64_t remarks;			/* findings that did not fail the machine */
	enum verdict_kind verdict;		/* only PASS is certified */
	struct identity identity;
	struct certificate_item *item;
	size_t item_count;
	struct certificate_peak *peak;
	size_t peak_count;
	char key_id[KEY_ID_TEXT_SIZE];
};

#define CERTIFICATE_INIT { .identity = IDENTITY_INIT }

/* What a certificate is made from. */
struct certificate_source {
	const struct record *record;
	const struct verdict *verdict;	/* of this record */
	uint64_t record_bytes;
	int64_t issued_s;
	const char *key_id;
};

int certificate_make(const struct certificate_source *source, struct certificate *certificate,
		     struct err *err);
int certificate_write(const struct certificate *certificate, struct buf *out, struct err *err);
int certificate_read(const char *data, size_t size, const char *where,
		     struct certificate *certificate, struct err *err);
void certificate_release(struct certificate *certificate);

/* What no certificate of this format covers: English msgids, NULL-terminated. */
extern const char *const certificate_not_covered[];

#endif
