/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CRC32 of SSE4.2, which is CRC32C, at all its widths. */
#include "harness/stress/crypt.h"

#include <nmmintrin.h>
#include <string.h>

static uint32_t crc32c(uint32_t crc, const uint8_t *data, size_t size)
{
	uint64_t eight;
	uint32_t four;
	uint16_t two;

	for (; size >= 8; size -= 8, data += 8) {
		memcpy(&eight, data, 8);
		crc = (uint32_t)_mm_crc32_u64(crc, eight);
	}
	if (size & 4) {
		memcpy(&four, data, 4);
		crc = _mm_crc32_u32(crc, four);
		data += 4;
	}
	if (size & 2) {
		memcpy(&two, data, 2);
		crc = _mm_crc32_u16(crc, two);
		data += 2;
	}
	return size & 1 ? _mm_crc32_u8(crc, *data) : crc;
}

extern const struct crypt_impl crypt_crc;
const struct crypt_impl crypt_crc = { .crc32c = crc32c };
