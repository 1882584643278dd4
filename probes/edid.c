/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/edid.h"

#include "harness/base/auto.h"

#include <string.h>

#define N_(text) (text)

/* Offsets in the base block: table 3.1 of the standard. */
enum {
	MAKER_AT = 8,
	PRODUCT_AT = 10,
	SERIAL_AT = 12,
	WEEK_AT = 16,
	YEAR_AT = 17,
	VERSION_AT = 18,
	INPUT_AT = 20,
	SIZE_AT = 21,
	DESCRIPTOR_AT = 54,
	EXTENSIONS_AT = 126,
	DESCRIPTORS = 4,
	DESCRIPTOR_SIZE = 18,
	TEXT_AT = 5,
	TAG_NAME = 0xfc,
	TAG_TEXT = 0xfe,
	TAG_SERIAL = 0xff,
	WEEK_IS_MODEL_YEAR = 0xff,
	YEAR_BASE = 1990,
};

static bool sums_to_zero(const uint8_t *block)
{
	uint8_t sum = 0;
	size_t i;

	for (i = 0; i < EDID_BLOCK; i++)
		sum = (uint8_t)(sum + block[i]);
	return sum == 0;
}

/* Three letters of five bits, big endian; 1 is 'A'. */
static void maker_text(const uint8_t *at, char out[4])
{
	unsigned int word = (unsigned int)at[0] << 8 | at[1];
	size_t i;

	for (i = 0; i < 3; i++) {
		unsigned int letter = word >> (10 - 5 * i) & 31;

		if (!letter || letter > 26) {
			out[0] = 0;
			return;
		}
		out[i] = (char)('A' + letter - 1);
	}
	out[3] = 0;
}

static void take_text(const uint8_t *descriptor, char out[EDID_TEXT_SIZE])
{
	size_t size = EDID_TEXT_SIZE - 1;

	memcpy(out, descriptor + TEXT_AT, size);
	out[size] = 0;
	size = strcspn(out, "\n");
	while (size && out[size - 1] == ' ')
		size--;
	out[size] = 0;
}

/* The first timing is the preferred one (1.3 may say otherwise, 1.4 always). */
static void take_timing(const uint8_t *timing, struct edid *edid)
{
	if (edid->width)
		return;
	edid->width = (uint16_t)(timing[2] | (timing[4] & 0xf0) << 4);
	edid->height = (uint16_t)(timing[5] | (timing[7] & 0xf0) << 4);
	/* In millimetres, where the size in centimetres was only a rough one. */
	edid->width_mm = (uint16_t)(timing[12] | (timing[14] & 0xf0) << 4);
	edid->height_mm = (uint16_t)(timing[13] | (timing[14] & 0x0f) << 8);
}

static void take_descriptors(const uint8_t *block, struct edid *edid)
{
	size_t i;

	for (i = 0; i < DESCRIPTORS; i++) {
		const uint8_t *at = block + DESCRIPTOR_AT + i * DESCRIPTOR_SIZE;

		if (at[0] || at[1])
			take_timing(at, edid);
		else if (at[3] == TAG_NAME)
			take_text(at, edid->name);
		else if (at[3] == TAG_TEXT)
			take_text(at, edid->text);
		else if (at[3] == TAG_SERIAL)
			take_text(at, edid->serial_text);
	}
}

static enum edid_state state_of(const uint8_t *data, size_t size)
{
	static const uint8_t head[8] = { 0, 255, 255, 255, 255, 255, 255, 0 };
	size_t i;

	if (size < sizeof(head) || memcmp(data, head, sizeof(head)) != 0)
		return EDID_FOREIGN;
	if (size < EDID_BLOCK || size / EDID_BLOCK < 1u + data[EXTENSIONS_AT])
		return EDID_CUT;
	for (i = 0; i <= data[EXTENSIONS_AT]; i++) {
		if (!sums_to_zero(data + i * EDID_BLOCK))
			return EDID_BAD_CHECKSUM;
	}
	return EDID_GOOD;
}

enum edid_state edid_parse(const void *bytes, size_t size, struct edid *ret_edid)
{
	const uint8_t *data = bytes;
	enum edid_state state = state_of(data, size);

	memset(ret_edid, 0, sizeof(*ret_edid));
	if (state != EDID_GOOD)
		return state;
	maker_text(data + MAKER_AT, ret_edid->maker);
	ret_edid->product = (uint16_t)(data[PRODUCT_AT] | data[PRODUCT_AT + 1] << 8);
	ret_edid->serial = (uint32_t)data[SERIAL_AT] | (uint32_t)data[SERIAL_AT + 1] << 8 |
			   (uint32_t)data[SERIAL_AT + 2] << 16 | (uint32_t)data[SERIAL_AT + 3] << 24;
	ret_edid->is_model_year = data[WEEK_AT] == WEEK_IS_MODEL_YEAR;
	ret_edid->week = ret_edid->is_model_year ? 0 : data[WEEK_AT];
	ret_edid->year = (uint16_t)(YEAR_BASE + data[YEAR_AT]);
	ret_edid->version = data[VERSION_AT];
	ret_edid->revision = data[VERSION_AT + 1];
	ret_edid->is_digital = data[INPUT_AT] & 0x80;
	ret_edid->extensions = data[EXTENSIONS_AT];
	take_descriptors(data, ret_edid);
	/* Both in centimetres; one of them alone is an aspect ratio. */
	if (!ret_edid->width_mm && data[SIZE_AT] && data[SIZE_AT + 1]) {
		ret_edid->width_mm = (uint16_t)(data[SIZE_AT] * 10);
		ret_edid->height_mm = (uint16_t)(data[SIZE_AT + 1] * 10);
	}
	return state;
}

const char *edid_state_text(enum edid_state state)
{
	static const char *const text[] = {
		[EDID_FOREIGN] = N_("it is no EDID"),
		[EDID_CUT] = N_("it is cut"),
		[EDID_BAD_CHECKSUM] = N_("a checksum is wrong"),
		[EDID_GOOD] = "good",
	};

	return (size_t)state < ARRAY_SIZE(text) ? text[state] : text[EDID_FOREIGN];
}
