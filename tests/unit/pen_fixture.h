/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Journals made frame by frame, for tests of what records and resumes make of them.
 *
 *	struct pen pen;
 *	pen_init(&pen);			two steps, a and b; or pen_make, the inventory, pen_start
 *	pen_step_start(&pen, 0, 1, SECOND);
 *	pen_step_end(&pen, 0, 1, OUTCOME_DONE, 61 * SECOND);
 *	pen_ended(&pen, "done", 62 * SECOND);
 *	record = pen_record_of(&pen);	of what was written so far; stays with the pen
 *	pen_release(&pen);
 *
 * Times are nanoseconds since the start of the run. Errors end the test.
 */
#ifndef TESTS_PEN_FIXTURE_H
#define TESTS_PEN_FIXTURE_H

#include "harness/run/book.h"
#include "harness/run/resume.h"
#include "tests/unit/live_fixture.h"

#define SECOND 1000000000LL
#define STEPS                                                                                      \
	"  - {name: a, kernel: test.good, duration: 1m}\n"                                         \
	"  - {name: b, kernel: test.good, duration: 1m}\n"
#define PEN_SERIES  18 /* in the table of pen_fixture.c, which pen_reading names by place */
#define MEMORY_STEP "  - {name: m, kernel: test.memory, duration: 1m, bytes: 16MiB}\n"

/* A journal under the pen. */
struct pen {
	struct live_fixture f;
	struct book book;
	struct journal_scan scan;
	struct buf bytes;
};

/* A profile with these steps and two limits; nothing is written yet. */
void pen_make(struct pen *pen, const char *steps);
/* The first frame, with the inventory as it is now. */
void pen_start(struct pen *pen);
/* Both, with STEPS. */
void pen_init(struct pen *pen);
void pen_release(struct pen *pen);
void pen_step_start(struct pen *pen, size_t step, uint64_t attempt, int64_t time_ns);
void pen_step_end(struct pen *pen, size_t step, uint64_t attempt, enum outcome_kind kind,
		  int64_t time_ns);
/* Another runner on another boot, that misses parts, and one that does not. */
void pen_resumed_without(struct pen *pen, const struct resume *resume, int64_t time_ns);
void pen_resumed(struct pen *pen, const char *boot, int64_t time_ns);
void pen_ended(struct pen *pen, const char *cause, int64_t time_ns);
/* One good reading as a frame of its own. */
void pen_reading(struct pen *pen, unsigned int series, int64_t seconds, int64_t value);
/* Assembled and judged. */
const struct record *pen_record_of(struct pen *pen);

#endif
