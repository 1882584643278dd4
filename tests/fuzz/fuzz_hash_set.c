/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/hash_set.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PIECES = 4 };

/* Any file as the set of a disk of four megabytes: a row that is put is the one that comes back. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct hash_row put = { .hash = size, .sum = 5, .place = 7 };
	int fd = memfd_create("set", MFD_CLOEXEC);
	struct hash_set set;
	struct hash_row row;
	uint64_t i;

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	if (!hash_set_open(&set, fd, PIECES * (uint64_t)HASH_PIECE, NULL)) {
		for (i = 0; i < PIECES; i++)
			hash_set_get(&set, i, &row, NULL);
		if (hash_set_put(&set, 2, &put, NULL) || hash_set_get(&set, 2, &row, NULL) != 1 ||
		    !hash_row_equal(&row, &put))
			abort();
	}
	close(fd);
	return 0;
}
