/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/ending.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"

#include <stdio.h>
#include <string.h>

enum exit_code ending_exit_code(const struct verdict *verdict)
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

/* --- screen ----------------------------------------------------------------------------------- */

struct look {
	const char *word;	/* both languages: the person at the machine may read either */
	const char *color;
};

static const struct look look_of[] = {
	[VERDICT_INCOMPLETE] = { "INCOMPLETE  \346\234\252\345\256\214\346\210\220", "\033[30;43m" },
	[VERDICT_FAIL] = { "FAIL  \344\270\215\345\220\210\346\240\274", "\033[97;41m" },
	[VERDICT_PASS] = { "PASS  \345\220\210\346\240\274", "\033[30;42m" },
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
	const struct reason *reason;

	for (reason = verdict->reason; reason; reason = reason->next) {
		buf_addf(out, "  - %s", _(reason_code_summary(reason->code)));
		if (reason->subject[0])
			buf_addf(out, ": %s", reason->subject);
		if (reason->detail[0])
			buf_addf(out, " (%s)", reason->detail);
		buf_addc(out, '\n');
	}
	if (verdict->reason)
		buf_addc(out, '\n');
}

static void add_screen(struct buf *out, const struct cmd *cmd, const struct ending *ending,
		       const struct finish *finish, bool written)
{
	static const char *const name[] = { RECORD_NAME, VERDICT_NAME, REPORT_NAME };
	size_t i;

	add_verdict(out, finish->verdict.kind, cmd->color_out);
	add_reasons(out, &finish->verdict);
	for (i = 0; written && i < ARRAY_SIZE(name); i++)
		buf_addf(out, "  %s/%s\n", ending->folder, name[i]);
}

/* --- JSON ------------------------------------------------------------------------------------- */

static void add_json(struct buf *out, const struct ending *ending, const struct finish *finish)
{
	const struct record *record = &finish->record;
	const struct reason *reason;
	struct json_writer w;

	json_start(&w, json_buf_sink, out);
	json_begin_object(&w, NULL);
	json_text(&w, "cause", ending->cause);
	json_bool(&w, "complete", record->complete);
	json_int(&w, "duration_ns", record->duration_ns);
	json_text_if(&w, "fault", ending->fault ? ending->fault->plain : NULL);
	json_text(&w, "folder", ending->folder);
	json_text(&w, "profile", record->profile.name);
	json_begin_array(&w, "reasons");
	for (reason = finish->verdict.reason; reason; reason = reason->next) {
		json_begin_object(&w, NULL);
		json_text(&w, "code", reason->code);
		json_text(&w, "detail", reason->detail);
		json_text(&w, "subject", reason->subject);
		json_text(&w, "towards", verdict_name(reason->towards));
		json_end(&w);
	}
	json_end(&w);
	json_text(&w, "record_digest", finish->record_digest);
	json_text(&w, "run_id", record->run_id);
	json_text(&w, "verdict", verdict_name(finish->verdict.kind));
	json_end(&w);
	buf_addc(out, '\n');
}

/* --- the whole -------------------------------------------------------------------------------- */

static int read_journal(const struct ending *ending, struct journal *journal,
			struct finish *finish, struct err *err)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	AUTO(journal_scan_release) struct journal_scan scan = JOURNAL_SCAN_INIT;
	int code = journal_load(journal, &bytes, &scan, err);

	return code < 0 ? code : finish_record(&scan, ending->kernels, finish, err);
}

int ending_make(const struct cmd *cmd, const struct ending *ending, struct journal *journal)
{
	AUTO(finish_release) struct finish finish = FINISH_INIT;
	AUTO(buf_release) struct buf out = BUF_INIT;
	struct err err = ERR_INIT;
	bool fault = !strcmp(ending->cause, "fault");
	enum exit_code code, put;

	if (read_journal(ending, journal, &finish, &err) < 0) {
		cmd_fail(cmd, &err);
		return EXIT_STATION;
	}
	/* A full disk may take none of them: what the journal holds is shown all the same. */
	if (finish_write(ending->folder, cmd_lang(), &finish, &err) < 0)
		cmd_fail(cmd, &err);
	if (ending->json)
		add_json(&out, ending, &finish);
	else
		add_screen(&out, cmd, ending, &finish, !err.code);
	put = (enum exit_code)cmd_put(cmd, out.data, out.size);
	code = ending_exit_code(&finish.verdict);
	if (err.code || put || (fault && code == EXIT_INCOMPLETE))
		return EXIT_STATION;
	return code;
}
