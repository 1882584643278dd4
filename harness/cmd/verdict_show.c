/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/verdict_show.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"

enum exit_code verdict_exit_code(const struct verdict *verdict)
{
	switch (verdict->kind) {
	case VERDICT_PASS:
		return EXIT_PASS;
	case VERDICT_FAIL:
		return verdict_is_guard_stop(verdict) ? EXIT_GUARD : EXIT_FAILED;
	default:
		return EXIT_INCOMPLETE;
	}
}

struct look {
	const char *word;	/* both languages: the person at the machine may read either */
	const char *color;
};

static const struct look look_of[] = {
	[VERDICT_INCOMPLETE] = { "INCOMPLETE  未完成", "\033[30;43m" },
	[VERDICT_FAIL] = { "FAIL  不合格", "\033[97;41m" },
	[VERDICT_PASS] = { "PASS  合格", "\033[30;42m" },
};

/* A box of three lines, as wide as the words. */
static void add_verdict(struct buf *out, enum verdict_kind kind, bool color)
{
	const struct look *look = &look_of[kind];
	size_t width = text_columns(look->word) + 8;
	const char *on = color ? look->color : "";
	const char *off = color ? "\033[0m" : "";

	buf_addf(out, "\n  %s%*s%s\n", on, (int)width, "", off);
	buf_addf(out, "  %s    %s    %s\n", on, look->word, off);
	buf_addf(out, "  %s%*s%s\n\n", on, (int)width, "", off);
}

static void add_reasons(struct buf *out, const struct verdict *verdict)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	const struct reason *reason;

	for (reason = verdict->reason; reason; reason = reason->next) {
		buf_addf(out, "  - %s", _(reason_code_summary(reason->code)));
		if (reason->subject[0])
			buf_addf(out, ": %s", text_cleaned(&arena, reason->subject));
		if (reason->detail[0])
			buf_addf(out, " (%s)", text_cleaned(&arena, cmd_said(&arena, reason->detail)));
		buf_addc(out, '\n');
	}
	if (verdict->reason)
		buf_addc(out, '\n');
}

void verdict_show(struct buf *out, const struct verdict *verdict, bool color)
{
	add_verdict(out, verdict->kind, color);
	add_reasons(out, verdict);
}
