/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * EDID (VESA E-EDID 1.4): product code and serial number, and the texts of the descriptors; the
 * same in the product identification of a DisplayID block. The maker and the timings stay.
 * Checksums that were right are made right again.
 */
#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/model/redact_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
	BLOCK = 128,
	PRODUCT_AT = 10,
	PRODUCT_SIZE = 2,
	SERIAL_AT = 12,
	SERIAL_SIZE = 4,
	DESCRIPTOR_AT = 54,
	DESCRIPTORS = 4,
	DESCRIPTOR_SIZE = 18,
	TEXT_AT = 5,
	DISPLAYID = 0x70,
	ID_1 = 0x00, ID_2 = 0x20,	/* product identification of DisplayID 1 and 2 */
	SERIAL_1 = 0x0a, TEXT_1 = 0x0b,	/* serial number and text of DisplayID 1 */
};

static bool sums_to_zero(const struct redact_target *target, size_t at)
{
	uint8_t sum = 0;
	size_t i;

	for (i = 0; i < BLOCK; i++)
		sum = (uint8_t)(sum + (uint8_t)target->data[at + i]);
	return sum == 0;
}

static void set_checksum(struct redact_target *target, size_t at, size_t size)
{
	uint8_t sum = 0;
	size_t i;

	for (i = 0; i + 1 < size; i++)
		sum = (uint8_t)(sum + (uint8_t)target->data[at + i]);
	sum = (uint8_t)-sum;
	redact_put(target, at + size - 1, &sum, 1);
}

/* Product name 0xfc, free text 0xfe, serial number 0xff: up to a line end. */
static void descriptor(struct redact_target *target, size_t at)
{
	const uint8_t *data = (const uint8_t *)target->data + at;

	if (data[0] || data[1] || data[2] || data[3] < 0xfc || data[3] == 0xfd)
		return;
	redact_span(target, at + TEXT_AT,
		    strcspn(target->data + at + TEXT_AT, "\n") < DESCRIPTOR_SIZE - TEXT_AT
			    ? strcspn(target->data + at + TEXT_AT, "\n")
			    : DESCRIPTOR_SIZE - TEXT_AT,
		    data[3] == 0xff ? REDACT_EVERYWHERE : REDACT_HERE);
}

/* The data blocks of a DisplayID section; its own checksum stands behind them. */
static void displayid(struct redact_target *target, size_t at)
{
	const uint8_t *data = (const uint8_t *)target->data;
	size_t end = at + 5 + data[at + 2];
	size_t block = at + 5;

	if (end + 1 >= at + BLOCK)
		return;
	while (block + 3 <= end && block + 3 + data[block + 2] <= end) {
		size_t size = data[block + 2];
		uint8_t tag = data[block];

		if ((tag == ID_1 || tag == ID_2) && size > 3)
			redact_bytes(target, block + 6, size - 3);
		else if (tag == SERIAL_1 || tag == TEXT_1)
			redact_bytes(target, block + 3, size);
		block += 3 + size;
	}
	set_checksum(target, at + 1, end - at);
}

static void base_block(struct redact_target *target)
{
	size_t i;

	redact_bytes(target, PRODUCT_AT, PRODUCT_SIZE);
	redact_bytes(target, SERIAL_AT, SERIAL_SIZE);
	for (i = 0; i < DESCRIPTORS; i++)
		descriptor(target, DESCRIPTOR_AT + i * DESCRIPTOR_SIZE);
}

void redact_edid(struct redact_target *target)
{
	size_t at;

	for (at = 0; at + BLOCK <= target->size; at += BLOCK) {
		bool was_right = sums_to_zero(target, at);

		if (!at)
			base_block(target);
		else if ((uint8_t)target->data[at] == DISPLAYID)
			displayid(target, at);
		if (was_right)
			set_checksum(target, at, BLOCK);
	}
}

bool redact_edid_number(struct redact_map *map, const char *name, const char *text, char out[11])
{
	bool is_product = !strcmp(name, "product_id");
	size_t size = is_product ? PRODUCT_SIZE : SERIAL_SIZE;
	char from[SERIAL_SIZE], to[SERIAL_SIZE];
	char digits[16];
	uint64_t value;
	size_t i;

	if (!is_product && (strcmp(name, "serial") != 0 || strncmp(text, "0x", 2) != 0))
		return false;
	snprintf(digits, sizeof(digits), "%s%.12s", is_product ? "0x" : "", text);
	if (scan_u64(digits, 0, is_product ? UINT16_MAX : UINT32_MAX, &value) < 0)
		return false;
	for (i = 0; i < size; i++)
		from[i] = (char)(value >> 8 * i);
	redact_shape_fill(map, SHAPE_BYTES, 0, from, size, to);
	for (value = 0, i = size; i--;)
		value = value << 8 | (uint8_t)to[i];
	snprintf(out, 11, is_product ? "%04" PRIx64 : "0x%08" PRIx64, value);
	return true;
}
