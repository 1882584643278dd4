/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ISSUE_CERTIFY_H
#define ISSUE_CERTIFY_H
/*
 * From evidence to a signed certificate. The machine proposes, the issuer decides: the verdict is
 * the one that judged_read derived here, not one that came with the evidence.
 *
 *	code = certify_judged(&judged, key, clock_wall_ns() / NS, &out, &err);
 *
 * Refused with ERR_UNSUPPORTED: a verdict other than PASS; a bench key for a record of
 * another stage than bench, and another key for stage bench.
 */
#include "harness/base/buf.h"
#include "harness/base/err.h"
#include "harness/base/key.h"
#include "harness/issue/judged.h"

#include <stdint.h>

/* The envelope, appended to `out`. */
int certify_judged(const struct judged *judged, const struct key *key, int64_t issued_s,
		     struct buf *out, struct err *err);

#endif
