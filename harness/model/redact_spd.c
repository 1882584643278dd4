/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * EEPROMs on I2C. Of a memory module's (JEDEC SPD) the serial number is replaced, and what makers
 * and users write into the parts that are theirs; the checksum is right again. Of any other nothing
 * is known but that boards keep serial numbers and addresses there.
 */
#include "harness/base/auto.h"
#include "harness/base/crc16.h"
#include "harness/base/digest.h"
#include "harness/base/le.h"
#include "harness/model/redact_parts.h"

#include <stdio.h>
#include <string.h>

enum { KEY_AT = 2, SERIAL_SIZE = 4 };

static const struct layout {
	uint8_t key;
	uint16_t checked;	/* bytes under the checksum, which stands behind them */
	uint16_t serial;
	struct {
		uint16_t at, end;
	} own[2];		/* of makers and of users */
} layout_table[] = {
	{ 0x0b, 126, 122, { { 150, 176 }, { 176, 256 } } },	/* DDR3 */
	{ 0x0c, 126, 325, { { 353, 382 }, { 384, 512 } } },	/* DDR4 */
	{ 0x12, 510, 517, { { 555, 640 }, { 640, 1024 } } },	/* DDR5 */
};

static size_t covered(const struct redact_target *target, const struct layout *layout)
{
	return layout->key == 0x0b && target->data[0] & 0x80 ? 117 : layout->checked;
}

static bool is_right(const struct redact_target *target, const struct layout *layout)
{
	return target->size >= layout->checked + 2U &&
	       crc16(target->data, covered(target, layout)) ==
		       le_get16((const uint8_t *)target->data + layout->checked);
}

/* By its text, which is what SMBIOS and programs show. */
static void serial_number(struct redact_target *target, size_t at)
{
	uint8_t bytes[SERIAL_SIZE];
	char text[2 * SERIAL_SIZE + 1];
	const char *substitute;
	uint32_t value;

	memcpy(bytes, target->data + at, SERIAL_SIZE);
	value = le_get32(bytes);
	if (!value || value == UINT32_MAX)
		return;
	snprintf(text, sizeof(text), "%02X%02X%02X%02X", bytes[0], bytes[1], bytes[2], bytes[3]);
	substitute = redact_substitute(target->map, text, sizeof(text) - 1, REDACT_EVERYWHERE);
	if (hex_decode(substitute, bytes, SERIAL_SIZE) == 0)
		redact_put(target, at, bytes, SERIAL_SIZE);
	else
		redact_bytes(target, at, SERIAL_SIZE);
}

void redact_eeprom(struct redact_target *target)
{
	const struct layout *layout = NULL;
	uint8_t sum[2];
	size_t i;

	for (i = 0; target->size > KEY_AT && i < ARRAY_SIZE(layout_table); i++) {
		if (layout_table[i].key == (uint8_t)target->data[KEY_AT])
			layout = &layout_table[i];
	}
	if (!layout || !is_right(target, layout)) {
		redact_bytes(target, 0, target->size);
		return;
	}
	if (target->size >= (size_t)layout->serial + SERIAL_SIZE)
		serial_number(target, layout->serial);
	for (i = 0; i < ARRAY_SIZE(layout->own); i++) {
		size_t end = layout->own[i].end < target->size ? layout->own[i].end : target->size;

		if (layout->own[i].at < end)
			redact_bytes(target, layout->own[i].at, end - layout->own[i].at);
	}
	le_put16(sum, crc16(target->data, covered(target, layout)));
	redact_put(target, layout->checked, sum, sizeof(sum));
}
