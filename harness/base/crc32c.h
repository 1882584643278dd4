/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_CRC32C_H
#define BASE_CRC32C_H
/*
 * CRC-32C (Castagnoli, polynomial 0x1EDC6F41 reflected, RFC 3720 appendix B.4).
 * crc32c_add(0, "123456789", 9) is 0xE3069283. Pass the last result as `crc` to go on.
 * A plain `crc32c` is a name that static libraries have (libblkid).
 */
#include <stddef.h>
#include <stdint.h>

uint32_t crc32c_add(uint32_t crc, const void *data, size_t size);

#endif
