/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_DISK_VERIFY_H
#define STRESS_DISK_VERIFY_H
/*
 * What disk.verify does with its scratch file and disk.whole with a disk: write self-describing
 * blocks, read them back from the device, again and again until it is time. The method stands in
 * disk_verify.c.
 *
 *	struct disk_verify ask = { .file = file, .chunk = DISK_CHUNK, .bytes = ..., .budget = ... };
 *	code = disk_verify_file(&ask, worker, &err);
 *
 * ERR_INPUT when `bytes` is less than one block. The file stays open. disk_verify_scratch opens a file of
 * its own in the scratch folder, and closes it.
 */
#include "harness/stress/disk_file.h"
#include "harness/stress/stressor.h"

enum {
	DISK_CHUNK = 1 << 20,
	DISK_STRETCH = 64 * DISK_CHUNK,
	DISK_SELF_TEST_CHUNK = 64 << 10,
	DISK_SELF_TEST_STRETCH = 8 * DISK_SELF_TEST_CHUNK,
};

struct disk_verify {
	struct disk_file file;
	size_t chunk;		/* a power of two */
	size_t stretch;		/* whole chunks; so much is written before it is read, at first */
	uint64_t bytes;		/* of the file that are used, from its start; whole blocks of it */
	uint64_t budget;	/* bytes written at most */
};

int disk_verify_file(const struct disk_verify *ask, struct worker *worker, struct err *err);
int disk_verify_scratch(const struct stress_state *state, struct disk_verify *ask,
			struct worker *worker, struct err *err);

#endif
