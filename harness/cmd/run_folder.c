/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/run_folder.h"

#include "harness/base/auto.h"
#include "harness/issue/judged.h"
#include "harness/run/finish.h"
#include "harness/sys/disk.h"

#include <string.h>
#include <unistd.h>

static bool holds(const char *dir, const char *name)
{
	AUTO(buf_release) struct buf path = BUF_INIT;

	buf_addf(&path, "%s/%s", dir, name);
	return access(path.data, F_OK) == 0;
}

bool run_folder_is(const char *dir)
{
	return holds(dir, RECORD_NAME) || holds(dir, JOURNAL_NAME);
}

int run_folder_record(const char *dir, const struct kernel_table *kernels, struct buf *out,
		      bool *ret_from_journal, struct err *err)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	AUTO(finish_release) struct finish again = FINISH_INIT;
	bool written = holds(dir, RECORD_NAME);
	int code;

	buf_addf(&path, "%s/%s", dir, RECORD_NAME);
	code = written ? disk_read_file(path.data, JUDGED_SIZE_MAX, out, err) : 0;
	if (code < 0)
		return code;
	*ret_from_journal = !written || holds(dir, JOURNAL_NAME);
	if (!*ret_from_journal)
		return 0;
	code = finish_read(dir, kernels, &again, err);
	if (code < 0)
		return code;
	if (!written)
		buf_add(out, again.record_bytes.data, again.record_bytes.size);
	else if (again.record_bytes.size != out->size ||
		 memcmp(again.record_bytes.data, out->data, out->size) != 0)
		return err_set(err, ERR_INPUT,
			       "'%s/record.json' is not what %s says: it was changed, or another version wrote it; judge a copy without it",
			       dir, JOURNAL_NAME);
	return 0;
}
