/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_RECORD_FIXTURE_H
#define TESTS_RECORD_FIXTURE_H
/*
 * The record of a small machine that passed a small profile, as the assembler would make it, and
 * its bytes. Change the record, write it again, and see what becomes of it.
 */
#include "harness/base/buf.h"
#include "harness/model/record.h"

/* Stage bench: a cpu step of two seconds on two cpus and a memory step; blind is allowed. */
void fixture_record(enum stage stage, struct record *record);
void fixture_record_write(const struct record *record, struct buf *out);

/* What that machine is made of: a board, two DIMMs, a disk, a network interface. */
void fixture_inventory(struct inventory *inventory);

#endif
