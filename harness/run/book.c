/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/book.h"

#include "harness/base/memory.h"
#include "harness/sys/clock.h"

#include <stdlib.h>

void book_release(struct book *book)
{
	buf_release(&book->text);
	free(book->sample);
	book->sample = NULL;
	book->sample_count = book->sample_capacity = 0;
}

int64_t book_now(const struct book *book)
{
	return clock_boot_ns() - book->run_start_ns;
}

int book_put(struct book *book, enum frame_kind kind, int64_t time_ns)
{
	int code = journal_add(book->journal, kind, time_ns, book->text.data, book->text.size,
			       &book->err);

	buf_reset(&book->text);
	return code;
}

void book_sample(struct book *book, const struct sample *sample)
{
	book->sample = mem_grow(book->sample, &book->sample_capacity, book->sample_count + 1,
				sizeof(*book->sample));
	book->sample[book->sample_count++] = *sample;
}

int book_flush(struct book *book)
{
	size_t count = book->sample_count;

	if (!count)
		return 0;
	frame_write_samples(&book->text, book->sample, count);
	book->sample_count = 0;
	return book_put(book, FRAME_SAMPLES, book_now(book));
}
