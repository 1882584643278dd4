/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CRC.W.B, H, W, D and CRCC.W.B, H, W, D; by their names, for compilers without the intrinsics. */
#include "harness/stress/crypt.h"

#include <string.h>

#define CRC(name, instruction)                                                                     \
	static uint32_t name(uint32_t start, const uint8_t *data, size_t size)                     \
	{                                                                                          \
		int64_t crc = (int32_t)start;                                                      \
		uint64_t part;                                                                     \
                                                                                                   \
		for (; size >= 8; size -= 8, data += 8) {                                          \
			memcpy(&part, data, 8);                                                    \
			__asm__(instruction ".w.d.w %0, %1, %0" : "+r"(crc) : "r"(part));          \
		}                                                                                  \
		part = 0;                                                                          \
		if (size & 4) {                                                                    \
			memcpy(&part, data, 4);                                                    \
			__asm__(instruction ".w.w.w %0, %1, %0" : "+r"(crc) : "r"(part));          \
			data += 4;                                                                 \
		}                                                                                  \
		if (size & 2) {                                                                    \
			memcpy(&part, data, 2);                                                    \
			__asm__(instruction ".w.h.w %0, %1, %0" : "+r"(crc) : "r"(part));          \
			data += 2;                                                                 \
		}                                                                                  \
		if (size & 1) {                                                                    \
			part = *data;                                                              \
			__asm__(instruction ".w.b.w %0, %1, %0" : "+r"(crc) : "r"(part));          \
		}                                                                                  \
		return (uint32_t)crc;                                                              \
	}
CRC(crc32, "crc")
CRC(crc32c, "crcc")

extern const struct crypt_impl crypt_crc;
const struct crypt_impl crypt_crc = { .crc32 = crc32, .crc32c = crc32c };
