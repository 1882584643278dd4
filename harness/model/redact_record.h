/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_REDACT_RECORD_H
#define MODEL_REDACT_RECORD_H
/*
 * A record, and the verdict on it, for strangers: what names one unit, person or network is
 * replaced as in a capture (redact.h), in every text that the record holds.
 *
 *	map = redact_map_new(seed, &err);
 *	code = redact_record(map, &kernels, &record, &verdict, &err);
 *
 * Numbers of units are learned from the attributes of the inventory that hold them, the rest by its
 * form and from log lines; then all texts are changed. The verdict stays what it was, with the
 * digest of the record it was given on; only the texts of its reasons change.
 *
 * ERR_CRYPTO when a digest failed, ERR_INPUT when a substitute broke the form of the record: both
 * are then as they were, and nothing may be shown.
 */
#include "harness/model/kernel_spec.h"
#include "harness/model/record.h"
#include "harness/model/redact.h"
#include "harness/model/verdict.h"

int redact_record(struct redact_map *map, const struct kernel_table *kernels,
		  struct record *record, struct verdict *verdict, struct err *err);

#endif
