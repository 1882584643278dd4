/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_ASSEMBLE_H
#define RUN_ASSEMBLE_H
/*
 * Frames -> record. Pure: no clock, no file, no machine, so the same journal gives the same record
 * everywhere and always.
 *
 *	struct record record = RECORD_INIT;
 *	code = assemble_record(&scan, &kernels, &record, &err);
 *	record_release(&record);			also after a failure
 *
 * ERR_INPUT when there is no readable start frame, or a frame whose checksum is right says what no
 * version of this program writes. Torn and damaged journals give a record too: it says so.
 *
 * How things count:
 * - a step without its end: interrupted when the run was resumed behind it, else unknown;
 * - a run without its end: one interruption of kind unknown, never resumed;
 * - a bucket is the shortest of a row of round lengths (1 s, 2 s, 5 s ...) for which RECORD_BUCKETS
 *   cover the run;
 * - an excess lasts from a good reading outside the limit to the next good one inside it: the watcher
 *   writes what changes, so no news is the same value. It ends where the run was interrupted. A
 *   counter is held against a limit by how much it grew since its first good reading, and a counter
 *   that falls has been set back to 0;
 * - counters of errors that grew are findings.
 */
#include "harness/base/err.h"
#include "harness/model/kernel_spec.h"
#include "harness/model/record.h"
#include "harness/run/journal.h"

int assemble_record(const struct journal_scan *scan, const struct kernel_table *kernels,
		    struct record *record, struct err *err);

#endif
