/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of text in which bytes may be escaped. */
#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/memory.h"
#include "harness/model/placeholder.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>

size_t redact_text_place(const struct redact_text *text, size_t at)
{
	return text->start + (text->at ? text->at[at] : at);
}

/* A secret of which the line has another form than the one that is learned. */
static void span_of_escaped(const struct redact_text *text, size_t start, size_t size,
			    enum redact_scope scope)
{
	struct redact_target *target = text->target;
	size_t from = redact_text_place(text, start);
	size_t length = redact_text_place(text, start + size) - from;
	const char *known;

	if (text_is_placeholder(text->data + start, size) ||
	    (target->done && memchr(target->done + from, 1, length)))
		return;
	redact_substitute(target->map, text->data + start, size,
			  scope == REDACT_HERE ? REDACT_LOG : scope);
	known = redact_known(target->map, target->data + from, length);
	if (known)
		redact_put(target, from, known, length);
	else
		redact_bytes(target, from, length);
}

void redact_text_span(const struct redact_text *text, size_t start, size_t size,
		      enum redact_scope scope)
{
	size_t from = redact_text_place(text, start);

	while (size && isspace((unsigned char)text->data[start + size - 1]))
		size--;
	if (!size)
		return;
	if (redact_text_place(text, start + size) - from != size)
		span_of_escaped(text, start, size, scope);
	else if (scope == REDACT_EVERYWHERE)
		redact_value_span(text->target, from, size);
	else
		redact_span(text->target, from, size, scope);
}

void redact_text_name(const struct redact_text *text, size_t start, size_t size)
{
	AUTO(buf_release) struct buf name = BUF_INIT;

	while (size && isspace((unsigned char)text->data[start + size - 1]))
		size--;
	buf_add(&name, text->data + start, size);
	/* Addresses and UUIDs are replaced as such, and "kworker/0:1" is nobody's name. */
	if (!size || strspn(name.data, "0123456789.") == size || memchr(name.data, ':', size) ||
	    memchr(name.data, '/', size) || redact_shape_of(name.data, size) == SHAPE_UUID)
		return;
	/* A device's own words: learned as a name and replaced there, for elsewhere below /sys it may be a word. */
	if (text->target->path && !strncmp(text->target->path, "sys/", 4)) {
		redact_text_span(text, start, size, REDACT_NAME);
	} else if (!memchr(name.data, ' ', size)) {
		if (!text->target->done)
			redact_learn_name(text->target->map, name.data);
	} else if (!redact_is_common_name(name.data, size)) {
		redact_text_span(text, start, size, REDACT_NAME);
	}
}

void redact_text_line(struct redact_target *target, size_t start, size_t size,
		      void (*read)(const struct redact_text *text))
{
	const char *line = target->data + start;
	struct redact_text text = { .target = target, .data = line, .size = size, .start = start };
	AUTO_FREE char *copy = NULL;
	AUTO_FREE size_t *place = NULL;
	size_t at = 0, count = 0;

	if (redact_find(line, size, "\\x") < size) {
		copy = mem_alloc(size);
		place = mem_zalloc((size + 1) * sizeof(*place));
		while (at < size) {
			place[count] = at;
			copy[count] = line[at];
			at += redact_is_escape(line + at, size - at, &copy[count]) ? 4 : 1;
			count++;
		}
		place[count] = size;
		text.data = copy;
		text.size = count;
		text.at = place;
	}
	read(&text);
}
