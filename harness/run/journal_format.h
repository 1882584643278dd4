/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_JOURNAL_FORMAT_H
#define RUN_JOURNAL_FORMAT_H
/* Where the parts of a frame's header lie (journal.h): for its writer and its scanner only. */
#include "harness/base/crc32c.h"
#include "harness/run/journal.h"

enum {
	AT_MAGIC = 0,
	AT_SIZE = 4,
	AT_SALT = 8,
	AT_SEQUENCE = 16,
	AT_TIME = 24,
	AT_KIND = 32,
	AT_CRC = 36,
};

static const uint8_t journal_magic[4] = { 'C', 'H', 'J', '1' };

static inline uint32_t journal_frame_crc(const uint8_t *header, const uint8_t *payload, size_t size)
{
	return crc32c_add(crc32c_add(0, header, AT_CRC), payload, size);
}

#endif
