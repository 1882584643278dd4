/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/finish.h"

#include "harness/base/auto.h"
#include "harness/run/assemble.h"
#include "harness/sys/disk.h"
#include "reports/report.h"

int finish_record(const struct journal_scan *scan, const struct kernel_table *kernels,
		  struct finish *finish, struct err *err)
{
	struct json_writer w;
	int code = assemble_record(scan, kernels, &finish->record, err);

	if (code < 0)
		return code;
	json_start(&w, json_buf_sink, &finish->record_bytes);
	record_write(&w, &finish->record);
	code = json_finish(&w, err);
	if (code >= 0)
		code = digest_sm3_text(finish->record_bytes.data, finish->record_bytes.size,
				       finish->record_digest, err);
	if (code < 0)
		return code;
	verdict_judge(&finish->record.profile, &finish->record, finish->record_digest,
		      &finish->verdict);
	return 0;
}

int finish_read(const char *folder, const struct kernel_table *kernels, struct finish *finish,
		struct err *err)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	AUTO(journal_scan_release) struct journal_scan scan = JOURNAL_SCAN_INIT;
	int code;

	buf_addf(&path, "%s/%s", folder, JOURNAL_NAME);
	code = journal_read(path.data, &bytes, err);
	if (code < 0)
		return code;
	code = journal_scan(bytes.data, bytes.size, &scan, err);
	if (code >= 0)
		code = finish_record(&scan, kernels, finish, err);
	if (code < 0)
		err_prefix(err, "%s", path.data);
	return code;
}

static int put_file(const char *folder, const char *name, const struct buf *bytes, struct err *err)
{
	AUTO(buf_release) struct buf path = BUF_INIT;

	buf_addf(&path, "%s/%s", folder, name);
	return disk_replace(path.data, bytes->data, bytes->size, 0, err);
}

static int write_verdict(const char *folder, const struct verdict *verdict, struct err *err)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	struct json_writer w;
	int code;

	json_start(&w, json_buf_sink, &bytes);
	verdict_write(&w, verdict);
	code = json_finish(&w, err);
	return code < 0 ? code : put_file(folder, VERDICT_NAME, &bytes, err);
}

int finish_write(const char *folder, enum lang lang, const struct finish *finish, struct err *err)
{
	AUTO(buf_release) struct buf page = BUF_INIT;
	struct report report = { .record = &finish->record,
				 .verdict = &finish->verdict,
				 .lang = lang };
	int code = put_file(folder, RECORD_NAME, &finish->record_bytes, err);

	if (code >= 0)
		code = write_verdict(folder, &finish->verdict, err);
	if (code >= 0)
		code = report_write(&report, REPORT_HTML, &page, err);
	return code < 0 ? code : put_file(folder, REPORT_NAME, &page, err);
}

void finish_release(struct finish *finish)
{
	verdict_release(&finish->verdict);
	record_release(&finish->record);
	buf_release(&finish->record_bytes);
}
