/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CRC32B, H, W, X and CRC32CB, CH, CW, CX. */
#include "harness/stress/crypt.h"

#include <arm_acle.h>
#include <string.h>

#define CRC(name, step8, step4, step2, step1)                                                      \
	static uint32_t name(uint32_t crc, const uint8_t *data, size_t size)                       \
	{                                                                                          \
		uint64_t eight;                                                                    \
		uint32_t four;                                                                     \
		uint16_t two;                                                                      \
                                                                                                   \
		for (; size >= 8; size -= 8, data += 8) {                                          \
			memcpy(&eight, data, 8);                                                   \
			crc = step8(crc, eight);                                                   \
		}                                                                                  \
		if (size & 4) {                                                                    \
			memcpy(&four, data, 4);                                                    \
			crc = step4(crc, four);                                                    \
			data += 4;                                                                 \
		}                                                                                  \
		if (size & 2) {                                                                    \
			memcpy(&two, data, 2);                                                     \
			crc = step2(crc, two);                                                     \
			data += 2;                                                                 \
		}                                                                                  \
		return size & 1 ? step1(crc, *data) : crc;                                         \
	}
CRC(crc32, __crc32d, __crc32w, __crc32h, __crc32b)
CRC(crc32c, __crc32cd, __crc32cw, __crc32ch, __crc32cb)

extern const struct crypt_impl crypt_crc;
const struct crypt_impl crypt_crc = { .crc32 = crc32, .crc32c = crc32c };
