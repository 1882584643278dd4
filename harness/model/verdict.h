/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_VERDICT_H
#define MODEL_VERDICT_H
/*
 * PASS, FAIL or INCOMPLETE: a pure function of profile and record; the same bytes from the same
 * evidence on every machine.
 *
 * FAIL: a finding against the product of severity critical or major, an unmet expectation, a limit
 * exceeded. Otherwise INCOMPLETE: anything required that is not proven done. Otherwise PASS. What the
 * profile asks for is taken from the profile, never from the plan inside the record: the machine
 * under test proposes, the judge decides.
 */
#include "harness/base/arena.h"
#include "harness/base/digest.h"
#include "harness/base/err.h"
#include "harness/base/json.h"
#include "harness/model/profile.h"
#include "harness/model/record.h"

#include <jansson.h>
#include <stdbool.h>

enum verdict_kind {
	VERDICT_INCOMPLETE = 0,
	VERDICT_FAIL,
	VERDICT_PASS,
};

struct reason {
	enum verdict_kind towards;	/* FAIL or INCOMPLETE */
	const char *code;		/* a finding code, or one of reason_code[] */
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

/* Reasons that are no findings: what is missing for a PASS (verdict_reasons.c). */
struct reason_code {
	const char *code;	/* "step-missing" */
	const char *summary;	/* translatable */
};

extern const struct reason_code reason_code[];
extern const size_t reason_code_count;
/* Translatable summary of a reason's code, of either table; never NULL. */
const char *reason_code_summary(const char *code);

#define VERDICT_FORMAT 1
#define VERDICT_INIT { .arena = ARENA_INIT }

/* record_digest: SM3 of the bytes of record.json, as text. */
void verdict_judge(const struct profile *profile, const struct record *record,
		   const char *record_digest, struct verdict *verdict);
void verdict_release(struct verdict *verdict);
void verdict_write(struct json_writer *w, const struct verdict *verdict);
/* "reasons":[{"code","detail","subject","towards"}], into the object that is open. */
void verdict_write_reasons(struct json_writer *w, const struct verdict *verdict);
int verdict_read(const json_t *object, const char *where, struct verdict *verdict,
		 struct err *err);
/* Is the only thing against the machine that the guard stopped it? */
bool verdict_is_guard_stop(const struct verdict *verdict);
const char *verdict_name(enum verdict_kind kind);	/* "INCOMPLETE", "FAIL", "PASS" */

#endif
