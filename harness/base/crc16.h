/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_CRC16_H
#define BASE_CRC16_H
/*
 * CRC-16 as JEDEC uses it in serial presence detect (polynomial 0x1021, most significant bit first,
 * starting at 0, nothing inverted; also known as XMODEM). crc16("123456789", 9) is 0x31C3.
 */
#include <stddef.h>
#include <stdint.h>

uint16_t crc16(const void *data, size_t size);

#endif
