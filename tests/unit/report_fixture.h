/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_REPORT_FIXTURE_H
#define TESTS_REPORT_FIXTURE_H
/*
 * Records of made-up runs for reports: a desktop that passes, one that fails (wrong data, crash, hot),
 * one that was stopped (blind, torn journal), and a server of 128 processors with more than 200
 * series. The same calls give the same records.
 *
 *	struct record record;
 *	struct verdict verdict;
 *	report_fixture(FIXTURE_FAIL, &record, &verdict);
 *	report_fixture_release(&record, &verdict);
 */
#include "harness/model/record.h"
#include "harness/model/verdict.h"

enum fixture {
	FIXTURE_PASS = 0,
	FIXTURE_FAIL,
	FIXTURE_INCOMPLETE,
	FIXTURE_SERVER,
	FIXTURE_COUNT,
};

const char *report_fixture_name(enum fixture fixture);	/* "pass", "fail", ... */
void report_fixture(enum fixture fixture, struct record *record, struct verdict *verdict);
void report_fixture_release(struct record *record, struct verdict *verdict);

#endif
