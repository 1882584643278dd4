/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_RUN_FOLDER_H
#define CMD_RUN_FOLDER_H
/*
 * The record of a run folder, for those who decide on it. record.json is what digests and
 * certificates speak of; where run.journal lies beside it the record is put together again from
 * there, and must be the same bytes. A run that was killed has a journal and no record.json: its
 * record is the one that the journal gives.
 *
 *	code = run_folder_record(dir, &kernels, &bytes, &from_journal, &err);
 *
 * ERR_NOT_FOUND: neither is there; ERR_INPUT: journal and record disagree.
 */
#include "harness/base/buf.h"
#include "harness/base/err.h"
#include "harness/model/kernel_spec.h"

#include <stdbool.h>

/* Whether a record can be looked for in there: there is record.json, or a journal. */
bool run_folder_is(const char *dir);
int run_folder_record(const char *dir, const struct kernel_table *kernels, struct buf *out,
		      bool *ret_from_journal, struct err *err);

#endif
