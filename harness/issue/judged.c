/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/issue/judged.h"

int judged_read(const char *data, size_t size, const char *where,
		const struct kernel_table *kernels, struct judged *judged, struct err *err)
{
	int code = digest_sm3_text(data, size, judged->digest, err);

	if (code < 0)
		return code;
	judged->size = size;
	/* What the reader passes over would be signed unseen: record_parse refuses it. */
	code = record_parse(data, size, where, kernels, &judged->record, err);
	if (code < 0)
		return code;
	verdict_judge(&judged->record.profile, &judged->record, judged->digest,
		      &judged->verdict);
	return 0;
}

void judged_release(struct judged *judged)
{
	verdict_release(&judged->verdict);
	record_release(&judged->record);
}
