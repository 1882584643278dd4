/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/spd_fixture.h"

#include "harness/base/auto.h"
#include "harness/base/crc16.h"
#include "harness/base/le.h"

#include <string.h>

struct patch {
	uint16_t at;
	uint8_t value;
};

static void fill(struct spd_fixture *spd, size_t size, const struct patch *patch, size_t count)
{
	memset(spd, 0, sizeof(*spd));
	spd->size = size;
	while (count--)
		spd->byte[patch[count].at] = patch[count].value;
}

void spd_fixture_check(struct spd_fixture *spd)
{
	size_t checked = spd->byte[2] == 0x12 ? 510 : 126;
	size_t covered = spd->byte[2] == 0x0b && spd->byte[0] & 0x80 ? 117 : checked;

	le_put16(spd->byte + checked, crc16(spd->byte, covered));
}

static void put_part(struct spd_fixture *spd, size_t at, size_t size, const char *part)
{
	memset(spd->byte + at, ' ', size);
	memcpy(spd->byte + at, part, strlen(part));
}

void spd_fixture_ddr3(struct spd_fixture *spd)
{
	static const struct patch patch[] = {
		{ 0, 0x92 }, { 1, 0x13 }, { 2, 0x0b }, { 3, 0x02 }, { 4, 0x04 }, { 7, 0x01 },
		{ 8, 0x03 }, { 9, 0x11 }, { 10, 1 }, { 11, 8 }, { 12, 10 },
		{ 117, 0x04 }, { 118, 0x43 }, { 120, 0x14 }, { 121, 0x07 },
		{ 122, 0x1a }, { 123, 0x2b }, { 124, 0x3c }, { 125, 0x4d },
		{ 148, 0x80 }, { 149, 0xad },
	};

	fill(spd, 256, patch, ARRAY_SIZE(patch));
	put_part(spd, 128, 18, "RMT3170ME68F9F1600");
	spd_fixture_check(spd);
}

void spd_fixture_ddr4(struct spd_fixture *spd)
{
	static const struct patch patch[] = {
		{ 0, 0x23 }, { 1, 0x11 }, { 2, 0x0c }, { 3, 0x03 }, { 4, 0x85 }, { 6, 0x00 },
		{ 12, 0x01 }, { 13, 0x03 }, { 18, 0x05 }, { 125, 0x00 },
		{ 320, 0x08 }, { 321, 0x1a }, { 323, 0x21 }, { 324, 0x32 },
		{ 325, 0x3a }, { 326, 0x9c }, { 327, 0x71 }, { 328, 0xf2 },
		{ 350, 0x08 }, { 351, 0x1a },
	};

	fill(spd, 512, patch, ARRAY_SIZE(patch));
	put_part(spd, 329, 20, "SCC08GS03H3F1C-32AA");
	spd_fixture_check(spd);
}

void spd_fixture_ddr5(struct spd_fixture *spd)
{
	static const struct patch patch[] = {
		{ 0, 0x30 }, { 1, 0x10 }, { 2, 0x12 }, { 3, 0x02 }, { 4, 0x04 }, { 6, 0x20 },
		{ 20, 0x65 }, { 21, 0x01 }, { 234, 0x00 }, { 235, 0x22 },
		{ 512, 0x8a }, { 513, 0x91 }, { 515, 0x25 }, { 516, 0x06 },
		{ 517, 0x77 }, { 518, 0x00 }, { 519, 0x1b }, { 520, 0x2e },
		{ 552, 0x8a }, { 553, 0x91 },
	};

	fill(spd, 1024, patch, ARRAY_SIZE(patch));
	put_part(spd, 521, 30, "CXDB5CCAM-MK-A");
	spd_fixture_check(spd);
}

void spd_fixture_serial(struct spd_fixture *spd, uint32_t serial)
{
	static const uint16_t place[] = { [0x0b] = 122, [0x0c] = 325, [0x12] = 517 };
	uint8_t *at = spd->byte + place[spd->byte[2]];

	le_put32(at, __builtin_bswap32(serial));
	spd_fixture_check(spd);
}
