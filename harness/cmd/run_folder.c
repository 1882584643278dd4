/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/run_folder.h"

#include "harness/base/auto.h"
#include "harness/issue/judged.h"
#include "harness/run/finish.h"
#include "harness/sys/disk.h"

#include <string.h>
#include <unistd.h>

int run_folder_record(const char *dir, const struct kernel_table *kernels, struct buf *out,
		      bool *ret_from_journal, struct err *err)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	AUTO(finish_release) struct finish again = FINISH_INIT;
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
	code = finish_read(dir, kernels, &again, err);
	if (code < 0)
		return code;
	if (again.record_bytes.size != out->size ||
	    memcmp(again.record_bytes.data, out->data, out->size) != 0)
		return err_set(err, ERR_INPUT,
			       "'%s/record.json' is not what %s says; it was changed", dir,
			       JOURNAL_NAME);
	*ret_from_journal = true;
	return 0;
}
