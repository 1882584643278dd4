/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/base64.h"

#include "harness/base/err.h"

#include <stdint.h>
#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(const void *data, size_t size, struct buf *out)
{
	const uint8_t *byte = data;
	size_t i;

	for (i = 0; i < size; i += 3) {
		size_t have = size - i < 3 ? size - i : 3;
		uint32_t group = (uint32_t)byte[i] << 16;

		if (have > 1)
			group |= (uint32_t)byte[i + 1] << 8;
		if (have > 2)
			group |= byte[i + 2];
		buf_addc(out, alphabet[group >> 18]);
		buf_addc(out, alphabet[group >> 12 & 63]);
		buf_addc(out, have > 1 ? alphabet[group >> 6 & 63] : '=');
		buf_addc(out, have > 2 ? alphabet[group & 63] : '=');
	}
}

/* The bytes of four characters: 1 to 3, or 0 for what is no group. Only the last may be padded. */
static size_t decode_group(const char *text, int last, char byte[3])
{
	size_t padding = 0;
	uint32_t group = 0;
	size_t i;

	if (last && text[3] == '=')
		padding = text[2] == '=' ? 2 : 1;
	for (i = 0; i < 4; i++) {
		const char *at = i < 4 - padding ? memchr(alphabet, text[i], 64) : alphabet;

		if (!at)
			return 0;
		group = group << 6 | (uint32_t)(at - alphabet);
	}
	/* Bits that stand for no byte must be zero, or two texts would mean the same. */
	if (group & ((1u << 8 * padding) - 1))
		return 0;
	byte[0] = (char)(group >> 16);
	byte[1] = (char)(group >> 8);
	byte[2] = (char)group;
	return 3 - padding;
}

int base64_decode(const char *text, struct buf *out)
{
	size_t length = strlen(text);
	size_t start = out->size;
	size_t i;

	if (length % 4)
		return ERR_INPUT;
	for (i = 0; i < length; i += 4) {
		char byte[3];
		size_t count = decode_group(text + i, i + 4 == length, byte);

		if (!count) {
			buf_cut(out, start);
			return ERR_INPUT;
		}
		buf_add(out, byte, count);
	}
	return 0;
}
