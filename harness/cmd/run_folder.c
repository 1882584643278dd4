/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/run_folder.h"

#include "harness/base/auto.h"
#include "harness/issue/judged.h"
#include "harness/run/assemble.h"
#include "harness/run/journal.h"
#include "harness/sys/disk.h"

#include <string.h>
#include <unistd.h>

static int assemble(const char *path, const struct kernel_table *kernels, struct buf *out,
		    struct err *err)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	AUTO(journal_scan_release) struct journal_scan scan = JOURNAL_SCAN_INIT;
	AUTO(record_release) struct record record = RECORD_INIT;
	struct json_writer w;
	int code = journal_read(path, &bytes, err);

	if (code >= 0)
		code = journal_scan(bytes.data, bytes.size, &scan, err);
	if (code >= 0)
		code = assemble_record(&scan, kernels, &record, err);
	if (code < 0)
		return code;
	json_start(&w, json_buf_sink, out);
	record_write(&w, &record);
	return json_finish(&w, err);
}

int run_folder_record(const char *dir, const struct kernel_table *kernels, struct buf *out,
		      bool *ret_from_journal, struct err *err)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	AUTO(buf_release) struct buf again = BUF_INIT;
	int code;

	buf_addf(&path, "%s/record.json", dir);
	code = disk_read_file(path.data, JUDGED_SIZE_MAX, out, err);
	if (code < 0)
		return code;
	buf_reset(&path);
	buf_addf(&path, "%s/%s", dir, JOURNAL_NAME);
	if (access(path.data, F_OK) < 0) {
		*ret_from_journal = false;
		return 0;
	}
	code = assemble(path.data, kernels, &again, err);
	if (code < 0)
		return code;
	if (again.size != out->size || memcmp(again.data, out->data, again.size) != 0)
		return err_set(err, ERR_INPUT,
			       "'%s/record.json' is not what %s says; it was changed", dir,
			       JOURNAL_NAME);
	*ret_from_journal = true;
	return 0;
}
