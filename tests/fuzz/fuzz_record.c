/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/kernels.h"
#include "harness/model/verdict.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is accepted as a record can be judged, and never passes without a step that was done. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_INIT;
	struct kernel_table kernels = kernels_table(&arena);
	struct record record = RECORD_INIT;
	struct verdict verdict = VERDICT_INIT;

	if (record_parse(data, size, "fuzz", &kernels, &record, NULL) == 0) {
		verdict_judge(&record.profile, &record, "", &verdict);
		if (verdict.kind == VERDICT_PASS && !record.outcome)
			abort();
	}
	verdict_release(&verdict);
	record_release(&record);
	arena_release(&arena);
	return 0;
}
