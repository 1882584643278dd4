/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/trust.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What reads as a trust file can be written, and reads again. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct trust trust = TRUST_INIT;
	struct trust again = TRUST_INIT;
	struct buf text = BUF_INIT;

	if (trust_read((const char *)data, size, "fuzz", &trust, NULL) == 0) {
		if (trust_write(&trust, &text, NULL) < 0 ||
		    trust_read(text.data, text.size, "again", &again, NULL) < 0 ||
		    again.count != trust.count)
			abort();
	}
	buf_release(&text);
	trust_release(&trust);
	trust_release(&again);
	return 0;
}
