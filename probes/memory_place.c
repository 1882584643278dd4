/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/memory_place.h"

#include "harness/base/auto.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* How long the word at `text` is with its number: "CHANNEL 1", "SrcID#0"; 0: it is not that word. */
static size_t word_size(const char *text, const char *word)
{
	size_t size = strlen(word), digits;

	if (strncasecmp(text, word, size) != 0)
		return 0;
	size += strspn(text + size, " _-#");
	digits = strspn(text + size, "0123456789");
	return digits ? size + digits : 0;
}

/*
 * How far a text goes that names a channel: "SOCKET 0 CHANNEL 1" of "SOCKET 0 CHANNEL 1 DIMM 0".
 * What stands before belongs to it: sockets count channels anew. 0: it names none. The letter of
 * "DIMM_A2" is a channel on some boards and a processor on others, so it is neither here.
 */
static size_t channel_end(const char *text)
{
	static const char word[] = "channel";
	size_t i;

	for (i = 0; text[i]; i++) {
		size_t size = word_size(text + i, word), at = i + strlen(word);

		if (size)
			return i + size;
		if (strncasecmp(text + i, word, strlen(word)) != 0)
			continue;
		/* "CHANNEL A", "ChannelA-DIMM0" */
		at += strspn(text + at, " _-#");
		if (isalpha((unsigned char)text[at]) && !isalpha((unsigned char)text[at + 1]))
			return at + 1;
	}
	return 0;
}

/* The processor in "SOCKET 0 CHANNEL 1", "CPU1_DIMM_A1", "P0_Node0_Channel1": where it begins, and its size. */
static size_t socket_size(const char *text, size_t *ret_at)
{
	static const char *const word[] = { "socket", "cpu", "proc", "srcid", "p" };
	size_t i, k;

	for (i = 0; text[i]; i++) {
		if (i && isalnum((unsigned char)text[i - 1]))
			continue;
		for (k = 0; k < ARRAY_SIZE(word); k++) {
			size_t size = word_size(text + i, word[k]);

			if (!size || isalnum((unsigned char)text[i + size]))
				continue;
			*ret_at = i;
			return size;
		}
	}
	return 0;
}

static void add_socket(struct inventory *inventory, struct component *slot)
{
	static const char *const attribute[] = { "bank", "locator" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(attribute); i++) {
		const struct attribute *name = component_attribute(slot, attribute[i]);
		size_t size = 0, at = 0;

		if (name && name->kind == ATTRIBUTE_TEXT)
			size = socket_size(name->text, &at);
		if (!size)
			continue;
		component_text(inventory, slot, "socket",
			       arena_strndup(&inventory->arena, name->text + at, size),
			       name->source, CERTAINTY_LIKELY);
		return;
	}
}

static const char *channel_of(struct inventory *inventory, const struct component *slot,
			      const char **ret_source)
{
	static const char *const attribute[] = { "bank", "locator" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(attribute); i++) {
		const struct attribute *name = component_attribute(slot, attribute[i]);
		size_t size = 0;

		if (name && name->kind == ATTRIBUTE_TEXT)
			size = channel_end(name->text);
		if (size) {
			*ret_source = name->source;
			return arena_strndup(&inventory->arena, name->text, size);
		}
	}
	return NULL;
}

void memory_channel(struct memory_channels *channels, struct inventory *inventory,
		    struct component *slot)
{
	const char *source;
	const char *name = channel_of(inventory, slot, &source);
	size_t i = 0;

	add_socket(inventory, slot);
	if (!name) {
		channels->nameless++;
		return;
	}
	component_text(inventory, slot, "channel", name, source, CERTAINTY_LIKELY);
	while (i < channels->count && strcasecmp(channels->channel[i].name, name) != 0)
		i++;
	if (i == MEMORY_CHANNELS_MAX) {
		channels->nameless++;
		return;
	}
	if (i == channels->count)
		channels->channel[channels->count++].name = name;
	if (component_get_number(slot, "populated", 0))
		channels->channel[i].used = true;
}

void memory_channels_add(const struct memory_channels *channels, struct inventory *inventory,
			 struct component *total)
{
	int64_t used = 0;
	size_t i;

	if (!channels->count || channels->nameless)
		return;
	for (i = 0; i < channels->count; i++)
		used += channels->channel[i].used;
	component_number(inventory, total, "channels", (int64_t)channels->count, "names of slots",
			 CERTAINTY_LIKELY);
	component_number(inventory, total, "channels_used", used, "names of slots",
			 CERTAINTY_LIKELY);
}
