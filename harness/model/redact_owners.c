/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Devices that say who they belong to: "张伟的小米耳机", "Zhang San's Buds", "Buds of Zhang San". */
#include "harness/base/arena.h"
#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>

/* Words of a name, at most. */
enum { WORDS = 3 };

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || strchr("-._+", c) || (unsigned char)c >= 0x80;
}

static bool begins_name(char c)
{
	return isupper((unsigned char)c) || (unsigned char)c >= 0x80;
}

/*
 * The words before `start` that belong to the name: "Zhang" of "Zhang San". All back to a sign when they
 * are few, for names that are not capitalised too; else those with a capital.
 */
static size_t whole_name(const struct redact_text *text, size_t start)
{
	size_t words = 1, first = start, capitals = start;

	while (first > 1 && text->data[first - 1] == ' ' && is_name(text->data[first - 2])) {
		first--;
		while (first && is_name(text->data[first - 1]))
			first--;
		if (++words > WORDS)
			break;
		if (begins_name(text->data[first]) && capitals > first)
			capitals = first;
	}
	return words <= WORDS ? first : capitals;
}

/* Who stands before the "的" that ends at `end`. */
static bool owner_ends(const struct redact_text *text, size_t end)
{
	static const char *const between[] = { "的", "'s", "’s", "\xb5\xc4" };
	static const char article[] = "the ";
	size_t start, first;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(between); i++) {
		size_t size = strlen(between[i]);

		if (end <= size || memcmp(text->data + end - size, between[i], size) != 0)
			continue;
		end -= size;
		while (end && text->data[end - 1] == ' ')
			end--;
		start = end;
		while (start && is_name(text->data[start - 1]))
			start--;
		start = redact_behind_signs(text, start, end);
		/* "the driver's phone mode" */
		if (start >= strlen(article) &&
		    redact_starts(text->data + start - strlen(article), strlen(article), article))
			return true;
		first = whole_name(text, start);
		if (first < start)	/* first: of what is replaced no part is replaced again */
			redact_text_name(text, first, end - first);
		redact_text_name(text, start, end - start);
		return true;
	}
	return false;
}

/* Between the owner and the kind of device, its maker's name may stand. */
static void owner_before(const struct redact_text *text, size_t device)
{
	enum { MAKER_MAX = 24 };
	size_t end;

	for (end = device; end && device - end <= MAKER_MAX; end--) {
		if (owner_ends(text, end) || strchr(",;:\"()<>[]", text->data[end - 1]))
			return;
	}
}

/* "Buds of Zhang San": so many words as begin with a capital; "mouse of type 2" has none. */
static void owner_behind(const struct redact_text *text, size_t end)
{
	static const char of[] = " of ";
	size_t start, stop, words = 0;

	if (!redact_starts(text->data + end, text->size - end, of))
		return;
	start = stop = end + strlen(of);
	while (words++ < WORDS && stop < text->size && begins_name(text->data[stop])) {
		for (end = stop; end < text->size && is_name(text->data[end]);)
			end++;
		stop = end + (end < text->size && text->data[end] == ' ');
	}
	if (end > start)
		redact_text_name(text, start, end - start);
	for (; start < end; start = stop + 1) {
		for (stop = start; stop < end && text->data[stop] != ' ';)
			stop++;
		redact_text_name(text, start, stop - start);
	}
}

static void owners_of(const struct redact_text *text, const char *device)
{
	size_t at = 0;

	while (device && (at += redact_find(text->data + at, text->size - at, device)) < text->size) {
		owner_before(text, at);
		at += strlen(device);
		owner_behind(text, at);
	}
}

void redact_owners(const struct redact_text *text)
{
	static const char *const device[] = {
		"iphone",    "ipad",	  "airpods", "macbook", "phone",   "huawei",  "honor",	"xiaomi",
		"redmi",     "mate",	  "watch",   "buds",	"mouse",   "magic",   "keyboard", "headset",
		"headphone", "tablet",	  "laptop",  "earphone", "speaker", "printer", "galaxy", "pods",     "pixel",
		"usb stick", "usb drive", "usb disk", "stylus",	"手机",	   "耳机",    "键盘",	"鼠标",
		"平板",	     "电脑",	  "手表",    "音箱",	"打印机",  "优盘",    "u盘",	"硬盘",
	};
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(device); i++) {
		owners_of(text, device[i]);
		if ((unsigned char)device[i][strlen(device[i]) - 1] >= 0x80)
			owners_of(text, text_encode_gbk(&arena, device[i]));
	}
}

void redact_owned(struct redact_target *target)
{
	redact_text_line(target, 0, target->size, redact_owners);
}
