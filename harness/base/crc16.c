/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/crc16.h"

uint16_t crc16(const void *data, size_t size)
{
	const uint8_t *byte = data;
	unsigned int crc = 0;
	int bit;

	for (; size; size--, byte++) {
		crc ^= (unsigned int)*byte << 8;
		for (bit = 0; bit < 8; bit++)
			crc = crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1;
		crc &= 0xffff;
	}
	return (uint16_t)crc;
}
