/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Field offsets and codes are those of DMTF DSP0134 3.7. */
#include "probes/smbios.h"

#include "harness/base/err.h"

#include <stdio.h>
#include <string.h>

enum { HEADER_SIZE = 4 };

/* Where the text block that begins at `at` ends, behind its double zero; 0 when it has no end. */
static size_t texts_end(const struct smbios_walk *walk, size_t at)
{
	for (; at + 1 < walk->size; at++) {
		if (!walk->data[at] && !walk->data[at + 1])
			return at + 2;
	}
	return 0;
}

bool smbios_next(struct smbios_walk *walk, struct smbios_structure *ret_structure)
{
	const uint8_t *data = walk->data + walk->at;
	size_t left = walk->size - walk->at;
	size_t end;

	if (walk->ended || walk->fault || !left)
		return false;
	if (left < HEADER_SIZE || data[1] < HEADER_SIZE || data[1] > left) {
		walk->fault = left < HEADER_SIZE ? "the table ends inside a header"
						 : "a structure has an impossible length";
		return false;
	}
	end = texts_end(walk, walk->at + data[1]);
	ret_structure->type = data[0];
	ret_structure->length = data[1];
	ret_structure->handle = (uint16_t)(data[2] | data[3] << 8);
	ret_structure->data = data;
	ret_structure->strings = (const char *)data + data[1];
	if (end) {
		ret_structure->strings_size = end - walk->at - data[1];
		walk->at = end;
	} else {
		ret_structure->strings_size = left - data[1];
		walk->at = walk->size;
		if (data[0] != SMBIOS_END)
			walk->fault = "the texts of the last structure have no end";
	}
	walk->ended = data[0] == SMBIOS_END;
	return !walk->ended;
}

static bool field(const struct smbios_structure *s, size_t offset, size_t size, uint32_t *ret_value)
{
	uint32_t value = 0;

	if (offset + size > s->length)
		return false;
	while (size--)
		value = value << 8 | s->data[offset + size];
	*ret_value = value;
	return true;
}

bool smbios_u8(const struct smbios_structure *s, size_t offset, uint8_t *ret_value)
{
	uint32_t value;

	if (!field(s, offset, 1, &value))
		return false;
	*ret_value = (uint8_t)value;
	return true;
}

bool smbios_u16(const struct smbios_structure *s, size_t offset, uint16_t *ret_value)
{
	uint32_t value;

	if (!field(s, offset, 2, &value))
		return false;
	*ret_value = (uint16_t)value;
	return true;
}

bool smbios_u32(const struct smbios_structure *s, size_t offset, uint32_t *ret_value)
{
	return field(s, offset, 4, ret_value);
}

enum smbios_text smbios_string(const struct smbios_structure *s, size_t offset,
			       const char **ret_text, size_t *ret_size)
{
	const char *at = s->strings;
	size_t left = s->strings_size;
	uint8_t index;

	if (!smbios_u8(s, offset, &index) || !index)
		return SMBIOS_TEXT_NONE;
	while (left && *at) {
		size_t size = strnlen(at, left);

		if (!--index) {
			*ret_text = at;
			*ret_size = size;
			return SMBIOS_TEXT_FOUND;
		}
		size += size < left;
		at += size;
		left -= size;
	}
	return SMBIOS_TEXT_BAD_INDEX;
}

static bool sums_to_zero(const uint8_t *data, size_t size)
{
	uint8_t sum = 0;

	while (size--)
		sum = (uint8_t)(sum + data[size]);
	return !sum;
}

int smbios_entry_point(const void *data, size_t size, struct smbios_entry *ret_entry)
{
	const uint8_t *byte = data;

	if (size >= 24 && !memcmp(byte, "_SM3_", 5) && byte[6] >= 24 && byte[6] <= size &&
	    sums_to_zero(byte, byte[6])) {
		ret_entry->major = byte[7];
		ret_entry->minor = byte[8];
		ret_entry->table_size = byte[12] | (uint32_t)byte[13] << 8 |
					(uint32_t)byte[14] << 16 | (uint32_t)byte[15] << 24;
		return 0;
	}
	/* Some 2.1 firmware says 30 for the length of its 31 bytes (the erratum of DSP0134). */
	if (size >= 31 && !memcmp(byte, "_SM_", 4) && !memcmp(byte + 16, "_DMI_", 5) &&
	    byte[5] >= 30 && byte[5] <= size && sums_to_zero(byte, byte[5] < 31 ? 31 : byte[5])) {
		ret_entry->major = byte[6];
		ret_entry->minor = byte[7];
		ret_entry->table_size = byte[22] | (uint32_t)byte[23] << 8;
		return 0;
	}
	return ERR_INPUT;
}

int smbios_memory_bytes(const struct smbios_structure *s, uint64_t *ret_bytes)
{
	uint16_t size;
	uint32_t extended;

	if (!smbios_u16(s, 0x0c, &size) || size == 0xffff)
		return -1;
	if (!size)
		return 0;
	if (size == 0x7fff) {
		if (!smbios_u32(s, 0x1c, &extended) || !(extended & 0x7fffffff))
			return -1;
		*ret_bytes = (uint64_t)(extended & 0x7fffffff) << 20;
		return 1;
	}
	*ret_bytes = (uint64_t)(size & 0x7fff) << (size & 0x8000 ? 10 : 20);
	return *ret_bytes ? 1 : -1;
}

bool smbios_memory_speed(const struct smbios_structure *s, bool configured, uint32_t *ret_mts)
{
	uint16_t speed;

	if (!smbios_u16(s, configured ? 0x20 : 0x15, &speed) || !speed)
		return false;
	if (speed != 0xffff) {
		*ret_mts = speed;
		return true;
	}
	if (!smbios_u32(s, configured ? 0x58 : 0x54, ret_mts))
		return false;
	*ret_mts &= 0x7fffffff;
	return *ret_mts != 0;
}

bool smbios_uuid(const struct smbios_structure *s, const struct smbios_entry *entry,
		 char out[SMBIOS_UUID_SIZE])
{
	/* From 2.6 on the first three fields are little-endian. */
	static const uint8_t little[] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
	bool swapped = entry->major > 2 || (entry->major == 2 && entry->minor >= 6);
	const uint8_t *uuid = s->data + 8;
	uint8_t all = 0, any = 0xff;
	size_t used = 0;
	size_t i;

	if (s->length < 8 + 16)
		return false;
	for (i = 0; i < 16; i++) {
		all |= uuid[i];
		any &= uuid[i];
	}
	if (!all || any == 0xff)
		return false;
	for (i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			out[used++] = '-';
		used += (size_t)snprintf(out + used, SMBIOS_UUID_SIZE - used, "%02x",
					 uuid[swapped ? little[i] : i]);
	}
	return true;
}
