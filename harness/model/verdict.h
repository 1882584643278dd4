/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_VERDICT_H
#define MODEL_VERDICT_H
/*
 * PASS, FAIL or INCOMPLETE: a pure function of profile and record; the same bytes from the same
 * evidence on every machine.
 *
 * FAIL: a finding against the product of severity critical or major, an unmet expectation, a limit
 * exceeded. Otherwise INCOMPLETE: anything required that is not proven done. Otherwise PASS.
 */
#include "harness/base/arena.h"
#include "harness/base/digest.h"
#include "harness/base/err.h"
#include "harness/base/json.h"
#include "harness/model/profile.h"
#include "harness/model/record.h"

enum verdict_kind {
	VERDICT_INCOMPLETE = 0,
	VERDICT_FAIL,
	VERDICT_PASS,
};

struct reason {
	enum verdict_kind towards;	/* FAIL or INCOMPLETE */
	const char *code;		/* a finding code, or one of the reasons table in verdict.c */
	const char *subject;		/* step, component or series; "" when the run as a whole */
	const char *detail;		/* English */
	struct reason *next;
};

struct verdict {
	struct arena arena;
	enum verdict_kind kind;
	struct reason *reason;
	size_t reason_count;
	char record_digest[DIGEST_TEXT_SIZE];
	char profile_digest[DIGEST_TEXT_SIZE];
};

#define VERDICT_INIT { .arena = ARENA_INIT }

/* record_digest: SM3 of the bytes of record.json, as text. */
void verdict_judge(const struct profile *profile, const struct record *record,
		   const char *record_digest, struct verdict *verdict);
void verdict_release(struct verdict *verdict);
void verdict_write(struct json_writer *w, const struct verdict *verdict);
int verdict_read(const json_t *object, const char *where, struct verdict *verdict,
		 struct err *err);
const char *verdict_name(enum verdict_kind kind);	/* "INCOMPLETE", "FAIL", "PASS" */

#endif
