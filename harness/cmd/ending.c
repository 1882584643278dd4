/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/ending.h"

#include "harness/base/auto.h"
#include "harness/cmd/verdict_show.h"

#include <stdio.h>
#include <string.h>

/* --- screen ----------------------------------------------------------------------------------- */

static void add_screen(struct buf *out, const struct cmd *cmd, const struct ending *ending,
		       const struct finish *finish, bool written)
{
	static const char *const name[] = { RECORD_NAME, VERDICT_NAME, REPORT_NAME };
	size_t i;

	verdict_show(out, &finish->verdict, cmd->color_out);
	for (i = 0; written && i < ARRAY_SIZE(name); i++)
		buf_addf(out, "  %s/%s\n", ending->folder, name[i]);
}

/* --- JSON ------------------------------------------------------------------------------------- */

static int add_json(struct buf *out, const struct ending *ending, const struct finish *finish,
		    struct err *err)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	const struct record *record = &finish->record;
	struct json_writer w;

	json_start(&w, json_buf_sink, out);
	json_begin_object(&w, NULL);
	json_text(&w, "cause", ending->cause);
	json_bool(&w, "complete", record->complete);
	json_int(&w, "duration_ns", record->duration_ns);
	json_text_if(&w, "fault", ending->fault ? ending->fault->plain : NULL);
	json_text(&w, "folder", text_cleaned(&arena, ending->folder));
	json_text(&w, "profile", record->profile.name);
	verdict_write_reasons(&w, &finish->verdict);
	json_text(&w, "record_digest", finish->record_digest);
	json_text(&w, "run_id", record->run_id);
	json_text(&w, "verdict", verdict_name(finish->verdict.kind));
	json_end(&w);
	buf_addc(out, '\n');
	return json_finish(&w, err);
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
	struct err err = ERR_INIT, unwritten = ERR_INIT;
	bool fault = !strcmp(ending->cause, "fault");
	enum exit_code code, put;

	if (read_journal(ending, journal, &finish, &err) < 0) {
		cmd_fail(cmd, &err);
		return EXIT_STATION;
	}
	/* A full disk may take none of them: what the journal holds is shown all the same. */
	if (finish_write(ending->folder, cmd_lang(), &finish, &err) < 0) {
		err_prefix(&err, "the journal holds everything, and 'cuihuo resume %s' writes the rest",
			   ending->folder);
		cmd_fail(cmd, &err);
	}
	if (!ending->json)
		add_screen(&out, cmd, ending, &finish, !err.code);
	else if (add_json(&out, ending, &finish, &unwritten) < 0)
		return cmd_fail(cmd, &unwritten);
	put = (enum exit_code)cmd_put(cmd, out.data, out.size);
	code = verdict_exit_code(&finish.verdict);
	if (err.code || put || (fault && code == EXIT_INCOMPLETE))
		return EXIT_STATION;
	return code;
}
