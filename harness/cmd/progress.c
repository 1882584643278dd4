/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/progress.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/scan.h"
#include "harness/base/text.h"
#include "harness/cmd/command.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define SECOND 1000000000LL
#define PLAIN_NS (60 * SECOND)

struct progress progress_start(void)
{
	return (struct progress){ .terminal = isatty(STDERR_FILENO), .step = -1 };
}

/* 3725 s -> "1:02:05"; hours only where there are any. */
static void add_time(struct buf *out, int64_t ns)
{
	int64_t seconds = ns / SECOND;

	if (seconds >= 3600)
		buf_addf(out, "%" PRId64 ":", seconds / 3600);
	buf_addf(out, "%02d:%02d", (int)(seconds / 60 % 60), (int)(seconds % 60));
}

static void add_hottest(struct buf *out, const struct run_progress *show)
{
	const struct series *hottest = show->hottest;
	char value[MILLI_TEXT_SIZE];

	buf_adds(out, _("hottest "));
	if (!hottest) {
		buf_adds(out, _("unknown"));
		return;
	}
	/* One digit after the point is all a sensor knows. */
	format_milli(show->hottest_value / 100 * 100, value);
	buf_addf(out, "%s \302\260C (%s)", value,
		 hottest->label[0] ? hottest->label : hottest->component);
}

static void make_line(struct buf *out, const struct run_progress *show)
{
	add_time(out, show->elapsed_ns);
	if (show->step >= 0)
		buf_addf(out, _("  step %d/%d %s"), (int)show->step + 1, (int)show->step_count,
			 show->step_name);
	if (show->preparing)
		buf_adds(out, _(" (preparing)"));
	buf_adds(out, _("  remaining "));
	add_time(out, show->remaining_ns);
	buf_adds(out, "  ");
	add_hottest(out, show);
	buf_addf(out, _("  errors %" PRIu64), show->errors);
	if (show->throttled)
		buf_adds(out, _("  throttled"));
}

static size_t terminal_columns(void)
{
	struct winsize size;

	return !ioctl(STDERR_FILENO, TIOCGWINSZ, &size) && size.ws_col > 1 ? size.ws_col : 80;
}

/* The same figures without their labels, for a narrow terminal: the errors must not fall off. */
static void make_short_line(struct buf *out, const struct run_progress *show)
{
	char value[MILLI_TEXT_SIZE];

	add_time(out, show->elapsed_ns);
	if (show->step >= 0)
		buf_addf(out, " %d/%d", (int)show->step + 1, (int)show->step_count);
	buf_adds(out, " -");
	add_time(out, show->remaining_ns);
	if (show->hottest)
		buf_addf(out, " %s \302\260C",
			 format_milli(show->hottest_value / 100 * 100, value));
	buf_addf(out, _("  errors %" PRIu64), show->errors);
	if (show->throttled)
		buf_adds(out, _("  throttled"));
}

/* Cut to the width of the terminal, or writing over would leave pieces behind. */
static void fit(struct buf *line, const struct run_progress *show)
{
	size_t columns = terminal_columns();

	if (text_columns(line->data) >= columns) {
		buf_reset(line);
		make_short_line(line, show);
	}
	while (line->size && text_columns(line->data) >= columns) {
		size_t cut = line->size - 1;

		while (cut && ((unsigned char)line->data[cut] & 0xc0) == 0x80)
			cut--;
		buf_cut(line, cut);
	}
}

void progress_show(void *context, const struct run_progress *show)
{
	AUTO(buf_release) struct buf line = BUF_INIT;
	struct progress *progress = context;

	make_line(&line, show);
	text_clean(line.data);	/* the label of a sensor is the machine's text */
	buf_cut(&line, strlen(line.data));
	if (progress->terminal) {
		fit(&line, show);
		fprintf(stderr, "\r\033[K%s", line.data);
		progress->line_open = true;
		return;
	}
	if (progress->shown && show->elapsed_ns - progress->shown_ns < PLAIN_NS &&
	    (show->step < 0 || show->step == progress->step))
		return;
	progress->shown = true;
	progress->shown_ns = show->elapsed_ns;
	if (show->step >= 0)
		progress->step = show->step;
	fprintf(stderr, "%s\n", line.data);
}

void progress_end(struct progress *progress)
{
	if (progress->line_open)
		fputc('\n', stderr);
	progress->line_open = false;
}
