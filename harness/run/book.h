/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_BOOK_H
#define RUN_BOOK_H
/*
 * The runner's hand on the journal: what is to be written now, at which run time, and whether the
 * writing failed. The first failure is kept in `err`; after it, frames that end things are still
 * tried, since the journal keeps room for them.
 *
 *	struct book book = BOOK_INIT(journal, run_start_ns);
 *	BOOK_ADD(&book, FRAME_SIGNAL, signal, &value);		frame_write_signal and journal_add
 *	book_sample(&book, &sample);				kept until
 *	book_flush(&book);					they become one frame
 *	book_release(&book);
 */
#include "harness/base/buf.h"
#include "harness/base/err.h"
#include "harness/run/frame.h"
#include "harness/run/journal.h"

#include <stdbool.h>
#include <stdint.h>

struct book {
	struct journal *journal;
	int64_t run_start_ns;		/* clock_boot_ns of time 0 */
	struct buf text;
	struct sample *sample;		/* waiting */
	size_t sample_count, sample_capacity;
	struct err err;			/* of the first frame that could not be written */
};

#define BOOK_INIT(journal_, run_start_ns_)                                                         \
	{ .journal = (journal_), .run_start_ns = (run_start_ns_), .text = BUF_INIT }

void book_release(struct book *book);
int64_t book_now(const struct book *book);
/* Write book->text as a frame of that time and empty it. 0 or an error, also kept in book->err. */
int book_put(struct book *book, enum frame_kind kind, int64_t time_ns);
void book_sample(struct book *book, const struct sample *sample);
int book_flush(struct book *book);

#define BOOK_ADD_AT(book, kind, form, value, time_ns)                                              \
	(frame_write_##form(&(book)->text, (value)), book_put((book), (kind), (time_ns)))
#define BOOK_ADD(book, kind, form, value) BOOK_ADD_AT(book, kind, form, value, book_now(book))

#endif
