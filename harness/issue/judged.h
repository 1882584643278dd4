/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ISSUE_JUDGED_H
#define ISSUE_JUDGED_H
/*
 * A record as bytes, and the verdict derived from it anew: what is signed, and what a verifier who
 * has the record checks. Nobody's opinion is read: verdict.json plays no part.
 *
 *	AUTO(judged_release) struct judged judged = JUDGED_INIT;
 *	code = judged_read(data, size, "record.json", &kernels, &judged, &err);
 *
 * ERR_INPUT when the bytes are not the canonical form of a record; `digest` and `size` are filled
 * then, too.
 */
#include "harness/base/digest.h"
#include "harness/base/err.h"
#include "harness/model/kernel_spec.h"
#include "harness/model/record.h"
#include "harness/model/verdict.h"

#include <stddef.h>

#define JUDGED_SIZE_MAX (256u << 20)

struct judged {
	struct record record;
	struct verdict verdict;
	char digest[DIGEST_TEXT_SIZE];	/* SM3 of the bytes */
	size_t size;
};

#define JUDGED_INIT { .record = RECORD_INIT, .verdict = VERDICT_INIT }

int judged_read(const char *data, size_t size, const char *where,
		const struct kernel_table *kernels, struct judged *judged, struct err *err);
void judged_release(struct judged *judged);

#endif
