/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/lang.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

extern const unsigned char messages_zh[];
extern const size_t messages_zh_size;

enum { MO_MAGIC = 0x950412de, MO_COUNT = 8, MO_IDS = 12, MO_TEXTS = 16 };

static uint32_t word(size_t at)
{
	uint32_t value = 0;

	if (at + 4 <= messages_zh_size)
		memcpy(&value, messages_zh + at, 4);
	return value;
}

/* msgfmt writes the byte order of the host; a cross build makes the other order possible. */
static uint32_t number(size_t at)
{
	uint32_t value = word(at);

	return word(0) == MO_MAGIC ? value : __builtin_bswap32(value);
}

static const char *text_at(uint32_t table, uint32_t index)
{
	return (const char *)messages_zh + number(table + index * 8 + 4);
}

const char *lang_text(enum lang lang, const char *msgid)
{
	uint32_t low = 0;
	uint32_t high = number(MO_COUNT);

	if (lang != LANG_ZH || !*msgid)
		return msgid;
	/* The ids are sorted by strcmp. */
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = strcmp(msgid, text_at(number(MO_IDS), middle));

		if (!order)
			return text_at(number(MO_TEXTS), middle);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return msgid;
}

const char *lang_msgid(size_t index)
{
	if (index >= number(MO_COUNT))
		return NULL;
	return text_at(number(MO_IDS), (uint32_t)index);
}

int lang_from_name(const char *name)
{
	if (!strcmp(name, "en"))
		return LANG_EN;
	if (!strcmp(name, "zh") || !strcmp(name, "zh_CN") || !strcmp(name, "zh-CN"))
		return LANG_ZH;
	return -1;
}
