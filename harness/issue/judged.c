/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/issue/judged.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"

#include <string.h>

int judged_read(const char *data, size_t size, const char *where,
		const struct kernel_table *kernels, struct judged *judged, struct err *err)
{
	AUTO(json_release) json_t *root = NULL;
	AUTO(buf_release) struct buf again = BUF_INIT;
	struct json_writer w;
	int code = digest_sm3_text(data, size, judged->digest, err);

	if (code < 0)
		return code;
	judged->size = size;
	root = json_read(data, size, where, err);
	if (!root || record_read(root, where, kernels, &judged->record, err) < 0)
		return ERR_INPUT;
	/* What the reader passes over would be signed unseen. */
	json_start(&w, json_buf_sink, &again);
	record_write(&w, &judged->record);
	if (json_finish(&w, err) < 0)
		return ERR_INPUT;
	if (again.size != size || memcmp(again.data, data, size) != 0)
		return err_set(err, ERR_INPUT, "%s: not what this program writes for such a record",
			       where);
	verdict_judge(&judged->record.profile, &judged->record, judged->digest,
		      &judged->verdict);
	return 0;
}

void judged_release(struct judged *judged)
{
	verdict_release(&judged->verdict);
	record_release(&judged->record);
}
