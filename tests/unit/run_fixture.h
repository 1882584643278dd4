/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_RUN_FIXTURE_H
#define TESTS_RUN_FIXTURE_H
/*
 * A machine with four cpus, 16 GiB, one disk and a cpu sensor; and the record of a run of
 * fixture_full on it in which everything went well. Tests spoil one fact each.
 */
#include "harness/model/record.h"

#define GIB (1ULL << 30)
#define SECOND_NS 1000000000LL

void fixture_run_inventory(struct inventory *inventory);
/* Points into static tables and at `inventory`. */
struct plan_machine fixture_run_machine(const struct inventory *inventory);
void fixture_run(struct record *record);
/* The record of `profile_text` on the machine as it comes out when every step is done. */
void fixture_run_of(const char *profile_text, const struct plan_machine *machine,
		       struct record *record);
char *fixture_run_text(const struct record *record);	/* malloc'ed */

#endif
